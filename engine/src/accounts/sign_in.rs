//! Signing in: with address and password here, and the last step of every way.

use domain::identifiers::EmailAddress;
use secrecy::SecretString;
use uuid::Uuid;

use super::address::with_address;
use super::factor::await_factor;
use super::locked::{lock, may_enter};
use super::secret::Secret;
use super::session::{self, Beginning};
use super::task::Method;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::accounts;
use crate::tenancy::WriteTx;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password is wrong; which of them is not said.
    #[error("the address or the password is not right")]
    Mismatch,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// How far somebody has come.
#[derive(Clone, PartialEq, Eq)]
pub enum Begun {
    /// In: the token of the session.
    SignedIn(Secret),
    /// A second factor is missing: the token under which it is awaited, which is
    /// no session's.
    NeedsFactor(Secret),
}

impl Begun {
    /// What the one cookie holds from now on.
    pub fn token(&self) -> &Secret {
        match self {
            Begun::SignedIn(token) | Begun::NeedsFactor(token) => token,
        }
    }

    /// The session's token, if there is a session.
    pub fn signed_in(self) -> Option<Secret> {
        match self {
            Begun::SignedIn(token) => Some(token),
            Begun::NeedsFactor(_) => None,
        }
    }
}

/// What somebody has shown of themselves.
pub(crate) struct Shown {
    pub method: Method,
    /// Whether it was more than one factor, so that none is missing.
    pub strong: bool,
    /// See [`super::browser_of`].
    pub browser: String,
    /// Where they were going; a path of this portal.
    pub next: Option<String>,
}

/// The last step of every way to sign in, once it is known whose account it is:
/// begins the session, or waits for the second factor if there is one.
///
/// `None` if nobody may sign in to the account. That, and whether there is a
/// second factor, is looked up here and not before: it may have changed while a
/// password was checked or a provider was asked.
pub(crate) async fn finish_sign_in(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
    shown: Shown,
) -> Result<Option<Begun>, Failure> {
    let Some(account) = lock(tx, account).await? else { return Ok(None) };
    if !may_enter(engine, tx, scope, &account).await? {
        return Ok(None);
    }
    let Shown { method, strong, browser, next } = shown;
    if account.sealed_totp.is_some() && !strong {
        let how = (method, browser);
        let token = await_factor(engine, tx, scope, account.id, how, next).await?;
        return Ok(Some(Begun::NeedsFactor(token)));
    }
    let beginning = Beginning { account: account.id, method, strong, browser };
    Ok(Some(Begun::SignedIn(session::begin(tx, scope, beginning).await?)))
}

/// Signs in whoever knows the password of an account.
///
/// An unknown address takes the same time and gets the same answer as a wrong
/// password, whether there is a second factor or not. So does one whose data is
/// being deleted.
pub async fn sign_in(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    password: SecretString,
    browser: &str,
    next: Option<&str>,
) -> Result<Begun, SignInError> {
    let account = find(engine, scope, email).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = engine.passwords.check(password, hash).await?;
    let account = account.filter(|_| right).ok_or(SignInError::Mismatch)?;

    let tx = engine.tenant(scope.tenant).write().await.map_err(Failure::from)?;
    let shown = Shown {
        method: Method::Password,
        strong: false,
        browser: browser.to_owned(),
        next: next.map(str::to_owned),
    };
    let begun = finish_sign_in(engine, &tx, scope, account.id, shown).await?;
    let begun = begun.ok_or(SignInError::Mismatch)?;
    tx.commit().await.map_err(Failure::from)?;
    Ok(begun)
}

async fn find(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
) -> Result<Option<accounts::Model>, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    with_address(engine, &tx, email).await
}
