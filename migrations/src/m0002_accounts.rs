//! The people and companies that data is about, and how people sign in.

crate::written!(
    "Organisations, subjects, accounts and sessions.",
    "m0002_accounts",
    [
        // Which key of the keyring seals what: a subject's category, an
        // organisation, a request's envelope, an export, or the tenant's own.
        "create table data_keys (
            tenant_id bigint not null references tenants (tenant_id),
            owner_id {uuid} not null,
            label text not null,
            key_id {uuid} not null,
            primary key (tenant_id, owner_id, label)
        )",
        "create table organisations (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            source_hash {bytes} not null,
            sealed {bytes} not null,
            created_at bigint not null,
            primary key (tenant_id, id)
        )",
        "create unique index organisations_by_source on organisations (tenant_id, source_hash)",
        "create table subjects (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            source_hash {bytes} not null,
            email_hash {bytes},
            organisation_id {uuid},
            sealed {bytes},
            created_at bigint not null,
            frozen_at bigint,
            erased_at bigint,
            primary key (tenant_id, id),
            foreign key (tenant_id, organisation_id) references organisations (tenant_id, id)
        )",
        "create unique index subjects_by_source on subjects (tenant_id, source_hash)",
        "create index subjects_by_email on subjects (tenant_id, email_hash)",
        "create table accounts (
            tenant_id bigint not null references tenants (tenant_id),
            id {uuid} not null,
            role text not null,
            subject_id {uuid},
            email_hash {bytes} not null,
            sealed_email {bytes} not null,
            password_hash text not null,
            created_at bigint not null,
            primary key (tenant_id, id),
            foreign key (tenant_id, subject_id) references subjects (tenant_id, id)
        )",
        "create unique index accounts_by_email on accounts (tenant_id, email_hash)",
        "create index accounts_by_subject on accounts (tenant_id, subject_id)",
        "create table sessions (
            tenant_id bigint not null references tenants (tenant_id),
            token_hash {bytes} not null,
            account_id {uuid} not null,
            created_at bigint not null,
            seen_at bigint not null,
            primary key (tenant_id, token_hash),
            foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
        )",
        "create index sessions_by_account on sessions (tenant_id, account_id)",
    ]
);
