//! Hearing events.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::Event;
use super::refresh::RefreshStripe;
use super::settings::Mode;
use super::signature::Signed;
use super::store;
use super::view::customer_hash;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, stripe_connections, stripe_events, stripe_views};
use crate::platform::tenancy::retrying;

/// For how long it is known which events were heard, in seconds. Stripe tries to
/// deliver one for three days.
pub(crate) const REMEMBERED: i64 = 30 * 24 * 3600;

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It was noted, and Stripe is asked again about its customer.
    Noted,
    /// It had been heard before.
    Again,
    /// It is about nobody of whom anything was seen: nothing of it is kept.
    Dropped,
}

/// Why an event was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It was not signed just now by a secret that is known here.
    #[error("the signature is not good")]
    NotSigned,
    /// It is signed, and no event.
    #[error("this is no event of Stripe")]
    NotUnderstood,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for WebhookError {
    fn from(error: DbErr) -> WebhookError {
        WebhookError::Failure(error.into())
    }
}

/// Forgets which events of Stripe were heard long ago.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetStripeEvents;

impl Job for ForgetStripeEvents {
    const NAME: &'static str = "forget-stripe-events";
    const LANE: Lane = Lane::Tidying;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        forget_events(with.engine, with.scope).await
    }
}

/// Where Stripe sends its events.
pub fn webhook_address(engine: &Engine, scope: &Scope) -> Result<String, Failure> {
    engine.link(scope.tenant, "/hooks/stripe")
}

/// Takes an event, if its signature is good: notes that it was heard, that what
/// was seen of its customer is out of date, and that Stripe is to be asked again.
pub async fn receive(
    engine: &Engine,
    scope: &Scope,
    signature: &str,
    body: &[u8],
) -> Result<Received, WebhookError> {
    let scope = scope.as_portal();
    // Before any secret is looked up.
    let signed = Signed::parse(signature, scope.now).ok_or(WebhookError::NotSigned)?;
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let row = store::row(&tx).await?.ok_or(WebhookError::NotSigned)?;
    let secrets = store::secrets(engine, &tx, &row).await?;
    if !signed.is_by(&secrets, body) {
        return Err(WebhookError::NotSigned);
    }
    let event = Event::parse(body).ok_or(WebhookError::NotUnderstood)?;
    let live = store::settings(&row)?.mode == Mode::Live;
    let Some(customer) = event.customer().filter(|_| event.livemode.is_none_or(|of| of == live))
    else {
        return Ok(Received::Dropped);
    };
    let customer = customer_hash(engine, &tx, customer).await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let id = lookup.hash("stripe-event", event.id.as_bytes());
    drop(tx);

    retrying(|| async {
        let tx = db.write().await?;
        // One event after the other, so that the job that forgets them is there once.
        if tx.one(stripe_connections::Entity::find().lock_exclusive()).await?.is_none() {
            return Err(WebhookError::NotSigned);
        }
        let which = stripe_views::Column::CustomerHash.eq(customer.clone());
        let people = tx.all(stripe_views::Entity::find().filter(which.clone())).await?;
        if people.is_empty() {
            return Ok(Received::Dropped);
        }
        let first = tx.one(stripe_events::Entity::find()).await?.is_none();
        let noted = stripe_events::ActiveModel {
            id_hash: Set(id.clone()),
            kind: Set(event.kind.clone()),
            created_at: Set(Timestamp(event.created.saturating_mul(1000))),
            received_at: Set(scope.now),
            ..Default::default()
        };
        if tx.insert_or(noted, OnConflict::new().do_nothing().to_owned()).await? == 0 {
            return Ok(Received::Again);
        }
        if first {
            jobs::enqueue(&tx, &ForgetStripeEvents, scope.now.plus_seconds(REMEMBERED)).await?;
        }
        let changes = Expr::col(stripe_views::Column::Changes).add(1);
        tx.update(
            stripe_views::Entity::update_many()
                .col_expr(stripe_views::Column::Changes, changes)
                .filter(which),
        )
        .await?;
        for person in people {
            jobs::enqueue(&tx, &RefreshStripe(person.subject_id), scope.now).await?;
        }
        audit::enter(&tx, &scope, "stripe.event-heard", &event.kind, json!({})).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(Received::Noted)
    })
    .await
}

/// Forgets which events were heard more than 30 days ago, and comes back for the rest.
pub async fn forget_events(engine: &Engine, scope: &Scope) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    // An event that is being heard waits, and sees what is left.
    tx.one(stripe_connections::Entity::find().lock_exclusive()).await?;
    let old = stripe_events::Column::ReceivedAt.lte(scope.now.plus_seconds(-REMEMBERED));
    tx.delete(stripe_events::Entity::delete_many().filter(old)).await?;
    let oldest =
        stripe_events::Entity::find().order_by_asc(stripe_events::Column::ReceivedAt).limit(1);
    if let Some(oldest) = tx.one(oldest).await? {
        let then = oldest.received_at.plus_seconds(REMEMBERED);
        jobs::enqueue(&tx, &ForgetStripeEvents, then).await?;
    }
    tx.commit().await?;
    Ok(())
}
