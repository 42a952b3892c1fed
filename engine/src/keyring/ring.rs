//! The database of wrapped keys.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::identifiers::TenantId;
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement,
    TransactionTrait, Value,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::data_key::{DataKey, Place, Unsealable};
use super::master::MasterKey;
use crate::tenancy::Across;

/// The keyring: an SQLite file with a rollback journal and `secure_delete`, so
/// that a deleted key is overwritten and in no write-ahead log.
#[derive(Clone)]
pub struct Keyring {
    connection: DatabaseConnection,
    master: Arc<MasterKey>,
    writer: Arc<Mutex<()>>,
}

/// Why the keyring cannot be used. Shown to the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file cannot be read or written.
    #[error("the keyring's files cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// The database of keys failed.
    #[error("the keyring's database failed: {0}")]
    Database(#[from] DbErr),
    /// The master key's file does not hold a key.
    #[error(
        "{0} does not hold a master key: expected 32 bytes in Base64. Restore it from its backup; without it nothing that is sealed can be read"
    )]
    MasterKey(String),
    /// The master key is not the one that wrapped these keys.
    #[error(
        "the master key is not the one that this keyring was made with. Restore the right one from its backup"
    )]
    WrongMaster,
    /// The keyring was made for another database.
    #[error(
        "the keyring does not belong to this database: it is for {keyring}, the database is {database}. Nothing was changed. Use the keyring from the same backup"
    )]
    Foreign {
        /// The identity in the keyring.
        keyring: Uuid,
        /// The identity in the database.
        database: Uuid,
    },
    /// The database has a keyring, but not this empty one.
    #[error(
        "the database {0} has been used with a keyring, but this one is empty. Nothing was changed. Restore the keyring from its backup"
    )]
    Missing(Uuid),
    /// A key is gone.
    #[error("a key is not in the keyring")]
    Gone,
    /// A value does not open.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
}

const SCHEMA: [&str; 2] = [
    "create table if not exists keys (
        tenant_id integer not null,
        id blob not null primary key,
        wrapped blob not null
    )",
    "create table if not exists keyring (
        id integer primary key check (id = 1),
        identity blob not null,
        proof blob not null
    )",
];

impl Keyring {
    /// Opens the keyring of a database, or makes one for a database that has
    /// none yet.
    ///
    /// The keyring learns the identity before the database does, so that a
    /// process killed in between finds an empty database and goes on.
    pub async fn open(
        file: &Path,
        master: MasterKey,
        across: &Across,
    ) -> Result<Keyring, KeyringError> {
        let ring = Keyring {
            connection: connect(file).await?,
            master: Arc::new(master),
            writer: Arc::new(Mutex::new(())),
        };
        for statement in SCHEMA {
            ring.connection.execute_unprepared(statement).await?;
        }
        match (ring.identity().await?, across.identity().await?) {
            (None, None) => {
                let identity = Uuid::new_v4();
                ring.set_identity(identity).await?;
                across.set_identity(identity).await?;
            }
            (Some(identity), None) => across.set_identity(identity).await?,
            (None, Some(database)) => return Err(KeyringError::Missing(database)),
            (Some(keyring), Some(database)) if keyring != database => {
                return Err(KeyringError::Foreign { keyring, database });
            }
            (Some(_), Some(_)) => {}
        }
        Ok(ring)
    }

    /// Makes keys. They are on disk when this returns, before anything that
    /// uses them is committed.
    pub async fn create(
        &self,
        tenant: TenantId,
        how_many: usize,
    ) -> Result<Vec<(Uuid, DataKey)>, KeyringError> {
        let mut made = Vec::with_capacity(how_many);
        for _ in 0..how_many {
            let key = DataKey::generate().map_err(|e| KeyringError::File(e.into()))?;
            made.push((Uuid::new_v4(), key));
        }
        let _turn = self.writer.lock().await;
        let tx = self.connection.begin().await?;
        for (id, key) in &made {
            let wrapped = self.master.0.seal(wrapping(tenant, *id), key.bytes())?;
            tx.execute_raw(statement(
                "insert into keys (tenant_id, id, wrapped) values (?, ?, ?)",
                [tenant.0.into(), (*id).into(), wrapped.into()],
            ))
            .await?;
        }
        tx.commit().await?;
        Ok(made)
    }

    /// The keys of these ids; those that were destroyed are not among them.
    pub async fn keys(
        &self,
        tenant: TenantId,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, DataKey>, KeyringError> {
        let mut keys = HashMap::with_capacity(ids.len());
        // SQLite takes a bounded number of values in one statement.
        for some in ids.chunks(500) {
            let marks = vec!["?"; some.len()].join(", ");
            let values: Vec<Value> = std::iter::once(tenant.0.into())
                .chain(some.iter().map(|id| (*id).into()))
                .collect();
            let rows = self
                .connection
                .query_all_raw(statement(
                    &format!(
                        "select id, wrapped from keys where tenant_id = ? and id in ({marks})"
                    ),
                    values,
                ))
                .await?;
            for row in rows {
                let id: Uuid = row.try_get_by_index(0)?;
                let wrapped: Vec<u8> = row.try_get_by_index(1)?;
                let bytes = self
                    .master
                    .0
                    .open(wrapping(tenant, id), &wrapped)
                    .map_err(|_| KeyringError::WrongMaster)?;
                keys.insert(id, DataKey::from_bytes(&bytes)?);
            }
        }
        Ok(keys)
    }

    /// One key.
    pub async fn key(&self, tenant: TenantId, id: Uuid) -> Result<DataKey, KeyringError> {
        self.keys(tenant, &[id]).await?.remove(&id).ok_or(KeyringError::Gone)
    }

    /// Destroys keys. To do it again changes nothing.
    pub async fn destroy(&self, tenant: TenantId, ids: &[Uuid]) -> Result<(), KeyringError> {
        let _turn = self.writer.lock().await;
        let tx = self.connection.begin().await?;
        for id in ids {
            tx.execute_raw(statement(
                "delete from keys where tenant_id = ? and id = ?",
                [tenant.0.into(), (*id).into()],
            ))
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Ends the connection.
    pub async fn close(self) {
        let _ = self.connection.close().await;
    }

    async fn identity(&self) -> Result<Option<Uuid>, KeyringError> {
        let row = self
            .connection
            .query_one_raw(statement("select identity, proof from keyring", []))
            .await?;
        let Some(row) = row else { return Ok(None) };
        let identity: Uuid = row.try_get_by_index(0)?;
        let proof: Vec<u8> = row.try_get_by_index(1)?;
        self.master
            .0
            .open(wrapping(TenantId(0), identity), &proof)
            .map_err(|_| KeyringError::WrongMaster)?;
        Ok(Some(identity))
    }

    async fn set_identity(&self, identity: Uuid) -> Result<(), KeyringError> {
        let proof = self.master.0.seal(wrapping(TenantId(0), identity), b"candor")?;
        self.connection
            .execute_raw(statement(
                "insert into keyring (id, identity, proof) values (1, ?, ?)",
                [identity.into(), proof.into()],
            ))
            .await?;
        Ok(())
    }
}

async fn connect(file: &Path) -> Result<DatabaseConnection, KeyringError> {
    if let Some(directory) = file.parent() {
        std::fs::create_dir_all(directory)?;
    }
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options.max_connections(4).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(sqlx_sqlite::SqliteJournalMode::Delete)
            .synchronous(sqlx_sqlite::SqliteSynchronous::Extra)
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(30))
    });
    Ok(sea_orm::Database::connect(options).await?)
}

fn wrapping(tenant: TenantId, key: Uuid) -> Place<'static> {
    Place { tenant, owner: key, label: "keyring", row: key, column: "wrapped" }
}

fn statement(sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}
