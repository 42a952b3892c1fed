//! Telling of one thing.

use super::error::IngestError;
use super::once::{Once, Repeated, begin, keep};
use super::subject::Told;
use crate::engine::Engine;
use crate::imports::{Line, Rules, take_line};
use crate::scope::Scope;

/// Takes one subject, organisation, record or event, known by the tenant's own
/// id. To tell it again changes nothing.
pub async fn tell(
    engine: &Engine,
    scope: &Scope,
    line: Line,
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, IngestError> {
    let rules = Rules::of(engine, scope).await?;
    let tx = engine.tenant(scope.tenant).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    let answer = Told::of(take_line(engine, scope, &tx, rules, line).await?)?;
    keep(&tx, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}
