//! What has happened to a person's data, the latest first.

use domain::requests::Right;
use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::{Timestamp, disclosures, exports, records, requests};

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
    /// When, where the tenant is.
    pub on: Date,
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
    let tx = engine.tenant(scope.tenant).read().await?;
    let own = || records::Entity::find().filter(records::Column::SubjectId.eq(subject));
    // Ids grow with the time at which the portal was told.
    let mut query = own()
        .order_by_desc(records::Column::Id)
        .limit(RECORDS)
        .select_only()
        .columns([records::Column::Id, records::Column::Category, records::Column::RecordedAt]);
    let mut until = None;
    if let Some(before) = before {
        query = query.filter(records::Column::Id.lt(before));
        let last = tx.one(own().filter(records::Column::Id.eq(before))).await?;
        until = Some(last.map_or(scope.now, |row| row.recorded_at));
    }
    let rows: Vec<Told> = tx.rows(query).await?;
    let full = u64::try_from(rows.len()).is_ok_and(|len| len == RECORDS);
    let last = rows.last().filter(|_| full);
    let (earlier, since) = (last.map(|row| row.id), last.map(|row| row.recorded_at));

    let mut entries: Vec<Entry> = Vec::new();
    for row in &rows {
        let on = scope.date_of(row.recorded_at);
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
                entries.push(Entry { on, happened });
            }
        }
    }

    macro_rules! within {
        ($entity:ident, $at:ident) => {{
            let mut query = $entity::Entity::find()
                .filter($entity::Column::SubjectId.eq(subject))
                .order_by_desc($entity::Column::$at)
                .limit(OTHERS);
            if let Some(until) = until {
                query = query.filter($entity::Column::$at.lt(until));
            }
            if let Some(since) = since {
                query = query.filter($entity::Column::$at.gte(since));
            }
            tx.all(query).await?
        }};
    }
    for row in within!(disclosures, RecordedAt) {
        let happened = Happened::Disclosed { category: row.category, recipient: row.recipient };
        entries.push(Entry { on: Date::from(row.disclosed_on), happened });
    }
    for row in within!(requests, ReceivedAt) {
        let Some(right) = Right::named(&row.exercised_right) else { continue };
        let happened = Happened::Asked { right, id: row.id, reference: row.reference };
        entries.push(Entry { on: scope.date_of(row.received_at), happened });
    }
    for row in within!(exports, AskedAt) {
        entries.push(Entry { on: scope.date_of(row.asked_at), happened: Happened::Exported });
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.on));
    Ok(Timeline { entries, earlier })
}
