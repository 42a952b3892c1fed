//! A person's name and address, sealed under a key of their own.

use domain::identifiers::EmailAddress;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::keyring::{IDENTITY, Place};
use crate::scope::Scope;
use crate::storage::{Format, subjects};
use crate::tenancy::ReadTx;

/// How a profile is sealed. It is told anew as a whole, never changed in parts.
pub(crate) const PROFILE: Format = Format::first("a profile");

/// Who a subject is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The tenant's own id.
    pub id: String,
    /// The address, if known.
    pub email: Option<EmailAddress>,
    /// The name, if known.
    pub name: Option<String>,
}

impl Profile {
    /// How staff calls the person: by name, else by address, else by id.
    pub fn called(&self) -> &str {
        self.name.as_deref().or(self.email.as_ref().map(EmailAddress::as_str)).unwrap_or(&self.id)
    }
}

/// Who a subject is, as long as the portal holds it.
pub async fn profile(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Profile>, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    open_profile(engine, &tx, subject).await
}

pub(crate) async fn open_profile(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
) -> Result<Option<Profile>, Failure> {
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    let Some(sealed) = row.and_then(|row| row.sealed) else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, subject, IDENTITY).await? else { return Ok(None) };
    let plain =
        key.open(profile_place(tx, subject), &sealed).map_err(|e| Failure::Keyring(e.into()))?;
    PROFILE.read(&plain).map(Some)
}

pub(crate) fn profile_place(tx: &ReadTx, subject: Uuid) -> Place<'static> {
    Place {
        tenant: tx.tenant(),
        owner: subject,
        label: IDENTITY,
        row: subject,
        column: "subjects.sealed",
    }
}
