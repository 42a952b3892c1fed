//! The database of wrapped keys.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use domain::identifiers::TenantId;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, QueryResult,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, Value,
};
use tokio::sync::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::data_key::{DataKey, Place, Unsealable};
use super::master::{MasterId, MasterKey};
use super::place::{connect, file_url, prepare, statement};
use crate::platform::private;
use crate::platform::tenancy::{Across, told};

/// The keyring: by default an SQLite file with a rollback journal and
/// `secure_delete`, else a database of its own on PostgreSQL.
#[derive(Clone)]
pub struct Keyring {
    pub(super) connection: DatabaseConnection,
    pub(super) master: Arc<MasterKey>,
    pub(super) writer: Arc<Mutex<()>>,
}

/// Why the keyring cannot be used. Shown to the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file cannot be read or written.
    #[error("the keyring's files cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// The database of keys failed.
    #[error("the keyring's database failed: {}", told(.0))]
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
    /// Another process is changing the master key.
    #[error("the master key is being rotated by another process. Nothing was changed")]
    Rotating,
    /// Something is wrapped under a master key that is about to be dropped.
    #[error(
        "{0} keys are still wrapped under an earlier master key, which therefore stays in the file. Run `candor keys rotate` again"
    )]
    StillWrapped(u64),
    /// A keyring on PostgreSQL is copied by its own tools.
    #[error("a database on PostgreSQL is backed up with pg_dump: see docs/OPERATING.md")]
    NotAFile,
    /// A key is gone.
    #[error("a key is not in the keyring")]
    Gone,
    /// A value does not open.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
}

impl Keyring {
    /// Opens the keyring of a database in an SQLite file, or makes one for a
    /// database that has none yet.
    pub async fn open(
        file: &Path,
        master: MasterKey,
        across: &Across,
    ) -> Result<Keyring, KeyringError> {
        Keyring::open_at(&file_url(file), master, across).await
    }

    /// The same at a URL: `sqlite://…` or `postgres://…`.
    ///
    /// The keyring learns the identity before the database does, so that a
    /// process killed in between finds an empty database and goes on.
    pub async fn open_at(
        url: &str,
        master: MasterKey,
        across: &Across,
    ) -> Result<Keyring, KeyringError> {
        let ring = Keyring {
            connection: connect(url).await?,
            master: Arc::new(master),
            writer: Arc::new(Mutex::new(())),
        };
        prepare(&ring.connection).await?;
        match (ring.identity().await?, across.identity().await?) {
            (None, None) => {
                let identity = Uuid::new_v4();
                ring.set_identity(identity).await?;
                // Nothing that an earlier version wrote can belong to it.
                ring.begin_chain(Some(0)).await?;
                across.set_identity(identity).await?;
            }
            (Some(identity), None) => across.set_identity(identity).await?,
            (None, Some(database)) => return Err(KeyringError::Missing(database)),
            (Some(keyring), Some(database)) if keyring != database => {
                return Err(KeyringError::Foreign { keyring, database });
            }
            (Some(_), Some(_)) => {}
        }
        ring.begin_chain(None).await?;
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
        if how_many == 0 {
            return Ok(made);
        }
        for _ in 0..how_many {
            let key = DataKey::generate().map_err(|e| KeyringError::File(e.into()))?;
            made.push((Uuid::new_v4(), key));
        }
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        // Asked inside the transaction: no key is wrapped under a master key that a
        // rotation, perhaps of another process, has replaced.
        let current = self.current(&tx, true).await?;
        let master = self.master_named(current)?;
        for (id, key) in &made {
            let wrapped = master.seal(wrapping(tenant, *id), key.bytes())?;
            tx.execute_raw(statement(
                tx.get_database_backend(),
                "insert into keys (tenant_id, id, wrapped, master) values (?, ?, ?, ?)",
                [tenant.0.into(), (*id).into(), wrapped.into(), current.bytes().into()],
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
        // Both databases take a bounded number of values in one statement.
        for some in ids.chunks(500) {
            keys.extend(self.some_keys(tenant, some).await?);
        }
        Ok(keys)
    }

    async fn some_keys(
        &self,
        tenant: TenantId,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, DataKey>, KeyringError> {
        let (marks, values) = listed(tenant, ids);
        let sql =
            format!("select id, wrapped, master from keys where tenant_id = ? and id in ({marks})");
        let read = statement(self.connection.get_database_backend(), &sql, values);
        let mut looked_again = 0;
        loop {
            let rows = self.connection.query_all_raw(read.clone()).await?;
            match rows.iter().map(|row| self.unwrapped(tenant, row)).collect() {
                // A rotation has brought a master key that this process has not read yet.
                // It may even end between a look at the rows and one at the file: then
                // the rows are read once more.
                Err(KeyringError::WrongMaster) if looked_again < 2 => {
                    self.master.reload()?;
                    looked_again += 1;
                }
                other => return other,
            }
        }
    }

    fn unwrapped(
        &self,
        tenant: TenantId,
        row: &QueryResult,
    ) -> Result<(Uuid, DataKey), KeyringError> {
        let id: Uuid = row.try_get_by_index(0)?;
        let wrapped: Vec<u8> = row.try_get_by_index(1)?;
        let master: Option<Vec<u8>> = row.try_get_by_index(2)?;
        let (_, bytes) = self.unwrap(master.as_deref(), wrapping(tenant, id), &wrapped)?;
        Ok((id, DataKey::from_bytes(&bytes)?))
    }

    /// One key.
    pub async fn key(&self, tenant: TenantId, id: Uuid) -> Result<DataKey, KeyringError> {
        self.keys(tenant, &[id]).await?.remove(&id).ok_or(KeyringError::Gone)
    }

    /// Destroys keys; the answer is how many there were. To do it again changes
    /// nothing.
    pub async fn destroy(&self, tenant: TenantId, ids: &[Uuid]) -> Result<u64, KeyringError> {
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let mut destroyed = 0;
        for some in ids.chunks(500) {
            let (marks, values) = listed(tenant, some);
            let sql = format!("delete from keys where tenant_id = ? and id in ({marks})");
            let delete = statement(tx.get_database_backend(), &sql, values);
            destroyed += tx.execute_raw(delete).await?.rows_affected();
        }
        tx.commit().await?;
        Ok(destroyed)
    }

    /// Copies the keyring, as it is at one moment, into a new file. For SQLite only.
    pub async fn copy_to(&self, file: &Path) -> Result<(), KeyringError> {
        if self.connection.get_database_backend() != DbBackend::Sqlite {
            return Err(KeyringError::NotAFile);
        }
        private::file(file)?;
        let copy =
            statement(DbBackend::Sqlite, "vacuum into ?", [file.display().to_string().into()]);
        self.connection.execute_raw(copy).await?;
        Ok(())
    }

    /// Ends the connection.
    pub async fn close(self) {
        let _ = self.connection.close().await;
    }

    /// Begins a transaction that writes.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = match self.connection.get_database_backend() {
            DbBackend::Sqlite => Some(SqliteTransactionMode::Immediate),
            _ => None,
        };
        self.connection
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: mode,
                ..TransactionOptions::default()
            })
            .await
    }

    /// The master key that new keys are wrapped under. `held`: it stays that until
    /// the transaction ends.
    pub(super) async fn current(
        &self,
        on: &impl ConnectionTrait,
        held: bool,
    ) -> Result<MasterId, KeyringError> {
        let sql = match (on.get_database_backend(), held) {
            (DbBackend::Postgres, true) => "select master from keyring for share",
            _ => "select master from keyring",
        };
        let row = on.query_one_raw(statement(on.get_database_backend(), sql, [])).await?;
        let master: Option<Vec<u8>> = row.ok_or(KeyringError::Gone)?.try_get_by_index(0)?;
        master.as_deref().and_then(MasterId::from_bytes).ok_or(KeyringError::WrongMaster)
    }

    pub(super) fn master_named(&self, id: MasterId) -> Result<DataKey, KeyringError> {
        if let Some(key) = self.master.key(id) {
            return Ok(key);
        }
        self.master.reload()?;
        self.master.key(id).ok_or(KeyringError::WrongMaster)
    }

    /// Opens what is wrapped, and tells under which master key it was.
    pub(super) fn unwrap(
        &self,
        master: Option<&[u8]>,
        place: Place<'_>,
        wrapped: &[u8],
    ) -> Result<(MasterId, Zeroizing<Vec<u8>>), KeyringError> {
        let named = master.and_then(MasterId::from_bytes);
        self.master
            .keys()
            .into_iter()
            // Wrapped before master keys had ids: it is one of those that are there.
            .filter(|(id, _)| named.is_none_or(|named| named == *id))
            .find_map(|(id, key)| key.open(place, wrapped).ok().map(|plain| (id, plain)))
            .ok_or(KeyringError::WrongMaster)
    }

    pub(super) async fn identity(&self) -> Result<Option<Uuid>, KeyringError> {
        let backend = self.connection.get_database_backend();
        let read = statement(backend, "select identity, proof, master from keyring", []);
        let Some(row) = self.connection.query_one_raw(read).await? else { return Ok(None) };
        let identity: Uuid = row.try_get_by_index(0)?;
        let proof: Vec<u8> = row.try_get_by_index(1)?;
        let master: Option<Vec<u8>> = row.try_get_by_index(2)?;
        let (id, _) = self.unwrap(master.as_deref(), identifying(identity), &proof)?;
        if master.is_none() {
            let name = "update keyring set master = ? where master is null";
            self.connection.execute_raw(statement(backend, name, [id.bytes().into()])).await?;
        }
        Ok(Some(identity))
    }

    async fn set_identity(&self, identity: Uuid) -> Result<(), KeyringError> {
        let (id, key) = self.master.keys().into_iter().next().ok_or(KeyringError::WrongMaster)?;
        let proof = key.seal(identifying(identity), b"candor")?;
        self.connection
            .execute_raw(statement(
                self.connection.get_database_backend(),
                "insert into keyring (id, identity, proof, master) values (1, ?, ?, ?)",
                [identity.into(), proof.into(), id.bytes().into()],
            ))
            .await?;
        Ok(())
    }
}

/// As many marks as there are ids, and the values for them after the tenant's.
fn listed(tenant: TenantId, ids: &[Uuid]) -> (String, Vec<Value>) {
    let values = std::iter::once(tenant.0.into()).chain(ids.iter().map(|id| (*id).into()));
    (vec!["?"; ids.len()].join(", "), values.collect())
}

pub(super) fn wrapping(tenant: TenantId, key: Uuid) -> Place<'static> {
    Place { tenant, owner: key, label: "keyring", row: key, column: "wrapped" }
}

pub(super) fn identifying(identity: Uuid) -> Place<'static> {
    wrapping(TenantId(0), identity)
}
