//! Messages as staff reads them.

use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::draft::Reason;
use super::receive::unsealable;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::records::{Payload, record_place};
use crate::scope::Scope;
use crate::storage::{Timestamp, messages as table, records, requests, subjects};
use crate::tenancy::ReadTx;

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
    /// The request that it opened.
    pub request: Option<Uuid>,
    /// Whether that request is still open.
    pub open: bool,
    /// Whether somebody's data is frozen because of it.
    pub pauses: bool,
}

/// Messages, the newest first, a page of `limit` from behind the message `after`.
pub async fn messages(
    engine: &Engine,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Message>, Failure> {
    scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(scope.tenant).read().await?;
    // The ids grow with time.
    let mut query = table::Entity::find().order_by_desc(table::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(table::Column::Id.lt(after));
    }
    let rows = tx.all(query).await?;
    open_all(engine, &tx, scope, rows).await
}

/// Reports about children that wait for somebody to look, the oldest first.
pub async fn urgent(engine: &Engine, scope: &Scope) -> Result<Vec<Message>, Failure> {
    scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(scope.tenant).read().await?;
    let waiting = requests::Entity::find()
        .filter(requests::Column::ClosedAt.is_null())
        .filter(requests::Column::SubjectId.is_null())
        .order_by_asc(requests::Column::DueOn)
        .limit(50);
    let waiting = tx.all(waiting).await?.into_iter().map(|row| row.id);
    let query = table::Entity::find()
        .filter(table::Column::RequestId.is_in(waiting.collect::<Vec<_>>()))
        .order_by_asc(table::Column::Id);
    let rows = tx.all(query).await?;
    open_all(engine, &tx, scope, rows).await
}

/// The message of that id.
pub async fn message(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Message>, Failure> {
    scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(scope.tenant).read().await?;
    let row = tx.one(table::Entity::find().filter(table::Column::Id.eq(id))).await?;
    Ok(open_all(engine, &tx, scope, row.into_iter().collect()).await?.pop())
}

/// The message that opened a request.
pub async fn of_request(
    engine: &Engine,
    scope: &Scope,
    request: Uuid,
) -> Result<Option<Uuid>, Failure> {
    scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(scope.tenant).read().await?;
    let which = table::Entity::find().filter(table::Column::RequestId.eq(request));
    Ok(tx.one(which).await?.map(|row| row.id))
}

async fn open_all(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    rows: Vec<table::Model>,
) -> Result<Vec<Message>, Failure> {
    let mut opened = Vec::with_capacity(rows.len());
    for row in rows {
        // Gone a moment ago, or its key is.
        if let Some(message) = open(engine, tx, scope, row).await? {
            opened.push(message);
        }
    }
    Ok(opened)
}

async fn open(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    row: table::Model,
) -> Result<Option<Message>, Failure> {
    let which = records::Entity::find().filter(records::Column::Id.eq(row.record_id));
    let Some(record) = tx.one(which).await? else { return Ok(None) };
    let Some(owner) = record.subject_id else { return Ok(None) };
    let label = record.category.as_str();
    let Some(key) = engine.keyring.one(tx, owner, label).await? else { return Ok(None) };
    let place = record_place(scope.tenant, owner, label, record.id);
    let plain = key.open(place, &record.sealed).map_err(unsealable)?;
    let payload: Payload =
        serde_json::from_slice(&plain).map_err(|_| Failure::corrupt("a message"))?;
    let field = |name: &str| payload.data.get(name).and_then(Value::as_str).map(str::to_owned);
    let open = match row.request_id {
        Some(request) => {
            let open = requests::Entity::find()
                .filter(requests::Column::Id.eq(request))
                .filter(requests::Column::ClosedAt.is_null());
            tx.count(open).await? > 0
        }
        None => false,
    };
    let pauses = match row.paused_subject {
        Some(subject) => {
            let paused = subjects::Entity::find()
                .filter(subjects::Column::Id.eq(subject))
                .filter(subjects::Column::PausedAt.is_not_null());
            tx.count(paused).await? > 0
        }
        None => false,
    };
    Ok(Some(Message {
        id: row.id,
        reference: row.reference,
        reason: Reason::named(&row.reason)
            .ok_or_else(|| Failure::corrupt(format!("reason {}", row.reason)))?,
        received_at: row.received_at,
        verified: row.verified_at.is_some(),
        name: field("name"),
        email: field("email").unwrap_or_default(),
        about: field("about"),
        text: field("text").unwrap_or_default(),
        request: row.request_id,
        open,
        pauses,
    }))
}
