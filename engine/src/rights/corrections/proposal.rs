//! A correction that waits for staff.

use domain::identifiers::Language;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::field::text;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::requests;
use crate::platform::tenancy::ReadTx;
use crate::rights::requests::open_envelope;

/// What a person proposes, in the request's envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The record.
    pub record: Uuid,
    /// Its category.
    pub category: String,
    /// What is to be changed in it.
    pub changes: Vec<Change>,
    /// In which language the person is answered.
    pub language: Language,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field's name.
    pub field: String,
    /// What it says.
    pub before: Value,
    /// What it should say; null takes it away.
    pub after: Value,
}

impl Change {
    /// Before and after as people read them.
    pub fn texts(&self) -> (String, String) {
        (text(&self.before).unwrap_or_default(), text(&self.after).unwrap_or_default())
    }
}

/// What a request proposes, as long as it is open: for the person who did, and for
/// staff who reads requests.
pub async fn proposal_of(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
) -> Result<Option<Proposal>, Failure> {
    let own = scope.own_subject().ok();
    let permit = match own {
        Some(subject) => scope.about(subject)?,
        None => scope.permit(Permission::ReadRequests)?,
    };
    let tx = engine.tenant(permit).read().await?;
    let query = requests::Entity::find().filter(requests::Column::Id.eq(request));
    let row = tx.one(query).await?;
    let row = row.filter(|row| own.is_none() || row.subject_id == own);
    let Some(row) = row.filter(is_correction) else { return Ok(None) };
    open_envelope(engine, &tx, &row).await
}

/// The open request of a person that proposes the very same.
pub(super) async fn same_as(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
    proposal: &Proposal,
) -> Result<Option<Uuid>, Failure> {
    let open = requests::Entity::find()
        .filter(requests::Column::SubjectId.eq(subject))
        .filter(requests::Column::ClosedAt.is_null());
    for row in tx.all(open).await?.into_iter().filter(is_correction) {
        let other: Option<Proposal> = open_envelope(engine, tx, &row).await?;
        let is_same = |other: &Proposal| {
            (other.record, &other.changes) == (proposal.record, &proposal.changes)
        };
        if other.as_ref().is_some_and(is_same) {
            return Ok(Some(row.id));
        }
    }
    Ok(None)
}

/// Whether the envelope of a request is a proposal.
pub(super) fn is_correction(row: &requests::Model) -> bool {
    row.exercised_right == domain::requests::Right::Correction.name()
}
