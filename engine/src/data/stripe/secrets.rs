//! The secrets by which events are told from forged ones.

use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, EntityTrait, QuerySelect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::settings::is_secret;
use super::store::{self, seal};
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::stripe_connections;
use crate::platform::tenancy::{WriteTx, retrying};

/// Why a secret was not stored.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Not `whsec_…`.
    #[error("this is not the secret of a webhook")]
    Shape,
    /// There is no connection that it could be for.
    #[error("Stripe is not connected")]
    NotConnected,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for SecretError {
    fn from(error: DbErr) -> SecretError {
        SecretError::Failure(error.into())
    }
}

/// Takes another secret. The one until now is taken beside it, until it is
/// dropped: Stripe signs with both while it changes them.
pub async fn rotate(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    secret: &SecretString,
) -> Result<(), SecretError> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    if !is_secret(secret.expose_secret()) {
        return Err(SecretError::Shape);
    }
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let row = held(&tx).await?.ok_or(SecretError::NotConnected)?;
        let known = store::secrets(engine, &tx, &row).await?;
        let is_current = row.sealed_secret.is_some()
            && known.first().is_some_and(|known| known.expose_secret() == secret.expose_secret());
        // Sent twice, it must not push the other one out.
        if !is_current {
            let sealed = seal(engine, &tx, "sealed_secret", secret).await?;
            tx.update(
                stripe_connections::Entity::update_many()
                    .col_expr(stripe_connections::Column::SealedSecret, Expr::value(Some(sealed)))
                    .col_expr(
                        stripe_connections::Column::SealedPrevious,
                        Expr::value(row.sealed_secret),
                    ),
            )
            .await?;
            audit::enter(&tx, scope, "stripe.secret-changed", "stripe", json!({})).await?;
            tell_admins(engine, &tx, scope, &Deed::StripeSecret).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}

/// The connection, which nobody else changes: of two who take another secret at once, the
/// second keeps the first one's beside its own.
async fn held(tx: &WriteTx) -> Result<Option<stripe_connections::Model>, Failure> {
    Ok(tx.one(stripe_connections::Entity::find().lock_exclusive()).await?)
}

/// Takes the secret before no longer. False if there is none.
pub async fn drop_previous(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
) -> Result<bool, Failure> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let row = held(&tx).await?;
        let dropped = row.is_some_and(|row| row.sealed_previous.is_some());
        if dropped {
            tx.update(stripe_connections::Entity::update_many().col_expr(
                stripe_connections::Column::SealedPrevious,
                Expr::value(None::<Vec<u8>>),
            ))
            .await?;
            audit::enter(&tx, scope, "stripe.secret-dropped", "stripe", json!({})).await?;
            tell_admins(engine, &tx, scope, &Deed::StripeSecretEnded).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(dropped)
    })
    .await
}
