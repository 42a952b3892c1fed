//! Joining two people who are one.

use domain::grants::Grant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Joined, join_in};
use crate::data::TellError;
use crate::data::imports::{LineError, Told};
use crate::data::records::living;
use crate::engine::Engine;
use crate::people::tokens::{Once, Repeated, begin, keep};
use crate::platform::scope::Scope;
use crate::platform::storage::subjects;
use crate::platform::tenancy::{Permit, WriteTx, retrying};

/// Joins the person of one id with the person of another, who stays. To do it again
/// changes nothing. It gives whoever signs in as one of them what is held about the other,
/// and takes a row away, so it wants both grants.
pub async fn join_by_id(
    engine: &Engine,
    scope: &Scope,
    (source_id, into): (&str, &str),
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, TellError> {
    let _access = scope.grant(Grant::Access)?;
    let permit = scope.grant(Grant::Erase)?;
    let joined = retrying(|| join_once(engine, scope, permit, (source_id, into), once)).await?;
    engine.work.notify_one();
    Ok(joined)
}

async fn join_once(
    engine: &Engine,
    scope: &Scope,
    permit: Permit,
    (source_id, into): (&str, &str),
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, TellError> {
    let tx = engine.tenant(permit).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    let goes = row_of(engine, &tx, source_id).await?;
    let stays = row_of(engine, &tx, into).await.map_err(|error| match error {
        // The address of the request is known; what it names is not.
        TellError::Unknown => LineError::UnknownSubject(into.to_owned()).into(),
        error => error,
    })?;
    let answer = match join_in(engine, &tx, scope, (goes, stays)).await? {
        Joined::Now => Told::Updated,
        Joined::Before => Told::Unchanged,
    };
    keep(&tx, scope, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}

/// The row of that very id, wherever it leads.
async fn row_of(engine: &Engine, tx: &WriteTx, source_id: &str) -> Result<Uuid, TellError> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let hash = lookup.hash("subject", source_id.as_bytes());
    let row = subjects::Entity::find().filter(subjects::Column::SourceHash.eq(hash));
    match tx.one(row).await? {
        Some(row) => Ok(row.id),
        None => Ok(living(engine, tx, source_id).await?.id),
    }
}
