//! Records, sealed anew for the one who stays.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{OnConflict, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::data::records::record_place;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, KeyringError, Named};
use crate::platform::storage::{record_parties, records, subjects};
use crate::platform::tenancy::WriteTx;

/// Passes on what is held about the one who goes; the answer is how many records that
/// were. There is nothing to decide between two: a record is its source's, and there
/// once, whoever it is about.
pub(super) async fn pass(
    engine: &Engine,
    tx: &WriteTx,
    goes: &subjects::Model,
    stays: &subjects::Model,
) -> Result<usize, Failure> {
    let own = tx.all(held(records::Column::SubjectId.eq(goes.id))).await?;
    let shared: Vec<Uuid> = parties(tx, goes.id).await?.into_keys().collect();
    let shared = tx.all(held(records::Column::Id.is_in(shared))).await?;
    // Only now does nobody change any more whom they are about.
    let theirs = parties(tx, goes.id).await?;
    let also: HashSet<Uuid> = parties(tx, stays.id).await?.into_keys().collect();

    let all = own.iter().chain(&shared).filter(|row| row.organisation_id.is_none());
    let categories: BTreeSet<String> = all.map(|row| row.category.clone()).collect();
    let names = |owner| categories.iter().map(|label| (owner, label.clone())).collect::<Vec<_>>();
    let sealing = Sealing {
        tx,
        goes: (goes.id, engine.keyring.named(tx, &names(goes.id)).await?),
        stays: (stays.id, engine.keyring.ensure(tx, &names(stays.id)).await?),
    };
    let amount = own.len() + shared.len();
    let mut anew = Vec::with_capacity(own.len());
    for row in own {
        let sealed = match row.organisation_id {
            Some(_) => row.sealed.clone(),
            None => sealing.anew(&row, row.id, &row.sealed)?,
        };
        anew.push(with(row, sealing.stays.0, sealed));
    }
    let mut wrapped = Vec::new();
    for row in shared {
        let Some(key) = theirs.get(&row.id) else { continue };
        if !also.contains(&row.id) {
            let wrapped_key = match row.organisation_id {
                Some(_) => key.clone(),
                None => sealing.anew(&row, row.id, key)?,
            };
            wrapped.push(record_parties::ActiveModel {
                record_id: Set(row.id),
                subject_id: Set(stays.id),
                wrapped_key: Set(wrapped_key),
                ..Default::default()
            });
        } else if is_of_two(tx, row.id).await? {
            // About nobody else: it is a record about them alone now.
            let sealed = match row.organisation_id {
                Some(_) => row.sealed.clone(),
                None => sealing.alone(&row, key)?,
            };
            let of_record = record_parties::Column::RecordId.eq(row.id);
            tx.delete(record_parties::Entity::delete_many().filter(of_record)).await?;
            anew.push(with(row, stays.id, sealed));
        }
    }
    let gone = record_parties::Column::SubjectId.eq(goes.id);
    tx.delete(record_parties::Entity::delete_many().filter(gone)).await?;
    tx.insert_many(wrapped).await?;
    let key = [records::Column::TenantId, records::Column::Id];
    let changed = [records::Column::SubjectId, records::Column::Sealed];
    tx.put_many(anew, &OnConflict::columns(key).update_columns(changed).to_owned()).await?;
    Ok(amount)
}

/// Records that nobody else changes, in the order in which everybody locks them.
fn held(which: SimpleExpr) -> Select<records::Entity> {
    let records = records::Entity::find().filter(which);
    records.order_by_asc(records::Column::SourceHash).lock_exclusive()
}

/// The records that somebody has a part in, with their key as it is wrapped for them.
async fn parties(tx: &WriteTx, subject: Uuid) -> Result<HashMap<Uuid, Vec<u8>>, Failure> {
    let rows = record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(subject));
    let rows = tx.all(rows).await?;
    Ok(rows.into_iter().map(|row| (row.record_id, row.wrapped_key)).collect())
}

async fn is_of_two(tx: &WriteTx, record: Uuid) -> Result<bool, Failure> {
    let parties =
        record_parties::Entity::find().filter(record_parties::Column::RecordId.eq(record));
    Ok(tx.count(parties).await? == 2)
}

fn with(row: records::Model, subject: Uuid, sealed: Vec<u8>) -> records::ActiveModel {
    let row = records::Model { subject_id: Some(subject), sealed, ..row };
    // All columns are set: it is written as one that is there.
    row.into_active_model().reset_all()
}

/// The keys of both, by category.
struct Sealing<'a> {
    tx: &'a WriteTx,
    goes: (Uuid, HashMap<Named, DataKey>),
    stays: (Uuid, HashMap<Named, DataKey>),
}

impl Sealing<'_> {
    /// What was sealed for the one who goes, for the one who stays.
    fn anew(&self, row: &records::Model, record: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Failure> {
        let (tenant, label) = (self.tx.tenant(), row.category.as_str());
        let place = |owner| record_place(tenant, owner, label, record);
        let from = key_of(&self.goes, label)?;
        let plain =
            from.open(place(self.goes.0), sealed).map_err(|e| Failure::Keyring(e.into()))?;
        let to = key_of(&self.stays, label)?;
        to.seal(place(self.stays.0), &plain).map_err(|e| Failure::Keyring(e.into()))
    }

    /// A record with a key of its own, sealed as one about the one who stays alone.
    fn alone(&self, row: &records::Model, wrapped: &[u8]) -> Result<Vec<u8>, Failure> {
        let (tenant, label) = (self.tx.tenant(), row.category.as_str());
        let unsealable = |e: crate::platform::keyring::Unsealable| Failure::Keyring(e.into());
        let place = |owner| record_place(tenant, owner, label, row.id);
        let from = key_of(&self.goes, label)?;
        let own = from.open(place(self.goes.0), wrapped).map_err(unsealable)?;
        let own = DataKey::from_bytes(&own).map_err(unsealable)?;
        let plain = own.open(place(row.id), &row.sealed).map_err(unsealable)?;
        key_of(&self.stays, label)?.seal(place(self.stays.0), &plain).map_err(unsealable)
    }
}

fn key_of<'k>(
    (owner, keys): &'k (Uuid, HashMap<Named, DataKey>),
    label: &str,
) -> Result<&'k DataKey, Failure> {
    keys.get(&(*owner, label.to_owned())).ok_or(Failure::Keyring(KeyringError::Gone))
}
