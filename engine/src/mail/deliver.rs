//! Taking a mail out of the outbox and handing it over.

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{AsyncFileTransport, AsyncTransport, Tokio1Executor};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::outbox::{Mail, place};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::outbox;

/// Delivers a mail of the outbox into the mail folder. One that is no longer
/// there was delivered before.
pub async fn deliver(engine: &Engine, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.tenant);
    let tx = db.read().await?;
    let row = tx.one(outbox::Entity::find().filter(outbox::Column::Id.eq(id))).await?;
    let Some(row) = row else { return Ok(()) };
    let office = engine.keyring.of_tenant(&tx).await?.office;
    drop(tx);
    let plain =
        office.open(place(scope, id), &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
    // What serde says of it could quote the mail.
    let mail: Mail = serde_json::from_slice(&plain).map_err(|_| Failure::corrupt("a mail"))?;

    tokio::fs::create_dir_all(&engine.settings.mail_dir).await?;
    AsyncFileTransport::<Tokio1Executor>::new(&engine.settings.mail_dir)
        .send(message(&mail)?)
        .await
        .map_err(Failure::corrupt)?;

    let tx = db.write().await?;
    tx.delete(outbox::Entity::delete_many().filter(outbox::Column::Id.eq(id))).await?;
    tx.commit().await?;
    Ok(())
}

fn message(mail: &Mail) -> Result<Message, Failure> {
    let mailbox = |name: Option<String>, address: &str| {
        Ok::<_, Failure>(Mailbox::new(name, address.parse().map_err(Failure::corrupt)?))
    };
    Message::builder()
        .from(mailbox(Some(mail.from_name.clone()), mail.from.as_str())?)
        .to(mailbox(None, mail.to.as_str())?)
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone())
        .map_err(Failure::corrupt)
}
