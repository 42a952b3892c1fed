//! Keeping in step what nodes of the version before look at.

use std::collections::BTreeSet;

use domain::holds::Act;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::look::is_in_force;
use super::row::reason_of;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, holds, subjects};
use crate::platform::tenancy::WriteTx;

/// Waits for whoever works with these people's data, such as an import, and lets
/// nobody in until the transaction ends.
pub(crate) async fn lock(
    tx: &WriteTx,
    people: impl IntoIterator<Item = Uuid>,
) -> Result<(), Failure> {
    let people: BTreeSet<Uuid> = people.into_iter().collect();
    if !people.is_empty() {
        let rows = subjects::Entity::find()
            .filter(subjects::Column::Id.is_in(people))
            .order_by_asc(subjects::Column::Id)
            .lock_exclusive();
        tx.all(rows).await?;
    }
    Ok(())
}

/// Sets `subjects.paused_at` while some hold in force stops the use of everything
/// about a person, and clears it when none does. The person is locked already.
pub(crate) async fn keep_in_step(
    tx: &WriteTx,
    scope: &Scope,
    subject: Uuid,
) -> Result<(), Failure> {
    let of_subject = holds::Entity::find()
        .filter(holds::Column::SubjectId.eq(subject))
        .filter(holds::Column::Category.is_null());
    let mut since: Option<Timestamp> = None;
    for row in tx.all(of_subject).await? {
        if is_in_force(&row, scope.now) && reason_of(&row)?.blocks(Act::Use) {
            since = Some(since.map_or(row.since, |before| before.min(row.since)));
        }
    }
    tx.update(
        subjects::Entity::update_many()
            .col_expr(subjects::Column::PausedAt, Expr::value(since))
            .filter(subjects::Column::Id.eq(subject)),
    )
    .await?;
    Ok(())
}
