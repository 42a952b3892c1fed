//! Staff accepts or declines a proposal.

use domain::requests::State;
use domain::roles::Permission;
use domain::words::Words;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::held::{Held, is_free};
use super::proposal::{Proposal, is_correction};
use crate::engine::Engine;
use crate::people::subjects::open_profile;
use crate::platform::failure::Failure;
use crate::platform::mail::{self, Letter};
use crate::platform::scope::Scope;
use crate::platform::storage::requests as table;
use crate::platform::tenancy::retrying;
use crate::policies::{self, Version, in_state};
use crate::rights::requests::{self, Opened, open_envelope};

/// What staff says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is changed as proposed.
    Accept,
    /// It stays, for this reason, which the person is told.
    Decline(String),
}

/// Why nothing was answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// No open proposal.
    #[error("there is no such proposal")]
    Unknown,
    /// The record says something else by now, or is gone.
    #[error("the record was changed meanwhile")]
    Stale,
    /// Nothing is done with the data at the moment.
    #[error("the data is frozen")]
    Frozen,
    /// A refusal says why.
    #[error("say why")]
    NoReason,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for AnswerError {
    fn from(error: DbErr) -> AnswerError {
        AnswerError::Failure(error.into())
    }
}

/// Answers a proposal and tells the person by mail; a refusal with its reason and
/// where to complain (L11).
pub async fn answer(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
    answer: &Answer,
) -> Result<(), AnswerError> {
    let permit = scope.permit(Permission::AnswerRequests)?;
    if matches!(answer, Answer::Decline(reason) if reason.trim().is_empty()) {
        return Err(AnswerError::NoReason);
    }
    retrying(|| answer_once(engine, scope, request, answer)).await?;
    engine.work.notify_one();
    engine.keyring.forget(&engine.tenant(permit), request).await?;
    Ok(())
}

async fn answer_once(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
    answer: &Answer,
) -> Result<(), AnswerError> {
    let tx = engine.tenant(scope.permit(Permission::AnswerRequests)?).write().await?;
    // Of two who answer at the same time, the second finds it answered.
    let row = table::Entity::find().filter(table::Column::Id.eq(request)).lock_exclusive();
    let row = tx.one(row).await?;
    let row = row.filter(|row| is_correction(row) && row.closed_at.is_none());
    let row = row.ok_or(AnswerError::Unknown)?;
    let subject = row.subject_id.ok_or(AnswerError::Unknown)?;
    let proposal: Proposal = open_envelope(engine, &tx, &row).await?.ok_or(AnswerError::Unknown)?;
    if !is_free(&tx, subject).await? {
        return Err(AnswerError::Frozen);
    }
    let end = match answer {
        Answer::Decline(_) => State::Refused,
        Answer::Accept => {
            let held = Held::open(engine, &tx, subject, proposal.record).await?;
            let held = held.ok_or(AnswerError::Stale)?;
            let data = held.data();
            let as_before = proposal
                .changes
                .iter()
                .all(|change| data.get(&change.field).unwrap_or(&Value::Null) == &change.before);
            let changes = proposal.changes.iter();
            let set = changes.map(|change| (change.field.clone(), change.after.clone())).collect();
            let opened =
                Opened { id: request, reference: row.reference.clone(), due_on: row.due_on.into() };
            if !as_before || !held.set(engine, &tx, scope, set, &opened).await? {
                return Err(AnswerError::Stale);
            }
            State::Fulfilled
        }
    };
    requests::step(&tx, scope, request, end).await?;
    let version = in_state(&tx, policies::State::Published)
        .await?
        .ok_or_else(|| Failure::corrupt("no policy in force"))?;
    let profile = open_profile(engine, &tx, subject).await?;
    if let Some(to) = profile.and_then(|profile| profile.email) {
        let letter = letter(&version, &proposal, &row.reference, answer);
        mail::post(engine, &tx, scope, to, letter).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn letter(version: &Version, proposal: &Proposal, reference: &str, answer: &Answer) -> Letter {
    let words = Words::new(proposal.language);
    let values = [
        ("company", version.document.controller.name.clone().into()),
        ("reference", reference.to_owned().into()),
    ];
    let (subject, paragraphs) = match answer {
        Answer::Accept => (
            words.with("mail-correction-accepted-subject", &values),
            vec![words.with("mail-correction-accepted-text", &values)],
        ),
        Answer::Decline(reason) => {
            let complaint = match &version.document.controller.authority {
                Some(authority) => {
                    let named = format!("{}, {}", authority.name, authority.url);
                    words.with("mail-correction-complain-to", &[("authority", named.into())])
                }
                None => words.text("mail-correction-complain"),
            };
            (
                words.with("mail-correction-declined-subject", &values),
                vec![
                    words.with("mail-correction-declined-text", &values),
                    reason.trim().to_owned(),
                    complaint,
                ],
            )
        }
    };
    let why = words.text("mail-correction-why");
    let language = words.language();
    Letter { language, subject, paragraphs, code: None, link: None, why }
}
