//! What an erasure kept, and until when, as it was signed: where whatever deletes it
//! later finds the date.

use domain::erasure::{Line, Outcome};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::storage::{Day, retained};
use crate::platform::tenancy::WriteTx;

/// Notes the dates that the receipt is about to sign, in its transaction. What they come
/// to under a later policy is decided by [`domain::erasure::stays`].
pub(super) async fn keep(
    tx: &WriteTx,
    request: Uuid,
    subject: Uuid,
    plan: &[Line],
) -> Result<(), Failure> {
    let rows = plan.iter().filter_map(|line| match &line.outcome {
        Outcome::Retained { hold, until } => Some(retained::ActiveModel {
            subject_id: Set(subject),
            category: Set(line.category.to_string()),
            request_id: Set(request),
            hold: Set(hold.to_string()),
            until: Set(until.map(Day::from)),
            ..Default::default()
        }),
        _ => None,
    });
    Ok(tx.insert_many(rows).await?)
}
