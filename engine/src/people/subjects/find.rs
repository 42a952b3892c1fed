//! Finding a person by the tenant's own id.

use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::joined::now;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::subjects;

/// The subject that the tenant calls by this id, or called so before they were joined
/// with another.
pub async fn find(
    engine: &Engine,
    scope: &Scope,
    source_id: &str,
) -> Result<Option<Uuid>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadRequests)?).read().await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let hash = lookup.hash("subject", source_id.as_bytes());
    let row = subjects::Entity::find().filter(subjects::Column::SourceHash.eq(hash));
    match tx.one(row).await? {
        Some(row) => Ok(Some(now(&tx, row).await?.id)),
        None => Ok(None),
    }
}
