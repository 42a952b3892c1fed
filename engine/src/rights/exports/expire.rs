//! Deleting an export whose time is over.

use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};
use crate::platform::scope::Scope;
use crate::platform::storage::exports;

/// Deletes an export whose time is over.
#[derive(Serialize, Deserialize)]
pub(crate) struct ExpireExport(pub Uuid);

impl Job for ExpireExport {
    const NAME: &'static str = "expire-export";
    const LANE: Lane = Lane::Tidying;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        expire(with.engine, with.scope, self.0).await
    }
}

/// Deletes an export's chunks, then destroys its key. To do it again, or after
/// an erasure has done it, changes nothing.
async fn expire(engine: &Engine, scope: &Scope, export: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.write().await?;
    // The chunks go with it.
    tx.delete(exports::Entity::delete_many().filter(exports::Column::Id.eq(export))).await?;
    tx.commit().await?;
    engine.keyring.forget(&db, export).await
}
