//! Putting a mail into the outbox.

use domain::identifiers::{EmailAddress, Language};
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::deliver::DeliverMail;
use super::letter::Letter;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::{MAIL, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, outbox};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// How a mail is sealed.
pub(super) const FORMAT: Format = Format::first("a mail");

/// A letter and to whom it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mail {
    pub to: EmailAddress,
    pub language: Language,
    pub letter: Letter,
}

/// Posts a letter, if the transaction commits. It is sealed with a key of its
/// own, which goes when it is delivered: copies of the database do not tell who
/// was written to.
pub async fn post(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    to: EmailAddress,
    letter: Letter,
) -> Result<(), Failure> {
    let id = Uuid::now_v7();
    let mail = Mail { to, language: letter.language, letter };
    let plain = FORMAT.write(&mail)?;
    let key = engine.keyring.ensure_one(tx, id, MAIL).await?;
    let sealed = key.seal(place(tx, id), &plain).map_err(|e| Failure::Keyring(e.into()))?;
    tx.insert(outbox::ActiveModel {
        id: Set(id),
        sealed: Set(sealed),
        queued_at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    jobs::enqueue(tx, &DeliverMail(id), scope.now).await?;
    Ok(())
}

pub(super) fn place(tx: &ReadTx, id: Uuid) -> Place<'static> {
    Place { tenant: tx.tenant(), owner: id, label: MAIL, row: id, column: "outbox" }
}
