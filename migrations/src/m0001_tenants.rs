//! Tenants, the hosts that they answer on, and what a node watches for changes.

crate::written!(
    "Tenants and hosts.",
    "m0001_tenants",
    [
        // One row; says which keyring belongs to this database.
        "create table instance (
            id bigint primary key check (id = 1),
            identity {uuid} not null
        )",
        // One row; grows with every publication, so that nodes know when to look.
        "create table generation (
            id bigint primary key check (id = 1),
            number bigint not null
        )",
        "insert into generation (id, number) values (1, 1)",
        "create table tenants (
            tenant_id bigint primary key,
            slug text not null unique,
            name text not null,
            tagline text not null,
            accent text not null,
            time_zone text not null,
            created_at bigint not null
        )",
        "create table hosts (
            host text primary key,
            tenant_id bigint not null references tenants (tenant_id),
            position bigint not null
        )",
        "create index hosts_by_tenant on hosts (tenant_id)",
    ]
);
