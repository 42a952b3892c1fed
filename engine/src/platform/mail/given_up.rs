//! Telling the company of a mail that did not arrive.

use domain::policy::Document;
use domain::words::Words;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::company::post_to_company;
use super::letter::Letter;
use super::outbox::Mail;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::audit_entries;
use crate::platform::tenancy::WriteTx;

/// For how long the company is not written to again, in seconds.
const DAY: i64 = 24 * 3600;
/// What the audit log calls it.
const ACTION: &str = "mail.given-up";

/// Enters it into the audit log, without the address. What a server refuses for good, with
/// this code, is also written to the policy's first contact: once a day, and not about a
/// mail that went there itself. What nobody took for days is not: that mail would lie
/// beside it.
pub(super) async fn tell(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    document: Option<&Document>,
    (id, mail, code): (Uuid, &Mail, Option<&str>),
) -> Result<(), Failure> {
    let is_the_contact = |document: &Document| {
        let contact = document.privacy_contact();
        contact.is_some_and(|contact| contact.email.folded() == mail.to.folded())
    };
    let document = document.filter(|document| !is_the_contact(document));
    let told = match document.zip(code) {
        Some(told) if !told_lately(tx, scope).await? => Some(told),
        _ => None,
    };
    let details = json!({ "code": code, "told": told.is_some() });
    audit::enter(tx, scope, ACTION, id, details).await?;
    let Some((document, code)) = told else { return Ok(()) };
    let words = Words::new(document.language);
    let about = [
        ("to", mail.to.to_string().into()),
        ("code", code.to_owned().into()),
        ("subject", mail.letter.subject.clone().into()),
    ];
    let letter = Letter {
        subject: words.text("mail-lost-subject"),
        paragraphs: vec![words.with("mail-lost-refused", &about), words.text("mail-lost-next")],
        code: None,
        link: None,
        why: words.text("mail-lost-why"),
    };
    post_to_company(engine, tx, scope, document, letter).await?;
    engine.work.notify_one();
    Ok(())
}

async fn told_lately(tx: &WriteTx, scope: &Scope) -> Result<bool, Failure> {
    let lately = audit_entries::Entity::find()
        // Written out, so that both databases use the index of these alone.
        .filter(Expr::cust("action = 'mail.given-up'"))
        .filter(audit_entries::Column::At.gt(scope.now.plus_seconds(-DAY)))
        .filter(audit_entries::Column::Details.contains("\"told\":true"));
    Ok(tx.count(lately).await? > 0)
}
