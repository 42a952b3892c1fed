//! Opening a person's records, a page at a time.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use data_encoding::BASE64URL_NOPAD;
use domain::identifiers::Slug;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde_json::Value;
use uuid::Uuid;

use super::organisation::on_behalf_of;
use super::payload::{PAYLOAD, Payload, record_place};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, KeyringError};
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, Timestamp, records};
use crate::platform::tenancy::ReadTx;

/// A record, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its id in the portal.
    pub id: Uuid,
    /// What it looks like.
    pub kind: String,
    /// Where it came from.
    pub source: String,
    /// The source's own id.
    pub source_id: String,
    /// Its own date.
    pub on: Date,
    /// When the portal was told of it.
    pub recorded_at: Timestamp,
    /// The data, by field.
    pub data: Value,
}

/// Where a page ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    on: Day,
    id: Uuid,
}

impl Cursor {
    /// Just behind a record.
    pub fn after(record: &Opened) -> Cursor {
        Cursor { on: Day::from(record.on), id: record.id }
    }

    /// Parses a cursor from a link.
    pub fn parse(text: &str) -> Option<Cursor> {
        let bytes: [u8; 24] = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()?;
        let (on, id) = bytes.split_at_checked(8)?;
        Some(Cursor {
            on: Day(i64::from_be_bytes(on.try_into().ok()?)),
            id: Uuid::from_slice(id).ok()?,
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = self.on.0.to_be_bytes().to_vec();
        bytes.extend(self.id.as_bytes());
        f.write_str(&BASE64URL_NOPAD.encode(&bytes))
    }
}

/// Which of many records are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// From this source.
    pub source: Option<Slug>,
    /// Of this kind.
    pub kind: Option<Slug>,
    /// Dated on this day or later.
    pub from: Option<Date>,
    /// Dated on this day or earlier.
    pub to: Option<Date>,
}

/// Whose records are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// What is about this person alone. What is about others too waits for a human
    /// look (GDPR art. 15(4)), and what is held on behalf of an organisation is for
    /// its administrators.
    Person(Uuid),
    /// What is held on behalf of this organisation.
    Organisation(Uuid),
}

/// How much a page of records may hold: a record alone may be a megabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// How many records.
    pub records: u64,
    /// How many sealed bytes. A record that has more comes alone.
    pub bytes: u64,
}

/// How many sealed bytes are in memory at a time.
pub(super) const AT_ONCE: u64 = 4_000_000;

/// A page of records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The records; none only where there are no more.
    pub records: Vec<Opened>,
    /// Whether there are more behind them.
    pub more: bool,
}

/// The newest records of a category that are about this person alone, from `after` on:
/// at most `limit`, and no more than are well kept in memory at a time. None are left
/// only where there are none.
pub async fn open_page(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    category: &Slug,
    after: Option<Cursor>,
    limit: u64,
) -> Result<Vec<Opened>, Failure> {
    let (whose, all) = (Whose::Person(subject), Filter::default());
    let most = Most { records: limit, bytes: AT_ONCE };
    Ok(open_filtered(engine, scope, whose, category, &all, (after, most)).await?.records)
}

/// The newest records of a category, from `after` on and at most so many, as a
/// filter names them.
pub async fn open_filtered(
    engine: &Engine,
    scope: &Scope,
    whose: Whose,
    category: &Slug,
    filter: &Filter,
    (after, most): (Option<Cursor>, Most),
) -> Result<Page, Failure> {
    let permit = match whose {
        Whose::Person(subject) => scope.about(subject)?,
        Whose::Organisation(organisation) => on_behalf_of(engine, scope, organisation).await?,
    };
    let tx = engine.tenant(permit).read().await?;
    let (owner, of_owner) = match whose {
        Whose::Person(subject) => (
            subject,
            records::Column::SubjectId.eq(subject).and(records::Column::OrganisationId.is_null()),
        ),
        Whose::Organisation(organisation) => {
            (organisation, records::Column::OrganisationId.eq(organisation))
        }
    };
    let mut query = records::Entity::find()
        .filter(of_owner)
        .filter(records::Column::Category.eq(category.as_str()))
        .order_by_desc(records::Column::OccurredOn)
        .order_by_desc(records::Column::Id);
    if let Some(source) = &filter.source {
        query = query.filter(records::Column::Source.eq(source.as_str()));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(records::Column::Kind.eq(kind.as_str()));
    }
    if let Some(from) = filter.from {
        query = query.filter(records::Column::OccurredOn.gte(Day::from(from)));
    }
    if let Some(to) = filter.to {
        query = query.filter(records::Column::OccurredOn.lte(Day::from(to)));
    }
    if let Some(cursor) = after {
        // As a pair, so that both databases begin at this place of the index.
        let place = [Expr::col(records::Column::OccurredOn), Expr::col(records::Column::Id)];
        let before = [Expr::val(cursor.on), Expr::val(cursor.id)];
        query = query.filter(Expr::tuple(place).lt(Expr::tuple(before)));
    }
    let (number, more) = within(&tx, query.clone(), most).await?;
    if number == 0 {
        return Ok(Page::default());
    }
    let rows = tx.all(query.limit(number)).await?;
    let key = engine
        .keyring
        .one(&tx, owner, category.as_str())
        .await?
        .ok_or(Failure::Keyring(KeyringError::Gone))?;
    let records = rows
        .into_iter()
        .map(|row| {
            let place = record_place(scope.tenant, owner, category.as_str(), row.id);
            let plain = key.open(place, &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
            let payload: Payload = PAYLOAD.read(&plain)?;
            Ok(Opened {
                id: row.id,
                kind: row.kind,
                source: row.source,
                source_id: payload.id,
                on: Date::from(row.occurred_on),
                recorded_at: row.recorded_at,
                data: payload.data,
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(Page { records, more })
}

/// How many of the first records are within what a page may hold, and whether there
/// are more: looked up by their lengths, before any is read.
pub(super) async fn within(
    tx: &ReadTx,
    query: Select<records::Entity>,
    most: Most,
) -> Result<(u64, bool), Failure> {
    #[derive(FromQueryResult)]
    struct Sized {
        bytes: i64,
    }
    let bytes = Expr::cust("cast(length(sealed) as bigint)");
    let query = query.select_only().expr_as(bytes, "bytes").limit(most.records + 1);
    let (mut number, mut sum) = (0, 0_u64);
    for Sized { bytes } in tx.rows(query).await? {
        sum = sum.saturating_add(bytes.unsigned_abs());
        if number == most.records || (number > 0 && sum > most.bytes) {
            return Ok((number, true));
        }
        number += 1;
    }
    Ok((number, false))
}

/// Opens records that are about one person alone, of whatever categories: also those
/// that are held on behalf of an organisation, and sealed for it.
pub(crate) async fn open_all(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
    rows: Vec<records::Model>,
) -> Result<Vec<(records::Model, Payload)>, Failure> {
    let mut keys: HashMap<(Uuid, String), DataKey> = HashMap::new();
    let mut opened = Vec::with_capacity(rows.len());
    for row in rows {
        let owner = row.organisation_id.unwrap_or(subject);
        let key = match keys.entry((owner, row.category.clone())) {
            Occupied(known) => known.into_mut(),
            Vacant(new) => {
                let key = engine.keyring.one(tx, owner, &row.category).await?;
                new.insert(key.ok_or(Failure::Keyring(KeyringError::Gone))?)
            }
        };
        let place = record_place(tx.tenant(), owner, &row.category, row.id);
        let plain = key.open(place, &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
        let payload: Payload = PAYLOAD.read(&plain)?;
        opened.push((row, payload));
    }
    Ok(opened)
}
