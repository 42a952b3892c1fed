//! Data from where it lives: tokens of the API, what was disclosed to whom, and
//! what people have chosen.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The tables that this adds.
pub const TABLES: [&str; 4] = ["api_tokens", "api_answers", "disclosures", "choices"];

/// Tokens, answers by idempotency key, disclosures, choices by purpose.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0010_api"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "create table api_tokens (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    token_hash {bytes} not null,
                    name text not null,
                    grants text not null,
                    created_at bigint not null,
                    expires_at bigint not null,
                    used_at bigint,
                    primary key (tenant_id, id)
                )",
                "create unique index api_tokens_by_hash on api_tokens (tenant_id, token_hash)",
                // What a request with an idempotency key was answered. Without personal data.
                "create table api_answers (
                    tenant_id bigint not null references tenants (tenant_id),
                    token_id {uuid} not null,
                    key_hash {bytes} not null,
                    request_hash {bytes} not null,
                    answer text,
                    created_at bigint not null,
                    primary key (tenant_id, token_id, key_hash),
                    foreign key (tenant_id, token_id) references api_tokens (tenant_id, id) on delete cascade
                )",
                "create index api_answers_by_time on api_answers (tenant_id, created_at)",
                "create table disclosures (
                    tenant_id bigint not null references tenants (tenant_id),
                    id {uuid} not null,
                    source_hash {bytes} not null,
                    subject_id {uuid} not null,
                    category text not null,
                    recipient text not null,
                    disclosed_on bigint not null,
                    recorded_at bigint not null,
                    primary key (tenant_id, id),
                    foreign key (tenant_id, subject_id) references subjects (tenant_id, id)
                )",
                "create unique index disclosures_by_source on disclosures (tenant_id, source_hash)",
                "create index disclosures_of_subject
                    on disclosures (tenant_id, subject_id, disclosed_on, id)",
                // What a person wants their data not to be used for, or again to be.
                "create table choices (
                    tenant_id bigint not null references tenants (tenant_id),
                    subject_id {uuid} not null,
                    purpose text not null,
                    refused boolean not null,
                    by_signal boolean not null,
                    chosen_at bigint not null,
                    primary key (tenant_id, subject_id, purpose),
                    foreign key (tenant_id, subject_id) references subjects (tenant_id, id)
                )",
                // Whether the browser's Global Privacy Control signal was taken note of.
                "alter table sessions add column signal boolean not null default false",
                // Whether a person sees what is held on behalf of their organisation.
                "alter table subjects add column organisation_admin boolean not null default false",
                // Subjects and records are listed in the order of their ids.
                "create index records_by_subject_and_id on records (tenant_id, subject_id, id)",
            ],
        )
        .await?;
        sql::protect(manager, &TABLES).await
    }
}
