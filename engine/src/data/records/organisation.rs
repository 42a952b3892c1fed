//! What is held on behalf of an organisation, for its own administrators.

use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::holdings::{Holding, of_organisation};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::subjects;
use crate::platform::tenancy::Permit;

/// The organisation that the signed-in person administers, if there is one.
pub async fn administered(engine: &Engine, scope: &Scope) -> Result<Option<Uuid>, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    Ok(row.filter(|row| row.organisation_admin).and_then(|row| row.organisation_id))
}

/// What is held on behalf of an organisation, by category.
pub async fn organisation_holdings(
    engine: &Engine,
    scope: &Scope,
    organisation: Uuid,
) -> Result<Vec<Holding>, Failure> {
    let tx = engine.tenant(on_behalf_of(engine, scope, organisation).await?).read().await?;
    of_organisation(&tx, organisation).await
}

/// Refuses unless what is held on behalf of an organisation may be read: by who
/// administers it, and by the portal where it carries out what was asked.
pub(super) async fn on_behalf_of(
    engine: &Engine,
    scope: &Scope,
    organisation: Uuid,
) -> Result<Permit, Failure> {
    if let Ok(permit) = scope.portal() {
        return Ok(permit);
    }
    match administered(engine, scope).await? {
        Some(theirs) if theirs == organisation => scope.permit(Permission::ControlOwnData),
        _ => Err(Failure::Forbidden(Permission::ControlOwnData)),
    }
}
