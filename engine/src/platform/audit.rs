//! Who did what: an entry commits with the change that it tells of.

use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::audit_entries;
use crate::platform::tenancy::WriteTx;

/// Writes an entry. `details` must not hold personal data: ids and numbers only.
pub async fn enter(
    tx: &WriteTx,
    scope: &Scope,
    action: &'static str,
    target: impl ToString + Send,
    details: Value,
) -> Result<(), DbErr> {
    tx.insert(audit_entries::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(scope.now),
        actor: Set(scope.actor.to_string()),
        action: Set(action.to_owned()),
        target: Set(target.to_string()),
        details: Set(details.to_string()),
        request_id: Set(scope.request_id),
        ..Default::default()
    })
    .await
}

/// The latest entries, the newest first.
pub async fn latest(
    engine: &Engine,
    scope: &Scope,
    most: u64,
) -> Result<Vec<audit_entries::Model>, Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    Ok(tx
        .all(audit_entries::Entity::find().order_by_desc(audit_entries::Column::Id).limit(most))
        .await?)
}
