//! Deleting one record because it is gone at its source.

use std::collections::BTreeSet;

use domain::erasure::kept_by;
use domain::grants::Grant;
use domain::holds::Act;
use domain::identifiers::Slug;
use domain::policy::Facts;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::data::TellError;
use crate::data::holds::{blocks_everybody, stopped};
use crate::data::imports::check_id;
use crate::engine::Engine;
use crate::people::tokens::{Once, Repeated, begin, keep};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, organisations, record_parties, records, subjects, tombstones};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};
use crate::policies;

/// What became of a record that is gone at its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Removed {
    /// It is deleted.
    Deleted,
    /// It was deleted before.
    Before,
}

/// Deletes the record that a source has told of under its own id, for all whom it is
/// about, and takes it no more. It stays while a law keeps it by the policy, or a hold
/// lets nothing be deleted, of any of them.
///
/// A copy of the database that is put back may bring it back: like whatever a rule
/// deletes, it is deleted and not shredded.
pub async fn remove(
    engine: &Engine,
    scope: &Scope,
    (source, id): (&str, &str),
    once: Option<Once<'_>>,
) -> Result<Repeated<Removed>, TellError> {
    scope.grant(Grant::Erase)?;
    check_id("id", id)?;
    let policy = policies::in_force(engine, scope).await?.ok_or(TellError::NoPolicy)?;
    let facts = &policy.document.facts;
    retrying(|| remove_once(engine, scope, facts, (source, id), once)).await
}

async fn remove_once(
    engine: &Engine,
    scope: &Scope,
    facts: &Facts,
    (source, id): (&str, &str),
    once: Option<Once<'_>>,
) -> Result<Repeated<Removed>, TellError> {
    let tx = engine.tenant(scope.grant(Grant::Erase)?).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let hash = lookup.hash("record", format!("{source}\0{id}").as_bytes());
    let answer = match held(&tx, &hash).await? {
        Some(record) => {
            may_go(&tx, scope, facts, &record).await?;
            delete(&tx, scope, record, hash).await?;
            Removed::Deleted
        }
        None => {
            let buried = tombstones::Entity::find().filter(tombstones::Column::SourceHash.eq(hash));
            tx.one(buried).await?.ok_or(TellError::UnknownRecord)?;
            Removed::Before
        }
    };
    keep(&tx, scope, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}

/// A record, with those whom it is about held.
struct Record {
    head: Head,
    people: Vec<subjects::Model>,
}

/// The columns of it that are looked at.
#[derive(FromQueryResult)]
struct Head {
    id: Uuid,
    subject_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    category: String,
    source: String,
    occurred_on: Day,
}

/// The record, once nobody else is at those whom it is about, or tells of them.
async fn held(tx: &WriteTx, hash: &[u8]) -> Result<Option<Record>, Failure> {
    let mut found = find(tx, hash).await?;
    while let Some((head, ids)) = found {
        if let Some(organisation) = head.organisation_id {
            let row = organisations::Entity::find()
                .filter(organisations::Column::Id.eq(organisation))
                .lock(LockType::Update);
            tx.one(row).await?;
        }
        let people = subjects::Entity::find()
            .filter(subjects::Column::Id.is_in(ids.iter().copied()))
            // In the order in which everybody locks.
            .order_by_asc(subjects::Column::SourceHash)
            .lock(LockType::Update);
        let people = tx.all(people).await?;
        // It may have been told to be about others before they were held.
        found = find(tx, hash).await?;
        if found.as_ref().is_some_and(|(_, now)| *now == ids) {
            return Ok(found.map(|(head, _)| Record { head, people }));
        }
    }
    Ok(None)
}

async fn find(tx: &ReadTx, hash: &[u8]) -> Result<Option<(Head, BTreeSet<Uuid>)>, Failure> {
    let query = records::Entity::find()
        .filter(records::Column::SourceHash.eq(hash))
        .select_only()
        .columns([
            records::Column::Id,
            records::Column::SubjectId,
            records::Column::OrganisationId,
            records::Column::Category,
            records::Column::Source,
            records::Column::OccurredOn,
        ]);
    let Some(head) = tx.rows::<_, Head>(query).await?.into_iter().next() else { return Ok(None) };
    let parties =
        record_parties::Entity::find().filter(record_parties::Column::RecordId.eq(head.id));
    let parties = tx.all(parties).await?.into_iter().map(|row| row.subject_id);
    let people = head.subject_id.into_iter().chain(parties).collect();
    Ok(Some((head, people)))
}

/// Whether neither a law nor a hold keeps it. A hold that delays rules delays this too:
/// it is no wish of the person's.
async fn may_go(
    tx: &WriteTx,
    scope: &Scope,
    facts: &Facts,
    record: &Record,
) -> Result<(), TellError> {
    let category: Slug = record.head.category.parse().map_err(Failure::corrupt)?;
    let date = Date::from(record.head.occurred_on);
    if let Some((hold, until)) = kept_by(facts, &category, date, scope.today()) {
        return Err(TellError::Retained { hold: hold.id.clone(), until });
    }
    let category = category.as_str();
    let held = stopped(tx, scope.now, &record.people, Act::Sweep).await?;
    let everybody = blocks_everybody(tx, scope.now, category, Act::Sweep).await?;
    if everybody.is_some() || held.values().any(|held| held.category(category).is_some()) {
        return Err(TellError::Held);
    }
    Ok(())
}

async fn delete(tx: &WriteTx, scope: &Scope, record: Record, hash: Vec<u8>) -> Result<(), Failure> {
    let Record { head, people } = record;
    // Whom it is about goes with it.
    let it = records::Column::Id.eq(head.id);
    tx.delete(records::Entity::delete_many().filter(it)).await?;
    let tombstone = tombstones::ActiveModel {
        source_hash: Set(hash),
        erased_at: Set(scope.now),
        ..Default::default()
    };
    tx.insert_or(tombstone, OnConflict::new().do_nothing().to_owned()).await?;
    let details = json!({
        "category": head.category,
        "source": head.source,
        "people": people.len(),
        "for-organisation": head.organisation_id.is_some(),
    });
    audit::enter(tx, scope, "record.deleted", head.id, details).await?;
    Ok(())
}
