//! Tries that all nodes count together, and ways in that wait for a look.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The table that this adds.
pub const TABLES: [&str; 1] = ["tries"];

/// What was tried lately, and since when an account's other ways in are closed.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0020_tries"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                // What was tried is a keyed hash: nobody can tell from it who it is about.
                "create table tries (
                    tenant_id bigint not null references tenants (tenant_id),
                    kind text not null,
                    about {bytes} not null,
                    number bigint not null,
                    at bigint not null,
                    expires_at bigint not null,
                    primary key (tenant_id, kind, about)
                )",
                "create index tries_by_time on tries (tenant_id, expires_at)",
                // Since a reset of the password: until its owner has said which of the other
                // ways in are theirs, none of them opens anything.
                "alter table accounts add column review_since bigint",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
