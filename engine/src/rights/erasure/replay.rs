//! After a restore: what was erased since the backup is erased again.
//!
//! Every start does this, whether something was restored or not: it costs two
//! look-ups for five hundred erasures, and nobody can forget it.

use std::collections::{BTreeMap, HashSet};

use data_encoding::HEXLOWER_PERMISSIVE;
use domain::identifiers::{Language, TenantId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::carry_out::{carry_out, go_on, hide_again};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::ledger::Entry;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, requests, subjects, tombstones};

/// What a replay found to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Keys that were there again, and are destroyed.
    pub keys: u64,
    /// People who were there again, and are gone.
    pub people: u64,
}

/// Brings the ledger and this node's copy together, destroys the keys that it
/// names, deletes the rows of the people whom it names, and sees that no import
/// brings them back. Where all that is so already, it changes nothing.
pub async fn replay(engine: &Engine, now: Timestamp) -> Result<Replayed, Failure> {
    engine.ledger.merge(now).await?;
    let mut done = Replayed::default();
    let mut after = 0;
    while let Some((entries, last)) = engine.ledger.page(after).await? {
        let mut by_tenant: BTreeMap<TenantId, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            by_tenant.entry(entry.tenant).or_default().push(entry);
        }
        for (tenant, entries) in by_tenant {
            replay_some(engine, now, tenant, &entries, &mut done).await?;
        }
        after = last;
    }
    Ok(done)
}

async fn replay_some(
    engine: &Engine,
    now: Timestamp,
    tenant: TenantId,
    entries: &[Entry],
    done: &mut Replayed,
) -> Result<(), Failure> {
    // First, so that from here on nothing of theirs can be read.
    let keys: Vec<Uuid> = entries.iter().flat_map(|entry| entry.keys.clone()).collect();
    done.keys += engine.keyring.destroy(tenant, &keys).await?;
    // The database may be older than the tenant.
    let Some(head) = engine.directory.tenant(tenant) else { return Ok(()) };
    let scope = Scope {
        tenant,
        zone: head.zone.clone(),
        actor: Actor::Portal,
        language: Language::default(),
        now,
        request_id: Uuid::now_v7(),
    };
    bury(engine, &scope, entries).await?;
    for entry in still_there(engine, &scope, entries).await? {
        erase_again(engine, &scope, entry).await?;
        done.people += 1;
    }
    Ok(())
}

/// Those entries whose person the database holds.
async fn still_there<'e>(
    engine: &Engine,
    scope: &Scope,
    entries: &'e [Entry],
) -> Result<Vec<&'e Entry>, Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    let query = subjects::Entity::find()
        .filter(subjects::Column::Id.is_in(entries.iter().map(|entry| entry.subject)))
        .filter(subjects::Column::ErasedAt.is_null());
    let mut there: HashSet<Uuid> = tx.all(query).await?.into_iter().map(|row| row.id).collect();
    // An entry may be there twice.
    Ok(entries.iter().filter(|entry| there.remove(&entry.subject)).collect())
}

/// Sets the tombstones that are missing.
async fn bury(engine: &Engine, scope: &Scope, entries: &[Entry]) -> Result<(), Failure> {
    let mut hashes: BTreeMap<Vec<u8>, Timestamp> = entries
        .iter()
        .filter_map(|entry| {
            Some((HEXLOWER_PERMISSIVE.decode(entry.source.as_deref()?.as_bytes()).ok()?, entry.at))
        })
        .collect();
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let column = tombstones::Column::SourceHash;
    for row in tx.all_by::<tombstones::Entity>(column, hashes.keys().cloned()).await? {
        hashes.remove(&row.source_hash);
    }
    drop(tx);
    if hashes.is_empty() {
        return Ok(());
    }
    let tx = db.write().await?;
    for (source_hash, at) in hashes {
        let row = tombstones::ActiveModel {
            source_hash: Set(source_hash),
            erased_at: Set(at),
            ..Default::default()
        };
        tx.insert_or(row, OnConflict::new().do_nothing().to_owned()).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn erase_again(engine: &Engine, scope: &Scope, entry: &Entry) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let open = requests::Entity::find()
        .filter(requests::Column::Id.eq(entry.request))
        .filter(requests::Column::SubjectId.eq(entry.subject))
        .filter(requests::Column::ClosedAt.is_null());
    let asked_before = tx.one(open).await?.is_some();
    drop(tx);
    if asked_before {
        // The backup is from between asking and erasing: the request goes its way, with
        // its receipt.
        return carry_out(engine, scope, entry.request).await;
    }
    hide_again(engine, scope, entry.subject, entry.request).await?;
    go_on(engine, scope, entry.request).await
}
