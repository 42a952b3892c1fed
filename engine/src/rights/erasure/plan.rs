//! What an erasure does, counted once and kept: a policy that is published while it
//! is under way changes nothing.

use domain::erasure::{Line, Outcome, hold_cutoff, hold_for};
use domain::identifiers::Slug;
use domain::policy::facts::Facts;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::claims::{deletes, keep_for_claims};
use super::preview::lines;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::erasures;
use crate::policies;

/// The format of plans and stages that this version writes.
pub const FORMAT: i64 = 1;

/// What an erasure does. No personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Plan {
    /// What the receipt will say.
    pub lines: Vec<Line>,
    /// What is deleted, category by category.
    pub steps: Vec<Step>,
}

/// What is deleted of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Step {
    /// The category.
    pub category: Slug,
    /// Whether it is counted first.
    pub counted: bool,
    /// The last date of a record that goes; all go if there is none.
    pub up_to: Option<Date>,
}

impl Plan {
    fn new(lines: Vec<Line>, facts: &Facts, on: Date) -> Plan {
        let mut steps: Vec<Step> = Vec::new();
        for line in lines.iter().filter(|line| deletes(&line.outcome)) {
            let counted = line.outcome == Outcome::Counted;
            match steps.iter_mut().find(|step| step.category == line.category) {
                Some(step) => step.counted |= counted,
                None => steps.push(Step {
                    category: line.category.clone(),
                    counted,
                    up_to: hold_for(facts, &line.category).and_then(|hold| hold_cutoff(hold, on)),
                }),
            }
        }
        Plan { lines, steps }
    }

    /// The categories whose keys still open something.
    pub fn kept(&self) -> Vec<String> {
        self.lines
            .iter()
            .filter(|line| matches!(line.outcome, Outcome::Retained { .. }))
            .map(|line| line.category.to_string())
            .collect()
    }
}

/// Counts what an erasure that was begun will do, by the day and the version that
/// were fixed then, and keeps it. Reading, so that nobody waits to write meanwhile;
/// nothing can be added any more.
pub(super) async fn fix(
    engine: &Engine,
    scope: &Scope,
    row: &erasures::Model,
) -> Result<(), Failure> {
    let version = match row.policy_number {
        Some(number) => policies::version(engine, scope, number).await?,
        None => None,
    };
    let none = Facts::default();
    let facts = version.as_ref().map_or(&none, |version| &version.document.facts);
    let on = Date::from(row.erased_on);
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let lines = lines(&tx, facts, row.subject_id, on).await?;
    let lines = keep_for_claims(&tx, row.begun_at, row.subject_id, lines).await?;
    let plan = Plan::new(lines, facts, on);
    drop(tx);
    let plan = serde_json::to_string(&plan).map_err(Failure::corrupt)?;
    let tx = db.write().await?;
    // Another node may have been faster, and be deleting already: its count counts.
    tx.update(
        erasures::Entity::update_many()
            .col_expr(erasures::Column::Plan, Expr::value(Some(plan)))
            .filter(erasures::Column::RequestId.eq(row.request_id))
            .filter(erasures::Column::Plan.is_null()),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
