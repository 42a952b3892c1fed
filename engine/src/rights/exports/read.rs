//! Reading an export's state and its chunks.

use domain::identifiers::TenantId;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{EXPORT, KeyringError, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, export_chunks, exports};

/// An export as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: Uuid,
    /// Whether it can be downloaded.
    pub ready: bool,
    /// Records written so far.
    pub done: u64,
    /// Records to write.
    pub total: u64,
    /// Bytes of the ZIP.
    pub size: u64,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it is deleted.
    pub expires_at: Timestamp,
}

/// The signed-in person's latest export that has not expired.
pub async fn latest(engine: &Engine, scope: &Scope) -> Result<Option<Export>, Failure> {
    let query = exports::Entity::find().order_by_desc(exports::Column::AskedAt);
    find(engine, scope, query).await
}

/// The signed-in person's export of that id.
pub async fn export(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Export>, Failure> {
    find(engine, scope, exports::Entity::find().filter(exports::Column::Id.eq(id))).await
}

async fn find(
    engine: &Engine,
    scope: &Scope,
    query: sea_orm::Select<exports::Entity>,
) -> Result<Option<Export>, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let row = tx
        .one(
            query
                .filter(exports::Column::SubjectId.eq(subject))
                .filter(exports::Column::ExpiresAt.gt(scope.now)),
        )
        .await?;
    Ok(row.map(|row| Export {
        id: row.id,
        ready: row.state == "ready",
        done: u64::try_from(row.done).unwrap_or_default(),
        total: u64::try_from(row.total).unwrap_or_default(),
        size: u64::try_from(row.size).unwrap_or_default(),
        asked_at: row.asked_at,
        expires_at: row.expires_at,
    }))
}

/// A chunk of an export, opened; `None` behind the last one.
pub async fn chunk(
    engine: &Engine,
    scope: &Scope,
    export: Uuid,
    number: i64,
) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let row = tx
        .one(
            export_chunks::Entity::find()
                .filter(export_chunks::Column::ExportId.eq(export))
                .filter(export_chunks::Column::Number.eq(number)),
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let key = engine
        .keyring
        .one(&tx, export, EXPORT)
        .await?
        .ok_or(Failure::Keyring(KeyringError::Gone))?;
    key.open(chunk_place(scope.tenant, export, number), &row.sealed)
        .map(Some)
        .map_err(|e| Failure::Keyring(e.into()))
}

/// Where a chunk belongs: a chunk moved to another number does not open.
pub(super) fn chunk_place(tenant: TenantId, export: Uuid, number: i64) -> Place<'static> {
    Place {
        tenant,
        owner: export,
        label: EXPORT,
        row: Uuid::from_u128(u128::from(number.unsigned_abs())),
        column: "export_chunks.sealed",
    }
}
