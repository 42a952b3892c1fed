//! Telling the company that one of its systems does not listen.

use std::sync::Arc;

use domain::words::Words;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::breaker::held;
use super::endpoint;
use super::log::Stand;
use super::schedule::overdue;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::Scope;
use crate::platform::storage::webhook_deliveries as table;
use crate::platform::tenancy::WriteTx;
use crate::policies::{self, Version};

/// How long an endpoint is not told of again, in seconds.
const DAY: i64 = 24 * 3600;

/// How many are given up in one transaction.
const AT_ONCE: u64 = 100;

/// Gives up what is held for an endpoint that still rests and has happened three
/// days ago or more.
pub(super) async fn give_up_overdue(
    engine: &Engine,
    scope: &Scope,
    endpoint: Uuid,
) -> Result<(), Failure> {
    let version = policy(engine, scope).await?;
    loop {
        let tx = engine.tenant(scope.portal()?).write().await?;
        let row = endpoint::row(&tx, endpoint).await?;
        if row.is_none_or(|row| row.rests_until.is_none()) {
            return Ok(());
        }
        let old = table::Column::CreatedAt.lte(overdue(scope.now));
        let some = tx.all(held(endpoint).filter(old).limit(AT_ONCE)).await?;
        let Some(first) = some.first() else { return Ok(()) };
        tell_the_company(engine, &tx, scope, version.as_deref(), (first, false)).await?;
        let given_up = table::Entity::update_many()
            .col_expr(table::Column::State, Expr::value(Stand::Failed.name()))
            .col_expr(table::Column::TriedAt, Expr::value(Some(scope.now)))
            .filter(table::Column::Id.is_in(some.iter().map(|row| row.id)));
        tx.update(given_up).await?;
        for row in &some {
            let details = json!({ "endpoint": endpoint, "event": row.event });
            audit::enter(&tx, scope, "webhook.given-up", row.id, details).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
    }
}

/// The policy whose first contact is told; nobody is where only a newer version can
/// read it.
pub(super) async fn policy(
    engine: &Engine,
    scope: &Scope,
) -> Result<Option<Arc<Version>>, Failure> {
    match policies::in_force(engine, scope).await {
        Err(Failure::Newer(_)) => Ok(None),
        read => read,
    }
}

/// Writes to the first contact of the policy that a message was given up, because
/// the endpoint said that it is gone or did not take it for three days: once a day
/// for an endpoint, however many messages are.
pub(super) async fn tell_the_company(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    version: Option<&Version>,
    (given_up, gone): (&table::Model, bool),
) -> Result<(), Failure> {
    let others = table::Entity::find()
        .filter(table::Column::EndpointId.eq(given_up.endpoint_id))
        .filter(table::Column::Id.ne(given_up.id))
        .filter(table::Column::State.eq(Stand::Failed.name()))
        .filter(table::Column::TriedAt.gt(scope.now.plus_seconds(-DAY)));
    if tx.count(others).await? > 0 {
        return Ok(());
    }
    let Some(endpoint) = endpoint::row(tx, given_up.endpoint_id).await? else { return Ok(()) };
    let Some(version) = version else { return Ok(()) };
    let words = Words::new(version.document.language);
    let path = format!("/studio/webhooks/{}", endpoint.id);
    let text = if gone { "mail-webhook-gone" } else { "mail-webhook-text" };
    let letter = Letter {
        language: words.language(),
        subject: words.text("mail-webhook-subject"),
        paragraphs: vec![
            words.with(text, &[("url", endpoint.url.into())]),
            words.text("mail-webhook-kept"),
        ],
        code: None,
        link: Some(Link {
            label: words.text("mail-webhook-link"),
            url: engine.link(scope.tenant, &path)?,
        }),
        why: words.text("mail-webhook-why"),
    };
    mail::post_to_company(engine, tx, scope, &version.document, letter).await?;
    Ok(())
}
