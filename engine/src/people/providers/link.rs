//! Linking an account that has the same address, by its password.

use domain::identifiers::EmailAddress;
use domain::roles::Permission;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::aim::SENT;
use super::back::account;
use super::identity;
use super::reason::Reason;
use crate::engine::Engine;
use crate::people::accounts::{
    Begun, Booked, Caller, Method, NotConfirmed, Secret, Shown, book_sign_in, ceremony,
    finish_sign_in, refund_try,
};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;

/// The kind of ceremony that this is.
pub(super) const LINKING: &str = "link";
/// How often the password may be tried before the provider has to be asked again.
const ATTEMPTS: i64 = 10;

/// What is sealed while the password is asked for.
#[derive(Serialize, Deserialize)]
pub(super) struct Linking {
    pub provider: String,
    pub name: String,
    pub name_hash: Vec<u8>,
    pub email: String,
    pub strong: bool,
    pub next: String,
}

/// What this browser is about to link: the provider's name, and the address of
/// the account.
pub async fn linking(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
) -> Result<Option<(String, EmailAddress)>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let linking = ceremony::latest::<Linking>(engine, &tx, scope, (token, LINKING)).await?;
    let Some(Linking { name, email, .. }) = linking.map(|linking| linking.state) else {
        return Ok(None);
    };
    Ok(Some((name, email.parse().map_err(Failure::corrupt)?)))
}

/// Links by the password of the account, and signs in. The answer is how far that
/// came, and where it was to go on.
pub async fn link_by_password(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    password: SecretString,
    caller: &Caller,
) -> Result<(Begun, String), NotConfirmed> {
    let booked = book(engine, scope, token, caller).await?;
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let linking = ceremony::latest::<Linking>(engine, &tx, scope, (token, LINKING)).await?;
    let linking = linking.ok_or(NotConfirmed::Over)?;
    if !ceremony::attempt(&tx, linking.id, ATTEMPTS).await? {
        tx.commit().await?;
        return Err(NotConfirmed::Over);
    }
    let id = linking.account.ok_or(NotConfirmed::Over)?;
    let hash = account(&tx, id).await.map_err(failure)?.and_then(|account| account.password_hash);
    tx.commit().await?;
    if !engine.passwords.check(password, hash.clone()).await? {
        return Err(NotConfirmed::Mismatch);
    }
    let Linking { provider, name_hash, strong, next, .. } = linking.state;
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    // Used, or changed in the meantime.
    let account = account(&tx, id).await.map_err(failure)?.ok_or(NotConfirmed::Over)?;
    if account.password_hash != hash || !ceremony::finish(&tx, linking.id).await? {
        return Err(NotConfirmed::Over);
    }
    let shown = Shown {
        method: Method::Provider,
        strong,
        browser: caller.browser.clone(),
        next: Some(next.clone()).filter(|next| !next.is_empty()),
    };
    let begun = finish_sign_in(engine, &tx, scope, id, shown).await;
    let begun = begun.map_err(NotConfirmed::over)?;
    refund_try(&tx, booked).await?;
    // Who has not shown the second factor yet adds no way in; signed in, they
    // can link it from their own page.
    if matches!(begun, Begun::SignedIn(_)) {
        let identity = (provider.as_str(), name_hash.as_slice());
        identity::insert(engine, &tx, scope, &account, identity).await.map_err(failure)?;
    }
    ceremony::hand_over(&tx, SENT, (token, begun.token())).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok((begun, next))
}

/// Books a try at the password, as for signing in with it.
async fn book(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    caller: &Caller,
) -> Result<Booked, NotConfirmed> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let linking = ceremony::latest::<Linking>(engine, &tx, scope, (token, LINKING)).await?;
    let linking = linking.ok_or(NotConfirmed::Over)?;
    let id = linking.account.ok_or(NotConfirmed::Over)?;
    let account = account(&tx, id).await.map_err(failure)?;
    drop(tx);
    let email = linking.state.email.parse().map_err(Failure::corrupt)?;
    Ok(book_sign_in(engine, scope, &email, account.as_ref(), caller).await?)
}

fn failure(reason: Reason) -> NotConfirmed {
    match reason {
        Reason::Failure(failure) => failure.into(),
        _ => NotConfirmed::Over,
    }
}
