//! What stands still for a person or a category, and why.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::sql;

/// The table that this adds.
pub const TABLES: [&str; 1] = ["holds"];

/// Those whose rows it reads, which on PostgreSQL even their owner may not.
const READ: [&str; 3] = ["messages", "requests", "subjects"];

/// Holds as rows, and who has sent a message, to be counted.
///
/// `subjects.frozen_at` and `paused_at` stay: nodes of the version before look at
/// them, and they are kept in step.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0015_holds"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                // About a person, a category of theirs, a category of everybody's, or
                // whoever comes to have an address. Nobody's row goes while something of
                // theirs stands still; a message may, and what it reports is still to be
                // decided.
                "create table holds (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    subject_id {uuid},
                    category text,
                    address_hash {bytes},
                    reason text not null,
                    request_id {uuid},
                    message_id {uuid},
                    opened_by text not null,
                    since bigint not null,
                    until bigint,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, subject_id) references subjects (tenant_id, id),
                    foreign key (tenant_id, request_id) references requests (tenant_id, id)
                )",
                "create index holds_of_subject on holds (tenant_id, subject_id)",
                "create index holds_of_address on holds (tenant_id, address_hash)",
                "create index holds_of_request on holds (tenant_id, request_id)",
                "create index holds_of_message on holds (tenant_id, message_id)",
                // Keyed hash of the address that a message gives as its sender's.
                "alter table messages add column sender_hash {bytes}",
                "create index messages_of_sender on messages (tenant_id, sender_hash, received_at)",
                "create index messages_by_time on messages (tenant_id, reason, received_at)",
            ],
        )
        .await?;
        force(manager, false).await?;
        sql::run(manager, &MOVED_OVER).await?;
        force(manager, true).await?;
        sql::protect(manager, &TABLES).await
    }
}

/// What stood still before, with its origin. The ids are those of the origins, so
/// that each is there once.
const MOVED_OVER: [&str; 4] = [
    // Reports that wait: where use was stopped, it goes on being stopped.
    "insert into holds (tenant_id, id, subject_id, reason, request_id, message_id, opened_by, since)
        select m.tenant_id, m.id, m.paused_subject,
            case when s.paused_at is null then 'child-reported' else 'child-vouched' end,
            m.request_id, m.id, 'portal', m.received_at
        from messages m
        join requests r on r.tenant_id = m.tenant_id and r.id = m.request_id and r.closed_at is null
        left join subjects s on s.tenant_id = m.tenant_id and s.id = m.paused_subject
        where m.reason = 'child'",
    // Whose report is gone.
    "insert into holds (tenant_id, id, subject_id, reason, message_id, opened_by, since)
        select s.tenant_id, s.id, s.id, 'child-vouched', s.id, 'portal', s.paused_at
        from subjects s
        where s.paused_at is not null and s.erased_at is null and not exists (
            select 1 from holds h where h.tenant_id = s.tenant_id and h.subject_id = s.id)",
    "insert into holds (tenant_id, id, subject_id, reason, request_id, opened_by, since)
        select r.tenant_id, r.id, r.subject_id, 'erasure', r.id, 'portal', s.frozen_at
        from requests r
        join subjects s on s.tenant_id = r.tenant_id and s.id = r.subject_id
        where r.closed_at is null and r.exercised_right = 'erasure'
            and s.frozen_at is not null and s.erased_at is null",
    "insert into holds (tenant_id, id, subject_id, reason, request_id, opened_by, since)
        select tenant_id, id, subject_id,
            case when exercised_right in ('restriction', 'objection') then exercised_right
                else 'access' end,
            id, 'portal', received_at
        from requests
        where closed_at is null and subject_id is not null and exercised_right in
            ('access', 'portability', 'know-categories', 'know-pieces', 'restriction', 'objection')",
];

async fn force(manager: &SchemaManager<'_>, on: bool) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let how = if on { "force" } else { "no force" };
    for table in READ {
        let alter = format!("alter table {table} {how} row level security");
        sql::run(manager, &[&alter]).await?;
    }
    Ok(())
}
