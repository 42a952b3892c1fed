//! Holds as staff reads them.

use domain::holds::Reason;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::look::is_in_force;
use super::row::reason_of;
use crate::engine::Engine;
use crate::people::subjects::{Profile, open_profile};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, holds};

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

/// A hold that a person of the company has recorded, with whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The hold.
    pub hold: Hold,
    /// Whom it is about; everybody, if it names a category alone.
    pub subject: Option<Uuid>,
    /// How that person is called, as long as the portal knows.
    pub person: Option<Profile>,
}

/// What a person of the company has recorded and nobody has lifted, the oldest first.
pub async fn recorded(
    engine: &Engine,
    scope: &Scope,
    limit: u64,
) -> Result<Vec<Recorded>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    let legal = holds::Entity::find()
        .filter(holds::Column::Reason.eq(Reason::Legal.name()))
        .order_by_asc(holds::Column::Id)
        .limit(limit);
    let mut found = Vec::new();
    for row in tx.all(legal).await? {
        if !is_in_force(&row, scope.now) {
            continue;
        }
        let subject = row.subject_id;
        let person = match subject {
            Some(subject) => open_profile(engine, &tx, subject).await?,
            None => None,
        };
        found.push(Recorded { hold: hold(row)?, subject, person });
    }
    Ok(found)
}

/// What stands still for a person, the oldest first.
pub async fn of_subject(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Vec<Hold>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    let theirs = holds::Entity::find()
        .filter(holds::Column::SubjectId.eq(subject))
        .order_by_asc(holds::Column::Since)
        .order_by_asc(holds::Column::Id);
    let rows = tx.all(theirs).await?;
    let in_force = rows.into_iter().filter(|row| is_in_force(row, scope.now));
    in_force.map(hold).collect()
}

fn hold(row: holds::Model) -> Result<Hold, Failure> {
    Ok(Hold {
        id: row.id,
        reason: reason_of(&row)?,
        category: row.category,
        request: row.request_id,
        message: row.message_id,
        since: row.since,
        until: row.until,
    })
}
