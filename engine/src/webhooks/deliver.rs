//! Handing something over to an endpoint.

use std::time::Duration;

use http::StatusCode;
use http::header::CONTENT_TYPE;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP};
use uuid::Uuid;

use super::log::Stand;
use super::schedule::next_try;
use super::{breaker, endpoint, given_up, secret, tell};
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::egress::EgressError;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::keyring::WEBHOOK;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, webhook_deliveries as table, webhook_endpoints};

/// What came of an attempt.
enum Outcome {
    /// The endpoint answered with this status.
    Answered(StatusCode),
    /// It did not, by the name of the reason.
    Silent(&'static str),
    /// It is told nothing at the moment.
    Off,
}

/// Tells an endpoint what it waits for.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeliverWebhook(pub Uuid);

impl Job for DeliverWebhook {
    const NAME: &'static str = "deliver-webhook";
    const LANE: Lane = Lane::Webhooks;
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        deliver(with.engine, with.scope, self.0).await
    }
}

/// Takes a line out of an endpoint's log when its time is over.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetWebhook(pub Uuid);

impl Job for ForgetWebhook {
    const NAME: &'static str = "forget-webhook";
    const LANE: Lane = Lane::Tidying;
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        forget(with.engine, with.scope, self.0).await
    }
}

/// Tries to deliver what an endpoint waits for.
///
/// Killed after sending and before that is noted, it is sent again with the same
/// `webhook-id`, by which the endpoint knows it. Begun again after it was noted,
/// there is nothing to do: the next attempt is a job of its own.
pub async fn deliver(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let row = tx.one(table::Entity::find().filter(table::Column::Id.eq(id))).await?;
    let (Some(row), Some(key)) = (row, engine.keyring.one(&tx, id, WEBHOOK).await?) else {
        drop(tx);
        return engine.keyring.forget(&db, id).await;
    };
    let (Some(sealed), Some(target)) = (&row.sealed, endpoint::row(&tx, row.endpoint_id).await?)
    else {
        drop(tx);
        return engine.keyring.forget(&db, id).await;
    };
    // What is held has no time of its own.
    let due = row.next_at.is_none_or(|at| at <= scope.now);
    if row.state != Stand::Waiting.name() || !due {
        return Ok(());
    }
    let plain = key.open(tell::place(&tx, id), sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let secrets = secret::open(engine, &tx, &target).await?;
    drop(tx);

    if target.rests_until.is_some() && target.disabled_at.is_none() {
        let tx = db.write().await?;
        let may_send = breaker::may_send(&tx, scope, &row).await?;
        tx.commit().await?;
        if !may_send {
            return Ok(());
        }
    }
    let outcome = if target.disabled_at.is_some() {
        Outcome::Off
    } else {
        // What a failed conversion says could quote the payload.
        let body = std::str::from_utf8(&plain).map_err(|_| Failure::corrupt("a payload"))?;
        let name = format!("msg_{}", id.simple());
        let request = http::Request::post(&target.url)
            .header(CONTENT_TYPE, "application/json")
            .header(HEADER_WEBHOOK_ID, &name)
            .header(HEADER_WEBHOOK_TIMESTAMP, secret::seconds(scope.now))
            .header(HEADER_WEBHOOK_SIGNATURE, secrets.sign(&name, scope.now, body)?)
            .body(plain.to_vec())
            .map_err(Failure::corrupt)?;
        match engine.egress().send(request).await {
            Ok(answer) => Outcome::Answered(answer.status()),
            Err(error) => Outcome::Silent(reason(&error)),
        }
    };
    note(engine, scope, &row, &outcome).await?;
    if outcome.is_taken() {
        engine.keyring.forget(&db, id).await?;
    }
    Ok(())
}

/// Takes a line out of the log, and with it what was never delivered. To do it
/// again changes nothing.
async fn forget(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.write().await?;
    tx.delete(table::Entity::delete_many().filter(table::Column::Id.eq(id))).await?;
    tx.commit().await?;
    engine.keyring.forget(&db, id).await
}

impl Outcome {
    fn is_taken(&self) -> bool {
        matches!(self, Outcome::Answered(status) if status.is_success())
    }
}

/// Writes down what came of it, and promises the next attempt.
async fn note(
    engine: &Engine,
    scope: &Scope,
    row: &table::Model,
    outcome: &Outcome,
) -> Result<(), Failure> {
    let attempts = row.attempts + 1;
    let (status, trouble) = match outcome {
        Outcome::Answered(status) => (Some(i64::from(status.as_u16())), None),
        Outcome::Silent(reason) => (None, Some(*reason)),
        Outcome::Off => (None, Some("off")),
    };
    let gone = matches!(outcome, Outcome::Answered(StatusCode::GONE));
    let next = match outcome {
        _ if gone || outcome.is_taken() => None,
        Outcome::Off => None,
        _ => next_try(row.created_at, attempts, scope.now),
    };
    let stand = match (outcome.is_taken(), next) {
        (true, _) => Stand::Delivered,
        (false, Some(_)) => Stand::Waiting,
        (false, None) => Stand::Failed,
    };

    let version = match stand {
        Stand::Failed => given_up::policy(engine, scope).await?,
        _ => None,
    };
    let tx = engine.tenant(scope.portal()?).write().await?;
    match outcome {
        Outcome::Off => {}
        _ if gone || outcome.is_taken() => {
            breaker::answered(&tx, scope, row.endpoint_id).await?;
        }
        _ => breaker::missed(&tx, scope, row.endpoint_id).await?,
    }
    let mut update = table::Entity::update_many()
        .col_expr(table::Column::State, Expr::value(stand.name()))
        .col_expr(table::Column::Attempts, Expr::value(attempts))
        .col_expr(table::Column::TriedAt, Expr::value(Some(scope.now)))
        .col_expr(table::Column::NextAt, Expr::value(next))
        .col_expr(table::Column::Status, Expr::value(status))
        .col_expr(table::Column::Trouble, Expr::value(trouble))
        .filter(table::Column::Id.eq(row.id))
        .filter(table::Column::State.eq(Stand::Waiting.name()))
        .filter(table::Column::Attempts.eq(row.attempts));
    if stand == Stand::Delivered {
        update = update.col_expr(table::Column::Sealed, Expr::value(None::<Vec<u8>>));
    }
    if tx.update(update).await? == 0 {
        // Somebody else was faster, and has promised what follows.
        return Ok(());
    }
    if let Some(next) = next {
        jobs::enqueue(&tx, &DeliverWebhook(row.id), next).await?;
    }
    if stand == Stand::Failed {
        let details = json!({ "endpoint": row.endpoint_id, "event": row.event });
        audit::enter(&tx, scope, "webhook.given-up", row.id, details).await?;
        // Of one that was turned off, the company was told when that happened.
        if !matches!(outcome, Outcome::Off) {
            given_up::tell_the_company(engine, &tx, scope, version.as_deref(), (row, gone)).await?;
        }
    }
    if gone {
        let off = webhook_endpoints::Entity::update_many()
            .col_expr(
                webhook_endpoints::Column::DisabledAt,
                Expr::value(Some::<Timestamp>(scope.now)),
            )
            .filter(webhook_endpoints::Column::Id.eq(row.endpoint_id));
        tx.update(off).await?;
        audit::enter(&tx, scope, "webhook.disabled", row.endpoint_id, json!({})).await?;
    }
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

fn reason(error: &EgressError) -> &'static str {
    match error {
        EgressError::Address(_) => "address",
        EgressError::Private(_) => "private",
        EgressError::Unknown(_) => "unknown",
        EgressError::Slow(_) => "slow",
        EgressError::TooLarge(_) => "large",
        EgressError::Unreachable { .. } => "unreachable",
    }
}
