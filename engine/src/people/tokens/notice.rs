//! Telling the company of tokens that are going to allow less.

use domain::identifiers::Language;
use domain::words::Words;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::token::{NOTICE, Token, WORDING};
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, api_tokens};

/// Gives the tokens that are read by a wording of old a day on which that ends, and
/// writes to their companies, once. Every start asks for it.
pub async fn give_notice(engine: &Engine, now: Timestamp) -> Result<(), Failure> {
    for tenant in engine.directory.tenants() {
        let scope = Scope {
            tenant: tenant.id,
            zone: tenant.zone.clone(),
            actor: Actor::Portal,
            language: Language::default(),
            now,
            request_id: Uuid::now_v7(),
        };
        notice_of(engine, &scope).await?;
    }
    Ok(())
}

async fn notice_of(engine: &Engine, scope: &Scope) -> Result<(), Failure> {
    let unnoticed =
        api_tokens::Column::Wording.lt(WORDING).and(api_tokens::Column::OldUntil.is_null());
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let found = tx.count(api_tokens::Entity::find().filter(unnoticed.clone())).await?;
    drop(tx);
    if found == 0 {
        return Ok(());
    }
    let policy = engine.policy(scope).await?;
    let tx = db.write().await?;
    let until = scope.now.plus_seconds(NOTICE);
    let concerned = tx.all(api_tokens::Entity::find().filter(unnoticed.clone())).await?;
    // Another node may be starting at the same time.
    let given = tx
        .update(
            api_tokens::Entity::update_many()
                .col_expr(api_tokens::Column::OldUntil, Expr::value(Some(until)))
                .filter(unnoticed),
        )
        .await?;
    let losing: Vec<Token> = concerned
        .into_iter()
        .map(|row| Token::from(api_tokens::Model { old_until: Some(until), ..row }))
        .filter(|token| token.old_until.is_some_and(|until| until > scope.now))
        .collect();
    if given == 0 || losing.is_empty() {
        tx.commit().await?;
        return Ok(());
    }
    if let Some(policy) = policy {
        let words = Words::new(policy.document.language);
        let names: Vec<&str> = losing.iter().map(|token| token.name.as_str()).collect();
        let letter = Letter {
            language: words.language(),
            subject: words.text("mail-grants-subject"),
            paragraphs: vec![
                words.text("mail-grants-text"),
                words.with("mail-grants-tokens", &[("names", names.join(", ").into())]),
                words.with(
                    "mail-grants-until",
                    &[("date", words.date(scope.date_of(until)).into())],
                ),
            ],
            code: None,
            link: Some(Link {
                label: words.text("mail-grants-link"),
                url: engine.link(scope.tenant, "/studio/tokens")?,
            }),
            why: words.text("mail-grants-why"),
        };
        mail::post_to_company(engine, &tx, scope, &policy.document, letter).await?;
    }
    let details = json!({ "tokens": losing.len() });
    audit::enter(&tx, scope, "tokens.noticed", scope.tenant, details).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}
