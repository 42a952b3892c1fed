//! Telling the company that one of its systems does not listen.

use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::endpoint;
use super::log::Stand;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::mail::{self, Letter, Link};
use crate::policies;
use crate::scope::Scope;
use crate::storage::webhook_deliveries as table;
use crate::tenancy::WriteTx;

/// How long an endpoint is not told of again, in seconds.
const DAY: i64 = 24 * 3600;

/// Writes to the first contact of the policy that a message was given up, because
/// the endpoint said that it is gone or did not take it for three days: once a day
/// for an endpoint, however many messages are.
pub(super) async fn tell_the_company(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    given_up: &table::Model,
    gone: bool,
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
    let Some(version) = policies::in_force(engine, scope).await? else { return Ok(()) };
    let words = Words::new(version.document.language);
    let path = format!("/studio/webhooks/{}", endpoint.id);
    let text = if gone { "mail-webhook-gone" } else { "mail-webhook-text" };
    let letter = Letter {
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
