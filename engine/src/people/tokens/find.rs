//! Whose token it is.

use domain::grants::Grants;
use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::token::{Bearer, grants_of};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::api_tokens;

/// How exact "last used" is, in seconds: most requests need not write.
const USED: i64 = 60;

/// Why a token is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is none such here, or it was revoked.
    #[error("this token is not known here")]
    Unknown,
    /// Its time is over.
    #[error("this token has expired")]
    Expired,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for TokenError {
    fn from(error: DbErr) -> TokenError {
        TokenError::Failure(error.into())
    }
}

/// The token's id and what it allows, if it is one of this tenant and its time
/// is not over.
pub async fn find(
    engine: &Engine,
    scope: &Scope,
    bearer: &Bearer,
) -> Result<(Uuid, Grants), TokenError> {
    let db = engine.tenant(scope.permit(Permission::SignIn)?);
    let by_hash =
        api_tokens::Entity::find().filter(api_tokens::Column::TokenHash.eq(bearer.0.hash()));
    let row = db.read().await?.one(by_hash).await?.ok_or(TokenError::Unknown)?;
    if row.expires_at <= scope.now {
        return Err(TokenError::Expired);
    }
    if row.used_at.is_none_or(|used| used.plus_seconds(USED) <= scope.now) {
        let tx = db.write().await?;
        tx.update(
            api_tokens::Entity::update_many()
                .col_expr(api_tokens::Column::UsedAt, Expr::value(Some(scope.now)))
                .filter(api_tokens::Column::Id.eq(row.id)),
        )
        .await?;
        tx.commit().await?;
    }
    Ok((row.id, grants_of(&row, scope.now)))
}
