//! Requests, their history, and receipts of erasures.

crate::written!(
    "Requests, their steps, receipts and receipt lines.",
    "m0005_requests",
    [
        "create table requests (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            reference text not null,
            subject_id {uuid},
            exercised_right text not null,
            regime text not null,
            state text not null,
            policy_number bigint not null,
            received_at bigint not null,
            verified_at bigint,
            due_on bigint not null,
            closed_at bigint,
            envelope {bytes},
            primary key (tenant_id, id)
        )",
        "create unique index requests_by_reference on requests (tenant_id, reference)",
        "create index requests_by_due on requests (tenant_id, due_on, id)",
        "create index requests_of_subject on requests (tenant_id, subject_id)",
        "create table request_steps (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            request_id {uuid} not null,
            state text not null,
            at bigint not null,
            primary key (tenant_id, id),
            foreign key (tenant_id, request_id) references requests (tenant_id, id)
        )",
        "create index request_steps_of_request on request_steps (tenant_id, request_id, id)",
        "create table receipts (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            request_id {uuid} not null,
            code_hash {bytes} not null,
            created_at bigint not null,
            primary key (tenant_id, id),
            foreign key (tenant_id, request_id) references requests (tenant_id, id)
        )",
        "create unique index receipts_by_code on receipts (tenant_id, code_hash)",
        "create unique index receipts_of_request on receipts (tenant_id, request_id)",
        "create table receipt_lines (
            tenant_id bigint not null references tenants (tenant_id),
            receipt_id {uuid} not null,
            number bigint not null,
            body text not null,
            signature {bytes} not null,
            primary key (tenant_id, receipt_id, number),
            foreign key (tenant_id, receipt_id) references receipts (tenant_id, id)
        )",
    ]
);
