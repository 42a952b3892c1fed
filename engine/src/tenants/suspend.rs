//! Closing a tenant's portal for a while.

use domain::roles::Permission;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::json;

use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{sessions, tenants};
use crate::platform::tenancy::retrying;

/// Suspends the tenant, or ends that. Every session ends, and while it lasts
/// nobody can sign in; what is published stays readable, and jobs go on,
/// since legal dates do.
pub async fn suspend(engine: &Engine, scope: &Scope, suspended: bool) -> Result<(), Failure> {
    if scope.actor != Actor::Operator {
        return Err(Failure::Forbidden(Permission::ManageSettings));
    }
    let since = suspended.then_some(scope.now);
    retrying(|| async {
        let tx = engine.tenant(scope.portal()?).write().await?;
        tx.update(
            tenants::Entity::update_many()
                .col_expr(tenants::Column::SuspendedAt, Expr::value(since)),
        )
        .await?;
        if suspended {
            tx.delete(sessions::Entity::delete_many()).await?;
        }
        tx.announce().await?;
        let action = if suspended { "tenant.suspended" } else { "tenant.resumed" };
        audit::enter(&tx, scope, action, scope.tenant, json!({})).await?;
        tx.commit().await?;
        Ok::<_, Failure>(())
    })
    .await?;
    engine.refresh().await?;
    Ok(())
}
