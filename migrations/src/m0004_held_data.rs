//! What is held: records, events that retention counts from, and what must not
//! come back.

crate::written!(
    "Records, events, tombstones and anonymous counts.",
    "m0004_held_data",
    [
        "create table records (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            subject_id {uuid},
            organisation_id {uuid},
            category text not null,
            kind text not null,
            source text not null,
            source_hash {bytes} not null,
            occurred_on bigint not null,
            recorded_at bigint not null,
            sealed {bytes} not null,
            digest {bytes} not null,
            primary key (tenant_id, id),
            foreign key (tenant_id, subject_id) references subjects (tenant_id, id),
            foreign key (tenant_id, organisation_id) references organisations (tenant_id, id)
        )",
        "create unique index records_by_source on records (tenant_id, source_hash)",
        "create index records_of_subject
            on records (tenant_id, subject_id, category, occurred_on, id)",
        "create index records_of_organisation
            on records (tenant_id, organisation_id, category, occurred_on, id)",
        // A record about several people: its own key, wrapped for each of them.
        "create table record_parties (
            tenant_id bigint not null references tenants (tenant_id),
            record_id {uuid} not null,
            subject_id {uuid} not null,
            wrapped_key {bytes} not null,
            primary key (tenant_id, record_id, subject_id),
            foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade,
            foreign key (tenant_id, subject_id) references subjects (tenant_id, id)
        )",
        "create index record_parties_of_subject on record_parties (tenant_id, subject_id)",
        "create table events (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            source_hash {bytes} not null,
            subject_id {uuid},
            organisation_id {uuid},
            name text not null,
            occurred_on bigint not null,
            primary key (tenant_id, id),
            foreign key (tenant_id, subject_id) references subjects (tenant_id, id),
            foreign key (tenant_id, organisation_id) references organisations (tenant_id, id)
        )",
        "create unique index events_by_source on events (tenant_id, source_hash)",
        "create index events_of_subject on events (tenant_id, subject_id)",
        "create index events_of_organisation on events (tenant_id, organisation_id)",
        "create table tombstones (
            tenant_id bigint not null references tenants (tenant_id),
            source_hash {bytes} not null,
            erased_at bigint not null,
            primary key (tenant_id, source_hash)
        )",
        "create table anonymous_counts (
            tenant_id bigint not null references tenants (tenant_id),
            category text not null,
            kind text not null,
            month text not null,
            amount bigint not null,
            primary key (tenant_id, category, kind, month)
        )",
    ]
);
