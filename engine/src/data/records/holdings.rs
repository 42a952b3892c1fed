//! What is held about a person, counted.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::subjects::PROFILE;
use crate::platform::failure::Failure;
use crate::platform::keyring::{IDENTITY, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{
    Day, data_keys, events, organisations, record_parties, records, subjects,
};
use crate::platform::tenancy::ReadTx;

/// Some of what is held in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// How many records.
    pub amount: u64,
    /// Whether there are more than that: beyond [`MANY`], nobody counts.
    pub more: bool,
    /// The dates of the oldest and the newest.
    pub dates: Option<(Day, Day)>,
}

/// What is held in one category about one person, by whose it is. That is told by the
/// records, never by what the policy says of their category at the moment: so what is
/// shown, exported, corrected and erased is one set, whatever is published later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holding {
    /// The category's name.
    pub category: String,
    /// What the company holds about this person alone: it is listed and exported.
    pub own: Part,
    /// What the company holds about this person and others: it waits for a human look
    /// (GDPR art. 15(4)), and an erasure takes the person out of it.
    pub shared: Part,
    /// What is held on behalf of an organisation, which answers for it.
    pub on_behalf: Part,
}

impl Part {
    /// So many records, with the dates of the oldest and the newest.
    pub fn of(amount: u64, oldest: Day, newest: Day) -> Part {
        let dates = (amount > 0).then_some((oldest, newest));
        Part { amount, more: false, dates }
    }

    /// Both together.
    pub fn and(self, other: Part) -> Part {
        let dates = match (self.dates, other.dates) {
            (Some((a, b)), Some((c, d))) => Some((Ord::min(a, c), Ord::max(b, d))),
            (one, another) => one.or(another),
        };
        Part { amount: self.amount + other.amount, more: self.more || other.more, dates }
    }
}

impl Holding {
    /// What the company itself holds about the person: what is counted for them, and
    /// what an erasure is about.
    pub fn of_company(&self) -> Part {
        self.own.and(self.shared)
    }
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
    let tx = engine.tenant(scope.about(subject)?).read().await?;
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

/// Counts by category.
pub(crate) async fn counts(tx: &ReadTx, subject: Uuid) -> Result<Vec<Holding>, Failure> {
    let mut found = Found::default();
    let about = records::Entity::find().filter(records::Column::SubjectId.eq(subject));
    found.add(tx.rows(grouped(about)).await?, false);
    found.add_shared(tx, subject).await?;
    Ok(found.all())
}

/// The same in a time that does not grow with the person's own records: by index,
/// category by category, and no farther than [`MANY`].
async fn counts_to_many(tx: &ReadTx, subject: Uuid) -> Result<Vec<Holding>, Failure> {
    let about = || records::Entity::find().filter(records::Column::SubjectId.eq(subject));
    let mut found = Found::default();
    let mut last = String::new();
    loop {
        let next = about()
            .filter(records::Column::Category.gt(last.as_str()))
            .order_by_asc(records::Column::Category);
        let Some(row) = tx.one(next).await? else { break };
        last = row.category;
        let of_category = || about().filter(records::Column::Category.eq(last.as_str()));
        if is_beyond(tx, of_category(), MANY).await? {
            found.put(many(tx, subject, &last).await?);
        } else {
            found.add(tx.rows(grouped(of_category())).await?, false);
        }
    }
    found.add_shared(tx, subject).await?;
    Ok(found.all())
}

/// A category with more than [`MANY`] records about one person.
async fn many(tx: &ReadTx, subject: Uuid, category: &str) -> Result<Holding, Failure> {
    let about = || {
        records::Entity::find()
            .filter(records::Column::SubjectId.eq(subject))
            .filter(records::Column::Category.eq(category))
    };
    // These have an index of their own.
    let on_behalf = || about().filter(records::Column::OrganisationId.is_not_null());
    let own = || about().filter(records::Column::OrganisationId.is_null());
    // What is about one person alone is sealed for that person.
    let sealed = data_keys::Entity::find()
        .filter(data_keys::Column::OwnerId.eq(subject))
        .filter(data_keys::Column::Label.eq(category));
    let on_behalf = part(tx, on_behalf, None).await?;
    let own = match tx.one(sealed).await? {
        None => Part::default(),
        Some(_) if on_behalf.more => part(tx, own, None).await?,
        Some(_) => {
            let is_more = is_beyond(tx, about(), MANY + on_behalf.amount).await?;
            part(tx, own, Some(is_more)).await?
        }
    };
    Ok(Holding { category: category.to_owned(), own, on_behalf, ..Holding::default() })
}

/// What a query selects, counted no farther than [`MANY`]. `is_more`: whether it is
/// known to be more or less than that.
async fn part(
    tx: &ReadTx,
    query: impl Fn() -> Select<records::Entity>,
    is_more: Option<bool>,
) -> Result<Part, Failure> {
    let more = match is_more {
        Some(is_more) => is_more,
        None => is_beyond(tx, query(), MANY).await?,
    };
    let amount = if more { MANY } else { tx.count(query()).await? };
    // Both in one direction: else no index is in that order, and all are sorted.
    let by_date = |order: Order| {
        query()
            .order_by(records::Column::OccurredOn, order.clone())
            .order_by(records::Column::Id, order)
    };
    let ends = (tx.one(by_date(Order::Asc)).await?, tx.one(by_date(Order::Desc)).await?);
    let (Some(oldest), Some(newest)) = ends else { return Ok(Part::default()) };
    Ok(Part { more, ..Part::of(amount, oldest.occurred_on, newest.occurred_on) })
}

/// Whether there are more than so many. Of those that are passed over nothing is
/// read but the index.
async fn is_beyond(
    tx: &ReadTx,
    query: Select<records::Entity>,
    many: u64,
) -> Result<bool, Failure> {
    #[derive(FromQueryResult)]
    struct Beyond {
        #[expect(dead_code, reason = "only whether there is one matters")]
        id: Uuid,
    }
    let beyond = query
        .order_by_asc(records::Column::OccurredOn)
        .order_by_asc(records::Column::Id)
        .select_only()
        .column(records::Column::Id)
        .offset(many)
        .limit(1);
    Ok(!tx.rows::<_, Beyond>(beyond).await?.is_empty())
}

/// Which records are about a person and others.
pub(crate) fn shared_with(tx: &ReadTx, subject: Uuid) -> SimpleExpr {
    let parties = Query::select()
        .column(record_parties::Column::RecordId)
        .from(record_parties::Entity)
        .and_where(record_parties::Column::TenantId.eq(tx.tenant().0))
        .and_where(record_parties::Column::SubjectId.eq(subject))
        .to_owned();
    records::Column::Id.in_subquery(parties)
}

/// Which of those are still about somebody else.
pub(crate) fn stays_with_others(tx: &ReadTx, subject: Uuid) -> SimpleExpr {
    let of_record = Expr::col((record_parties::Entity, record_parties::Column::RecordId))
        .equals((records::Entity, records::Column::Id));
    let others = Query::select()
        .expr(Expr::val(1))
        .from(record_parties::Entity)
        .and_where(record_parties::Column::TenantId.eq(tx.tenant().0))
        .and_where(of_record)
        .and_where(record_parties::Column::SubjectId.ne(subject))
        .to_owned();
    Expr::exists(others)
}

/// Records of one category, all of the company or all on behalf of organisations.
#[derive(FromQueryResult)]
struct Group {
    category: String,
    on_behalf: bool,
    amount: i64,
    oldest: Day,
    newest: Day,
}

fn grouped(query: Select<records::Entity>) -> Select<records::Entity> {
    let on_behalf = || records::Column::OrganisationId.is_not_null();
    query
        .select_only()
        .column(records::Column::Category)
        .column_as(on_behalf(), "on_behalf")
        .column_as(records::Column::Id.count(), "amount")
        .column_as(Expr::expr(Func::min(Expr::col(records::Column::OccurredOn))), "oldest")
        .column_as(Expr::expr(Func::max(Expr::col(records::Column::OccurredOn))), "newest")
        .group_by(records::Column::Category)
        .group_by(on_behalf())
}

/// What was found so far: the one place where holdings are put together.
#[derive(Default)]
struct Found(BTreeMap<String, Holding>);

impl Found {
    fn of(&mut self, category: &str) -> &mut Holding {
        self.0
            .entry(category.to_owned())
            .or_insert_with(|| Holding { category: category.to_owned(), ..Holding::default() })
    }

    fn put(&mut self, holding: Holding) {
        self.0.insert(holding.category.clone(), holding);
    }

    fn add(&mut self, groups: Vec<Group>, shared: bool) {
        for group in groups {
            let amount = u64::try_from(group.amount).unwrap_or_default();
            let more = Part::of(amount, group.oldest, group.newest);
            let holding = self.of(&group.category);
            let part = match (group.on_behalf, shared) {
                (true, _) => &mut holding.on_behalf,
                (false, true) => &mut holding.shared,
                (false, false) => &mut holding.own,
            };
            *part = part.and(more);
        }
    }

    async fn add_shared(&mut self, tx: &ReadTx, subject: Uuid) -> Result<(), Failure> {
        let shared = records::Entity::find().filter(shared_with(tx, subject));
        self.add(tx.rows(grouped(shared)).await?, true);
        Ok(())
    }

    fn all(self) -> Vec<Holding> {
        self.0.into_values().collect()
    }
}

/// What is held on behalf of an organisation, by category.
pub(super) async fn of_organisation(
    tx: &ReadTx,
    organisation: Uuid,
) -> Result<Vec<Holding>, Failure> {
    let mut found = Found::default();
    let query = records::Entity::find().filter(records::Column::OrganisationId.eq(organisation));
    found.add(tx.rows(grouped(query)).await?, false);
    Ok(found.all())
}

/// The organisation that a person works for, by name.
pub(super) async fn organisation_of(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Organisation>, Failure> {
    let tx = engine.tenant(scope.about(subject)?).read().await?;
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
