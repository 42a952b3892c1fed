//! Telling of one thing.

use super::by_address::Told;
use super::line::{Line, SubjectLine};
use super::rules::Rules;
use super::run::take_line;
use crate::data::TellError;
use crate::engine::Engine;
use crate::people::accounts::address_hash;
use crate::people::tokens::{Once, Repeated, begin, keep};
use crate::platform::scope::Scope;
use crate::platform::tenancy::retrying;

/// Takes one subject, organisation, record or event, known by the tenant's own
/// id. To tell it again changes nothing.
pub async fn tell(
    engine: &Engine,
    scope: &Scope,
    line: Line,
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, TellError> {
    let rules = Rules::of(engine, scope).await?;
    retrying(|| tell_once(engine, scope, &rules, line.clone(), once)).await
}

async fn tell_once(
    engine: &Engine,
    scope: &Scope,
    rules: &Rules,
    line: Line,
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, TellError> {
    let tx = engine.tenant(scope.grant(line.telling(&rules.endings).needs())?).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    if let Line::Subject(SubjectLine { email: Some(email), .. }) = &line {
        // Whoever is told of by this address alone at the same time waits.
        let hash = address_hash(engine, &tx, email).await?;
        tx.alone_with(&hash).await?;
    }
    let answer = Told::of(take_line(engine, scope, &tx, rules.clone(), line).await?)?;
    keep(&tx, scope, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}
