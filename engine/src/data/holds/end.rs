//! Ending holds.

use std::collections::BTreeSet;

use domain::requests::State;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::row::reason_of;
use super::step::{keep_in_step, lock};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::holds;
use crate::platform::tenancy::WriteTx;

/// Ends these holds. Others about the same person go on.
pub(crate) async fn end(tx: &WriteTx, scope: &Scope, rows: &[holds::Model]) -> Result<(), Failure> {
    let people: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.subject_id).collect();
    lock(tx, people.iter().copied()).await?;
    for row in rows {
        let which = holds::Entity::delete_many().filter(holds::Column::Id.eq(row.id));
        if tx.delete(which).await? == 1 {
            let details = json!({
                "reason": row.reason, "subject": row.subject_id, "category": row.category,
                "request": row.request_id, "message": row.message_id, "since": row.since.0,
            });
            audit::enter(tx, scope, "hold.ended", row.id, details).await?;
        }
    }
    for person in people {
        keep_in_step(tx, scope, person).await?;
    }
    Ok(())
}

/// Ends what came from a request that is closed now, but for what outlives it.
pub(crate) async fn end_of_request(
    tx: &WriteTx,
    scope: &Scope,
    request: Uuid,
    closed: State,
) -> Result<(), Failure> {
    let mut over = Vec::new();
    let of_request = holds::Entity::find().filter(holds::Column::RequestId.eq(request));
    for row in tx.all(of_request).await? {
        if !reason_of(&row)?.outlives(closed) {
            over.push(row);
        }
    }
    if over.is_empty() { Ok(()) } else { end(tx, scope, &over).await }
}
