//! What has happened to a person's data, the latest first.

use domain::roles::Permission;
use std::cmp::Reverse;

use domain::requests::Right;
use jiff::civil::Date;
use sea_orm::sea_query::{ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::holdings::shared_with;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, Timestamp, disclosures, exports, records, requests};

/// How many records are looked at for one page. What came in on one day counts
/// as one entry.
const RECORDS: u64 = 500;
/// How many of everything else.
const OTHERS: u64 = 200;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// The portal was told of so many records of a category.
    Added {
        /// The category.
        category: String,
        /// How many.
        amount: u64,
    },
    /// Data of a category was given to somebody.
    Disclosed {
        /// The category.
        category: String,
        /// A processor of the policy.
        recipient: String,
    },
    /// The person asked for something.
    Asked {
        /// For what.
        right: Right,
        /// The request.
        id: Uuid,
        /// What people quote.
        reference: String,
    },
    /// The data was made ready to download.
    Exported,
}

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, where the tenant is: the day that is shown.
    pub on: Date,
    /// At what time, to tell what came later on one day.
    pub at: Timestamp,
    /// What.
    pub happened: Happened,
}

/// Which record the portal was told of, without the record.
#[derive(FromQueryResult)]
struct Told {
    id: Uuid,
    category: String,
    recorded_at: Timestamp,
}

/// A page of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// What happened, the latest first.
    pub entries: Vec<Entry>,
    /// What to pass as `before` for earlier entries, if there may be some.
    pub earlier: Option<Uuid>,
}

/// What has happened to the data of the signed-in person, before the record
/// `before` came in.
pub async fn timeline(
    engine: &Engine,
    scope: &Scope,
    before: Option<Uuid>,
) -> Result<Timeline, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    // Ids grow with the time at which the portal was told.
    let page = |which: SimpleExpr| {
        let query = records::Entity::find()
            .filter(which)
            .filter(records::Column::OrganisationId.is_null())
            .order_by_desc(records::Column::Id)
            .limit(RECORDS)
            .select_only()
            .columns([records::Column::Id, records::Column::Category, records::Column::RecordedAt]);
        match before {
            Some(before) => query.filter(records::Column::Id.lt(before)),
            None => query,
        }
    };
    let mut rows: Vec<Told> = tx.rows(page(records::Column::SubjectId.eq(subject))).await?;
    rows.extend(tx.rows::<_, Told>(page(shared_with(&tx, subject))).await?);
    rows.sort_by_key(|row| Reverse(row.id));
    let full = usize::try_from(RECORDS).unwrap_or(usize::MAX);
    rows.truncate(full);
    let until = match before {
        None => None,
        Some(before) => {
            let about = records::Column::SubjectId.eq(subject).or(shared_with(&tx, subject));
            let last = records::Entity::find().filter(records::Column::Id.eq(before)).filter(about);
            Some(tx.one(last).await?.map_or(scope.now, |row| row.recorded_at))
        }
    };
    let last = rows.last().filter(|_| rows.len() == full);
    let (earlier, since) = (last.map(|row| row.id), last.map(|row| row.recorded_at));

    let mut entries: Vec<Entry> = Vec::new();
    for row in &rows {
        let (on, at) = (scope.date_of(row.recorded_at), row.recorded_at);
        let same = entries.iter_mut().find_map(|entry| match &mut entry.happened {
            Happened::Added { category, amount } if entry.on == on && *category == row.category => {
                Some(amount)
            }
            _ => None,
        });
        match same {
            Some(amount) => *amount += 1,
            None => {
                let happened = Happened::Added { category: row.category.clone(), amount: 1 };
                entries.push(Entry { on, at, happened });
            }
        }
    }

    // By the time that is shown, so that nothing on a later page is later. What is
    // dated alone belongs to the page on which its day begins.
    macro_rules! within {
        ($entity:ident, $shown:ident, $of:expr) => {{
            let mut query = $entity::Entity::find()
                .filter($entity::Column::SubjectId.eq(subject))
                .order_by_desc($entity::Column::$shown)
                .limit(OTHERS);
            if let Some(until) = until {
                query = query.filter($entity::Column::$shown.lt($of(until)));
            }
            if let Some(since) = since {
                query = query.filter($entity::Column::$shown.gte($of(since)));
            }
            tx.all(query).await?
        }};
    }
    for row in within!(disclosures, DisclosedOn, |at| Day::from(scope.date_of(at))) {
        let happened = Happened::Disclosed { category: row.category, recipient: row.recipient };
        entries.push(Entry { on: Date::from(row.disclosed_on), at: row.recorded_at, happened });
    }
    for row in within!(requests, ReceivedAt, |at| at) {
        let Some(right) = Right::named(&row.exercised_right) else { continue };
        let happened = Happened::Asked { right, id: row.id, reference: row.reference };
        let at = row.received_at;
        entries.push(Entry { on: scope.date_of(at), at, happened });
    }
    for row in within!(exports, AskedAt, |at| at) {
        let (on, at) = (scope.date_of(row.asked_at), row.asked_at);
        entries.push(Entry { on, at, happened: Happened::Exported });
    }
    entries.sort_by_key(|entry| Reverse((entry.on, entry.at)));
    Ok(Timeline { entries, earlier })
}
