//! Telling people by mail that how they sign in has changed.

use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::address::address_of;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::mail::{self, Letter, Link};
use crate::scope::Scope;
use crate::storage::accounts;
use crate::tenancy::WriteTx;

/// Mails the notice of that name (`NAME-subject` and `NAME-text`) to the address
/// of an account, in the language of its mails, with the way to take it back.
pub(crate) async fn post(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
    name: &str,
) -> Result<(), Failure> {
    let row = tx.one(accounts::Entity::find().filter(accounts::Column::Id.eq(account))).await?;
    let Some(row) = row else { return Ok(()) };
    let Some(to) = address_of(engine, tx, &row).await? else { return Ok(()) };
    let language = row.language.parse().unwrap_or(scope.language);
    let scope = &Scope { language, ..scope.clone() };
    let words = Words::new(language);
    let letter = Letter {
        subject: words.text(&format!("{name}-subject")),
        paragraphs: vec![words.text(&format!("{name}-text")), words.text("mail-notice-next")],
        code: None,
        link: Some(Link {
            label: words.text("mail-notice-link"),
            url: engine.link(scope.tenant, "/forgot")?,
        }),
        why: words.text("mail-notice-why"),
    };
    mail::post(engine, tx, scope, to, letter).await
}
