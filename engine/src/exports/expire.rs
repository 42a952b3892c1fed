//! Deleting an export whose time is over.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::{data_keys, exports};

/// Deletes an export's chunks, then destroys its key. To do it again, or after
/// an erasure has done it, changes nothing.
pub async fn expire(engine: &Engine, scope: &Scope, export: Uuid) -> Result<(), Failure> {
    let which = data_keys::Column::OwnerId.eq(export);
    let tx = engine.tenant(scope.tenant).write().await?;
    let keys: Vec<Uuid> = tx
        .all(data_keys::Entity::find().filter(which.clone()))
        .await?
        .into_iter()
        .map(|row| row.key_id)
        .collect();
    // The chunks go with it.
    tx.delete(exports::Entity::delete_many().filter(exports::Column::Id.eq(export))).await?;
    tx.commit().await?;
    engine.keyring.destroy(scope.tenant, &keys).await?;
    let tx = engine.tenant(scope.tenant).write().await?;
    tx.delete(data_keys::Entity::delete_many().filter(which)).await?;
    tx.commit().await?;
    Ok(())
}
