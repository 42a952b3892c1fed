//! The second wall on PostgreSQL: even SQL that forgets the tenant sees only its
//! rows.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::sql;

/// The tables of the migrations before this one whose rows belong to a tenant.
pub const TABLES: [&str; 22] = [
    "tenants",
    "hosts",
    "data_keys",
    "organisations",
    "subjects",
    "accounts",
    "sessions",
    "policy_versions",
    "records",
    "record_parties",
    "events",
    "tombstones",
    "anonymous_counts",
    "requests",
    "request_steps",
    "receipts",
    "receipt_lines",
    "exports",
    "export_chunks",
    "jobs",
    "outbox",
    "audit_entries",
];

/// Roles, grants and row-level security.
///
/// `candor_tenant` serves requests and owns nothing; it sees the rows of the
/// tenant named in the transaction's `candor.tenant`, and none if there is none.
/// `candor_across` looks hosts up and claims jobs for all tenants.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0008_row_level_security"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for role in ["candor_tenant", "candor_across"] {
            // Roles belong to the cluster; another database of it may have made them.
            let create = format!(
                "do $$ begin create role {role} nologin; \
                 exception when duplicate_object or unique_violation then null; end $$"
            );
            let usage = format!("grant usage on schema public to {role}");
            sql::run(manager, &[&create, &usage]).await?;
        }
        sql::protect(manager, &TABLES).await?;
        sql::run(
            manager,
            &[
                // What is written once is not written again, also not by a mistake of ours.
                "revoke update, delete on audit_entries, receipt_lines, request_steps \
                 from candor_tenant",
                "revoke delete on tombstones from candor_tenant",
                "revoke insert, delete on tenants from candor_tenant",
                "grant select, update on generation to candor_tenant",
                "grant select, insert on tenants, instance to candor_across",
                "grant select on hosts, generation, jobs to candor_across",
                "grant update (claimed_until, attempts) on jobs to candor_across",
                "grant select on seaql_migrations to candor_across, candor_tenant",
            ],
        )
        .await
    }
}
