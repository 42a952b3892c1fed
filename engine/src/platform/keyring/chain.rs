//! The ledger's lines as the keyring keeps them: appended by whatever node, each
//! chained to the one before by a transaction, and sealed at the end.
//!
//! The key that authenticates them is a key of the keyring like any other, of no
//! tenant: it is wrapped by the master key, and wrapped anew with all others.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use domain::identifiers::TenantId;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Value};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::data_key::{DataKey, Place};
use super::line::{Judged, judge, line_hash, write};
use super::master::MasterId;
use super::place::statement;
use super::ring::{Keyring, KeyringError, wrapping};

/// Whose key authenticates the ledger: no tenant's.
const NOBODY: TenantId = TenantId(0);

/// Where the chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of the last line; 0 if there is none.
    pub number: i64,
    /// The hash of the last line.
    pub hash: Vec<u8>,
    /// The key of new lines.
    pub key: Uuid,
    /// Whether the end is sealed as it is: else it was changed by another hand.
    pub genuine: bool,
    /// Until when lines of earlier versions, which have no proof, are taken over
    /// from files; `None` if nobody has looked yet. Milliseconds since 1970.
    pub trusts_until: Option<i64>,
}

/// A line with its row's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The number of the row.
    pub number: i64,
    /// The line.
    pub line: String,
}

/// A line that is to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// What it says: a JSON object.
    pub says: String,
    /// The line of a copy that says so. It is taken as it is if it is the very next
    /// one, as after a restore of an older keyring; else it is written anew.
    pub copied: Option<String>,
}

impl Keyring {
    /// Makes the chain's key and end, where there are none.
    pub(super) async fn begin_chain(&self, trusts_until: Option<i64>) -> Result<(), KeyringError> {
        let backend = self.connection.get_database_backend();
        let read = "select key_id from ledger_head";
        let head = self.connection.query_one_raw(statement(backend, read, [])).await?;
        if let Some(head) = &head {
            let id: Uuid = head.try_get_by_index(0)?;
            let there = "select id from keys where id = ?";
            let there = statement(backend, there, [id.into()]);
            if self.connection.query_one_raw(there).await?.is_some() {
                return Ok(());
            }
        }
        let [(id, key)] = &self.create(NOBODY, 1).await?[..] else { return Ok(()) };
        let sql = match head {
            // Somebody has destroyed the key: erasures go on with another, and the end
            // that it had sealed is told of.
            Some(_) => statement(backend, "update ledger_head set key_id = ?", [(*id).into()]),
            None => {
                let hash = vec![0; 32];
                let seal = seal(key, 0, &hash);
                // Of two nodes that start at once, the other's key stays as one more.
                let sql = "insert into ledger_head (id, number, hash, key_id, seal, trusts_until) \
                           values (1, 0, ?, ?, ?, ?) on conflict (id) do nothing";
                let values = [hash.into(), (*id).into(), seal.into(), trusts_until.into()];
                statement(backend, sql, values)
            }
        };
        self.connection.execute_raw(sql).await?;
        Ok(())
    }

    /// Where the chain ends.
    pub async fn chain_head(&self) -> Result<Head, KeyringError> {
        read_head(&self.connection, "", &self.chain_keys().await?).await
    }

    /// Some lines behind that number, in order.
    pub async fn links(&self, after: i64, limit: u64) -> Result<Vec<Link>, KeyringError> {
        let sql = format!(
            "select number, line from ledger where number > ? order by number limit {limit}"
        );
        let read = statement(self.connection.get_database_backend(), &sql, [after.into()]);
        let rows = self.connection.query_all_raw(read).await?;
        rows.iter()
            .map(|row| {
                Ok(Link { number: row.try_get_by_index(0)?, line: row.try_get_by_index(1)? })
            })
            .collect()
    }

    /// Appends lines. They are on disk when this returns, one after the other,
    /// whoever else appends.
    pub async fn lengthen(&self, lines: &[Coming]) -> Result<(), KeyringError> {
        let keys = self.chain_keys().await?;
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let lock = match tx.get_database_backend() {
            DbBackend::Postgres => " for update",
            _ => "",
        };
        let head = read_head(&tx, lock, &keys).await?;
        let key = keys.get(&head.key).ok_or(KeyringError::Gone)?;
        let (mut number, mut hash) = last_line(&tx, &head).await?;
        if !head.genuine {
            // Another hand was at the end: the gap shows that for ever.
            number += 1;
        }
        for coming in lines {
            let copied = coming.copied.as_deref().filter(|line| {
                let before = HEXLOWER.encode(&hash);
                judge(&keys, line) == Judged::Genuine { number: number + 1, before }
            });
            let line = match copied {
                Some(line) => line.to_owned(),
                None => write((head.key, key), (number + 1, &hash), &coming.says),
            };
            number += 1;
            hash = line_hash(&line).to_vec();
            let sql = "insert into ledger (number, line) values (?, ?)";
            let insert = statement(tx.get_database_backend(), sql, [number.into(), line.into()]);
            tx.execute_raw(insert).await?;
        }
        let seal = seal(key, number, &hash);
        let sql = "update ledger_head set number = ?, hash = ?, seal = ?";
        let values = [number.into(), hash.into(), seal.into()];
        tx.execute_raw(statement(tx.get_database_backend(), sql, values)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The keys that lines of the ledger may be authenticated with.
    pub async fn chain_keys(&self) -> Result<HashMap<Uuid, DataKey>, KeyringError> {
        let backend = self.connection.get_database_backend();
        let sql = "select id from keys where tenant_id = ?";
        let read = statement(backend, sql, [NOBODY.0.into()]);
        let rows = self.connection.query_all_raw(read).await?;
        let ids: Result<Vec<Uuid>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
        self.keys(NOBODY, &ids?).await
    }

    /// The ledger's key, wrapped under the present master key, to go with a copy:
    /// an older keyring does not have it. Also the master key's id.
    pub async fn chain_key_to_go(&self) -> Result<(Uuid, MasterId, Vec<u8>), KeyringError> {
        let id = self.chain_head().await?.key;
        let key = self.key(NOBODY, id).await?;
        let current = self.current(&self.connection, false).await?;
        let place = self.going(id).await?;
        Ok((id, current, self.master_named(current)?.seal(place, key.bytes())?))
    }

    /// Takes a key over that came with a copy, if it was wrapped here.
    pub async fn take_chain_key(
        &self,
        id: Uuid,
        master: MasterId,
        wrapped: &[u8],
    ) -> Result<bool, KeyringError> {
        let place = self.going(id).await?;
        let Ok((_, bytes)) = self.unwrap(Some(&master.bytes()), place, wrapped) else {
            return Ok(false);
        };
        let _turn = self.writer.lock().await;
        let tx = self.begin().await?;
        let current = self.current(&tx, true).await?;
        let wrapped = self.master_named(current)?.seal(wrapping(NOBODY, id), &bytes)?;
        let sql = "insert into keys (tenant_id, id, wrapped, master) values (?, ?, ?, ?) \
                   on conflict (id) do nothing";
        let values: [Value; 4] =
            [NOBODY.0.into(), id.into(), wrapped.into(), current.bytes().into()];
        tx.execute_raw(statement(tx.get_database_backend(), sql, values)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Says until when lines without proof are taken over, once.
    pub async fn trust_until(&self, until: i64) -> Result<(), KeyringError> {
        let sql = "update ledger_head set trusts_until = ? where trusts_until is null";
        let backend = self.connection.get_database_backend();
        self.connection.execute_raw(statement(backend, sql, [until.into()])).await?;
        Ok(())
    }

    /// Up to which line the file at a place was a copy; `None` if it was never
    /// looked at.
    pub async fn copied_to(&self, place: &[u8]) -> Result<Option<i64>, KeyringError> {
        let sql = "select copied from ledger_files where place = ?";
        let backend = self.connection.get_database_backend();
        let read = statement(backend, sql, [place.to_vec().into()]);
        let row = self.connection.query_one_raw(read).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Notes up to which line the file at a place is a copy.
    pub async fn note_copied(&self, place: &[u8], number: i64) -> Result<(), KeyringError> {
        let sql = "insert into ledger_files (place, copied) values (?, ?) \
                   on conflict (place) do update set copied = excluded.copied";
        let backend = self.connection.get_database_backend();
        let note = statement(backend, sql, [place.to_vec().into(), number.into()]);
        let _turn = self.writer.lock().await;
        self.connection.execute_raw(note).await?;
        Ok(())
    }

    /// Bound to the keyring's identity, so that no other keyring's key is taken.
    async fn going(&self, id: Uuid) -> Result<Place<'static>, KeyringError> {
        let owner = self.identity().await?.ok_or(KeyringError::Gone)?;
        Ok(Place { tenant: NOBODY, owner, label: "ledger", row: id, column: "ledger-key" })
    }
}

async fn read_head(
    on: &impl ConnectionTrait,
    lock: &str,
    keys: &HashMap<Uuid, DataKey>,
) -> Result<Head, KeyringError> {
    let sql = format!("select number, hash, key_id, seal, trusts_until from ledger_head{lock}");
    let row = on.query_one_raw(statement(on.get_database_backend(), &sql, [])).await?;
    let row = row.ok_or(KeyringError::Gone)?;
    let (number, hash): (i64, Vec<u8>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let (id, sealed): (Uuid, Vec<u8>) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
    let genuine = keys
        .get(&id)
        .is_some_and(|key| bool::from(seal(key, number, &hash).ct_eq(sealed.as_slice())));
    Ok(Head { number, hash, key: id, genuine, trusts_until: row.try_get_by_index(4)? })
}

/// The last line's number and hash: by the head or, if more lines are there than
/// it says, by the last of these.
async fn last_line(tx: &DatabaseTransaction, head: &Head) -> Result<(i64, Vec<u8>), KeyringError> {
    let sql = "select number, line from ledger where number > ? order by number desc limit 1";
    let more = statement(tx.get_database_backend(), sql, [head.number.into()]);
    Ok(match tx.query_one_raw(more).await? {
        Some(row) => {
            let line: String = row.try_get_by_index(1)?;
            (row.try_get_by_index(0)?, line_hash(&line).to_vec())
        }
        None => (head.number, head.hash.clone()),
    })
}

fn seal(key: &DataKey, number: i64, hash: &[u8]) -> Vec<u8> {
    key.hash("ledger head", &[&number.to_be_bytes()[..], hash].concat())
}
