//! What erasures kept and until when, and a way to what is held on behalf of
//! organisations.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The table that this adds.
pub const TABLES: [&str; 1] = ["retained"];

/// The dates that receipts have signed, and an index.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0014_retained"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "create table retained (
                    tenant_id bigint not null references tenants (tenant_id),
                    subject_id {uuid} not null,
                    category text not null,
                    request_id {uuid} not null,
                    hold text not null,
                    until bigint,
                    primary key (tenant_id, subject_id, category, hold),
                    foreign key (tenant_id, subject_id) references subjects (tenant_id, id),
                    foreign key (tenant_id, request_id) references requests (tenant_id, id)
                )",
                "create index retained_by_end on retained (tenant_id, until)",
                // Counts what is an organisation's without reading what is not.
                "create index records_on_behalf
                    on records (tenant_id, subject_id, category, occurred_on, id)
                    where organisation_id is not null",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
