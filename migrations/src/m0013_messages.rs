//! Messages from the contact form, and people whose data waits for a look.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The table that this adds.
pub const TABLES: [&str; 1] = ["messages"];

/// Messages, and the mark of a report about a child.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0013_messages"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                // What a message says is a record, and the message goes with it.
                "create table messages (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    reference text not null,
                    reason text not null,
                    record_id {uuid} not null,
                    received_at bigint not null,
                    verified_at bigint,
                    request_id {uuid},
                    paused_subject {uuid},
                    primary key (tenant_id, id),
                    foreign key (tenant_id, record_id) references records (tenant_id, id) on delete cascade,
                    foreign key (tenant_id, request_id) references requests (tenant_id, id)
                )",
                "create index messages_of_record on messages (tenant_id, record_id)",
                "create index messages_of_request on messages (tenant_id, request_id)",
                // Since when the data is only kept, because somebody reported that it is a
                // child's. The person is not locked out.
                "alter table subjects add column paused_at bigint",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
