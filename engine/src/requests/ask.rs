//! Asking for something that a person has to do.

use domain::requests::Right;
use uuid::Uuid;

use super::open::{Opened, open};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::policies::{State, in_state};
use crate::scope::Scope;

/// Opens a request of the signed-in person, for support to carry out.
pub async fn ask(engine: &Engine, scope: &Scope, right: Right) -> Result<Opened, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.tenant).write().await?;
    let version = in_state(&tx, State::Published)
        .await?
        .ok_or_else(|| Failure::corrupt("no policy in force"))?;
    let facts = (version.number, &version.document.facts);
    let opened = open(&tx, scope, (Uuid::now_v7(), subject), right, facts, None).await?;
    tx.commit().await?;
    Ok(opened)
}
