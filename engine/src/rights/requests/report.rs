//! A request that nobody has signed in for: somebody reports that data is a
//! child's (L13).

use domain::requests::{Regime, Right, State};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::step::note;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, requests};
use crate::platform::tenancy::WriteTx;

/// Opens the request, due today. It names no person and promises no job: a report
/// alone erases nothing.
pub(crate) async fn report(
    tx: &WriteTx,
    scope: &Scope,
    reference: &str,
    policy_number: i64,
) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    tx.insert(requests::ActiveModel {
        id: Set(id),
        reference: Set(reference.to_owned()),
        subject_id: Set(None),
        exercised_right: Set(Right::Erasure.name().to_owned()),
        regime: Set(Regime::Promise.name().to_owned()),
        state: Set(State::Received.name().to_owned()),
        policy_number: Set(policy_number),
        received_at: Set(scope.now),
        verified_at: Set(None),
        due_on: Set(Day::from(scope.today())),
        closed_at: Set(None),
        envelope: Set(None),
        ..Default::default()
    })
    .await?;
    note(tx, scope, id, State::Received).await?;
    let details = json!({ "reason": "child", "due": scope.today().to_string() });
    audit::enter(tx, scope, "request.reported", id, details).await?;
    Ok(id)
}
