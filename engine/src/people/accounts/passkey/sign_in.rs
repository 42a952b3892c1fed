//! Signing in with a passkey, which says by itself whose it is.

use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::DiscoverableAuthentication;

use super::super::ceremony;
use super::super::confirm::NotConfirmed;
use super::super::factor::Entered;
use super::super::locked::lock;
use super::super::secret::Secret;
use super::super::sign_in::{NotEntered, Shown, finish_sign_in};
use super::super::task::Method;
use super::add::LASTS;
use super::verify::{challenge, verify};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use domain::roles::{Permission, Role};

const SIGN_IN: &str = "passkey-sign-in";

/// What is sealed while the browser asks for a passkey.
#[derive(Serialize, Deserialize)]
struct Asked {
    state: DiscoverableAuthentication,
    next: Option<String>,
}

/// Begins to sign in: the token under which the answer is awaited, and what a
/// page hands to the browser, as JSON.
pub async fn begin_passkey_sign_in(
    engine: &Engine,
    scope: &Scope,
    next: Option<String>,
) -> Result<(Secret, String), Failure> {
    let (options, state) = challenge(engine, scope)?;
    let token = Secret::generate()?;
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let asked = Asked { state, next };
    ceremony::begin(engine, &tx, scope, (&token, SIGN_IN), None, &asked, LASTS).await?;
    tx.commit().await?;
    Ok((token, options))
}

/// Begins a session of whoever's passkey signed. It was unlocked by its owner, so
/// it stands for two factors.
pub async fn sign_in_by_passkey(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    credential: &str,
    browser: &str,
) -> Result<Entered, NotConfirmed> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let asked = ceremony::latest::<Asked>(engine, &tx, scope, (token, SIGN_IN)).await?;
    let asked = asked.ok_or(NotConfirmed::Over)?;
    // A challenge is for one answer, right or wrong.
    if !ceremony::finish(&tx, asked.id).await? {
        return Err(NotConfirmed::Over);
    }
    let Asked { state, next } = asked.state;
    let entered = match verify(engine, &tx, scope, state, credential).await? {
        Some(account) => {
            let role = lock(&tx, account).await?.and_then(|account| Role::named(&account.role));
            let shown = Shown {
                method: Method::Passkey,
                strong: true,
                browser: browser.to_owned(),
                next: None,
            };
            match finish_sign_in(engine, &tx, scope, account, shown).await {
                Ok(begun) => role.zip(begun.signed_in()),
                Err(NotEntered::Nobody | NotEntered::ReviewFirst) => None,
                Err(NotEntered::Failure(failure)) => return Err(failure.into()),
            }
        }
        None => None,
    };
    tx.commit().await?;
    let (role, token) = entered.ok_or(NotConfirmed::Mismatch)?;
    Ok(Entered { token, role, next })
}
