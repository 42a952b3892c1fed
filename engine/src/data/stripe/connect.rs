//! Connecting an account at Stripe, testing it, and ending that.

use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use secrecy::ExposeSecret;
use serde_json::json;

use super::ask::may_read;
use super::client::Client;
use super::error::StripeError;
use super::settings::{Described, Mistake, Settings};
use super::store::{self, FORMAT, seal, with_key};
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{stripe_connections, stripe_events, stripe_views};
use crate::platform::tenancy::retrying;

/// Why nothing was connected, or why the test failed.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Something that was typed is wrong.
    #[error("some of it is wrong")]
    Mistakes(Vec<Mistake>),
    /// Stripe does not take it.
    #[error(transparent)]
    Stripe(#[from] StripeError),
    /// There is no connection.
    #[error("Stripe is not connected")]
    NotConnected,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for ConnectError {
    fn from(error: DbErr) -> ConnectError {
        ConnectError::Failure(error.into())
    }
}

/// Connects an account, in place of the one before, once Stripe has answered to
/// the key.
pub async fn connect(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    described: &Described,
) -> Result<(), ConnectError> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    let settings = described.checked().map_err(ConnectError::Mistakes)?;
    let (egress, base_url) = (engine.egress(), settings.base_url.as_str());
    may_read(&Client { egress, base_url, key: &described.key }).await?;

    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let before = store::row(&tx).await?;
        let place = |settings: &Settings| (settings.base_url.clone(), settings.mode);
        let same = match &before {
            Some(row) => place(&store::settings(row)?) == place(&settings),
            None => false,
        };
        if let Some(before) = &before {
            FORMAT.read_to_change::<Settings>(before.settings.as_bytes())?;
        }
        // Another key for the same account: its webhook goes on as it was.
        let (secret, previous) = match before.filter(|_| same) {
            Some(row) => (row.sealed_secret, row.sealed_previous),
            None => (None, None),
        };
        let (secret, previous) = if described.secret.expose_secret().is_empty() {
            (secret, previous)
        } else {
            (Some(seal(engine, &tx, "sealed_secret", &described.secret).await?), secret)
        };
        tx.delete(stripe_connections::Entity::delete_many()).await?;
        // It may be another account, in which people are called otherwise.
        tx.delete(stripe_views::Entity::delete_many()).await?;
        tx.insert(stripe_connections::ActiveModel {
            settings: Set(FORMAT.write_text(&settings)?),
            sealed_key: Set(seal(engine, &tx, "sealed_key", &described.key).await?),
            sealed_secret: Set(secret),
            sealed_previous: Set(previous),
            connected_at: Set(scope.now),
            ..Default::default()
        })
        .await?;
        let details = json!({ "mode": settings.mode.name(), "restricted": settings.restricted });
        audit::enter(&tx, scope, "stripe.connected", "stripe", details).await?;
        tell_admins(engine, &tx, scope, &Deed::StripeConnected).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}

/// Asks whether the stored key may still read all that is shown. Nothing is changed.
pub async fn check(engine: &Engine, scope: &Scope) -> Result<(), ConnectError> {
    let permit = scope.permit(Permission::ManageSettings)?;
    let tx = engine.tenant(permit).read().await?;
    let connection = with_key(engine, &tx).await?.ok_or(ConnectError::NotConnected)?;
    drop(tx);
    Ok(may_read(&connection.client(engine)).await?)
}

/// Ends the connection, and forgets all that was seen by it. False if there is none.
pub async fn remove(engine: &Engine, scope: &Scope, confirmed: Confirmed) -> Result<bool, Failure> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let removed = tx.delete(stripe_connections::Entity::delete_many()).await?;
        tx.delete(stripe_views::Entity::delete_many()).await?;
        tx.delete(stripe_events::Entity::delete_many()).await?;
        if removed > 0 {
            audit::enter(&tx, scope, "stripe.removed", "stripe", json!({})).await?;
            tell_admins(engine, &tx, scope, &Deed::StripeRemoved).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(removed > 0)
    })
    .await
}
