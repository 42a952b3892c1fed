//! What the portal was told of, without the data itself.

use domain::grants::Grant;
use domain::holds::Act;
use jiff::civil::Date;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::open::{AT_ONCE, Most, open_all, within};
use crate::data::TellError;
use crate::data::holds::{blocks, stopped};
use crate::engine::Engine;
use crate::people::subjects::{now, open_profile};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, records, subjects, tombstones};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// A person, by the tenant's own id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The portal's id, which pages are turned by.
    pub key: Uuid,
    /// The tenant's own id.
    pub id: String,
    /// Whether the data must not be used.
    pub frozen: bool,
    /// When the portal was told of the person.
    pub created_at: Timestamp,
}

/// A record without its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordHead {
    /// The portal's id, which pages are turned by.
    pub key: Uuid,
    /// The source's own id.
    pub id: String,
    /// A category of the policy.
    pub category: String,
    /// Its kind.
    pub kind: String,
    /// Where it came from.
    pub source: String,
    /// Its own date.
    pub date: Date,
    /// When the portal was told of it.
    pub recorded_at: Timestamp,
}

/// The people of the tenant in the order in which they became known, from
/// behind `after`.
pub async fn subjects(
    engine: &Engine,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Subject>, Failure> {
    let permit = scope.grant(Grant::Read)?;
    let tx = engine.tenant(permit).read().await?;
    let mut query = subjects::Entity::find()
        .filter(subjects::Column::ErasedAt.is_null())
        .order_by_asc(subjects::Column::Id)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(subjects::Column::Id.gt(after));
    }
    let rows = tx.all(query).await?;
    let stopped = stopped(&tx, scope.now, &rows, Act::Use).await?;
    let mut found = Vec::new();
    for row in rows {
        let frozen = stopped.get(&row.id).is_some_and(|it| it.wholly().is_some());
        found.extend(read(engine, &tx, row, frozen).await?);
    }
    Ok(found)
}

/// One of them, by the tenant's own id.
pub async fn subject(
    engine: &Engine,
    scope: &Scope,
    source_id: &str,
) -> Result<Subject, TellError> {
    let permit = scope.grant(Grant::Read)?;
    let tx = engine.tenant(permit).read().await?;
    let row = living(engine, &tx, source_id).await?;
    let frozen = blocks(&tx, scope.now, row.id, None, Act::Use).await?.is_some();
    read(engine, &tx, row, frozen).await?.ok_or(TellError::Erased)
}

/// The tenant's own id of a person, by the portal's.
pub async fn source_id(engine: &Engine, scope: &Scope, key: Uuid) -> Result<String, TellError> {
    let permit = scope.grant(Grant::Write)?;
    let tx = engine.tenant(permit).read().await?;
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(key))).await?;
    let row = now(&tx, row.ok_or(TellError::Unknown)?).await?;
    let profile = open_profile(engine, &tx, row.id).await?;
    Ok(profile.ok_or(TellError::Erased)?.id)
}

/// The records that are about one person alone, in the order in which they became known,
/// and whether there are more. A page ends early where they are long: what they are
/// called is sealed with what they say.
pub async fn record_heads(
    engine: &Engine,
    scope: &Scope,
    source_id: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<(Vec<RecordHead>, bool), TellError> {
    let permit = scope.grant(Grant::Read)?;
    let tx = engine.tenant(permit).read().await?;
    let subject = living(engine, &tx, source_id).await?;
    let mut query = records::Entity::find()
        .filter(records::Column::SubjectId.eq(subject.id))
        .order_by_asc(records::Column::Id);
    if let Some(after) = after {
        query = query.filter(records::Column::Id.gt(after));
    }
    let most = Most { records: limit, bytes: AT_ONCE };
    let (number, more) = within(&tx, query.clone(), most).await?;
    let rows = if number == 0 { Vec::new() } else { tx.all(query.limit(number)).await? };
    let heads = open_all(engine, &tx, subject.id, rows).await?.into_iter();
    let heads = heads.map(|(row, payload)| RecordHead {
        key: row.id,
        id: payload.id,
        category: row.category,
        kind: row.kind,
        source: row.source,
        date: Date::from(row.occurred_on),
        recorded_at: row.recorded_at,
    });
    Ok((heads.collect(), more))
}

/// The person of that id, or of the one who they were joined with, unless nobody is, or
/// they were erased.
pub(crate) async fn living(
    engine: &Engine,
    tx: &ReadTx,
    source_id: &str,
) -> Result<subjects::Model, TellError> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let hash = lookup.hash("subject", source_id.as_bytes());
    let by_hash = subjects::Entity::find().filter(subjects::Column::SourceHash.eq(hash.clone()));
    if let Some(row) = tx.one(by_hash).await? {
        let row = now(tx, row).await?;
        return if row.erased_at.is_none() { Ok(row) } else { Err(TellError::Erased) };
    }
    let buried = tombstones::Entity::find().filter(tombstones::Column::SourceHash.eq(hash));
    match tx.one(buried).await? {
        Some(_) => Err(TellError::Erased),
        None => Err(TellError::Unknown),
    }
}

/// The same, who is not erased before the transaction ends.
pub(crate) async fn living_kept(
    engine: &Engine,
    tx: &WriteTx,
    source_id: &str,
) -> Result<subjects::Model, TellError> {
    let mut id = living(engine, tx, source_id).await?.id;
    loop {
        let row = subjects::Entity::find().filter(subjects::Column::Id.eq(id));
        let row = tx.one(row.lock(LockType::KeyShare)).await?.ok_or(TellError::Erased)?;
        match row.joined_into {
            // Since a moment ago.
            Some(now) => id = now,
            None if row.erased_at.is_some() => return Err(TellError::Erased),
            None => return Ok(row),
        }
    }
}

async fn read(
    engine: &Engine,
    tx: &ReadTx,
    row: subjects::Model,
    frozen: bool,
) -> Result<Option<Subject>, Failure> {
    let profile = open_profile(engine, tx, row.id).await?;
    Ok(profile.map(|profile| Subject {
        key: row.id,
        id: profile.id,
        frozen,
        created_at: row.created_at,
    }))
}
