//! What was sent to an endpoint, and sending it again.

use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::breaker;
use super::deliver::DeliverWebhook;
use super::event::EventType;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, webhook_deliveries as table};
use crate::platform::tenancy::retrying;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// It is tried, or tried again.
    Waiting,
    /// The endpoint has taken it.
    Delivered,
    /// It was given up.
    Failed,
}

impl Stand {
    /// Every one.
    pub const ALL: [Stand; 3] = [Stand::Waiting, Stand::Delivered, Stand::Failed];

    /// The name under which it is stored and looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            Stand::Waiting => "waiting",
            Stand::Delivered => "delivered",
            Stand::Failed => "failed",
        }
    }
}

/// A line of the log. It has no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id; `msg_` and this is what the endpoint knows it by.
    pub id: Uuid,
    /// Whom it was for.
    pub endpoint: Uuid,
    /// What it tells of; nothing if only a newer version knows.
    pub event: Option<EventType>,
    /// Where it stands; nothing if only a newer version knows.
    pub stand: Option<Stand>,
    /// Whether it waits for its endpoint to answer again.
    pub held: bool,
    /// How often it was tried.
    pub attempts: i64,
    /// When it happened.
    pub created_at: Timestamp,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// What the endpoint answered last.
    pub status: Option<i64>,
    /// Why there was no answer: `private`, `unknown`, `slow`, `address`, `large`,
    /// `unreachable` or `off`.
    pub trouble: Option<String>,
}

/// The newest lines of an endpoint's log, at most `limit`, older than `before`.
pub async fn deliveries(
    engine: &Engine,
    scope: &Scope,
    endpoint: Uuid,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Delivery>, Failure> {
    let permit = scope.permit(Permission::ReadSettings)?;
    let tx = engine.tenant(permit).read().await?;
    let mut query = table::Entity::find()
        .filter(table::Column::EndpointId.eq(endpoint))
        .order_by_desc(table::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(table::Column::Id.lt(before));
    }
    Ok(tx.all(query).await?.into_iter().map(Delivery::from).collect())
}

/// Sends something once more that was not taken yet, now; the answer is its
/// endpoint, or nothing where there is nothing left to send.
pub async fn again(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Uuid>, Failure> {
    let permit = scope.permit(Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let which = || table::Column::Id.eq(id);
        let Some(row) = tx.one(table::Entity::find().filter(which())).await? else {
            return Ok(None);
        };
        let update = table::Entity::update_many()
            .col_expr(table::Column::State, Expr::value(Stand::Waiting.name()))
            .col_expr(table::Column::NextAt, Expr::value(Some(scope.now)))
            .filter(which())
            .filter(table::Column::State.is_in([Stand::Waiting.name(), Stand::Failed.name()]));
        // What is delivered already was to be delivered.
        if tx.update(update).await? > 0 {
            breaker::wake(&tx, scope, row.endpoint_id).await?;
            jobs::enqueue(&tx, &DeliverWebhook(id), scope.now).await?;
            let details = json!({ "endpoint": row.endpoint_id });
            audit::enter(&tx, scope, "webhook.sent-again", id, details).await?;
            tx.commit().await?;
            engine.work.notify_one();
        }
        Ok(Some(row.endpoint_id))
    })
    .await
}

impl From<table::Model> for Delivery {
    fn from(row: table::Model) -> Delivery {
        let stand = Stand::ALL.into_iter().find(|stand| stand.name() == row.state);
        Delivery {
            id: row.id,
            endpoint: row.endpoint_id,
            event: EventType::named(&row.event),
            stand,
            held: stand == Some(Stand::Waiting) && row.next_at.is_none(),
            attempts: row.attempts,
            created_at: row.created_at,
            next_at: row.next_at,
            status: row.status,
            trouble: row.trouble,
        }
    }
}
