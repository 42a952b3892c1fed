//! Adding a passkey.

use domain::json::{DATA, read};
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use super::super::address::address_of;
use super::super::alter::{Alteration, alter};
use super::super::ceremony;
use super::super::confirm::own_account;
use super::super::locked::lock;
use super::super::secret::Secret;
use super::super::session::Confirmed;
use super::super::task::Task;
use super::keep::{credential_hash, of_account, open, seal};
use super::name::PasskeyName;
use super::relying_party::relying_party;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{accounts, passkeys};
use crate::platform::tenancy::retrying;

const ADD: &str = "passkey-add";
/// How long browser and person have: as long as the options say, in seconds.
pub(super) const LASTS: i64 = 5 * 60;

/// Why passkeys stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// What the browser sent is no passkey for this place.
    #[error("this passkey cannot be used here")]
    Refused,
    /// It was not begun, took too long, or was finished already.
    #[error("this has to be begun anew")]
    Over,
    /// There is no such passkey of whoever acts.
    #[error("there is no such passkey")]
    Unknown,
    /// Without it nobody could sign in.
    #[error("this is the last way to sign in")]
    LastWay,
    /// What was confirmed is another task.
    #[error("changing how one signs in was not confirmed")]
    NotConfirmed,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for PasskeyError {
    fn from(error: sea_orm::DbErr) -> PasskeyError {
        PasskeyError::Failure(error.into())
    }
}

/// Begins to add a passkey. The answer is what a page hands to the browser, as JSON.
pub async fn begin_passkey(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
) -> Result<String, PasskeyError> {
    let account = acting(engine, scope, confirmed).await?;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let email = address_of(engine, &tx, &account).await?.ok_or(PasskeyError::Over)?;
    let mut known = Vec::new();
    for row in of_account(&tx, account.id).await? {
        known.push(open(engine, &tx, &row).await?.cred_id().clone());
    }
    // The address is what the browser shows when it asks which passkey to use.
    let (mut options, state) = relying_party(engine, scope.tenant)?
        .start_passkey_registration(account.id, email.as_str(), email.as_str(), Some(known))
        .map_err(Failure::corrupt)?;
    // Signing in asks for no address first, so the authenticator has to keep whose it is.
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.resident_key = serde_json::from_value(json!("required")).ok();
        selection.require_resident_key = true;
    }
    let what = (token, ADD);
    ceremony::begin(engine, &tx, scope, what, Some(account.id), &state, LASTS).await?;
    tx.commit().await?;
    Ok(serde_json::to_string(&options.public_key).map_err(Failure::corrupt)?)
}

/// Adds the passkey that the browser has made.
pub async fn add_passkey(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
    name: &PasskeyName,
    credential: &str,
) -> Result<Uuid, PasskeyError> {
    let account = acting(engine, scope, confirmed).await?.id;
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let begun =
            ceremony::latest::<PasskeyRegistration>(engine, &tx, scope, (token, ADD)).await?;
        let begun =
            begun.filter(|begun| begun.account == Some(account)).ok_or(PasskeyError::Over)?;
        if !ceremony::finish(&tx, begun.id).await? {
            return Err(PasskeyError::Over);
        }
        let us = relying_party(engine, scope.tenant)?;
        let made = read::<RegisterPublicKeyCredential>(credential.as_bytes(), &DATA)
            .ok()
            .and_then(|made| us.finish_passkey_registration(&made, &begun.state).ok());
        let Some(passkey) = made else {
            // A challenge is for one answer.
            tx.commit().await?;
            return Err(PasskeyError::Refused);
        };
        let account = lock(&tx, account).await?.ok_or(PasskeyError::Over)?;
        let id = Uuid::now_v7();
        let row = passkeys::ActiveModel {
            id: Set(id),
            account_id: Set(account.id),
            credential_hash: Set(credential_hash(passkey.cred_id())),
            sealed: Set(seal(engine, &tx, id, &passkey).await?),
            name: Set(name.as_str().to_owned()),
            created_at: Set(scope.now),
            ..Default::default()
        };
        if !alter(engine, &tx, scope, &account, Alteration::Passkey(id, row)).await? {
            return Err(PasskeyError::Refused);
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(id)
    })
    .await
}

/// The account of whoever acts, who has just shown once more that it is theirs.
pub(super) async fn acting(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
) -> Result<accounts::Model, PasskeyError> {
    if confirmed.task() != Task::Credentials {
        return Err(PasskeyError::NotConfirmed);
    }
    own_account(engine, scope).await?.ok_or(PasskeyError::NotConfirmed)
}
