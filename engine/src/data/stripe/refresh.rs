//! Asking again after an event.

use std::time::Duration;

use domain::holds::Act;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ask::picture_of;
use super::error::StripeError;
use super::store::with_key;
use super::view::{self, Asked};
use crate::data::holds;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};
use crate::platform::scope::Scope;

/// Asks Stripe again what it holds about a person, after an event.
#[derive(Serialize, Deserialize)]
pub(crate) struct RefreshStripe(pub Uuid);

impl Job for RefreshStripe {
    const NAME: &'static str = "refresh-stripe";
    const LANE: Lane = Lane::Webhooks;
    const LIMIT: Duration = Duration::from_secs(120);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        refresh(with.engine, with.scope, self.0).await
    }
}

/// Asks what Stripe holds about a person now, if an event has said that it
/// changed and nobody has asked since. However often and in whatever order
/// events come, the end is what Stripe says. While nothing new is taken in about the
/// person, nobody asks unless they look themselves.
pub async fn refresh(engine: &Engine, scope: &Scope, subject: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let last = view::last(engine, &tx, subject).await?;
    let Some(last) = last.filter(|last| last.changes > last.seen) else { return Ok(()) };
    let new_data = holds::blocks(&tx, scope.now, subject, Some(&last.category), Act::NewData);
    if new_data.await?.is_some() {
        return Ok(());
    }
    let Some(connection) = with_key(engine, &tx).await? else { return Ok(()) };
    drop(tx);

    let asked = Asked {
        subject,
        category: &last.category,
        connected_at: connection.connected_at,
        changes: last.changes,
    };
    match picture_of(&connection.client(engine), &last.picture.customer).await {
        Ok(picture) => view::keep(engine, scope, &asked, &picture).await,
        Err(StripeError::Unknown) => {
            let tx = db.write().await?;
            view::forget(&tx, subject).await?;
            tx.commit().await?;
            Ok(())
        }
        Err(error) if error.passes() => Err(Failure::CutOff(error.to_string())),
        // To ask again with the same key would help nobody: the page says what it is.
        Err(error) => {
            tracing::warn!(%error, "Stripe was asked after an event, in vain");
            Ok(())
        }
    }
}
