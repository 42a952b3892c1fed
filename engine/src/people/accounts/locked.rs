//! An account that nobody else changes until the transaction ends.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::subjects::locks_out;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{accounts, subjects};
use crate::platform::tenancy::WriteTx;

/// The account, which stays as it is until the transaction ends: what is decided
/// by its factors or its ways in holds when it is written.
pub(crate) async fn lock(tx: &WriteTx, id: Uuid) -> Result<Option<accounts::Model>, Failure> {
    let row = accounts::Entity::find().filter(accounts::Column::Id.eq(id)).lock_exclusive();
    Ok(tx.one(row).await?)
}

/// Whether somebody may sign in to this account at all: not while the tenant is
/// suspended, and not once the data of whose it is is being deleted.
pub(crate) async fn may_enter(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
) -> Result<bool, Failure> {
    if engine.directory.tenant(scope.tenant).is_some_and(|tenant| tenant.suspended) {
        return Ok(false);
    }
    let Some(subject) = account.subject_id else { return Ok(true) };
    let subject = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    Ok(subject.is_some_and(|subject| !locks_out(subject.frozen_at)))
}
