//! Asking for something that a person has to do.

use domain::requests::Right;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::open::{Opened, open};
use crate::engine::Engine;
use crate::people::subjects::hold;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::requests;
use crate::platform::tenancy::retrying;
use crate::policies::{State, in_state};

/// Opens a request of the signed-in person, for support to carry out. Asked for
/// again while it is open, it is the same.
pub async fn ask(engine: &Engine, scope: &Scope, right: Right) -> Result<Opened, Failure> {
    let subject = scope.own_subject()?;
    retrying(|| ask_once(engine, scope, subject, right)).await
}

async fn ask_once(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    right: Right,
) -> Result<Opened, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).write().await?;
    hold(&tx, subject).await?;
    let same = requests::Entity::find()
        .filter(requests::Column::SubjectId.eq(subject))
        .filter(requests::Column::ExercisedRight.eq(right.name()))
        .filter(requests::Column::Envelope.is_null())
        .filter(requests::Column::ClosedAt.is_null());
    if let Some(row) = tx.one(same).await? {
        return Ok(Opened { id: row.id, reference: row.reference, due_on: row.due_on.into() });
    }
    let version = in_state(&tx, State::Published)
        .await?
        .ok_or_else(|| Failure::corrupt("no policy in force"))?;
    let facts = (version.number, &version.document.facts);
    let opened = open(&tx, scope, (Uuid::now_v7(), subject), right, facts, None).await?;
    tx.commit().await?;
    Ok(opened)
}
