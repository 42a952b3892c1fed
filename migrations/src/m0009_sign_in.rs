//! Signing in with more than a password, proving an address, and who a browser
//! has confirmed to be.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The tables that this adds, and `sessions`, which it makes anew.
pub const TABLES: [&str; 6] =
    ["sessions", "ceremonies", "proofs", "providers", "identities", "passkeys"];

/// Settings of sign-in, providers and their identities, passkeys, second
/// factors, mailed links and codes. Everybody signs in anew.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0009_sign_in"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                // Whether customers may sign up (open, closed), and whether staff need a
                // second factor (required, offered).
                "alter table tenants add column sign_up text not null default 'closed'",
                "alter table tenants add column staff_factor text not null default 'required'",
                "alter table tenants add column suspended_at bigint",
                // An account of a provider has no password.
                "alter table accounts add column password text",
                "update accounts set password = password_hash",
                "alter table accounts drop column password_hash",
                "alter table accounts rename column password to password_hash",
                "alter table accounts add column language text not null default 'en'",
                // The secret of the second factor, and the last step that was used of it,
                // since a code is good for one sign-in.
                "alter table accounts add column sealed_totp {bytes}",
                "alter table accounts add column totp_step bigint",
                // Keyed hashes of the recovery codes that are left, as JSON.
                "alter table accounts add column recovery text",
                "drop table sessions",
                "create table sessions (
                    tenant_id bigint not null references tenants (tenant_id),
                    token_hash {bytes} not null,
                    id {uuid} not null,
                    account_id {uuid} not null,
                    method text not null,
                    strong boolean not null,
                    browser text not null,
                    created_at bigint not null,
                    seen_at bigint not null,
                    confirmed_for text,
                    confirmed_at bigint,
                    primary key (tenant_id, token_hash),
                    foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
                )",
                "create index sessions_by_account on sessions (tenant_id, account_id)",
                // What a browser has begun and not finished: a provider's sign-in, a
                // passkey, a second factor. Bound to the one cookie, before and after
                // there is a session.
                "create table ceremonies (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    token_hash {bytes} not null,
                    kind text not null,
                    account_id {uuid},
                    sealed {bytes} not null,
                    attempts bigint not null,
                    expires_at bigint not null,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
                )",
                "create index ceremonies_by_token on ceremonies (tenant_id, token_hash)",
                "create index ceremonies_by_time on ceremonies (tenant_id, expires_at)",
                // What a link in a mail proves: that its reader has the address.
                "create table proofs (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    secret_hash {bytes} not null,
                    purpose text not null,
                    account_id {uuid},
                    sealed {bytes} not null,
                    created_at bigint not null,
                    expires_at bigint not null,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
                )",
                "create unique index proofs_by_secret on proofs (tenant_id, secret_hash)",
                "create index proofs_by_account on proofs (tenant_id, account_id)",
                "create table providers (
                    tenant_id bigint not null references tenants (tenant_id),
                    slug text not null,
                    position bigint not null,
                    settings text not null,
                    sealed_secret {bytes},
                    primary key (tenant_id, slug)
                )",
                "create table identities (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    account_id {uuid} not null,
                    provider text not null,
                    name_hash {bytes} not null,
                    created_at bigint not null,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
                )",
                "create unique index identities_by_name on identities (tenant_id, provider, name_hash)",
                "create index identities_by_account on identities (tenant_id, account_id)",
                "create table passkeys (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    account_id {uuid} not null,
                    credential_hash {bytes} not null,
                    sealed {bytes} not null,
                    name text not null,
                    created_at bigint not null,
                    used_at bigint,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
                )",
                "create unique index passkeys_by_credential on passkeys (tenant_id, credential_hash)",
                "create index passkeys_by_account on passkeys (tenant_id, account_id)",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
