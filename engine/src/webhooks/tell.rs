//! Writing down what endpoints are to be told, with the change that it tells of.

use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::breaker;
use super::deliver::{DeliverWebhook, ForgetWebhook};
use super::endpoint::{self, events};
use super::event::Event;
use super::log::Stand;
use super::schedule::KEPT;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::{Place, WEBHOOK};
use crate::platform::scope::Scope;
use crate::platform::storage::{webhook_deliveries, webhook_endpoints};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// Tells every endpoint that wants to know, if the transaction commits. Ring
/// `engine.work` after that.
pub async fn tell(
    tx: &WriteTx,
    engine: &Engine,
    scope: &Scope,
    event: &Event,
) -> Result<(), Failure> {
    let told =
        webhook_endpoints::Entity::find().filter(webhook_endpoints::Column::DisabledAt.is_null());
    for row in tx.all(told).await? {
        if events(&row).contains(&event.kind()) {
            enqueue(tx, engine, scope, row.id, event).await?;
        }
    }
    Ok(())
}

/// Sends a test to one endpoint, whatever it is told of otherwise. False if there
/// is none.
pub async fn test(engine: &Engine, scope: &Scope, id: Uuid) -> Result<bool, Failure> {
    let permit = scope.permit(Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        if endpoint::row(&tx, id).await?.is_none() {
            return Ok(false);
        }
        breaker::wake(&tx, scope, id).await?;
        enqueue(&tx, engine, scope, id, &Event::Test {}).await?;
        audit::enter(&tx, scope, "webhook.tested", id, json!({})).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(true)
    })
    .await
}

/// Sealed like a mail in the outbox: with a key of its own, which goes when it is
/// delivered.
async fn enqueue(
    tx: &WriteTx,
    engine: &Engine,
    scope: &Scope,
    endpoint: Uuid,
    event: &Event,
) -> Result<(), Failure> {
    let id = Uuid::now_v7();
    let payload = event.payload(scope.now)?;
    let key = engine.keyring.ensure_one(tx, id, WEBHOOK).await?;
    let sealed =
        key.seal(place(tx, id), payload.as_bytes()).map_err(|e| Failure::Keyring(e.into()))?;
    tx.insert(webhook_deliveries::ActiveModel {
        id: Set(id),
        endpoint_id: Set(endpoint),
        event: Set(event.kind().name().to_owned()),
        sealed: Set(Some(sealed)),
        state: Set(Stand::Waiting.name().to_owned()),
        attempts: Set(0),
        created_at: Set(scope.now),
        next_at: Set(Some(scope.now)),
        tried_at: Set(None),
        status: Set(None),
        trouble: Set(None),
        ..Default::default()
    })
    .await?;
    jobs::enqueue(tx, &DeliverWebhook(id), scope.now).await?;
    jobs::enqueue(tx, &ForgetWebhook(id), scope.now.plus_seconds(KEPT)).await?;
    Ok(())
}

pub(super) fn place(tx: &ReadTx, id: Uuid) -> Place<'static> {
    Place { tenant: tx.tenant(), owner: id, label: WEBHOOK, row: id, column: "webhook_deliveries" }
}
