//! What commits with a change: the audit entry, the jobs and the mail.

crate::written!(
    "Jobs, outbox and audit entries.",
    "m0007_work",
    [
        "create table jobs (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            kind text not null,
            payload text not null,
            run_at bigint not null,
            claimed_until bigint not null,
            attempts bigint not null,
            primary key (tenant_id, id)
        )",
        "create index jobs_by_time on jobs (run_at)",
        "create table outbox (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            sealed {bytes} not null,
            queued_at bigint not null,
            primary key (tenant_id, id)
        )",
        "create table audit_entries (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            at bigint not null,
            actor text not null,
            action text not null,
            target text not null,
            details text not null,
            request_id {uuid} not null,
            primary key (tenant_id, id)
        )",
    ]
);
