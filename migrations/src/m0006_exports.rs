//! Exports, stored as sealed chunks so that any node can serve them.

crate::written!(
    "Exports and their chunks.",
    "m0006_exports",
    [
        "create table exports (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            subject_id {uuid} not null,
            request_id {uuid} not null,
            language text not null,
            state text not null,
            done bigint not null,
            total bigint not null,
            size bigint not null,
            asked_at bigint not null,
            expires_at bigint not null,
            primary key (tenant_id, id),
            foreign key (tenant_id, request_id) references requests (tenant_id, id)
        )",
        "create index exports_of_subject on exports (tenant_id, subject_id, asked_at)",
        "create table export_chunks (
            tenant_id bigint not null references tenants (tenant_id),
            export_id {uuid} not null,
            number bigint not null,
            sealed {bytes} not null,
            primary key (tenant_id, export_id, number),
            foreign key (tenant_id, export_id) references exports (tenant_id, id) on delete cascade
        )",
    ]
);
