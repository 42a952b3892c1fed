//! Signing in: with address and password here, and the last step of every way.

use domain::identifiers::EmailAddress;
use domain::roles::Permission;
use secrecy::SecretString;
use uuid::Uuid;

use super::address::with_address;
use super::caller::Caller;
use super::factor::await_factor;
use super::locked::{lock, may_enter};
use super::secret::Secret;
use super::session::{self, Beginning};
use super::task::Method;
use super::tries::{self, Booked, NotBooked, Try};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::accounts;
use crate::platform::tenancy::{WriteTx, retrying};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password is wrong; which of them is not said.
    #[error("the address or the password is not right")]
    Mismatch,
    /// Somebody has tried too often.
    #[error("too many tries; the next one in {0} seconds")]
    TooMany(u32),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<NotBooked> for SignInError {
    fn from(error: NotBooked) -> SignInError {
        match error {
            NotBooked::TooMany { seconds, .. } => SignInError::TooMany(seconds),
            NotBooked::Failure(failure) => SignInError::Failure(failure),
        }
    }
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

/// Why nobody came in, though what they showed was right.
pub(crate) enum NotEntered {
    /// Nobody may sign in to the account.
    Nobody,
    /// Only its password opens it, until its owner has looked at the other ways in.
    ReviewFirst,
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NotEntered {
    fn from(error: E) -> NotEntered {
        NotEntered::Failure(error.into())
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
/// Whether anybody may sign in to the account, and whether there is a second
/// factor, is looked up here and not before: it may have changed while a password was
/// checked or a provider was asked.
pub(crate) async fn finish_sign_in(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
    shown: Shown,
) -> Result<Begun, NotEntered> {
    let account = lock(tx, account).await?.ok_or(NotEntered::Nobody)?;
    if !may_enter(engine, tx, scope, &account).await? {
        return Err(NotEntered::Nobody);
    }
    if account.review_since.is_some() && shown.method != Method::Password {
        return Err(NotEntered::ReviewFirst);
    }
    let Shown { method, strong, browser, next } = shown;
    if account.sealed_totp.is_some() && !strong {
        let how = (method, browser);
        let token = await_factor(engine, tx, scope, account.id, how, next).await?;
        return Ok(Begun::NeedsFactor(token));
    }
    let beginning = Beginning { account: account.id, method, strong, browser };
    Ok(Begun::SignedIn(session::begin(tx, scope, beginning).await?))
}

/// Signs in whoever knows the password of an account.
///
/// An unknown address takes the same time and gets the same answer as a wrong
/// password, whether there is a second factor or not. So does one whose data is
/// being deleted.
///
/// # Errors
/// [`SignInError::TooMany`] before the password is looked at, for the right one as
/// well: or the wait would be none.
pub async fn sign_in(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    password: SecretString,
    caller: &Caller,
    next: Option<&str>,
) -> Result<Begun, SignInError> {
    let account = find(engine, scope, email).await?;
    let booked = book(engine, scope, email, account.as_ref(), caller).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = engine.passwords.check(password, hash).await?;
    let account = account.filter(|_| right).ok_or(SignInError::Mismatch)?;

    retrying(|| sign_in_once(engine, scope, &account, booked.clone(), (caller, next))).await
}

async fn sign_in_once(
    engine: &Engine,
    scope: &Scope,
    account: &accounts::Model,
    booked: Booked,
    (caller, next): (&Caller, Option<&str>),
) -> Result<Begun, SignInError> {
    let tx =
        engine.tenant(scope.permit(Permission::SignIn)?).write().await.map_err(Failure::from)?;
    // It may have been another's until a moment ago: a reset ends what it opened.
    let now = lock(&tx, account.id).await?;
    if now.is_none_or(|now| now.password_hash != account.password_hash) {
        return Err(SignInError::Mismatch);
    }
    let shown = Shown {
        method: Method::Password,
        strong: false,
        browser: caller.browser.clone(),
        next: next.map(str::to_owned),
    };
    let begun = finish_sign_in(engine, &tx, scope, account.id, shown).await;
    let begun = begun.map_err(|not| match not {
        NotEntered::Nobody | NotEntered::ReviewFirst => SignInError::Mismatch,
        NotEntered::Failure(failure) => SignInError::Failure(failure),
    })?;
    tries::refund(&tx, booked).await?;
    tx.commit().await.map_err(Failure::from)?;
    Ok(begun)
}

async fn find(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
) -> Result<Option<accounts::Model>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    with_address(engine, &tx, email).await
}

/// Books a try at the password of whoever has this address.
///
/// A browser in which they were signed in before has tries of its own: strangers
/// who fail at the account, and neighbours who use the same network, do not make
/// its owner wait.
pub(crate) async fn book(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    account: Option<&accounts::Model>,
    caller: &Caller,
) -> Result<tries::Booked, NotBooked> {
    let before = match &caller.cookie {
        Some(token) => session::whose(engine, scope, token).await?.map(|whose| (token, whose)),
        None => None,
    };
    match before {
        Some((token, whose)) if account.is_some_and(|account| account.id == whose) => {
            tries::book(engine, scope, [Try::sign_in_again(token)]).await
        }
        _ => {
            let here = Try::sign_in_here(email, caller.network);
            tries::book(engine, scope, [here, Try::sign_in(email)]).await
        }
    }
}

/// The account that this browser was signed in to before; only if it is the one
/// with this address, where there is one.
pub async fn was_here(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    email: Option<&EmailAddress>,
) -> Result<Option<Uuid>, Failure> {
    let whose = session::whose(engine, scope, token).await?;
    let Some(email) = email else { return Ok(whose) };
    let account = find(engine, scope, email).await?.map(|account| account.id);
    Ok(whose.filter(|whose| Some(*whose) == account))
}
