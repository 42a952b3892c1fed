//! Listing and revoking tokens.

use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::token::Token;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::api_tokens;
use crate::platform::tenancy::retrying;

/// The tokens of the tenant, the newest first.
pub async fn list(engine: &Engine, scope: &Scope) -> Result<Vec<Token>, Failure> {
    let permit = scope.permit(Permission::ReadSettings)?;
    let tx = engine.tenant(permit).read().await?;
    let all = api_tokens::Entity::find().order_by_desc(api_tokens::Column::Id);
    Ok(tx.all(all).await?.into_iter().map(Token::from).collect())
}

/// Revokes a token: from now on it opens nothing. The answer is whether there
/// was one.
pub async fn revoke(engine: &Engine, scope: &Scope, id: Uuid) -> Result<bool, Failure> {
    let permit = scope.permit(Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let gone = tx
            .delete(api_tokens::Entity::delete_many().filter(api_tokens::Column::Id.eq(id)))
            .await?;
        if gone == 0 {
            return Ok(false);
        }
        audit::enter(&tx, scope, "token.revoked", id, json!({})).await?;
        tx.commit().await?;
        Ok(true)
    })
    .await
}
