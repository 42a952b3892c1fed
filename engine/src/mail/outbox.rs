//! Putting a mail into the outbox.

use domain::identifiers::EmailAddress;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::failure::Failure;
use crate::jobs::{self, Job};
use crate::keyring::{DataKey, Place};
use crate::scope::Scope;
use crate::storage::outbox;
use crate::tenancy::WriteTx;

/// A mail as it will be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// To whom.
    pub to: EmailAddress,
    /// From whom: the tenant's address for privacy matters.
    pub from: EmailAddress,
    /// The tenant's name.
    pub from_name: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Posts a mail, if the transaction commits.
pub async fn post(
    tx: &WriteTx,
    scope: &Scope,
    office: &DataKey,
    mail: &Mail,
) -> Result<(), Failure> {
    let id = Uuid::now_v7();
    let plain = serde_json::to_vec(mail).map_err(Failure::corrupt)?;
    let sealed = office.seal(place(scope, id), &plain).map_err(|e| Failure::Keyring(e.into()))?;
    tx.insert(outbox::ActiveModel {
        id: Set(id),
        sealed: Set(sealed),
        queued_at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    jobs::enqueue(tx, &Job::DeliverMail(id), scope.now).await?;
    Ok(())
}

pub(super) fn place(scope: &Scope, id: Uuid) -> Place<'static> {
    Place { tenant: scope.tenant, owner: Uuid::nil(), label: "office", row: id, column: "outbox" }
}
