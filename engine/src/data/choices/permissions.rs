//! What a person's data may be used for: the gate to ask before processing.

use domain::roles::Permission;
use std::collections::HashMap;

use domain::grants::Grant;
use domain::holds::Act;
use domain::policy::facts::LegalBasis;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::choose::{SALE_OR_SHARING, basis_of, may_be_refused};
use super::told::{ToldConsent, told};
use crate::data::TellError;
use crate::data::holds;
use crate::data::records::living;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, choices};
use crate::platform::tenancy::ReadTx;
use crate::policies::{self, Version};

/// What is so about one purpose, or about sale and sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The purpose, or [`SALE_OR_SHARING`].
    pub purpose: String,
    /// On what it rests, if the company states it.
    pub legal_basis: Option<LegalBasis>,
    /// Whether the person has a say in it.
    pub may_be_refused: bool,
    /// Whether it takes the person's consent.
    pub by_consent: bool,
    /// Whether the data may be used for it.
    pub allowed: bool,
    /// Why so.
    pub why: Why,
    /// When the person chose, if they did; where it was told by the company's systems,
    /// the beginning of that day.
    pub chosen_at: Option<Timestamp>,
    /// The record that says so, where the person has not chosen here.
    pub proof: Option<ToldConsent>,
}

/// Why data may, or may not, be used for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The person has no say in it: a contract or the law asks for it.
    NoChoice,
    /// Nobody has said anything against it.
    NotRefused,
    /// The person has consented.
    Given,
    /// No consent was given yet.
    NotGiven,
    /// The person has refused.
    Refused,
    /// The person's browser has, by a Global Privacy Control signal.
    Signal,
    /// The policy says that it is not done at all.
    NotDone,
    /// A hold stops the use: an erasure, a report that the desk looks at, a restriction,
    /// an objection.
    Frozen,
}

/// What the signed-in person can choose, and has chosen.
pub async fn own_choices(engine: &Engine, scope: &Scope) -> Result<Vec<Choice>, Failure> {
    let subject = scope.own_subject()?;
    let Some(policy) = policies::in_force(engine, scope).await? else { return Ok(Vec::new()) };
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let all = decided(engine, scope, &tx, &policy, subject, false).await?;
    Ok(all.into_iter().filter(|choice| choice.may_be_refused).collect())
}

/// Every purpose of the policy in force for the person of that id.
pub async fn permissions(
    engine: &Engine,
    scope: &Scope,
    source_id: &str,
) -> Result<Vec<Choice>, TellError> {
    let permit = scope.grant(Grant::Permissions)?;
    let policy = policies::in_force(engine, scope).await?.ok_or(TellError::NoPolicy)?;
    let tx = engine.tenant(permit).read().await?;
    let subject = living(engine, &tx, source_id).await?;
    let stopped = holds::blocks(&tx, scope.now, subject.id, None, Act::Use).await?;
    Ok(decided(engine, scope, &tx, &policy, subject.id, stopped.is_some()).await?)
}

async fn decided(
    engine: &Engine,
    scope: &Scope,
    tx: &ReadTx,
    policy: &Version,
    subject: Uuid,
    frozen: bool,
) -> Result<Vec<Choice>, Failure> {
    let of_subject = choices::Entity::find().filter(choices::Column::SubjectId.eq(subject));
    let made: HashMap<String, choices::Model> =
        tx.all(of_subject).await?.into_iter().map(|row| (row.purpose.clone(), row)).collect();
    let mut told = told(engine, scope, tx, subject).await?;
    let facts = &policy.document.facts;
    let purposes = facts.purposes.iter().map(|purpose| {
        let made = made.get(purpose.id.as_str());
        let chosen_on = made.map(|made| scope.date_of(made.chosen_at));
        let told = told.remove(purpose.id.as_str());
        let told = told.filter(|told| told.consent.is_later_than(chosen_on));
        let refused = match (&told, made) {
            (Some(told), _) => Some(!told.consent.given),
            (None, made) => made.map(|choice| choice.refused),
        };
        let basis = basis_of(purpose);
        let why = match (basis, refused) {
            (Some(LegalBasis::LegalObligation), _) => Why::NoChoice,
            _ if frozen => Why::Frozen,
            (basis, _) if !may_be_refused(basis) => Why::NoChoice,
            (_, Some(true)) => Why::Refused,
            (_, Some(false)) => Why::Given,
            (Some(LegalBasis::Consent), None) => Why::NotGiven,
            (_, None) => Why::NotRefused,
        };
        Choice {
            purpose: purpose.id.to_string(),
            legal_basis: purpose.legal_basis().stated(),
            may_be_refused: may_be_refused(basis),
            by_consent: basis == Some(LegalBasis::Consent),
            allowed: matches!(why, Why::NoChoice | Why::NotRefused | Why::Given),
            why,
            chosen_at: match &told {
                Some(told) => Some(scope.start_of(told.consent.on)),
                None => made.map(|choice| choice.chosen_at),
            },
            proof: told,
        }
    });
    let done = facts.sale.as_ref().is_some_and(|sale| sale.sold || sale.shared);
    let made = made.get(SALE_OR_SHARING);
    let why = match made {
        _ if frozen => Why::Frozen,
        Some(choice) if choice.refused && choice.by_signal => Why::Signal,
        Some(choice) if choice.refused => Why::Refused,
        _ if !done => Why::NotDone,
        _ => Why::NotRefused,
    };
    let sale = Choice {
        purpose: SALE_OR_SHARING.to_owned(),
        legal_basis: None,
        may_be_refused: true,
        by_consent: false,
        allowed: why == Why::NotRefused,
        why,
        chosen_at: made.map(|choice| choice.chosen_at),
        proof: None,
    };
    Ok(purposes.chain([sale]).collect())
}
