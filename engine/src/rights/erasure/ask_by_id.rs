//! Opening the erasure of a person whom the tenant names.

use domain::grants::Grant;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ask::{self, AskError};
use crate::data::TellError;
use crate::data::records::living;
use crate::engine::Engine;
use crate::people::subjects::open_profile;
use crate::people::tokens::{Once, Repeated, begin, keep};
use crate::platform::scope::Scope;
use crate::platform::tenancy::retrying;

/// An erasure that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// What people quote; none if it was under way before.
    pub reference: Option<String>,
    /// By when it is done at the latest.
    pub due_on: Option<Date>,
}

/// Opens the erasure of a person by the tenant's own id, as the person could on
/// the page: what the policy retains stays, and the person is told.
pub async fn ask_by_id(
    engine: &Engine,
    scope: &Scope,
    source_id: &str,
    once: Option<Once<'_>>,
) -> Result<Repeated<Begun>, TellError> {
    scope.grant(Grant::Erase)?;
    let begun = retrying(|| by_id_once(engine, scope, source_id, once)).await?;
    engine.work.notify_one();
    Ok(begun)
}

async fn by_id_once(
    engine: &Engine,
    scope: &Scope,
    source_id: &str,
    once: Option<Once<'_>>,
) -> Result<Repeated<Begun>, TellError> {
    let tx = engine.tenant(scope.grant(Grant::Erase)?).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    let subject = living(engine, &tx, source_id).await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    if subject.source_hash != lookup.hash("subject", source_id.as_bytes()) {
        // Who tidies up their own two rows does not mean the person.
        let now = open_profile(engine, &tx, subject.id).await?.ok_or(TellError::Erased)?;
        return Err(TellError::Joined(now.id));
    }
    let answer = match ask::begin(engine, &tx, scope, subject.id).await {
        Ok(asked) => Begun { reference: Some(asked.reference), due_on: Some(asked.due_on) },
        Err(AskError::Failure(failure)) => return Err(failure.into()),
        // Asked for already: the answer to the same wish is the same.
        Err(_) => Begun { reference: None, due_on: None },
    };
    keep(&tx, scope, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}
