//! Telling the tenant's own systems, and what a source had said before a person
//! corrected it.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The tables that this adds.
pub const TABLES: [&str; 2] = ["webhook_endpoints", "webhook_deliveries"];

/// Endpoints, what was sent to them, and corrected records.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0011_webhooks"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                // `events` are names with spaces between; `sealed` are the secrets that
                // sign.
                "create table webhook_endpoints (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    url text not null,
                    description text not null,
                    events text not null,
                    sealed {bytes} not null,
                    created_at bigint not null,
                    disabled_at bigint,
                    primary key (tenant_id, id)
                )",
                // The payload is sealed with a key of its own, and gone when it is
                // delivered. The rest is the log, which has no personal data.
                "create table webhook_deliveries (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    endpoint_id {uuid} not null,
                    event text not null,
                    sealed {bytes},
                    state text not null,
                    attempts bigint not null,
                    created_at bigint not null,
                    tried_at bigint,
                    next_at bigint,
                    status bigint,
                    trouble text,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, endpoint_id) references webhook_endpoints (tenant_id, id) on delete cascade
                )",
                "create index webhook_deliveries_by_endpoint on webhook_deliveries (tenant_id, endpoint_id, id)",
                // The keyed digest of what the source had said before a person corrected
                // it, until it says something else.
                "alter table records add column source_digest {bytes}",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
