//! Showing once more who one is, before something that matters.

use domain::roles::Permission;
use domain::roles::Role;
use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::address_of;
use super::ceremony;
use super::factor::spend;
use super::locked::lock;
use super::notice::{Change, tell};
use super::secret::Secret;
use super::session;
use super::sign_in::NotEntered;
use super::task::Task;
use super::tries::{self, NotBooked, Try};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::mail::{self, Letter};
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::accounts;
use crate::platform::tenancy::retrying;

const CODE: &str = "code";
/// For how long a mailed code is good: ten minutes, in seconds.
const CODE_LASTS: i64 = 10 * 60;
/// How often a code may be tried. With the limit on how often one is sent, a
/// guess is right once in 200,000.
const CODE_ATTEMPTS: i64 = 5;

/// Why it was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum NotConfirmed {
    /// The password or the code is wrong.
    #[error("that is not right")]
    Mismatch,
    /// There is no code any more: too old, used, or tried too often.
    #[error("that code is no longer good")]
    Over,
    /// Somebody has tried too often.
    #[error("too many tries; the next one in {0} seconds")]
    TooMany(u32),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<NotBooked> for NotConfirmed {
    fn from(error: NotBooked) -> NotConfirmed {
        match error {
            NotBooked::TooMany { seconds, .. } => NotConfirmed::TooMany(seconds),
            NotBooked::Failure(failure) => NotConfirmed::Failure(failure),
        }
    }
}

impl From<sea_orm::DbErr> for NotConfirmed {
    fn from(error: sea_orm::DbErr) -> NotConfirmed {
        NotConfirmed::Failure(error.into())
    }
}

impl NotConfirmed {
    /// What was shown was right, and nobody came in all the same.
    pub(crate) fn over(not: NotEntered) -> NotConfirmed {
        match not {
            NotEntered::Nobody | NotEntered::ReviewFirst => NotConfirmed::Over,
            NotEntered::Failure(failure) => NotConfirmed::Failure(failure),
        }
    }
}

/// What is sealed while a code is on its way.
#[derive(Serialize, Deserialize)]
struct Sent {
    code: String,
    task: String,
}

/// Confirms a task by the password of the account.
pub async fn confirm_by_password(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    task: Task,
    password: SecretString,
) -> Result<(), NotConfirmed> {
    let account = own_account(engine, scope).await?.ok_or(NotConfirmed::Mismatch)?;
    if wants_factor(&account, task) {
        return Err(NotConfirmed::Mismatch);
    }
    let booked = tries::book(engine, scope, [Try::password(account.id)]).await?;
    if !engine.passwords.check(password, account.password_hash).await? {
        return Err(NotConfirmed::Mismatch);
    }
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    tries::refund(&tx, booked).await?;
    session::confirm(&tx, scope, token, task).await?;
    tx.commit().await?;
    Ok(())
}

/// Confirms a task by a code of the second factor, or by a recovery code.
///
/// # Errors
/// [`NotConfirmed::Over`] once several were wrong in this session.
pub async fn confirm_by_factor(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    task: Task,
    typed: &str,
) -> Result<(), NotConfirmed> {
    let Actor::Account { id, .. } = scope.actor else { return Err(NotConfirmed::Mismatch) };
    let of_session = Try::factor_of_session(token);
    let kind = of_session.kind();
    let booked = tries::book(engine, scope, [of_session, Try::factor(id)]).await;
    let booked = booked.map_err(|error| match error {
        NotBooked::TooMany { kind: of, .. } if of == kind => NotConfirmed::Over,
        other => other.into(),
    })?;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let account = lock(&tx, id).await?.ok_or(NotConfirmed::Mismatch)?;
    if account.sealed_totp.is_none() || !spend(engine, &tx, scope, &account, typed).await? {
        if booked.is_last(kind) {
            tell(engine, &tx, scope, &account, Change::CodesMissed).await?;
            tx.commit().await?;
            engine.work.notify_one();
        }
        return Err(NotConfirmed::Mismatch);
    }
    tries::refund(&tx, booked).await?;
    session::confirm(&tx, scope, token, task).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Whether nothing less than the second factor confirms this task: who could
/// change how one signs in by the password alone could remove the factor by it.
pub async fn needs_factor(engine: &Engine, scope: &Scope, task: Task) -> Result<bool, Failure> {
    Ok(own_account(engine, scope).await?.is_some_and(|account| wants_factor(&account, task)))
}

pub(crate) fn wants_factor(account: &accounts::Model, task: Task) -> bool {
    // Whatever staff confirms is about others.
    let of_staff = Role::named(&account.role).is_none_or(Role::is_staff);
    (of_staff || task.needs_factor()) && account.sealed_totp.is_some()
}

/// Mails a code of six digits to the account's address.
pub async fn send_code(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    task: Task,
) -> Result<(), Failure> {
    let Some(account) = own_account(engine, scope).await? else { return Ok(()) };
    let code = six_digits()?;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let Some(to) = address_of(engine, &tx, &account).await? else { return Ok(()) };
    let sent = Sent { code: code.clone(), task: task.name().to_owned() };
    ceremony::begin(engine, &tx, scope, (token, CODE), Some(account.id), &sent, CODE_LASTS).await?;
    let words = Words::new(scope.language);
    let letter = Letter {
        language: words.language(),
        subject: words.text("mail-code-subject"),
        paragraphs: vec![words.text("mail-code-text")],
        code: Some(code),
        link: None,
        why: words.text("mail-code-why"),
    };
    mail::post(engine, &tx, scope, to, letter).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Confirms a task by the code that was mailed for it last.
pub async fn confirm_by_code(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    task: Task,
    typed: &str,
) -> Result<(), NotConfirmed> {
    let account = own_account(engine, scope).await?.ok_or(NotConfirmed::Over)?;
    let booked = tries::book(engine, scope, [Try::code(account.id)]).await?;
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let sent = ceremony::latest::<Sent>(engine, &tx, scope, (token, CODE)).await?;
        let sent = sent.filter(|sent| sent.state.task == task.name()).ok_or(NotConfirmed::Over)?;
        if !ceremony::attempt(&tx, sent.id, CODE_ATTEMPTS).await? {
            tx.commit().await?;
            return Err(NotConfirmed::Over);
        }
        let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
        if wants_factor(&account, task) || !same(&typed, &sent.state.code) {
            tx.commit().await?;
            return Err(NotConfirmed::Mismatch);
        }
        // Of two browsers that type it at the same time one was first.
        if !ceremony::finish(&tx, sent.id).await? {
            return Err(NotConfirmed::Over);
        }
        tries::refund(&tx, booked.clone()).await?;
        session::confirm(&tx, scope, token, task).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Whether whoever acts has a password.
pub async fn has_password(engine: &Engine, scope: &Scope) -> Result<bool, Failure> {
    Ok(own_account(engine, scope).await?.is_some_and(|account| account.password_hash.is_some()))
}

/// The account of whoever acts.
pub(crate) async fn own_account(
    engine: &Engine,
    scope: &Scope,
) -> Result<Option<accounts::Model>, Failure> {
    let Actor::Account { id, .. } = scope.actor else { return Ok(None) };
    account(engine, scope, id).await
}

pub(crate) async fn account(
    engine: &Engine,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<accounts::Model>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    Ok(tx.one(accounts::Entity::find().filter(accounts::Column::Id.eq(id))).await?)
}

fn six_digits() -> Result<String, Failure> {
    // What would make some codes likelier than others is drawn again.
    const LARGEST: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let drawn = getrandom::u32().map_err(Failure::corrupt)?;
        if drawn < LARGEST {
            return Ok(format!("{:06}", drawn % 1_000_000));
        }
    }
}

/// Compares in a time that does not depend on where they differ.
fn same(typed: &str, code: &str) -> bool {
    use subtle::ConstantTimeEq;
    typed.as_bytes().ct_eq(code.as_bytes()).into()
}
