//! Deleting a few rows at a time. Each transaction also notes how far it is, and
//! adds what it deletes to the anonymous counts: killed anywhere, nothing is counted
//! twice or not at all.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::plan::{Plan, Step};
use crate::platform::failure::Failure;
use crate::platform::storage::{
    Day, anonymous_counts, disclosures, erasures, events, export_chunks, exports, record_parties,
    records,
};
use crate::platform::tenancy::WriteTx;

/// How many rows go at once.
const AT_ONCE: u64 = 500;
/// How many bytes of records, but for the last one.
const BYTES: i64 = 4_000_000;
/// How many chunks of exports, of a quarter megabyte each.
const CHUNKS: i64 = 16;
/// Before every date.
pub(super) const NO_DAY: Day = Day(i64::MIN / 2);

/// What is being deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// What was written of exports.
    Exports,
    /// The person's own records, step by step of the plan.
    Records,
    /// Their part in records that are about others too.
    Shared,
    /// What retention counted from.
    Events,
    /// To whom their data was given.
    Disclosures,
    /// Nothing more.
    End,
}

impl Stage {
    const ALL: [Stage; 6] = [
        Stage::Exports,
        Stage::Records,
        Stage::Shared,
        Stage::Events,
        Stage::Disclosures,
        Stage::End,
    ];

    pub fn first() -> Stage {
        Stage::Exports
    }

    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Exports => "exports",
            Stage::Records => "records",
            Stage::Shared => "shared",
            Stage::Events => "events",
            Stage::Disclosures => "disclosures",
            Stage::End => "end",
        }
    }

    /// The stage of that name.
    pub fn named(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }

    fn next(self) -> Stage {
        let mut all = Stage::ALL.into_iter().skip_while(|stage| *stage != self);
        all.nth(1).unwrap_or(Stage::End)
    }
}

/// Where the next transaction goes on.
struct Position {
    stage: Stage,
    step: i64,
    day: Day,
    id: Uuid,
}

impl Position {
    fn at(stage: Stage, step: i64) -> Position {
        Position { stage, step, day: NO_DAY, id: Uuid::nil() }
    }
}

/// A record that may go, without what it says.
#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    category: String,
    kind: String,
    occurred_on: Day,
    bytes: i64,
}

/// Deletes the next rows of a stage, and notes how far that is.
pub(super) async fn delete_some(
    tx: &WriteTx,
    row: &erasures::Model,
    stage: Stage,
    plan: &Plan,
) -> Result<(), Failure> {
    let subject = row.subject_id;
    let next = match stage {
        Stage::Exports => chunks(tx, subject).await?.then(|| Position::at(stage, 0)),
        Stage::Records => own(tx, row, plan).await?,
        Stage::Shared => shared(tx, row, plan).await?,
        Stage::Events => {
            let some = Query::select()
                .column(events::Column::Id)
                .from(events::Entity)
                .and_where(Expr::col(events::Column::SubjectId).eq(subject))
                .limit(AT_ONCE)
                .to_owned();
            let these = events::Entity::delete_many()
                .filter(events::Column::SubjectId.eq(subject))
                .filter(events::Column::Id.in_subquery(some));
            (tx.delete(these).await? > 0).then(|| Position::at(stage, 0))
        }
        Stage::Disclosures => {
            let some = Query::select()
                .column(disclosures::Column::Id)
                .from(disclosures::Entity)
                .and_where(Expr::col(disclosures::Column::SubjectId).eq(subject))
                .limit(AT_ONCE)
                .to_owned();
            let these = disclosures::Entity::delete_many()
                .filter(disclosures::Column::SubjectId.eq(subject))
                .filter(disclosures::Column::Id.in_subquery(some));
            (tx.delete(these).await? > 0).then(|| Position::at(stage, 0))
        }
        Stage::End => None,
    };
    let next = next.unwrap_or_else(|| Position::at(stage.next(), 0));
    tx.update(
        erasures::Entity::update_many()
            .col_expr(erasures::Column::Stage, Expr::value(next.stage.name()))
            .col_expr(erasures::Column::Step, Expr::value(next.step))
            .col_expr(erasures::Column::AfterDay, Expr::value(next.day))
            .col_expr(erasures::Column::AfterId, Expr::value(next.id))
            .filter(erasures::Column::RequestId.eq(row.request_id)),
    )
    .await?;
    Ok(())
}

/// Chunks of exports; whether there were any.
async fn chunks(tx: &WriteTx, subject: Uuid) -> Result<bool, Failure> {
    #[derive(FromQueryResult)]
    struct Chunk {
        export_id: Uuid,
        number: i64,
    }
    let of_subject = Query::select()
        .column(exports::Column::Id)
        .from(exports::Entity)
        .and_where(Expr::col(exports::Column::SubjectId).eq(subject))
        .to_owned();
    let first = export_chunks::Entity::find()
        .select_only()
        .columns([export_chunks::Column::ExportId, export_chunks::Column::Number])
        .filter(export_chunks::Column::ExportId.in_subquery(of_subject))
        .order_by_asc(export_chunks::Column::ExportId)
        .order_by_asc(export_chunks::Column::Number)
        .limit(1);
    let first = tx.rows::<_, Chunk>(first).await?;
    let Some(Chunk { export_id, number }) = first.into_iter().next() else { return Ok(false) };
    let these = export_chunks::Entity::delete_many()
        .filter(export_chunks::Column::ExportId.eq(export_id))
        .filter(export_chunks::Column::Number.lt(number.saturating_add(CHUNKS)));
    tx.delete(these).await?;
    Ok(true)
}

/// The person's own records of the present step; where to go on in this stage.
async fn own(
    tx: &WriteTx,
    row: &erasures::Model,
    plan: &Plan,
) -> Result<Option<Position>, Failure> {
    let at = usize::try_from(row.step).ok();
    let Some(step) = at.and_then(|at| plan.steps.get(at)) else { return Ok(None) };
    let mut query = found()
        .filter(records::Column::SubjectId.eq(row.subject_id))
        .filter(records::Column::Category.eq(step.category.as_str()))
        .filter(records::Column::OrganisationId.is_null())
        // All before it are gone; what is deleted need not be passed over again.
        .filter(records::Column::OccurredOn.gte(row.after_day))
        .order_by_asc(records::Column::OccurredOn)
        .order_by_asc(records::Column::Id)
        .limit(AT_ONCE);
    if let Some(up_to) = step.up_to {
        query = query.filter(records::Column::OccurredOn.lte(Day::from(up_to)));
    }
    let some = not_too_much(tx.rows::<_, Found>(query).await?);
    let Some(last) = some.last().map(|record| record.occurred_on) else {
        return Ok(Some(Position::at(Stage::Records, row.step + 1)));
    };
    delete(tx, plan, &some).await?;
    Ok(Some(Position { day: last, ..Position::at(Stage::Records, row.step) }))
}

/// The person's part in the next records that are about others too; those about
/// nobody else are deleted. Where to go on in this stage.
async fn shared(
    tx: &WriteTx,
    row: &erasures::Model,
    plan: &Plan,
) -> Result<Option<Position>, Failure> {
    let parties = record_parties::Entity::find()
        .filter(record_parties::Column::SubjectId.eq(row.subject_id))
        .filter(record_parties::Column::RecordId.gt(row.after_id))
        .order_by_asc(record_parties::Column::RecordId)
        .limit(AT_ONCE);
    let ids = records_of(tx, parties).await?;
    let Some(end) = ids.last().copied() else { return Ok(None) };
    let query = found()
        .filter(records::Column::Id.is_in(ids))
        .filter(records::Column::OrganisationId.is_null())
        .order_by_asc(records::Column::Id)
        // Of two people who leave at once, one sees that the other is gone.
        .lock_exclusive();
    let all = tx.rows::<_, Found>(query).await?;
    let there = all.len();
    let some = not_too_much(all);
    // What was too much this time is looked at again.
    let end = if some.len() < there { some.last().map_or(end, |last| last.id) } else { end };
    let some: Vec<Found> = some.into_iter().filter(|record| plan.goes(record)).collect();
    let ids: Vec<Uuid> = some.iter().map(|record| record.id).collect();
    if !ids.is_empty() {
        tx.delete(
            record_parties::Entity::delete_many()
                .filter(record_parties::Column::SubjectId.eq(row.subject_id))
                .filter(record_parties::Column::RecordId.is_in(ids.iter().copied())),
        )
        .await?;
        let others = record_parties::Entity::find()
            .filter(record_parties::Column::RecordId.is_in(ids))
            .distinct();
        let others: HashSet<Uuid> = records_of(tx, others).await?.into_iter().collect();
        let nobodys: Vec<Found> =
            some.into_iter().filter(|record| !others.contains(&record.id)).collect();
        delete(tx, plan, &nobodys).await?;
    }
    Ok(Some(Position { id: end, ..Position::at(Stage::Shared, 0) }))
}

async fn records_of(
    tx: &WriteTx,
    parties: Select<record_parties::Entity>,
) -> Result<Vec<Uuid>, Failure> {
    #[derive(FromQueryResult)]
    struct Of {
        record_id: Uuid,
    }
    let ids = parties.select_only().column(record_parties::Column::RecordId);
    Ok(tx.rows::<_, Of>(ids).await?.into_iter().map(|of| of.record_id).collect())
}

fn found() -> Select<records::Entity> {
    records::Entity::find()
        .select_only()
        .columns([
            records::Column::Id,
            records::Column::Category,
            records::Column::Kind,
            records::Column::OccurredOn,
        ])
        .column_as(Expr::cust("cast(length(sealed) as bigint)"), "bytes")
}

/// The first of some records, as many as may go at once.
fn not_too_much(records: Vec<Found>) -> Vec<Found> {
    let mut bytes = 0;
    let few = |record: &Found| {
        let before = bytes;
        bytes += record.bytes;
        before < BYTES
    };
    records.into_iter().take_while(few).collect()
}

/// Deletes records, and adds those that are counted to the anonymous counts.
async fn delete(tx: &WriteTx, plan: &Plan, some: &[Found]) -> Result<(), Failure> {
    count(tx, some.iter().filter(|record| plan.counts(record))).await?;
    let ids = some.iter().map(|record| record.id);
    tx.delete(records::Entity::delete_many().filter(records::Column::Id.is_in(ids))).await?;
    Ok(())
}

/// Adds to the anonymous counts, per kind and month.
async fn count<'r>(tx: &WriteTx, records: impl Iterator<Item = &'r Found>) -> Result<(), Failure> {
    let mut amounts: BTreeMap<(&str, &str, String), i64> = BTreeMap::new();
    for record in records {
        let month = Date::from(record.occurred_on).strftime("%Y-%m").to_string();
        *amounts.entry((&record.category, &record.kind, month)).or_default() += 1;
    }
    for ((category, kind, month), amount) in amounts {
        let row = anonymous_counts::ActiveModel {
            category: Set(category.to_owned()),
            kind: Set(kind.to_owned()),
            month: Set(month),
            amount: Set(amount),
            ..Default::default()
        };
        let key = [
            anonymous_counts::Column::TenantId,
            anonymous_counts::Column::Category,
            anonymous_counts::Column::Kind,
            anonymous_counts::Column::Month,
        ];
        let before = Expr::col((anonymous_counts::Entity, anonymous_counts::Column::Amount));
        let add = OnConflict::columns(key)
            .value(anonymous_counts::Column::Amount, before.add(amount))
            .to_owned();
        tx.insert_or(row, add).await?;
    }
    Ok(())
}

impl Plan {
    fn step_of(&self, record: &Found) -> Option<&Step> {
        self.steps.iter().find(|step| step.category.as_str() == record.category)
    }

    /// Whether a record goes.
    fn goes(&self, record: &Found) -> bool {
        let step = self.step_of(record);
        step.is_some_and(|step| step.up_to.is_none_or(|day| record.occurred_on <= Day::from(day)))
    }

    /// Whether it is counted when it goes.
    fn counts(&self, record: &Found) -> bool {
        self.step_of(record).is_some_and(|step| step.counted)
    }
}
