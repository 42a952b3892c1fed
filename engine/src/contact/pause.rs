//! Freezing what may be a child's, and letting it go again (L13).
//!
//! A stranger's report must not lock anybody out, so this is not the freeze of an
//! erasure: the person still signs in, sees, exports and deletes. What stops is
//! use by the company: nothing new is taken in, and nothing is swept, until
//! somebody at the desk has looked.

use domain::holds::Reason;
use domain::identifiers::EmailAddress;
use domain::requests::State;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::verify::the_one_with;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::holds::{self, About, Origin};
use crate::requests::step;
use crate::scope::Scope;
use crate::storage::{holds as holds_table, messages, requests};
use crate::tenancy::WriteTx;

/// Freezes the data of the one person with an address; of nobody, if several or
/// none have it.
pub(super) async fn pause(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    email: &EmailAddress,
    origin: Origin,
) -> Result<Option<Uuid>, Failure> {
    let Some(subject) = the_one_with(engine, tx, email).await? else { return Ok(None) };
    let about = About::Person(subject);
    holds::begin(tx, scope, Reason::ChildVouched, about, origin, None).await?;
    Ok(Some(subject))
}

/// Ends the freeze of a report that turned out to be wrong, and closes its request.
/// False if there is no such message, or nothing left to do.
pub async fn release(engine: &Engine, scope: &Scope, message: Uuid) -> Result<bool, Failure> {
    scope.permit(Permission::AnswerRequests)?;
    let tx = engine.tenant(scope.tenant).write().await?;
    let which = messages::Entity::find().filter(messages::Column::Id.eq(message));
    let Some(row) = tx.one(which).await? else { return Ok(false) };
    let Some(request) = row.request_id else { return Ok(false) };
    let open = requests::Entity::find()
        .filter(requests::Column::Id.eq(request))
        .filter(requests::Column::ClosedAt.is_null());
    if tx.one(open).await?.is_none() {
        return Ok(false);
    }
    let begun = holds_table::Entity::find().filter(holds_table::Column::MessageId.eq(message));
    let begun = tx.all(begun).await?;
    holds::end(&tx, scope, &begun).await?;
    step(&tx, scope, request, State::Refused).await?;
    tx.commit().await?;
    Ok(true)
}
