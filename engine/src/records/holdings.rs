//! What is held about a person, counted.

use std::collections::BTreeMap;

use domain::policy::facts::{Capacity, Facts};
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::keyring::{IDENTITY, Place};
use crate::scope::Scope;
use crate::storage::{Day, events, organisations, record_parties, records, subjects};
use crate::subjects::PROFILE;
use crate::tenancy::ReadTx;

/// What is held in one category about one person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Holding {
    /// The category's name.
    pub category: String,
    /// How many records.
    pub amount: i64,
    /// How many of them are held on behalf of an organisation.
    pub of_organisation: i64,
    /// The date of the oldest.
    pub oldest: Day,
    /// The date of the newest.
    pub newest: Day,
    /// Whether there are more than that: beyond [`MANY`], nobody counts.
    #[sea_orm(skip)]
    pub more: bool,
}

/// So many records of a category are counted for a page. To count a million would
/// take as long as to read them.
pub const MANY: u64 = 10_000;

/// The organisation that a person works for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// The tenant's own id.
    pub source_id: String,
    /// Its name.
    pub name: String,
    /// Whether the person sees what is held on its behalf.
    pub administered: bool,
}

/// What is held about a person, by category, and the events that retention
/// counts from.
pub(super) async fn holdings(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    exact: bool,
) -> Result<(Vec<Holding>, Vec<domain::retention::Event>), Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    let holdings =
        if exact { counts(&tx, subject).await? } else { counts_to_many(&tx, subject).await? };
    let organisation = tx
        .one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject)))
        .await?
        .and_then(|row| row.organisation_id);
    let rows =
        tx.all(events::Entity::find().filter(Expr::col(events::Column::SubjectId).eq(subject).or(
            Expr::col(events::Column::OrganisationId).eq(organisation.unwrap_or(Uuid::nil())),
        )))
        .await?;
    let events = rows
        .into_iter()
        .map(|row| {
            Ok(domain::retention::Event {
                name: row.name.parse().map_err(Failure::corrupt)?,
                on: Date::from(row.occurred_on),
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok((holdings, events))
}

/// Counts by category: a person's own records, and those that are also about
/// others.
pub(crate) async fn counts(tx: &ReadTx, subject: Uuid) -> Result<Vec<Holding>, Failure> {
    let own = grouped(records::Entity::find().filter(records::Column::SubjectId.eq(subject)));
    let own = tx.rows::<_, Holding>(own).await?;
    with_shared(tx, subject, own).await
}

/// The same in a time that does not grow with the records: by index, category by
/// category, and no farther than [`MANY`].
async fn counts_to_many(tx: &ReadTx, subject: Uuid) -> Result<Vec<Holding>, Failure> {
    let own = || records::Entity::find().filter(records::Column::SubjectId.eq(subject));
    let mut found = Vec::new();
    let mut last = String::new();
    loop {
        let next = own()
            .filter(records::Column::Category.gt(last.as_str()))
            .order_by_asc(records::Column::Category);
        let Some(row) = tx.one(next).await? else { break };
        last = row.category;
        let of_category = || own().filter(records::Column::Category.eq(last.as_str()));
        // Both in one direction: else no index is in that order, and all are sorted.
        let by_date = |order: Order| {
            of_category()
                .order_by(records::Column::OccurredOn, order.clone())
                .order_by(records::Column::Id, order)
        };
        if !is_beyond_many(tx, by_date(Order::Asc)).await? {
            found.extend(tx.rows::<_, Holding>(grouped(of_category())).await?);
            continue;
        }
        let ends = (tx.one(by_date(Order::Asc)).await?, tx.one(by_date(Order::Desc)).await?);
        let (Some(oldest), Some(newest)) = ends else { continue };
        let many = i64::try_from(MANY).unwrap_or(i64::MAX);
        found.push(Holding {
            category: last.clone(),
            amount: many,
            of_organisation: if newest.organisation_id.is_some() { many } else { 0 },
            oldest: oldest.occurred_on,
            newest: newest.occurred_on,
            more: true,
        });
    }
    with_shared(tx, subject, found).await
}

/// Whether there are more than [`MANY`]. Of those that are passed over nothing is
/// read but the index.
async fn is_beyond_many(
    tx: &ReadTx,
    query: sea_orm::Select<records::Entity>,
) -> Result<bool, Failure> {
    #[derive(FromQueryResult)]
    struct Beyond {
        #[expect(dead_code, reason = "only whether there is one matters")]
        id: Uuid,
    }
    let beyond = query.select_only().column(records::Column::Id).offset(MANY).limit(1);
    Ok(!tx.rows::<_, Beyond>(beyond).await?.is_empty())
}

/// Adds what is about others too.
async fn with_shared(
    tx: &ReadTx,
    subject: Uuid,
    own: Vec<Holding>,
) -> Result<Vec<Holding>, Failure> {
    let mut all: BTreeMap<String, Holding> =
        own.into_iter().map(|holding| (holding.category.clone(), holding)).collect();
    let shared: Vec<Uuid> = tx
        .all(record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(subject)))
        .await?
        .into_iter()
        .map(|party| party.record_id)
        .collect();
    for some in shared.chunks(500) {
        let query = grouped(
            records::Entity::find().filter(records::Column::Id.is_in(some.iter().copied())),
        );
        for more in tx.rows::<_, Holding>(query).await? {
            all.entry(more.category.clone())
                .and_modify(|holding| {
                    holding.amount += more.amount;
                    holding.of_organisation += more.of_organisation;
                    holding.oldest = Ord::min(holding.oldest, more.oldest);
                    holding.newest = Ord::max(holding.newest, more.newest);
                })
                .or_insert(more);
        }
    }
    Ok(all.into_values().collect())
}

pub(super) fn grouped(query: sea_orm::Select<records::Entity>) -> sea_orm::Select<records::Entity> {
    query
        .select_only()
        .column(records::Column::Category)
        .column_as(records::Column::Id.count(), "amount")
        .column_as(records::Column::OrganisationId.count(), "of_organisation")
        .column_as(Expr::expr(Func::min(Expr::col(records::Column::OccurredOn))), "oldest")
        .column_as(Expr::expr(Func::max(Expr::col(records::Column::OccurredOn))), "newest")
        .group_by(records::Column::Category)
}

/// The organisation that a person works for, by name.
pub(super) async fn organisation_of(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Organisation>, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    let subject = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    let Some(row) = subject else { return Ok(None) };
    let Some(id) = row.organisation_id else { return Ok(None) };
    let organisation = open_organisation(engine, &tx, scope, id).await?;
    Ok(organisation.map(|it| Organisation { administered: row.organisation_admin, ..it }))
}

/// An organisation, opened.
pub(crate) async fn open_organisation(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Organisation>, Failure> {
    let row =
        tx.one(organisations::Entity::find().filter(organisations::Column::Id.eq(id))).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, id, IDENTITY).await? else { return Ok(None) };
    let plain = key
        .open(organisation_place(scope, id), &row.sealed)
        .map_err(|e| Failure::Keyring(e.into()))?;
    let profile: serde_json::Value = PROFILE.read(&plain)?;
    let text = |field| profile.get(field).and_then(|it| it.as_str()).unwrap_or_default().to_owned();
    Ok(Some(Organisation { id, source_id: text("id"), name: text("name"), administered: false }))
}

pub(crate) fn organisation_place(scope: &Scope, id: Uuid) -> Place<'static> {
    Place {
        tenant: scope.tenant,
        owner: id,
        label: IDENTITY,
        row: id,
        column: "organisations.sealed",
    }
}

impl Holding {
    /// Whether the company holds it on behalf of an organisation, by the policy.
    pub fn on_behalf(&self, facts: &Facts) -> bool {
        facts
            .categories
            .iter()
            .any(|c| c.id.as_str() == self.category && c.role == Capacity::Processor)
    }
}
