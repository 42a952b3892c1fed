//! Setting the second factor up, and turning it off again.

use domain::roles::{Permission, Role};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::address::address_of;
use super::super::alter::{Alteration, alter};
use super::super::ceremony;
use super::super::confirm::{account, own_account};
use super::super::locked::lock;
use super::super::secret::Secret;
use super::super::session::{self, Confirmed};
use super::super::task::Task;
use super::recovery::{self, RecoveryCode};
use super::totp;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::accounts;
use crate::platform::tenancy::retrying;

const SET_UP: &str = "totp-setup";
/// How long there is to bring the secret into an app: half an hour, in seconds.
pub(crate) const LASTS: i64 = 30 * 60;
/// How many codes may be wrong meanwhile.
const ATTEMPTS: i64 = 10;

/// Why the second factor stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The code is wrong, or was used already.
    #[error("that code is not right")]
    Mismatch,
    /// There is nothing to finish: too old, finished, or tried too often.
    #[error("this has to be begun anew")]
    Over,
    /// There is no second factor.
    #[error("there is no second factor")]
    Off,
    /// The tenant wants its staff to have one.
    #[error("staff of this tenant needs a second factor")]
    Required,
    /// What was confirmed is another task.
    #[error("changing how one signs in was not confirmed")]
    NotConfirmed,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for FactorError {
    fn from(error: sea_orm::DbErr) -> FactorError {
        FactorError::Failure(error.into())
    }
}

/// Whether whoever acts has a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// They have.
    pub on: bool,
    /// How many recovery codes are left.
    pub recovery_left: usize,
    /// They cannot do without.
    pub required: bool,
}

/// A secret on its way into an app.
pub struct SetUp {
    /// As it is typed, in Base32.
    pub to_type: String,
    /// As a link that an app opens.
    pub to_open: String,
}

/// The second factor is there.
pub struct Added {
    /// The session's new token.
    pub token: Secret,
    /// The recovery codes, which nobody sees again.
    pub codes: Vec<RecoveryCode>,
}

/// What is sealed until the first code shows that the app has it.
#[derive(Serialize, Deserialize)]
struct Begun {
    secret: Zeroizing<Vec<u8>>,
}

/// How it stands with the second factor of whoever acts.
pub async fn own_factor(engine: &Engine, scope: &Scope) -> Result<Factor, Failure> {
    let account = own_account(engine, scope).await?;
    let required = is_required(engine, scope);
    let Some(account) = account else {
        return Ok(Factor { on: false, recovery_left: 0, required });
    };
    let recovery_left = recovery::left(&account)?;
    Ok(Factor { on: account.sealed_totp.is_some(), recovery_left, required })
}

/// Makes a secret. What is there already stays good until the new one is
/// confirmed, so that somebody can move to another telephone.
pub async fn begin_factor(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
) -> Result<(), FactorError> {
    let account = acting(engine, scope, confirmed).await?;
    let begun = Begun { secret: totp::generate()? };
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let what = (token, SET_UP);
        ceremony::begin(engine, &tx, scope, what, Some(account.id), &begun, LASTS).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// The secret that this browser is bringing into an app, if it is.
pub async fn factor_begun(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
) -> Result<Option<SetUp>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).read().await?;
    let Some(begun) = ceremony::latest::<Begun>(engine, &tx, scope, (token, SET_UP)).await? else {
        return Ok(None);
    };
    drop(tx);
    let Some(id) = begun.account.filter(|id| is_own(scope, *id)) else { return Ok(None) };
    let Some(account) = account(engine, scope, id).await? else { return Ok(None) };
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).read().await?;
    let Some(email) = address_of(engine, &tx, &account).await? else { return Ok(None) };
    let head = engine.directory.tenant(scope.tenant);
    let company = head.map_or_else(String::new, |head| head.name.clone());
    let (to_type, to_open) = totp::to_type_and_to_open(&begun.state.secret, &company, &email)?;
    Ok(Some(SetUp { to_type, to_open }))
}

/// Turns the second factor on once a code shows that an app has the secret.
///
/// The session has now shown more than one factor, and gets a new token; every
/// other one of the account ends.
pub async fn add_factor(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
    typed: &str,
) -> Result<Added, FactorError> {
    let id = acting(engine, scope, confirmed).await?.id;
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let begun = ceremony::latest::<Begun>(engine, &tx, scope, (token, SET_UP)).await?;
        let begun = begun.filter(|begun| begun.account == Some(id)).ok_or(FactorError::Over)?;
        if !ceremony::attempt(&tx, begun.id, ATTEMPTS).await? {
            tx.commit().await?;
            return Err(FactorError::Over);
        }
        let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
        let Some(step) = totp::step_of(&begun.state.secret, &typed, scope.now)? else {
            tx.commit().await?;
            return Err(FactorError::Mismatch);
        };
        let account = lock(&tx, id).await?.ok_or(FactorError::Over)?;
        if !ceremony::finish(&tx, begun.id).await? {
            return Err(FactorError::Over);
        }
        ceremony::end_all(&tx, id, SET_UP).await?;
        let sealed = totp::seal(engine, &tx, id, &begun.state.secret).await?;
        let (codes, hashes) = recovery::make(engine, &tx).await?;
        let factor = Alteration::Factor { sealed, step, recovery: hashes };
        alter(engine, &tx, scope, &account, factor).await?;
        let token = session::strengthen(&tx, token).await?.ok_or(FactorError::Over)?;
        session::end_others(&tx, id, Some(&token)).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(Added { token, codes })
    })
    .await
}

/// Turns the second factor off, unless the tenant wants its staff to have one.
pub async fn remove_factor(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
) -> Result<(), FactorError> {
    let id = acting(engine, scope, confirmed).await?.id;
    if is_required(engine, scope) {
        return Err(FactorError::Required);
    }
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let account = lock(&tx, id).await?.ok_or(FactorError::Off)?;
        if account.sealed_totp.is_none() {
            return Err(FactorError::Off);
        }
        alter(engine, &tx, scope, &account, Alteration::NoFactor).await?;
        session::end_others(&tx, id, Some(token)).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}

/// Makes ten new recovery codes; those from before are worth nothing.
pub async fn make_recovery(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
) -> Result<Vec<RecoveryCode>, FactorError> {
    let id = acting(engine, scope, confirmed).await?.id;
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let account = lock(&tx, id).await?.ok_or(FactorError::Off)?;
        if account.sealed_totp.is_none() {
            return Err(FactorError::Off);
        }
        let (codes, hashes) = recovery::make(engine, &tx).await?;
        alter(engine, &tx, scope, &account, Alteration::Recovery(hashes)).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(codes)
    })
    .await
}

/// The account of whoever acts, who has just shown once more that it is theirs.
async fn acting(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
) -> Result<accounts::Model, FactorError> {
    if confirmed.task() != Task::Credentials {
        return Err(FactorError::NotConfirmed);
    }
    own_account(engine, scope).await?.ok_or(FactorError::NotConfirmed)
}

fn is_own(scope: &Scope, account: uuid::Uuid) -> bool {
    matches!(scope.actor, Actor::Account { id, .. } if id == account)
}

fn is_required(engine: &Engine, scope: &Scope) -> bool {
    let is_staff = matches!(scope.actor, Actor::Account { role, .. } if Role::is_staff(role));
    let head = engine.directory.tenant(scope.tenant);
    is_staff && head.is_some_and(|head| head.staff_factor)
}
