//! Queues that several nodes and versions share, endpoints that are left alone while
//! they do not answer, and what says which versions can work with a database.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::sql;

/// Formats, failures and turns of jobs; endpoints that rest; the format of policies;
/// the oldest version that can work with this schema.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0018_jobs"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "alter table jobs add column format bigint not null default 1",
                "alter table jobs add column failures bigint not null default 0",
                "alter table jobs add column trouble text",
                // By kind first, so that a kind that a node does not know is never in its
                // way.
                "create index jobs_by_kind on jobs (kind, run_at)",
                // From tenant to tenant, and within one in the order of time.
                "create index jobs_in_turn on jobs (kind, tenant_id, run_at, id)",
                "alter table webhook_endpoints add column misses bigint not null default 0",
                "alter table webhook_endpoints add column rests_until bigint",
                "create index webhook_deliveries_waiting
                    on webhook_deliveries (tenant_id, endpoint_id, id) where state = 'waiting'",
                "alter table policy_versions add column format bigint not null default 1",
                // One row. A migration that takes away what earlier versions need writes
                // its own number here; one that only adds leaves it.
                "create table oldest_schema (number bigint not null)",
                "insert into oldest_schema (number) values (18)",
            ],
        )
        .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            let grant = "grant select on oldest_schema to candor_across, candor_tenant";
            sql::run(manager, &[grant]).await?;
        }
        Ok(())
    }
}
