//! Withdrawing consent, objecting, and taking that back.
//!
//! None of it asks for anything but being signed in: to withdraw is as easy as
//! to give (GDPR art. 7(3)), and an opt-out needs no proof (CCPA 1798.135).

use domain::identifiers::Slug;
use domain::policy::facts::{LegalBasis, Purpose, named};
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::told::told;
use crate::engine::Engine;
use crate::people::subjects::{hold, known_as, open_profile};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{choices, sessions};
use crate::platform::tenancy::{WriteTx, retrying};
use crate::policies;
use crate::webhooks::{self, ConsentChanged, Event};

/// The choice that a Global Privacy Control signal makes: against the sale and
/// the sharing of one's data.
pub const SALE_OR_SHARING: &str = "sale-or-sharing";

/// Why a choice was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChoiceError {
    /// The purpose is none of the policy, or not one that can be refused.
    #[error("there is no choice about this purpose")]
    NoChoice,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for ChoiceError {
    fn from(error: DbErr) -> ChoiceError {
        ChoiceError::Failure(error.into())
    }
}

/// Takes a person's choice about a purpose that rests on consent or on a
/// legitimate interest (GDPR art. 7(3) and 21), or about sale and sharing.
pub async fn choose(
    engine: &Engine,
    scope: &Scope,
    purpose: &str,
    refused: bool,
) -> Result<(), ChoiceError> {
    let subject = scope.own_subject()?;
    if purpose != SALE_OR_SHARING {
        let policy = policies::in_force(engine, scope).await?.ok_or(ChoiceError::NoChoice)?;
        let id: Slug = purpose.parse().map_err(|_| ChoiceError::NoChoice)?;
        let fact = named(&policy.document.facts.purposes, &id).ok_or(ChoiceError::NoChoice)?;
        if !may_be_refused(basis_of(fact)) {
            return Err(ChoiceError::NoChoice);
        }
    }
    retrying(|| choose_once(engine, scope, subject, (purpose, refused))).await?;
    engine.work.notify_one();
    Ok(())
}

async fn choose_once(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    (purpose, refused): (&str, bool),
) -> Result<(), Failure> {
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).write().await?;
    keep(engine, &tx, scope, subject, purpose, (refused, false)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes note, once per session, that a browser sends a Global Privacy Control
/// signal: nothing about the person is sold or shared from now on.
pub async fn note_signal(engine: &Engine, scope: &Scope, session: Uuid) -> Result<(), Failure> {
    let subject = scope.own_subject()?;
    retrying(|| note_signal_once(engine, scope, subject, session)).await?;
    engine.work.notify_one();
    Ok(())
}

async fn note_signal_once(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    session: Uuid,
) -> Result<(), Failure> {
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).write().await?;
    keep(engine, &tx, scope, subject, SALE_OR_SHARING, (true, true)).await?;
    tx.update(
        sessions::Entity::update_many()
            .col_expr(sessions::Column::Signal, Expr::value(true))
            .filter(sessions::Column::Id.eq(session)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// On what a purpose rests as far as anybody has said, be it an assumption: what a
/// person may refuse does not wait for the company to confirm it. It is told to nobody.
pub(super) fn basis_of(purpose: &Purpose) -> Option<LegalBasis> {
    purpose.legal_basis.as_ref().map(|basis| *basis.unproven())
}

/// Whether a person has a say in processing on this basis.
pub(super) fn may_be_refused(basis: Option<LegalBasis>) -> bool {
    matches!(basis, Some(LegalBasis::Consent | LegalBasis::LegitimateInterests))
}

async fn keep(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    subject: Uuid,
    purpose: &str,
    (refused, by_signal): (bool, bool),
) -> Result<(), Failure> {
    // Nobody chooses for whoever is gone.
    hold(tx, subject).await?;
    if open_profile(engine, tx, subject).await?.is_none() {
        return Ok(());
    }
    let same = choices::Entity::find()
        .filter(choices::Column::SubjectId.eq(subject))
        .filter(choices::Column::Purpose.eq(purpose))
        .filter(choices::Column::Refused.eq(refused))
        .filter(choices::Column::BySignal.eq(by_signal));
    if let Some(same) = tx.one(same).await? {
        let chosen = scope.date_of(same.chosen_at);
        let told = told(engine, scope, tx, subject).await?.remove(purpose);
        if told.is_none_or(|told| !told.consent.is_later_than(Some(chosen))) {
            // Said twice, it is told once.
            return Ok(());
        }
        // Since then the company's systems have told otherwise.
    }
    let row = choices::ActiveModel {
        subject_id: Set(subject),
        purpose: Set(purpose.to_owned()),
        refused: Set(refused),
        by_signal: Set(by_signal),
        chosen_at: Set(scope.now),
        ..Default::default()
    };
    let key = [choices::Column::TenantId, choices::Column::SubjectId, choices::Column::Purpose];
    let again = OnConflict::columns(key)
        .update_columns([
            choices::Column::Refused,
            choices::Column::BySignal,
            choices::Column::ChosenAt,
        ])
        .to_owned();
    tx.insert_or(row, again).await?;
    let details = json!({ "purpose": purpose, "refused": refused, "signal": by_signal });
    audit::enter(tx, scope, "choice.made", subject, details).await?;
    for id in known_as(engine, tx, subject).await? {
        let told = ConsentChanged {
            subject: id,
            category: None,
            purpose: purpose.parse().map_err(Failure::corrupt)?,
            granted: !refused,
        };
        webhooks::tell(tx, engine, scope, &Event::ConsentChanged(told)).await?;
    }
    Ok(())
}
