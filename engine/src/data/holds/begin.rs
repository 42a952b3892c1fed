//! Beginning a hold.

use domain::holds::{Act, Reason};
use domain::identifiers::Slug;
use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::step::{keep_in_step, lock};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, holds};
use crate::platform::tenancy::WriteTx;

/// What stands still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    /// Everything about a person.
    Person(Uuid),
    /// A category of theirs.
    PersonsCategory(Uuid, Slug),
    /// A category, of everybody.
    Category(Slug),
    /// Everything about whoever comes to have an address, alone: its keyed hash.
    Address(Vec<u8>),
}

/// What it came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The request that it ends with.
    pub request: Option<Uuid>,
    /// The report.
    pub message: Option<Uuid>,
}

/// Begins a hold in the transaction of what it comes from. The answer is its id.
pub(crate) async fn begin(
    tx: &WriteTx,
    scope: &Scope,
    reason: Reason,
    about: About,
    origin: Origin,
    until: Option<Timestamp>,
) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    let (subject, category, address) = match about {
        About::Person(subject) => (Some(subject), None, None),
        About::PersonsCategory(subject, category) => (Some(subject), Some(category), None),
        About::Category(category) => (None, Some(category), None),
        About::Address(hash) => (None, None, Some(hash)),
    };
    let stepped = subject.filter(|_| reason.blocks(Act::Use));
    if let Some(subject) = stepped {
        lock(tx, [subject]).await?;
    }
    let details = json!({
        "reason": reason.name(), "subject": subject, "category": category,
        "request": origin.request, "message": origin.message,
        "until": until.map(|until| until.0),
    });
    tx.insert(holds::ActiveModel {
        id: Set(id),
        subject_id: Set(subject),
        category: Set(category.map(|category| category.to_string())),
        address_hash: Set(address),
        reason: Set(reason.name().to_owned()),
        request_id: Set(origin.request),
        message_id: Set(origin.message),
        opened_by: Set(scope.actor.to_string()),
        since: Set(scope.now),
        until: Set(until),
        ..Default::default()
    })
    .await?;
    audit::enter(tx, scope, "hold.begun", id, details).await?;
    if let Some(subject) = stepped {
        keep_in_step(tx, scope, subject).await?;
    }
    Ok(id)
}
