//! Written SQL for two databases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs statements one by one, with `{uuid}` and `{bytes}` put in as the
/// database at hand names them.
pub async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let (uuid, bytes) = match manager.get_database_backend() {
        DbBackend::Postgres => ("uuid", "bytea"),
        _ => ("blob", "blob"),
    };
    for statement in statements {
        let statement = statement.replace("{uuid}", uuid).replace("{bytes}", bytes);
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Limits `candor_tenant` on PostgreSQL to the rows of the tenant that the
/// transaction names in `candor.tenant`, in these tables.
pub async fn protect(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for table in tables {
        for statement in [
            format!("alter table {table} enable row level security"),
            format!("alter table {table} force row level security"),
            format!(
                "create policy {table}_of_tenant on {table} to candor_tenant using \
                 (tenant_id = nullif(current_setting('candor.tenant', true), '')::bigint)"
            ),
            format!("create policy {table}_across on {table} to candor_across using (true)"),
            format!("grant select, insert, update, delete on {table} to candor_tenant"),
        ] {
            run(manager, &[&statement]).await?;
        }
    }
    Ok(())
}

/// Declares a migration that runs some statements. There is no way down: a
/// mistake is mended by a further migration, an accident by a backup.
#[macro_export]
macro_rules! written {
    ($about:literal, $name:literal, [$($statement:literal),+ $(,)?]) => {
        #[doc = $about]
        pub struct Migration;

        impl sea_orm_migration::prelude::MigrationName for Migration {
            fn name(&self) -> &str {
                $name
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::prelude::MigrationTrait for Migration {
            async fn up(
                &self,
                manager: &sea_orm_migration::prelude::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                $crate::sql::run(manager, &[$($statement),+]).await
            }
        }
    };
}
