//! Confirming a task with a passkey.

use domain::roles::Permission;
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::DiscoverableAuthentication;

use super::super::ceremony;
use super::super::confirm::{NotConfirmed, own_account};
use super::super::secret::Secret;
use super::super::session;
use super::super::task::Task;
use super::add::LASTS;
use super::verify::{challenge, verify};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;

const CONFIRM: &str = "passkey-confirm";

/// What is sealed while the browser asks for a passkey.
#[derive(Serialize, Deserialize)]
struct Asked {
    state: DiscoverableAuthentication,
    task: String,
}

/// Begins to confirm a task. The answer is what a page hands to the browser, as JSON.
pub async fn begin_passkey_confirmation(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    task: Task,
) -> Result<String, Failure> {
    let (options, state) = challenge(engine, scope)?;
    let account = own_account(engine, scope).await?.map(|account| account.id);
    let asked = Asked { state, task: task.name().to_owned() };
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    ceremony::begin(engine, &tx, scope, (token, CONFIRM), account, &asked, LASTS).await?;
    tx.commit().await?;
    Ok(options)
}

/// Confirms a task if a passkey of whoever acts has signed for it.
pub async fn confirm_by_passkey(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    task: Task,
    credential: &str,
) -> Result<(), NotConfirmed> {
    let own = own_account(engine, scope).await?.ok_or(NotConfirmed::Mismatch)?.id;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let asked = ceremony::latest::<Asked>(engine, &tx, scope, (token, CONFIRM)).await?;
    let asked = asked
        .filter(|asked| asked.account == Some(own) && asked.state.task == task.name())
        .ok_or(NotConfirmed::Over)?;
    // A challenge is for one answer, right or wrong.
    if !ceremony::finish(&tx, asked.id).await? {
        return Err(NotConfirmed::Over);
    }
    let right = verify(engine, &tx, scope, asked.state.state, credential).await? == Some(own);
    if right {
        session::confirm(&tx, scope, token, task).await?;
    }
    tx.commit().await?;
    right.then_some(()).ok_or(NotConfirmed::Mismatch)
}
