//! Deleting an export whose time is over.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::exports;

/// Deletes an export's chunks, then destroys its key. To do it again, or after
/// an erasure has done it, changes nothing.
pub async fn expire(engine: &Engine, scope: &Scope, export: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.tenant);
    let tx = db.write().await?;
    // The chunks go with it.
    tx.delete(exports::Entity::delete_many().filter(exports::Column::Id.eq(export))).await?;
    tx.commit().await?;
    engine.keyring.forget(&db, export).await
}
