//! Receipts whose lines are chained and whose end is signed, and erasures that go on
//! in steps.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The table that this adds.
pub const TABLES: [&str; 1] = ["erasures"];

/// Columns of receipts, and the erasures that are under way.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0016_receipts_and_steps"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                // Empty in what earlier versions have written, and still write beside this one.
                "alter table receipt_lines add column format bigint",
                "alter table receipt_lines add column at bigint",
                "alter table receipt_lines add column before {bytes}",
                "alter table receipts add column head_format bigint",
                "alter table receipts add column head_state text",
                "alter table receipts add column head_lines bigint",
                "alter table receipts add column head_at bigint",
                "alter table receipts add column head_signature {bytes}",
                // How far an erasure has come. No foreign key on the request: one that is
                // repeated after a restore may be of a request that the database never knew.
                "create table erasures (
                    tenant_id bigint not null references tenants (tenant_id),
                    request_id {uuid} not null,
                    subject_id {uuid} not null,
                    format bigint not null,
                    again boolean not null,
                    begun_at bigint not null,
                    erased_on bigint not null,
                    policy_number bigint,
                    asked_at_stripe boolean not null,
                    plan text,
                    stage text not null,
                    step bigint not null,
                    after_day bigint not null,
                    after_id {uuid} not null,
                    primary key (tenant_id, request_id),
                    foreign key (tenant_id, subject_id) references subjects (tenant_id, id)
                )",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
