//! Signing in with address and password.

use domain::identifiers::EmailAddress;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;

use super::secret::Secret;
use super::session::{self, Beginning};
use super::task::Method;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::{accounts, subjects};

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

/// Begins a session for whoever knows the password of an account.
///
/// An unknown address takes the same time and gets the same answer as a wrong
/// password. So does one whose data is being deleted.
pub async fn sign_in(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    password: SecretString,
    browser: &str,
) -> Result<Secret, SignInError> {
    let account = find(engine, scope, email).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = engine.passwords.check(password, hash).await?;
    let account = account.filter(|_| right).ok_or(SignInError::Mismatch)?;

    let tx = engine.tenant(scope.tenant).write().await.map_err(Failure::from)?;
    let beginning = Beginning {
        account: account.id,
        method: Method::Password,
        strong: false,
        browser: browser.to_owned(),
    };
    let token = session::begin(&tx, scope, beginning).await?;
    tx.commit().await.map_err(Failure::from)?;
    Ok(token)
}

async fn find(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
) -> Result<Option<accounts::Model>, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let hash = lookup.hash("email", email.folded().as_bytes());
    let account =
        tx.one(accounts::Entity::find().filter(accounts::Column::EmailHash.eq(hash))).await?;
    let Some(account) = account else { return Ok(None) };
    let Some(subject) = account.subject_id else { return Ok(Some(account)) };
    let subject = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await?;
    Ok(subject.filter(|s| s.frozen_at.is_none()).map(|_| account))
}
