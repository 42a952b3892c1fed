//! Telling to whom a person's data was given (GDPR art. 15(1)(c)).

use domain::grants::Grant;
use domain::identifiers::Slug;
use domain::nearest::nearest;
use domain::policy::facts::named;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use serde_json::json;
use uuid::Uuid;

use crate::data::TellError;
use crate::data::imports::{LineError, Told, check_date, check_id};
use crate::data::records::living_kept;
use crate::engine::Engine;
use crate::people::tokens::{Once, Repeated, begin, keep};
use crate::platform::audit;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, disclosures};
use crate::platform::tenancy::retrying;
use crate::policies;

/// That a person's data of a category was given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The tenant's own id of it.
    pub id: String,
    /// The tenant's own id of the person.
    pub subject: String,
    /// A category of the policy.
    pub category: Slug,
    /// A processor of the policy.
    pub recipient: Slug,
    /// When.
    pub date: Date,
}

/// Takes note of a disclosure. To tell it again changes nothing.
pub async fn disclose(
    engine: &Engine,
    scope: &Scope,
    disclosure: Disclosure,
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, TellError> {
    scope.grant(Grant::Write)?;
    let policy = policies::in_force(engine, scope).await?.ok_or(TellError::NoPolicy)?;
    let facts = &policy.document.facts;
    check_id("id", &disclosure.id)?;
    check_id("subject", &disclosure.subject)?;
    check_date(disclosure.date, scope.today())?;
    if named(&facts.categories, &disclosure.category).is_none() {
        let known = facts.categories.iter().map(|it| it.id.as_str());
        let meant = nearest(disclosure.category.as_str(), known);
        return Err(LineError::UnknownCategory(disclosure.category, meant).into());
    }
    if named(&facts.processors, &disclosure.recipient).is_none() {
        let known = facts.processors.iter().map(|it| it.id.as_str());
        let meant = nearest(disclosure.recipient.as_str(), known);
        return Err(TellError::UnknownRecipient(disclosure.recipient, meant));
    }
    retrying(|| disclose_once(engine, scope, &disclosure, once)).await
}

async fn disclose_once(
    engine: &Engine,
    scope: &Scope,
    disclosure: &Disclosure,
    once: Option<Once<'_>>,
) -> Result<Repeated<Told>, TellError> {
    let tx = engine.tenant(scope.grant(Grant::Write)?).write().await?;
    let taken = match begin(engine, &tx, scope, once).await? {
        Ok(taken) => taken,
        Err(answer) => return Ok(Repeated { answer, repeated: true }),
    };
    let subject = living_kept(engine, &tx, &disclosure.subject).await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let id = Uuid::now_v7();
    let row = disclosures::ActiveModel {
        id: Set(id),
        source_hash: Set(lookup.hash("disclosure", disclosure.id.as_bytes())),
        subject_id: Set(subject.id),
        category: Set(disclosure.category.to_string()),
        recipient: Set(disclosure.recipient.to_string()),
        disclosed_on: Set(Day::from(disclosure.date)),
        recorded_at: Set(scope.now),
        ..Default::default()
    };
    let known =
        OnConflict::columns([disclosures::Column::TenantId, disclosures::Column::SourceHash])
            .do_nothing()
            .to_owned();
    let answer = match tx.insert_or(row, known).await? {
        0 => Told::Unchanged,
        _ => {
            let details = json!({ "category": disclosure.category, "to": disclosure.recipient });
            audit::enter(&tx, scope, "data.disclosed", subject.id, details).await?;
            Told::Created
        }
    };
    keep(&tx, scope, taken, &answer).await?;
    tx.commit().await?;
    Ok(Repeated { answer, repeated: false })
}
