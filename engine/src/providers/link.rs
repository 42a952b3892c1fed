//! Linking an account that has the same address, by its password.

use domain::identifiers::{EmailAddress, Language};
use domain::words::Words;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::aim::SENT;
use super::back::account;
use super::identity;
use super::reason::Reason;
use crate::accounts::{
    Begun, Method, NotConfirmed, Secret, Shown, address_of, ceremony, finish_sign_in,
};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::mail::{self, Letter};
use crate::scope::Scope;
use crate::storage::accounts as rows;
use crate::tenancy::WriteTx;

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
    let tx = engine.tenant(scope.tenant).read().await?;
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
    browser: &str,
) -> Result<(Begun, String), NotConfirmed> {
    let tx = engine.tenant(scope.tenant).write().await?;
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
    let Linking { provider, name, name_hash, strong, next, .. } = linking.state;
    let tx = engine.tenant(scope.tenant).write().await?;
    // Used, or changed in the meantime.
    let account = account(&tx, id).await.map_err(failure)?.ok_or(NotConfirmed::Over)?;
    if account.password_hash != hash || !ceremony::finish(&tx, linking.id).await? {
        return Err(NotConfirmed::Over);
    }
    let shown = Shown {
        method: Method::Provider,
        strong,
        browser: browser.to_owned(),
        next: Some(next.clone()).filter(|next| !next.is_empty()),
    };
    let begun = finish_sign_in(engine, &tx, scope, id, shown).await?;
    let begun = begun.ok_or(NotConfirmed::Over)?;
    // Who has not shown the second factor yet adds no way in; signed in, they
    // can link it from their own page.
    if matches!(begun, Begun::SignedIn(_)) {
        identity::insert(&tx, scope, id, (&provider, &name_hash)).await.map_err(failure)?;
        tell(engine, &tx, scope, &account, &name).await?;
    }
    ceremony::hand_over(&tx, SENT, (token, begun.token())).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok((begun, next))
}

/// Tells whoever has the account that there is another way to sign in to it.
pub(super) async fn tell(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &rows::Model,
    name: &str,
) -> Result<(), Failure> {
    let Some(to) = address_of(engine, tx, account).await? else { return Ok(()) };
    let words = Words::new(account.language.parse::<Language>().unwrap_or(scope.language));
    let name = || [("name", name.to_owned().into())];
    let letter = Letter {
        subject: words.with("mail-provider-linked-subject", &name()),
        paragraphs: vec![words.with("mail-provider-linked-text", &name())],
        code: None,
        link: None,
        why: words.text("mail-provider-linked-why"),
    };
    mail::post(engine, tx, scope, to, letter).await?;
    Ok(())
}

fn failure(reason: Reason) -> NotConfirmed {
    match reason {
        Reason::Failure(failure) => failure.into(),
        _ => NotConfirmed::Over,
    }
}
