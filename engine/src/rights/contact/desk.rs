//! Messages and reports as staff reads them.

use std::collections::BTreeSet;

use domain::holds::Reason as HoldReason;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::concerned::{Concerned, concerned};
use super::draft::Reason;
use super::report::{is_undecided, of_a_report};
use super::said::said;
use super::vouch::of_message;
use crate::engine::Engine;
use crate::people::accounts::address_hash;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, holds, messages as table, requests};
use crate::platform::tenancy::ReadTx;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// What people quote.
    pub reference: String,
    /// Why it was written.
    pub reason: Reason,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Whether its sender has shown that the address is theirs.
    pub verified: bool,
    /// The name that the sender gave.
    pub name: Option<String>,
    /// The address that the sender gave.
    pub email: String,
    /// The address of the child's account, if the sender gave one.
    pub about: Option<String>,
    /// What it says.
    pub text: String,
    /// The request that it opened or joined.
    pub request: Option<Uuid>,
    /// How a report that data is a child's stands; `None` for all other messages.
    pub report: Option<Standing>,
}

/// How a report stands (L13, E22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether the desk has still to decide.
    pub open: bool,
    /// Whether it keeps rules from deleting: not if it was one of too many.
    pub delays: bool,
    /// Whether it has stopped the use of the data.
    pub freezes: bool,
    /// Whom it is about: nobody, if nobody has the address, and several, if they
    /// share it.
    pub concerned: Vec<Concerned>,
}

/// A report that waits for the desk to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The message's id.
    pub id: Uuid,
    /// Since when.
    pub since: Timestamp,
    /// How it stands.
    pub standing: Standing,
    /// The message, unless it is deleted, as with its sender.
    pub message: Option<Message>,
}

/// Messages, the newest first, a page of `limit` from behind the message `after`.
pub async fn messages(
    engine: &Engine,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Message>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    // The ids grow with time.
    let mut query = table::Entity::find().order_by_desc(table::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(table::Column::Id.lt(after));
    }
    let mut opened = Vec::new();
    for row in tx.all(query).await? {
        // Gone a moment ago, or its key is.
        opened.extend(open(engine, &tx, row).await?);
    }
    Ok(opened)
}

/// How many messages have come since a time.
pub async fn count_since(engine: &Engine, scope: &Scope, since: Timestamp) -> Result<u64, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    // Every reason, which the index begins with.
    let come = table::Entity::find()
        .filter(table::Column::Reason.is_in(Reason::ALL.map(Reason::name)))
        .filter(table::Column::ReceivedAt.gt(since));
    Ok(tx.count(come).await?)
}

/// Reports that wait for the desk to decide, the oldest first.
pub async fn reports(engine: &Engine, scope: &Scope, limit: u64) -> Result<Vec<Waiting>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    let held = holds::Entity::find()
        .filter(of_a_report())
        .order_by_asc(holds::Column::Since)
        .order_by_asc(holds::Column::Id)
        .limit(limit);
    let mut seen = BTreeSet::new();
    let mut waiting = Vec::new();
    for row in tx.all(held).await? {
        let Some(id) = row.message_id.filter(|id| seen.insert(*id)) else { continue };
        let which = table::Entity::find().filter(table::Column::Id.eq(id));
        let message = match tx.one(which).await? {
            Some(message) => open(engine, &tx, message).await?,
            None => None,
        };
        let standing = match message.as_ref().and_then(|message| message.report.clone()) {
            Some(standing) => standing,
            None => standing(engine, &tx, std::slice::from_ref(&row), None).await?,
        };
        waiting.push(Waiting { id, since: row.since, standing, message });
    }
    for row in told_by_older_nodes(&tx, limit).await? {
        if let Some(message) = open(engine, &tx, row).await?
            && let Some(standing) = message.report.clone()
        {
            let (id, since) = (message.id, message.received_at);
            waiting.push(Waiting { id, since, standing, message: Some(message) });
        }
    }
    waiting.sort_by_key(|one| (one.since, one.id));
    Ok(waiting)
}

/// The report of that id, decided or not, also if its message is deleted.
pub async fn report(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Standing>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    if let Some(row) = tx.one(table::Entity::find().filter(table::Column::Id.eq(id))).await? {
        let message = open(engine, &tx, row).await?;
        return Ok(message.and_then(|message| message.report));
    }
    let held = of_message(&tx, id).await?;
    if held.is_empty() {
        return Ok(None);
    }
    Ok(Some(standing(engine, &tx, &held, None).await?))
}

/// Those that a node of the version before has taken, which knows of no holds.
async fn told_by_older_nodes(tx: &ReadTx, limit: u64) -> Result<Vec<table::Model>, Failure> {
    let open = requests::Entity::find()
        .filter(requests::Column::ClosedAt.is_null())
        .filter(requests::Column::SubjectId.is_null())
        .order_by_asc(requests::Column::DueOn)
        .limit(limit);
    let open = tx.all(open).await?.into_iter().map(|row| row.id);
    let query = table::Entity::find()
        .filter(table::Column::RequestId.is_in(open.collect::<Vec<_>>()))
        .order_by_asc(table::Column::Id);
    let mut told = Vec::new();
    for row in tx.all(query).await? {
        if is_undecided(tx, &row).await? {
            told.push(row);
        }
    }
    Ok(told)
}

/// The message of that id.
pub async fn message(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Message>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    match tx.one(table::Entity::find().filter(table::Column::Id.eq(id))).await? {
        Some(row) => open(engine, &tx, row).await,
        None => Ok(None),
    }
}

/// The messages that have opened or joined a request, the oldest first.
pub async fn of_request(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
) -> Result<Vec<Uuid>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    let which = table::Entity::find()
        .filter(table::Column::RequestId.eq(request))
        .order_by_asc(table::Column::Id);
    Ok(tx.all(which).await?.into_iter().map(|row| row.id).collect())
}

async fn open(engine: &Engine, tx: &ReadTx, row: table::Model) -> Result<Option<Message>, Failure> {
    let Some(said) = said(engine, tx, row.record_id).await? else { return Ok(None) };
    let reason = Reason::named(&row.reason).ok_or(Failure::Newer("a message"))?;
    let report = if reason == Reason::Child {
        let held = of_message(tx, row.id).await?;
        let about = said.about.as_ref().unwrap_or(&said.email);
        let hash = address_hash(engine, tx, about).await?;
        let undecided = held.is_empty() && is_undecided(tx, &row).await?;
        let standing = standing(engine, tx, &held, Some((&row, &hash))).await?;
        Some(Standing { open: standing.open || undecided, ..standing })
    } else {
        None
    };
    Ok(Some(Message {
        id: row.id,
        reference: row.reference,
        reason,
        received_at: row.received_at,
        verified: row.verified_at.is_some(),
        name: said.name,
        email: said.email.to_string(),
        about: said.about.map(|about| about.to_string()),
        text: said.text,
        request: row.request_id,
        report,
    }))
}

/// How a report stands by what it holds up, if anything; else by its message and the
/// address that it names.
async fn standing(
    engine: &Engine,
    tx: &ReadTx,
    held: &[holds::Model],
    message: Option<(&table::Model, &[u8])>,
) -> Result<Standing, Failure> {
    let (subject, hash) = match (held.first(), message) {
        (Some(row), None) => (row.subject_id, row.address_hash.as_deref()),
        (Some(row), Some((_, hash))) => (row.subject_id, Some(hash)),
        (None, Some((message, hash))) => (message.paused_subject, Some(hash)),
        (None, None) => (None, None),
    };
    Ok(Standing {
        open: !held.is_empty(),
        delays: !held.is_empty(),
        freezes: held.iter().any(|row| row.reason == HoldReason::ChildVouched.name()),
        concerned: concerned(engine, tx, subject, hash).await?,
    })
}
