//! Whether something has to stand still: the one function.

use std::collections::{HashMap, HashSet};

use domain::holds::{Act, Reason};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::row::reason_of;
use crate::people::subjects::with_address;
use crate::platform::failure::Failure;
use crate::platform::storage::{Timestamp, holds, requests, subjects};
use crate::platform::tenancy::ReadTx;

/// What of a person must not have something done to it now, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    /// By category; everything, if none.
    by: Vec<(Option<String>, Reason)>,
}

impl Stopped {
    /// Whether nothing is.
    pub fn is_free(&self) -> bool {
        self.by.is_empty()
    }

    /// Why everything is, if it is.
    pub fn wholly(&self) -> Option<Reason> {
        self.by.iter().filter(|(of, _)| of.is_none()).map(|(_, why)| *why).min()
    }

    /// Why anything is, wholly or a category, if anything is.
    pub fn any(&self) -> Option<Reason> {
        self.by.iter().map(|(_, why)| *why).min()
    }

    /// Why a category is, wholly or for itself, if it is.
    pub fn category(&self, category: &str) -> Option<Reason> {
        let of_it = |of: &Option<String>| of.as_deref().is_none_or(|name| name == category);
        self.by.iter().filter(|(of, _)| of_it(of)).map(|(_, why)| *why).min()
    }
}

/// Why something must not be done now to a person's data, or to one category of it;
/// `None` if nothing speaks against it. In a transaction that writes, the person is
/// to be locked before.
pub async fn blocks(
    tx: &ReadTx,
    now: Timestamp,
    subject: Uuid,
    category: Option<&str>,
    act: Act,
) -> Result<Option<Reason>, Failure> {
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    let Some(row) = row else { return Ok(None) };
    let found = stopped(tx, now, [&row], act).await?.remove(&subject).unwrap_or_default();
    Ok(match category {
        Some(category) => found.category(category),
        None => found.wholly(),
    })
}

/// The same for many people at once: who is missing in the answer is free.
pub async fn stopped<'s>(
    tx: &ReadTx,
    now: Timestamp,
    people: impl IntoIterator<Item = &'s subjects::Model>,
    act: Act,
) -> Result<HashMap<Uuid, Stopped>, Failure> {
    let people: Vec<&subjects::Model> = people.into_iter().collect();
    let mut all: HashMap<Uuid, Stopped> = HashMap::new();
    let mut explained: HashSet<Uuid> = HashSet::new();
    // Most tenants have none most of the time.
    if tx.one(holds::Entity::find().limit(1)).await?.is_some() {
        let mut found = by_person(tx, &people).await?;
        explained = paused_by(&found)?;
        found.extend(by_address(tx, &people).await?);
        found.extend(by_category(tx, &people, act).await?);
        let over = over(tx, found.iter().map(|(_, row)| row)).await?;
        for (person, row) in found {
            let reason = reason_of(&row)?;
            if is_in_force(&row, now) && !over.contains(&row.id) && reason.blocks(act) {
                all.entry(person).or_default().by.push((row.category, reason));
            }
        }
    }
    for person in people {
        for reason in as_told_by_older_nodes(person, explained.contains(&person.id)) {
            if reason.blocks(act) {
                all.entry(person.id).or_default().by.push((None, reason));
            }
        }
    }
    Ok(all)
}

/// Why something must not be done now to a category of everybody's, whomever it is about.
pub(crate) async fn blocks_everybody(
    tx: &ReadTx,
    now: Timestamp,
    category: &str,
    act: Act,
) -> Result<Option<Reason>, Failure> {
    let of_everybody = holds::Entity::find()
        .filter(holds::Column::SubjectId.is_null())
        .filter(holds::Column::Category.eq(category));
    let mut found = None;
    for row in tx.all(of_everybody).await? {
        let reason = reason_of(&row)?;
        if is_in_force(&row, now) && reason.blocks(act) {
            found = Some(reason);
        }
    }
    Ok(found)
}

/// Whether the time of a hold has neither to come nor is over.
pub(crate) fn is_in_force(row: &holds::Model, now: Timestamp) -> bool {
    row.until.is_none_or(|until| now < until)
}

/// What two columns say that a node of the version before has set, which knows of no
/// rows. The first says the same where there is a row.
fn as_told_by_older_nodes(
    person: &subjects::Model,
    explained: bool,
) -> impl Iterator<Item = Reason> {
    let frozen = person.frozen_at.map(|_| Reason::Erasure);
    let paused = person.paused_at.filter(|_| !explained).map(|_| Reason::ChildVouched);
    frozen.into_iter().chain(paused)
}

type Found = Vec<(Uuid, holds::Model)>;

async fn by_person(tx: &ReadTx, people: &[&subjects::Model]) -> Result<Found, Failure> {
    let ids = people.iter().map(|person| person.id);
    let rows = tx.all_by::<holds::Entity>(holds::Column::SubjectId, ids).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.subject_id?, row))).collect())
}

/// Those of whom a row, in force or over, explains `paused_at`.
fn paused_by(found: &Found) -> Result<HashSet<Uuid>, Failure> {
    let mut explained = HashSet::new();
    for (person, row) in found {
        if row.category.is_none() && reason_of(row)?.blocks(Act::Use) {
            explained.insert(*person);
        }
    }
    Ok(explained)
}

/// What was reported of an address before anybody had it. Where several have it,
/// nobody knows who is meant.
async fn by_address(tx: &ReadTx, people: &[&subjects::Model]) -> Result<Found, Failure> {
    let hashes: HashSet<Vec<u8>> =
        people.iter().filter_map(|person| person.email_hash.clone()).collect();
    let rows = tx.all_by::<holds::Entity>(holds::Column::AddressHash, hashes).await?;
    let mut found = Found::new();
    for row in rows.into_iter().filter(|row| row.subject_id.is_none()) {
        let Some(hash) = row.address_hash.clone() else { continue };
        let theirs = with_address(tx, &hash).await?;
        let only = if theirs.len() == 1 { theirs.first() } else { None };
        found.extend(
            only.filter(|id| people.iter().any(|asked| asked.id == **id)).map(|id| (*id, row)),
        );
    }
    Ok(found)
}

async fn by_category(tx: &ReadTx, people: &[&subjects::Model], act: Act) -> Result<Found, Failure> {
    let of_everybody = holds::Entity::find()
        .filter(holds::Column::SubjectId.is_null())
        .filter(holds::Column::Category.is_not_null());
    let mut rows = Vec::new();
    for row in tx.all(of_everybody).await? {
        if reason_of(&row)?.blocks(act) {
            rows.push(row);
        }
    }
    Ok(people.iter().flat_map(|person| rows.iter().map(|row| (person.id, row.clone()))).collect())
}

/// Those whose request was closed by a node of the version before, which left the row.
async fn over<'r>(
    tx: &ReadTx,
    rows: impl Iterator<Item = &'r holds::Model>,
) -> Result<HashSet<Uuid>, Failure> {
    let of: HashMap<Uuid, Vec<&holds::Model>> = rows.fold(HashMap::new(), |mut of, row| {
        if let Some(request) = row.request_id {
            of.entry(request).or_default().push(row);
        }
        of
    });
    let mut over = HashSet::new();
    for request in tx.all_by::<requests::Entity>(requests::Column::Id, of.keys().copied()).await? {
        if request.closed_at.is_none() {
            continue;
        }
        let closed = domain::requests::State::named(&request.state)
            .ok_or_else(|| Failure::corrupt(format!("request state {}", request.state)))?;
        for row in of.get(&request.id).into_iter().flatten() {
            if !reason_of(row)?.outlives(closed) {
                over.insert(row.id);
            }
        }
    }
    Ok(over)
}
