//! The second step of signing in.

use domain::roles::{Permission, Role};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::ceremony;
use super::super::confirm::NotConfirmed;
use super::super::locked::{lock, may_enter};
use super::super::notice::{Change, tell};
use super::super::secret::Secret;
use super::super::session::{self, Beginning};
use super::super::task::Method;
use super::super::tries::{self, Try};
use super::recovery::{self, RecoveryCode};
use super::totp;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::accounts;
use crate::platform::tenancy::WriteTx;

/// The kind of ceremony that waits for a second factor.
pub(crate) const FACTOR: &str = "factor";
/// For how long it waits: ten minutes, in seconds.
const LASTS: i64 = 10 * 60;
/// How many codes may be wrong before one has to begin anew.
const ATTEMPTS: i64 = 5;

/// What is sealed while the second factor is awaited.
#[derive(Serialize, Deserialize)]
struct Awaited {
    method: String,
    browser: String,
    next: Option<String>,
}

/// Somebody is signed in.
pub struct Entered {
    /// The session's token.
    pub token: Secret,
    /// In which role.
    pub role: Role,
    /// Where they were going.
    pub next: Option<String>,
}

/// Waits for the second factor of an account whose first was right. There is no
/// session yet: the token stands for nothing else.
pub(crate) async fn await_factor(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
    (method, browser): (Method, String),
    next: Option<String>,
) -> Result<Secret, Failure> {
    let token = Secret::generate()?;
    let awaited = Awaited { method: method.name().to_owned(), browser, next };
    let what = (&token, FACTOR);
    ceremony::begin(engine, tx, scope, what, Some(account), &awaited, LASTS).await?;
    Ok(token)
}

/// Whose second factor this browser has to show, if it has to.
pub async fn factor_awaited(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
) -> Result<Option<Uuid>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let awaited = ceremony::latest::<Awaited>(engine, &tx, scope, (token, FACTOR)).await?;
    Ok(awaited.and_then(|awaited| awaited.account))
}

/// Whether a code of the app or a recovery code is right; then it is used up.
pub(crate) async fn spend(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    typed: &str,
) -> Result<bool, Failure> {
    match RecoveryCode::parse(typed) {
        Some(code) => recovery::spend(engine, tx, scope, account, &code).await,
        None => {
            let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
            totp::spend(engine, tx, scope, account, &typed).await
        }
    }
}

/// Begins the session once a code of the app, or a recovery code, is right.
pub async fn show_factor(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    typed: &str,
) -> Result<Entered, NotConfirmed> {
    let awaited = factor_awaited(engine, scope, token).await?.ok_or(NotConfirmed::Over)?;
    let booked = tries::book(engine, scope, [Try::factor(awaited)]).await?;
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let awaited = ceremony::latest::<Awaited>(engine, &tx, scope, (token, FACTOR)).await?;
    let awaited = awaited.ok_or(NotConfirmed::Over)?;
    if !ceremony::attempt(&tx, awaited.id, ATTEMPTS).await? {
        tx.commit().await?;
        return Err(NotConfirmed::Over);
    }
    let id = awaited.account.ok_or(NotConfirmed::Over)?;
    let account = lock(&tx, id).await?.ok_or(NotConfirmed::Over)?;
    if !may_enter(engine, &tx, scope, &account).await? {
        return Err(NotConfirmed::Over);
    }
    if !spend(engine, &tx, scope, &account, typed).await? {
        if awaited.attempts + 1 == ATTEMPTS {
            // Whoever types here knew the password.
            tell(engine, &tx, scope, &account, Change::FactorMissed).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        return Err(NotConfirmed::Mismatch);
    }
    if !ceremony::finish(&tx, awaited.id).await? {
        return Err(NotConfirmed::Over);
    }
    tries::refund(&tx, booked).await?;
    let method = Method::named(&awaited.state.method).ok_or(Failure::Newer("a ceremony"))?;
    let role = Role::named(&account.role).ok_or(Failure::Newer("a role"))?;
    let beginning = Beginning { account: id, method, strong: true, browser: awaited.state.browser };
    let token = session::begin(&tx, scope, beginning).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(Entered { token, role, next: awaited.state.next })
}
