//! What an erasure leaves because a claim needs it (GDPR art. 17(3)(e)).

use domain::erasure::{Line, Outcome};
use domain::holds::Act;
use domain::identifiers::Slug;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::data::holds;
use crate::platform::failure::Failure;
use crate::platform::storage::{Timestamp, subjects};
use crate::platform::tenancy::ReadTx;

/// The lines with what a person of the company has recorded a claim for: that stays,
/// until it is lifted.
pub(super) async fn keep_for_claims(
    tx: &ReadTx,
    now: Timestamp,
    subject: Uuid,
    lines: Vec<Line>,
) -> Result<Vec<Line>, Failure> {
    let by_id = subjects::Entity::find().filter(subjects::Column::Id.eq(subject));
    let Some(row) = tx.one(by_id).await? else { return Ok(lines) };
    let held = holds::stopped(tx, now, [&row], Act::Erasure).await?;
    let Some(held) = held.get(&subject) else { return Ok(lines) };
    let mut kept: Vec<Line> = Vec::new();
    for line in lines {
        if !deletes(&line.outcome) || held.category(line.category.as_str()).is_none() {
            kept.push(line);
            continue;
        }
        let outcome = Outcome::Retained { hold: legal()?, until: None };
        match kept.iter_mut().find(|it| it.category == line.category && it.outcome == outcome) {
            Some(it) => it.count += line.count,
            None => kept.push(Line { outcome, ..line }),
        }
    }
    Ok(kept)
}

/// Whether something goes.
pub(super) fn deletes(outcome: &Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::Retained { .. } | Outcome::PassedOn | Outcome::NotLinked | Outcome::Nothing
    )
}

/// The name of such a hold, which no policy declares.
fn legal() -> Result<Slug, Failure> {
    domain::erasure::LEGAL_CLAIM.parse().map_err(Failure::corrupt)
}
