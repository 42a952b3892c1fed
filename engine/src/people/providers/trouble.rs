//! What was wrong the last time that a provider's word was not taken, for the admin: the
//! person who was turned away can seldom mend it.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::reason::Reason;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, providers};
use domain::roles::Permission;

/// The last trouble with a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What was wrong; nothing of what was said.
    pub what: String,
    /// When.
    pub at: Timestamp,
}

/// Takes note of what the admin, or the provider, has to mend; of nothing else.
pub(super) async fn note(
    engine: &Engine,
    scope: &Scope,
    slug: &str,
    reason: &Reason,
) -> Result<(), Failure> {
    let Some(what) = named(reason) else { return Ok(()) };
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    tx.update(
        providers::Entity::update_many()
            .col_expr(providers::Column::Trouble, Expr::value(Some(what)))
            .col_expr(providers::Column::TroubleAt, Expr::value(Some(scope.now)))
            .filter(providers::Column::Slug.eq(slug)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The name of a trouble. What is not believed is named behind a colon.
fn named(reason: &Reason) -> Option<String> {
    Some(match reason {
        Reason::Unreachable(_) => "unreachable".to_owned(),
        Reason::NotTaken => "not-taken".to_owned(),
        Reason::NotBelieved(what) => format!("not-believed:{what}"),
        Reason::NoAddress => "no-address".to_owned(),
        Reason::Unverified => "unverified".to_owned(),
        Reason::Unsaid => "unsaid".to_owned(),
        Reason::NotFresh => "not-fresh".to_owned(),
        _ => return None,
    })
}
