//! Typing the password once more before something that cannot be taken back.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::{Actor, Scope};
use crate::storage::accounts;

/// Why it was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum NotConfirmed {
    /// The password is wrong.
    #[error("the password is not right")]
    Mismatch,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Confirms that whoever acts knows the password of their account.
pub async fn confirm_password(
    engine: &Engine,
    scope: &Scope,
    password: SecretString,
) -> Result<(), NotConfirmed> {
    let Actor::Account { id, .. } = scope.actor else {
        return Err(NotConfirmed::Mismatch);
    };
    let tx = engine.tenant(scope.tenant).read().await.map_err(Failure::from)?;
    let account = tx
        .one(accounts::Entity::find().filter(accounts::Column::Id.eq(id)))
        .await
        .map_err(Failure::from)?;
    drop(tx);
    let hash = account.map(|account| account.password_hash);
    if engine.passwords.check(password, hash).await? { Ok(()) } else { Err(NotConfirmed::Mismatch) }
}
