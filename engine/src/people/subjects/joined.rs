//! Whoever was joined with somebody: where their row leads, and by which ids the
//! tenant's systems know the person.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::profile::{PROFILE, Profile, open_profile};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, IDENTITY, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{subjects, tombstones};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// Who somebody is now: the row itself, unless it was joined with another.
pub(crate) async fn now(tx: &ReadTx, row: subjects::Model) -> Result<subjects::Model, Failure> {
    let mut row = row;
    // Rows lead to the end at once; one more step is for whoever is joined meanwhile.
    while let Some(id) = row.joined_into {
        let next = tx.one(by_id(id)).await?;
        row = next.ok_or_else(|| Failure::corrupt(format!("subject {id}")))?;
    }
    Ok(row)
}

/// The same of many, whom nobody erases or joins before the transaction ends.
pub(crate) async fn now_kept(
    tx: &WriteTx,
    people: &mut HashMap<String, subjects::Model>,
) -> Result<(), Failure> {
    for row in people.values_mut() {
        while let Some(id) = row.joined_into {
            let next = tx.one(by_id(id).lock(LockType::KeyShare)).await?;
            *row = next.ok_or_else(|| Failure::corrupt(format!("subject {id}")))?;
        }
    }
    Ok(())
}

/// The tenant's own ids of a person: their systems may know them by any of these. The
/// first is the one that is shown.
pub(crate) async fn known_as(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
) -> Result<Vec<String>, Failure> {
    let mut ids: Vec<String> = Vec::new();
    ids.extend(open_profile(engine, tx, subject).await?.map(|profile| profile.id));
    let rows = tx.all(joined_into(subject)).await?;
    if rows.is_empty() {
        return Ok(ids);
    }
    let Some(key) = engine.keyring.one(tx, subject, IDENTITY).await? else { return Ok(ids) };
    for row in rows {
        ids.extend(open_joined(tx, &key, subject, &row)?.map(|profile| profile.id));
    }
    Ok(ids)
}

/// Those who were joined with somebody, the first one first.
pub(crate) fn joined_into(subject: Uuid) -> Select<subjects::Entity> {
    subjects::Entity::find()
        .filter(subjects::Column::JoinedInto.eq(subject))
        .order_by_asc(subjects::Column::Id)
}

/// What was known of somebody before they were joined: sealed for whom they are now.
pub(crate) fn open_joined(
    tx: &ReadTx,
    key: &DataKey,
    subject: Uuid,
    row: &subjects::Model,
) -> Result<Option<Profile>, Failure> {
    let Some(sealed) = &row.sealed else { return Ok(None) };
    let place = place(tx, subject, row.id);
    let plain = key.open(place, sealed).map_err(|e| Failure::Keyring(e.into()))?;
    PROFILE.read(&plain).map(Some)
}

pub(crate) fn seal_joined(
    tx: &ReadTx,
    key: &DataKey,
    subject: Uuid,
    row: Uuid,
    profile: &Profile,
) -> Result<Vec<u8>, Failure> {
    let plain = serde_json::to_vec(profile).map_err(|_| Failure::corrupt("a profile"))?;
    key.seal(place(tx, subject, row), &plain).map_err(|e| Failure::Keyring(e.into()))
}

/// Forgets who was joined with somebody whose data is erased, and keeps imports from
/// bringing the person back by another of their ids.
pub(crate) async fn bury_joined(tx: &WriteTx, scope: &Scope, subject: Uuid) -> Result<(), Failure> {
    let rows = tx.all(joined_into(subject)).await?;
    let stones = rows.iter().map(|row| tombstones::ActiveModel {
        source_hash: Set(row.source_hash.clone()),
        erased_at: Set(scope.now),
        ..Default::default()
    });
    let key = [tombstones::Column::TenantId, tombstones::Column::SourceHash];
    let again = OnConflict::columns(key).update_column(tombstones::Column::ErasedAt).to_owned();
    tx.put_many(stones, &again).await?;
    let forget = subjects::Entity::update_many()
        .col_expr(subjects::Column::Sealed, Expr::value(None::<Vec<u8>>))
        .filter(subjects::Column::JoinedInto.eq(subject));
    tx.update(forget).await?;
    Ok(())
}

fn by_id(id: Uuid) -> Select<subjects::Entity> {
    subjects::Entity::find().filter(subjects::Column::Id.eq(id))
}

fn place(tx: &ReadTx, subject: Uuid, row: Uuid) -> Place<'static> {
    Place { tenant: tx.tenant(), owner: subject, label: IDENTITY, row, column: "subjects.sealed" }
}
