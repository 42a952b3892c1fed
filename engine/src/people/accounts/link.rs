//! What a mailed link does once its reader confirms it.

use domain::identifiers::EmailAddress;
use domain::roles::{Permission, Role};
use sea_orm::DbErr;
use uuid::Uuid;

use super::create::{self, AccountError, subject_with};
use super::locked::lock;
use super::own;
use super::own::ChangingAddress;
use super::password::Password;
use super::proof::{self, Proof, Purpose};
use super::reset::reset;
use super::secret::Secret;
use super::staff::Invited;
use super::wish::SigningUp;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::tenancy::{WriteTx, retrying};

/// Why a link did nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Too old, used, taken back, or never there.
    #[error("this link is no longer good")]
    Over,
    /// Another account has the address by now.
    #[error("another account has this address")]
    Taken,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for LinkError {
    fn from(error: DbErr) -> LinkError {
        LinkError::Failure(error.into())
    }
}

impl From<AccountError> for LinkError {
    fn from(error: AccountError) -> LinkError {
        match error {
            AccountError::Taken => LinkError::Taken,
            AccountError::Failure(failure) => LinkError::Failure(failure),
            // Whoever was known when the mail was written is not any more.
            AccountError::UnknownSubject | AccountError::NotStaff => LinkError::Over,
        }
    }
}

/// A link as it was opened, at a host.
pub struct Opened<'a> {
    /// What for.
    pub purpose: Purpose,
    /// Its secret.
    pub secret: &'a Secret,
    /// Where.
    pub host: &'a str,
}

/// Whether a link is still good. It changes nothing.
pub async fn is_good(engine: &Engine, scope: &Scope, opened: &Opened<'_>) -> Result<bool, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let which = (opened.purpose, opened.secret);
    let found = proof::read::<serde_json::Value>(engine, &tx, scope, which, opened.host).await?;
    Ok(found.is_some())
}

/// Sets the password that was chosen after opening a link: of a new account for
/// somebody who signs up or was invited, or of the account that it resets.
pub async fn choose_password(
    engine: &Engine,
    scope: &Scope,
    opened: &Opened<'_>,
    password: Password,
) -> Result<(), LinkError> {
    let hash = engine.passwords.hash(password).await?;
    retrying(|| choose_password_once(engine, scope, opened, hash.clone())).await?;
    engine.work.notify_one();
    Ok(())
}

async fn choose_password_once(
    engine: &Engine,
    scope: &Scope,
    opened: &Opened<'_>,
    hash: String,
) -> Result<(), LinkError> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    // Used up first: of two at the same time, the second finds it so.
    match opened.purpose {
        Purpose::SignUp => {
            let proof: Proof<SigningUp> = good(engine, &tx, scope, opened).await?;
            used(&tx, scope, proof.id).await?;
            let email = proof.state.email;
            let subject = subject_with(engine, &tx, &email).await?.ok_or(LinkError::Over)?;
            let who = (Role::Customer, Some(subject));
            create::insert(engine, &tx, scope, &email, who, Some(hash)).await?;
        }
        Purpose::Invitation => {
            let proof: Proof<Invited> = good(engine, &tx, scope, opened).await?;
            used(&tx, scope, proof.id).await?;
            let role = Role::named(&proof.state.role).ok_or(LinkError::Over)?;
            let who = (role, None);
            create::insert(engine, &tx, scope, &proof.state.email, who, Some(hash)).await?;
        }
        Purpose::Reset => {
            let proof: Proof<()> = good(engine, &tx, scope, opened).await?;
            used(&tx, scope, proof.id).await?;
            let account = proof.account.ok_or(LinkError::Over)?;
            let account = lock(&tx, account).await?.ok_or(LinkError::Over)?;
            reset(engine, &tx, scope, &account, hash).await?;
        }
        Purpose::Address | Purpose::Message | Purpose::KeepAddress | Purpose::Wish => {
            return Err(LinkError::Over);
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Changes the account's address to the one that the link was mailed to.
pub async fn change_address(
    engine: &Engine,
    scope: &Scope,
    opened: &Opened<'_>,
) -> Result<(), LinkError> {
    if opened.purpose != Purpose::Address {
        return Err(LinkError::Over);
    }
    retrying(|| change_address_once(engine, scope, opened)).await?;
    engine.work.notify_one();
    Ok(())
}

async fn change_address_once(
    engine: &Engine,
    scope: &Scope,
    opened: &Opened<'_>,
) -> Result<(), LinkError> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let proof: Proof<ChangingAddress> = good(engine, &tx, scope, opened).await?;
    used(&tx, scope, proof.id).await?;
    let account = proof.account.ok_or(LinkError::Over)?;
    let email: EmailAddress = proof.state.email;
    own::set_address(engine, &tx, scope, account, &email).await?;
    tx.commit().await?;
    Ok(())
}

/// The link, if it is still good at its host.
pub(crate) async fn good<T: serde::de::DeserializeOwned>(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    opened: &Opened<'_>,
) -> Result<Proof<T>, LinkError> {
    let which = (opened.purpose, opened.secret);
    proof::read(engine, tx, scope, which, opened.host).await?.ok_or(LinkError::Over)
}

/// Uses the link up.
pub(crate) async fn used(tx: &WriteTx, scope: &Scope, id: Uuid) -> Result<(), LinkError> {
    if proof::take(tx, scope, id).await? { Ok(()) } else { Err(LinkError::Over) }
}
