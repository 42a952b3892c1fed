//! Where the keyring is, and its tables.

use std::path::Path;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, SqlErr, Statement, Value,
};

use super::ring::KeyringError;
use crate::platform::private;

/// `{uuid}` and `{bytes}` as the database at hand names them. A key or an identity
/// without `master` was wrapped before master keys had ids.
const SCHEMA: [&str; 5] = [
    "create table if not exists keys (
        tenant_id bigint not null,
        id {uuid} not null primary key,
        wrapped {bytes} not null,
        master {bytes}
    )",
    "create table if not exists keyring (
        id bigint primary key check (id = 1),
        identity {uuid} not null,
        proof {bytes} not null,
        master {bytes}
    )",
    "create table if not exists ledger (
        number bigint primary key,
        line text not null
    )",
    "create table if not exists ledger_head (
        id bigint primary key check (id = 1),
        number bigint not null,
        hash {bytes} not null,
        key_id {uuid} not null,
        seal {bytes} not null,
        trusts_until bigint
    )",
    "create table if not exists ledger_files (
        place {bytes} not null primary key,
        copied bigint not null
    )",
];

/// The URL of a keyring in an SQLite file.
pub fn file_url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// Connects. SQLite: a rollback journal and `secure_delete`, so that a deleted key
/// is overwritten and in no write-ahead log.
pub async fn connect(url: &str) -> Result<DatabaseConnection, KeyringError> {
    private::database(url)?;
    let mut options = ConnectOptions::new(url);
    options.max_connections(4).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(sqlx_sqlite::SqliteJournalMode::Delete)
            .synchronous(sqlx_sqlite::SqliteSynchronous::Extra)
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(30))
    });
    Ok(sea_orm::Database::connect(options).await?)
}

/// Makes the tables where they are missing, and adds what earlier versions lack.
pub async fn prepare(connection: &DatabaseConnection) -> Result<(), KeyringError> {
    let (uuid, bytes) = match connection.get_database_backend() {
        DbBackend::Postgres => ("uuid", "bytea"),
        _ => ("blob", "blob"),
    };
    let names = |sql: &str| sql.replace("{uuid}", uuid).replace("{bytes}", bytes);
    for table in SCHEMA {
        let made = connection.execute_unprepared(&names(table)).await;
        // Of two nodes that start at once, PostgreSQL tells one that the other was faster.
        if let Err(error) = made
            && !matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
        {
            return Err(error.into());
        }
    }
    for table in ["keys", "keyring"] {
        let look = format!("select master from {table} limit 0");
        if connection.execute_unprepared(&look).await.is_err() {
            let add = names(&format!("alter table {table} add column master {{bytes}}"));
            connection.execute_unprepared(&add).await?;
        }
    }
    Ok(())
}

/// A statement whose values stand as `?`, as the database at hand wants them.
pub fn statement(
    backend: DbBackend,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    if backend != DbBackend::Postgres {
        return Statement::from_sql_and_values(backend, sql, values);
    }
    let mut numbered = String::with_capacity(sql.len() + 8);
    let mut parts = sql.split('?');
    numbered.push_str(parts.next().unwrap_or_default());
    for (number, part) in (1..).zip(parts) {
        numbered.push_str(&format!("${number}{part}"));
    }
    Statement::from_sql_and_values(backend, numbered, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_for_postgresql() {
        let sql = "select ? from keys where a = ? and b in (?, ?)";
        let numbered = statement(DbBackend::Postgres, sql, []).sql;
        assert_eq!(numbered, "select $1 from keys where a = $2 and b in ($3, $4)");
        assert_eq!(statement(DbBackend::Sqlite, sql, []).sql, sql);
    }
}
