//! Holds as staff reads them.

use domain::holds::Reason;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::look::is_in_force;
use super::row::reason_of;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::{Timestamp, holds};

/// A hold in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub reason: Reason,
    /// The category; every one, if none.
    pub category: Option<String>,
    /// The request that it came from.
    pub request: Option<Uuid>,
    /// The report that it came from.
    pub message: Option<Uuid>,
    /// When it began.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
}

/// What stands still for a person, the oldest first.
pub async fn of_subject(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Vec<Hold>, Failure> {
    scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(scope.tenant).read().await?;
    let theirs = holds::Entity::find()
        .filter(holds::Column::SubjectId.eq(subject))
        .order_by_asc(holds::Column::Since)
        .order_by_asc(holds::Column::Id);
    let rows = tx.all(theirs).await?;
    let in_force = rows.into_iter().filter(|row| is_in_force(row, scope.now));
    in_force
        .map(|row| {
            Ok(Hold {
                id: row.id,
                reason: reason_of(&row)?,
                category: row.category,
                request: row.request_id,
                message: row.message_id,
                since: row.since,
                until: row.until,
            })
        })
        .collect()
}
