//! A tenant's own account at Stripe, and what was last seen there.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The tables that this adds.
pub const TABLES: [&str; 3] = ["stripe_connections", "stripe_views", "stripe_events"];

/// The connection, the last known state per person, and which events were heard.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0012_stripe"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "create table stripe_connections (
                    tenant_id bigint not null primary key references tenants (tenant_id),
                    settings text not null,
                    sealed_key {bytes} not null,
                    sealed_secret {bytes},
                    sealed_previous {bytes},
                    connected_at bigint not null
                )",
                // `changes` counts the events heard about the customer, and `seen` those
                // that the sealed state knows of: the state is stale where they differ.
                "create table stripe_views (
                    tenant_id bigint not null references tenants (tenant_id),
                    subject_id {uuid} not null,
                    category text not null,
                    customer_hash {bytes} not null,
                    sealed {bytes} not null,
                    as_of bigint not null,
                    changes bigint not null,
                    seen bigint not null,
                    primary key (tenant_id, subject_id),
                    foreign key (tenant_id, subject_id) references subjects (tenant_id, id)
                )",
                "create index stripe_views_by_customer on stripe_views (tenant_id, customer_hash)",
                // The few records that name a person's customer, among all others.
                "create index records_of_stripe_customer on records (tenant_id, subject_id)
                    where kind = 'stripe-customer'",
                "create table stripe_events (
                    tenant_id bigint not null references tenants (tenant_id),
                    id_hash {bytes} not null,
                    kind text not null,
                    created_at bigint not null,
                    received_at bigint not null,
                    primary key (tenant_id, id_hash)
                )",
                "create index stripe_events_by_time on stripe_events (tenant_id, received_at)",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
