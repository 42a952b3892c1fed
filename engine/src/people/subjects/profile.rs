//! A person's name and address, sealed under a key of their own.

use std::borrow::Cow;

use domain::identifiers::EmailAddress;
use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{IDENTITY, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, subjects};
use crate::platform::tenancy::{ReadTx, WriteTx};

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
    /// What the source had said before the person corrected the name, until it says
    /// something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

impl Profile {
    /// How staff calls the person: by name, else by address, else by id.
    pub fn called(&self) -> Cow<'_, str> {
        let name = self.name.as_deref().map(Cow::from);
        name.or_else(|| self.email.as_ref().map(EmailAddress::written)).unwrap_or((&self.id).into())
    }

    /// Who the subject is when the source tells of it again. A source that has not taken
    /// a correction over yet does not undo it; one that says something else does.
    pub(crate) fn heard(
        before: Option<Profile>,
        id: String,
        email: Option<EmailAddress>,
        name: Option<String>,
    ) -> Profile {
        let says = name.clone().unwrap_or_default();
        match before {
            Some(Profile { name: corrected, said: Some(said), .. })
                if said == says && name != corrected =>
            {
                Profile { id, email, name: corrected, said: Some(said) }
            }
            _ => Profile { id, email, name, said: None },
        }
    }
}

/// Who a subject is, as long as the portal holds it.
pub async fn profile(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Profile>, Failure> {
    let permit = scope.about(subject).or_else(|_| scope.permit(Permission::ReadRequests))?;
    let tx = engine.tenant(permit).read().await?;
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

/// Calls a person by the name that they have corrected, in everything that is headed
/// by it.
pub(crate) async fn rename(
    engine: &Engine,
    tx: &WriteTx,
    subject: Uuid,
    name: Option<String>,
) -> Result<(), Failure> {
    let Some(before) = open_profile(engine, tx, subject).await? else { return Ok(()) };
    let Some(key) = engine.keyring.one(tx, subject, IDENTITY).await? else { return Ok(()) };
    let said = before.said.clone().or_else(|| Some(before.name.clone().unwrap_or_default()));
    let profile = Profile { name, said, ..before };
    let plain = serde_json::to_vec(&profile).map_err(|_| Failure::corrupt("a profile"))?;
    let sealed =
        key.seal(profile_place(tx, subject), &plain).map_err(|e| Failure::Keyring(e.into()))?;
    tx.update(
        subjects::Entity::update_many()
            .col_expr(subjects::Column::Sealed, Expr::value(Some(sealed)))
            .filter(subjects::Column::Id.eq(subject)),
    )
    .await?;
    Ok(())
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
