//! Taking a mail out of the outbox and handing it over.

use std::time::{Duration, SystemTime};

use domain::identifiers::EmailAddress;
use domain::words::Words;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::given_up;
use super::outbox::{FORMAT, Mail, place};
use super::transport::MailError;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};
use crate::platform::keyring::MAIL;
use crate::platform::scope::Scope;
use crate::platform::storage::outbox;
use crate::presenter::Presenter;

/// For how long delivery is tried: five days, in seconds (RFC 5321, 4.5.4.1).
pub(crate) const PATIENCE: i64 = 5 * 24 * 3600;

/// Hands a mail of the outbox to the mail server.
#[derive(Serialize, Deserialize)]
pub(crate) struct DeliverMail(pub Uuid);

impl Job for DeliverMail {
    const NAME: &'static str = "deliver-mail";
    const LANE: Lane = Lane::MailAndKeys;
    // Others wait behind it: what takes longer is tried again, and its turn comes last.
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        deliver(with.engine, with.scope, with.presenter, self.0).await
    }
}

/// Delivers a mail of the outbox. One that is no longer there was delivered before; one
/// that is refused for good, of which the company is told, or that nobody takes for five days, is
/// given up.
pub async fn deliver(
    engine: &Engine,
    scope: &Scope,
    presenter: &dyn Presenter,
    id: Uuid,
) -> Result<(), Failure> {
    let db = engine.tenant(scope.portal()?);
    let tx = db.read().await?;
    let row = tx.one(outbox::Entity::find().filter(outbox::Column::Id.eq(id))).await?;
    let key = engine.keyring.one(&tx, id, MAIL).await?;
    let (Some(row), Some(key)) = (row, key) else {
        drop(tx);
        return engine.keyring.forget(&db, id).await;
    };
    let plain = key.open(place(&tx, id), &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
    drop(tx);
    let mail: Mail = FORMAT.read(&plain)?;
    let message = message(engine, scope, presenter, (id, &row, &mail)).await?;

    let sent = engine.settings.mail.send(&engine.egress, message).await;
    let given_up = match sent {
        Ok(()) => None,
        Err(MailError::Refused(code)) => {
            tracing::error!(%id, code, "a mail is refused for good, and given up");
            Some(Some(code))
        }
        Err(error) if row.queued_at.plus_seconds(PATIENCE) > scope.now => {
            return Err(Failure::Mail(error));
        }
        Err(error) => {
            tracing::error!(%id, %error, "a mail is given up after five days");
            Some(None)
        }
    };

    let version = match &given_up {
        Some(_) => engine.policy(scope).await?,
        None => None,
    };
    let tx = db.write().await?;
    tx.delete(outbox::Entity::delete_many().filter(outbox::Column::Id.eq(id))).await?;
    if let Some(code) = given_up {
        let document = version.as_ref().map(|version| &version.document);
        given_up::tell(engine, &tx, scope, document, (id, &mail, code.as_deref())).await?;
    }
    tx.commit().await?;
    engine.keyring.forget(&db, id).await
}

async fn message(
    engine: &Engine,
    scope: &Scope,
    presenter: &dyn Presenter,
    (id, row, mail): (Uuid, &outbox::Model, &Mail),
) -> Result<Message, Failure> {
    let version = engine.policy(scope).await?;
    let document = version.as_ref().map(|version| &version.document);
    let company = document.map_or("Candor", |document| document.controller.name.as_str());
    let contact = document.and_then(|document| document.privacy_contact());
    let contact = contact.map(|contact| contact.email.clone());
    let from = engine
        .settings
        .mail_from
        .clone()
        .or_else(|| contact.clone())
        .ok_or_else(|| Failure::corrupt("nobody that mail could come from: set --mail-from"))?;

    let words = Words::new(mail.language);
    let written = contact.as_ref().map(EmailAddress::written);
    let text = mail.letter.text(words, company, written.as_deref());
    let html = presenter.letter(&mail.letter, company, contact.as_ref(), mail.language);
    let domain = from.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
    let queued = Duration::from_millis(row.queued_at.0.try_into().unwrap_or_default());
    let mut builder = Message::builder()
        // The same whenever it is tried, so that nobody gets it twice.
        .message_id(Some(format!("<{id}@{domain}>")))
        .date(SystemTime::UNIX_EPOCH + queued)
        .raw_header(automatic())
        .from(mailbox(Some(company), &from)?)
        .to(mailbox(None, &mail.to)?)
        .subject(&mail.letter.subject);
    if let Some(contact) = contact.filter(|contact| *contact != from) {
        builder = builder.reply_to(mailbox(None, &contact)?);
    }
    builder.multipart(MultiPart::alternative_plain_html(text, html)).map_err(Failure::corrupt)
}

/// That no person has written it, so that no programme answers it (RFC 3834, section 5).
fn automatic() -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    HeaderValue::new(name, "auto-generated".to_owned())
}

/// An address with a name, as lettre parses it: a line break in either is
/// refused or encoded, so that nobody adds a header.
fn mailbox(name: Option<&str>, address: &EmailAddress) -> Result<Mailbox, Failure> {
    let address = address.as_str().parse().map_err(|_| Failure::corrupt("an address"))?;
    Ok(Mailbox::new(name.map(str::to_owned), address))
}
