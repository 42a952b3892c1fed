//! What an erasure would do, by the rules of the published policy.

use domain::roles::Permission;
use std::sync::Arc;

use domain::erasure::{Held, Line, Share, hold_cutoff, hold_for, plan};
use domain::identifiers::Slug;
use domain::policy::facts::Facts;
use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::claims::keep_for_claims;
use crate::data::records::{Holding, counts, shared_with, stays_with_others};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, records};
use crate::platform::tenancy::ReadTx;
use crate::policies::{self, Version};

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
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
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
        held.push(split(tx, facts, subject, &holding, today).await?);
    }
    Ok(plan(facts, &held))
}

/// What is held in a category, by what an erasure does with it.
async fn split(
    tx: &ReadTx,
    facts: &Facts,
    subject: Uuid,
    holding: &Holding,
    today: Date,
) -> Result<Held, Failure> {
    let category: Slug = holding.category.parse().map_err(Failure::corrupt)?;
    let cutoff = hold_for(facts, &category).and_then(|hold| hold_cutoff(hold, today));
    let of_company = || {
        records::Entity::find()
            .filter(records::Column::Category.eq(category.as_str()))
            .filter(records::Column::OrganisationId.is_null())
    };
    let own = || of_company().filter(records::Column::SubjectId.eq(subject));
    let shared = || of_company().filter(shared_with(tx, subject));
    let staying = || shared().filter(stays_with_others(tx, subject));
    let past = |query: Select<records::Entity>, cutoff: Date| {
        query.filter(records::Column::OccurredOn.lte(Day::from(cutoff)))
    };
    let mut all = Share { count: holding.of_company().amount, past_hold: 0 };
    let mut with_others = Share::default();
    if holding.shared.amount > 0 {
        with_others.count = tx.count(staying()).await?;
    }
    if let Some(cutoff) = cutoff {
        all.past_hold = tx.count(past(own(), cutoff)).await?;
        if holding.shared.amount > 0 {
            all.past_hold += tx.count(past(shared(), cutoff)).await?;
            with_others.past_hold = tx.count(past(staying(), cutoff)).await?;
        }
    }
    let alone = Share {
        count: all.count.saturating_sub(with_others.count),
        past_hold: all.past_hold.saturating_sub(with_others.past_hold),
    };
    let newest = holding.of_company().dates.map(|(_, newest)| Date::from(newest));
    let on_behalf = holding.on_behalf.amount;
    Ok(Held { category, alone, shared: with_others, on_behalf, newest })
}
