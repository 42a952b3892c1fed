//! Telling of a person whose id the caller does not know.

use domain::grants::Grant;
use domain::identifiers::EmailAddress;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::line::{Line, LineError, SubjectLine};
use super::outcome::Outcome;
use super::rules::Rules;
use super::run::take_line;
use crate::data::TellError;
use crate::data::records::open_organisation;
use crate::engine::Engine;
use crate::people::subjects::open_profile;
use crate::people::tokens::{Once, Repeated, begin, keep};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::subjects;
use crate::platform::tenancy::retrying;

/// What became of something that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// It is new.
    Created,
    /// It has changed.
    Updated,
    /// It was known already.
    Unchanged,
}

impl Told {
    /// What an outcome says, unless it is a refusal.
    pub(super) fn of(outcome: Outcome) -> Result<Told, TellError> {
        match outcome {
            Outcome::Created => Ok(Told::Created),
            Outcome::Updated => Ok(Told::Updated),
            Outcome::Unchanged | Outcome::Superseded => Ok(Told::Unchanged),
            Outcome::Refused(LineError::Tombstoned(_)) => Err(TellError::Erased),
            Outcome::Refused(LineError::NotGranted(grant)) => {
                Err(Failure::NotGranted(grant).into())
            }
            Outcome::Refused(reason) => Err(reason.into()),
        }
    }
}

/// A person who was told of by address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// What became of it.
    pub told: Told,
    /// The person's row.
    pub subject: Uuid,
}

/// Takes a person by address: the only one who has it, or somebody new, whose
/// id is then made up. Several who share a mailbox are never taken for one.
pub async fn subject_by_address(
    engine: &Engine,
    scope: &Scope,
    email: EmailAddress,
    name: Option<String>,
    organisation: Option<String>,
    once: Option<Once<'_>>,
) -> Result<Repeated<Known>, TellError> {
    scope.grant(Grant::Write)?;
    let rules = Rules::of(engine, scope).await?;
    let by_address = ByAddress { email, name, organisation };
    retrying(|| by_address_once(engine, scope, &rules, by_address.clone(), once)).await
}

#[derive(Clone)]
struct ByAddress {
    email: EmailAddress,
    name: Option<String>,
    organisation: Option<String>,
}

async fn by_address_once(
    engine: &Engine,
    scope: &Scope,
    rules: &Rules,
    ByAddress { email, name, organisation }: ByAddress,
    once: Option<Once<'_>>,
) -> Result<Repeated<Known>, TellError> {
    let tx = engine.tenant(scope.grant(Grant::Write)?).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let hash = lookup.hash("email", email.folded().as_bytes());
    // Of several who tell of somebody new at the same time, one does so first.
    tx.alone_with(&hash).await?;
    let found = tx.all(subjects::Entity::find().filter(has_or_gets(hash)).limit(2)).await?;
    let (id, before) = match found.as_slice() {
        [] => (Uuid::new_v4().to_string(), None),
        [only] => {
            let profile = open_profile(engine, &tx, only.id).await?;
            let profile = profile.ok_or(TellError::Erased)?;
            (profile.id.clone(), Some(profile))
        }
        _ => return Err(TellError::Several),
    };
    // What is not said stays as it is.
    let name = name.or_else(|| before.and_then(|profile| profile.name));
    let theirs = found.first().and_then(|row| row.organisation_id);
    let organisation = match (organisation, theirs) {
        (None, Some(theirs)) => {
            let theirs = open_organisation(engine, &tx, scope, theirs).await?;
            theirs.map(|organisation| organisation.source_id)
        }
        (said, _) => said,
    };
    // One that waits is theirs already; told again, it goes on waiting.
    let line = SubjectLine {
        id: id.clone(),
        email: Some(email),
        name,
        organisation,
        organisation_admin: found.first().is_some_and(|row| row.organisation_admin),
    };
    let told = Told::of(take_line(engine, scope, &tx, rules.clone(), Line::Subject(line)).await?)?;
    let hash = lookup.hash("subject", id.as_bytes());
    let subject = tx
        .one(subjects::Entity::find().filter(subjects::Column::SourceHash.eq(hash)))
        .await?
        .map(|row| row.id)
        .ok_or_else(|| Failure::corrupt("a subject that was just told of"))?;
    let answer = Known { told, subject };
    keep(&tx, scope, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}

/// Whoever has this address, or has been told to get it.
fn has_or_gets(hash: Vec<u8>) -> Condition {
    Condition::any()
        .add(subjects::Column::EmailHash.eq(hash.clone()))
        .add(subjects::Column::NextEmailHash.eq(hash))
}
