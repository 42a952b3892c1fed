//! Another master key, while everything goes on.
//!
//! 1. The new key is put into the master file, beside the old one.
//! 2. The keyring names it: from that commit on, new keys are wrapped under it.
//! 3. Every other key is wrapped anew, a few at a time. Both old and new wraps
//!    open, since each says under which master key it is.
//! 4. When nothing is wrapped under the old key, it is dropped from the file.
//!
//! Killed between any two of these, the next run finds where it was and goes on.

use domain::identifiers::TenantId;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::master::MasterId;
use super::place::statement;
use super::ring::{Keyring, KeyringError, identifying, wrapping};

/// How many keys are wrapped anew in one transaction.
const AT_ONCE: usize = 200;

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// The master key from now on.
    pub master: MasterId,
    /// Whether an earlier run had begun it.
    pub resumed: bool,
    /// How many keys this run has wrapped anew.
    pub wrapped: u64,
}

/// How many keys are wrapped under a master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The master key; `None` for what was wrapped before they had ids.
    pub master: Option<MasterId>,
    /// How many.
    pub keys: u64,
}

impl Keyring {
    /// Puts another master key in the place of the present one, or finishes what
    /// an earlier run began.
    pub async fn rotate(&self) -> Result<Rotated, KeyringError> {
        let _lock = self.master.lock()?;
        let (master, resumed) = self.begin_rotation().await?;
        let mut wrapped = 0;
        let mut last = Some(Uuid::nil());
        while let Some(after) = last {
            let (some, end) = self.wrap_anew(after).await?;
            wrapped += some;
            last = end;
        }
        self.end_rotation().await?;
        Ok(Rotated { master, resumed, wrapped })
    }

    /// The first two steps. Also tells whether an earlier run had begun.
    pub async fn begin_rotation(&self) -> Result<(MasterId, bool), KeyringError> {
        self.master.reload()?;
        let before = self.current(&self.connection, false).await?;
        self.master_named(before)?;
        let (next, resumed) = match self.master.ids().as_slice() {
            [newest, _, ..] => (*newest, true),
            _ => (self.master.add()?, false),
        };
        if next != before {
            self.name_master(next).await?;
        }
        Ok((next, resumed))
    }

    async fn name_master(&self, next: MasterId) -> Result<(), KeyringError> {
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let backend = tx.get_database_backend();
        let read = statement(backend, "select identity from keyring", []);
        let row = tx.query_one_raw(read).await?.ok_or(KeyringError::Gone)?;
        let identity: Uuid = row.try_get_by_index(0)?;
        let proof = self.master_named(next)?.seal(identifying(identity), b"candor")?;
        let name = "update keyring set master = ?, proof = ?";
        tx.execute_raw(statement(backend, name, [next.bytes().into(), proof.into()])).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A small piece of the third step: wraps the next few keys behind `after`
    /// anew. Tells how many, and behind which key to go on, if there may be more.
    pub async fn wrap_anew(&self, after: Uuid) -> Result<(u64, Option<Uuid>), KeyringError> {
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let backend = tx.get_database_backend();
        let current = self.current(&tx, false).await?;
        let master = self.master_named(current)?;
        let sql = format!(
            "select tenant_id, id, wrapped, master from keys \
             where id > ? and (master is null or master <> ?) order by id limit {AT_ONCE}"
        );
        let read = statement(backend, &sql, [after.into(), current.bytes().into()]);
        let rows = tx.query_all_raw(read).await?;
        let mut last = None;
        for row in &rows {
            let tenant = TenantId(row.try_get_by_index(0)?);
            let id: Uuid = row.try_get_by_index(1)?;
            let wrapped: Vec<u8> = row.try_get_by_index(2)?;
            let under: Option<Vec<u8>> = row.try_get_by_index(3)?;
            let place = wrapping(tenant, id);
            let (_, plain) = self.unwrap(under.as_deref(), place, &wrapped)?;
            let wrapped = master.seal(place, &plain)?;
            // A key that is destroyed meanwhile is no row to update.
            tx.execute_raw(statement(
                backend,
                "update keys set wrapped = ?, master = ? where id = ?",
                [wrapped.into(), current.bytes().into(), id.into()],
            ))
            .await?;
            last = Some(id);
        }
        tx.commit().await?;
        Ok((rows.len() as u64, last.filter(|_| rows.len() == AT_ONCE)))
    }

    /// The last step. Nothing can come to be wrapped under an earlier key any more,
    /// so what is counted stays counted.
    pub async fn end_rotation(&self) -> Result<(), KeyringError> {
        let current = self.current(&self.connection, false).await?;
        let left: u64 = self
            .wrapped()
            .await?
            .iter()
            .filter(|under| under.master != Some(current))
            .map(|under| under.keys)
            .sum();
        if left > 0 {
            return Err(KeyringError::StillWrapped(left));
        }
        self.master.keep_only(current)
    }

    /// How many keys are wrapped under which master key.
    pub async fn wrapped(&self) -> Result<Vec<Wrapped>, KeyringError> {
        let sql = "select master, count(*) from keys group by master";
        let read = statement(self.connection.get_database_backend(), sql, []);
        let rows = self.connection.query_all_raw(read).await?;
        rows.iter()
            .map(|row| {
                let master: Option<Vec<u8>> = row.try_get_by_index(0)?;
                let keys: i64 = row.try_get_by_index(1)?;
                Ok(Wrapped {
                    master: master.as_deref().and_then(MasterId::from_bytes),
                    keys: u64::try_from(keys).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// The master keys that are in the file, the newest first.
    pub fn masters(&self) -> Vec<MasterId> {
        self.master.ids()
    }
}
