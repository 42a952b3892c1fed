//! What an erasure would do, by the rules of the published policy.

use std::sync::Arc;

use domain::erasure::{Held, Line, hold_cutoff, hold_for, plan};
use domain::identifiers::Slug;
use domain::policy::facts::Facts;
use jiff::civil::Date;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::claims::keep_for_claims;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::policies::{self, Version};
use crate::records::counts;
use crate::scope::Scope;
use crate::storage::{Day, record_parties, records};
use crate::tenancy::ReadTx;

/// The lines of an erasure, and the policy version whose rules they follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The version in force.
    pub version: Arc<Version>,
    /// Per category: gone, counted, kept, passed on.
    pub lines: Vec<Line>,
}

/// What an erasure of the signed-in person's data would do now. It changes
/// nothing.
pub async fn preview(engine: &Engine, scope: &Scope) -> Result<Option<Preview>, Failure> {
    let subject = scope.own_subject()?;
    let Some(version) = policies::in_force(engine, scope).await? else { return Ok(None) };
    let tx = engine.tenant(scope.tenant).read().await?;
    let lines = lines(&tx, &version.document.facts, subject, scope.today()).await?;
    let lines = keep_for_claims(&tx, scope.now, subject, lines).await?;
    Ok(Some(Preview { version, lines }))
}

pub(super) async fn lines(
    tx: &ReadTx,
    facts: &Facts,
    subject: Uuid,
    today: Date,
) -> Result<Vec<Line>, Failure> {
    let mut held = Vec::new();
    for holding in counts(tx, subject).await? {
        let category: Slug = holding.category.parse().map_err(Failure::corrupt)?;
        let cutoff = hold_for(facts, &category).and_then(|hold| hold_cutoff(hold, today));
        let past_hold = match cutoff {
            Some(cutoff) => up_to(tx, subject, &category, cutoff).await?,
            None => 0,
        };
        held.push(Held {
            category,
            count: u64::try_from(holding.amount - holding.of_organisation).unwrap_or_default(),
            on_behalf: u64::try_from(holding.of_organisation).unwrap_or_default(),
            past_hold,
            newest: Some(Date::from(holding.newest)),
        });
    }
    Ok(plan(facts, &held))
}

/// How many records of a category are of a date or older, those that are also
/// about others included, those of an organisation not.
async fn up_to(tx: &ReadTx, subject: Uuid, category: &Slug, cutoff: Date) -> Result<u64, Failure> {
    let old = records::Column::Category
        .eq(category.as_str())
        .and(records::Column::OrganisationId.is_null())
        .and(records::Column::OccurredOn.lte(Day::from(cutoff)));
    let own =
        records::Entity::find().filter(records::Column::SubjectId.eq(subject)).filter(old.clone());
    let mut all = tx.count(own).await?;
    let parties =
        record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(subject));
    let shared: Vec<Uuid> = tx.all(parties).await?.into_iter().map(|row| row.record_id).collect();
    for some in shared.chunks(500) {
        let with_others = records::Entity::find()
            .filter(records::Column::Id.is_in(some.iter().copied()))
            .filter(old.clone());
        all += tx.count(with_others).await?;
    }
    Ok(all)
}
