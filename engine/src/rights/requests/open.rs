//! Opening a request.

use domain::deadlines::due;
use domain::holds::Reason;
use domain::policy::Facts;
use domain::requests::{Regime, Right, State};
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::reference::reference;
use super::step::note;
use crate::data::holds::{self, About, Origin};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, requests};
use crate::platform::tenancy::WriteTx;

/// A request that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub id: Uuid,
    /// What people quote.
    pub reference: String,
    /// The earliest deadline that applies.
    pub due_on: Date,
}

/// Opens the request of a signed-in person, whose identity is thereby verified:
/// it is in progress from the start, and what has to wait for it stands still.
pub async fn open(
    tx: &WriteTx,
    scope: &Scope,
    (id, subject): (Uuid, Uuid),
    right: Right,
    (policy_number, facts): (i64, &Facts),
    envelope: Option<Vec<u8>>,
) -> Result<Opened, Failure> {
    let today = scope.today();
    let regime = regime_of(facts, right);
    let due_on =
        due(&facts.rights, right, regime, today, Some(today), &never_a_holiday).unwrap_or(today);
    let reference = reference()?;
    tx.insert(requests::ActiveModel {
        id: Set(id),
        reference: Set(reference.clone()),
        subject_id: Set(Some(subject)),
        exercised_right: Set(right.name().to_owned()),
        regime: Set(regime.name().to_owned()),
        state: Set(State::InProgress.name().to_owned()),
        policy_number: Set(policy_number),
        received_at: Set(scope.now),
        verified_at: Set(Some(scope.now)),
        due_on: Set(Day::from(due_on)),
        closed_at: Set(None),
        envelope: Set(envelope),
        ..Default::default()
    })
    .await?;
    for state in [State::Received, State::Verifying, State::InProgress] {
        note(tx, scope, id, state).await?;
    }
    let details = json!({ "right": right.name(), "due": due_on.to_string() });
    audit::enter(tx, scope, "request.opened", id, details).await?;
    if let Some(reason) = Reason::of(right) {
        let origin = Origin { request: Some(id), message: None };
        holds::begin(tx, scope, reason, About::Person(subject), origin, None).await?;
    }
    Ok(Opened { id, reference, due_on })
}

/// The regime under which a signed-in person's request runs: the first under
/// which the policy grants the right, else the GDPR.
fn regime_of(facts: &Facts, right: Right) -> Regime {
    facts
        .rights
        .iter()
        .find(|promise| promise.right == right)
        .map_or(Regime::Gdpr, |promise| promise.regime)
}

/// No tenant has a calendar of public holidays yet; weekends need none.
fn never_a_holiday(_: Date) -> bool {
    false
}
