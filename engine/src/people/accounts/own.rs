//! Changing how one signs in oneself: password, address, sessions.

use domain::identifiers::EmailAddress;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::address::{address_hash, address_of, seal_address, with_address};
use super::alter::{Alteration, alter};
use super::confirm::own_account;
use super::link::LinkError;
use super::locked::lock;
use super::notice::{self, Change};
use super::password::Password;
use super::proof::{self, Purpose};
use super::secret::Secret;
use super::session;
use super::session::Confirmed;
use super::task::{Method, Task};
use super::ways_in::{WaysIn, ways_in};
use super::wish::letter;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::mail;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, accounts, sessions};
use crate::platform::tenancy::{WriteTx, retrying};

/// One's own account, as its page shows it.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// The address to sign in with.
    pub email: Option<EmailAddress>,
    /// By what one can sign in.
    pub ways: WaysIn,
    /// Whether there is a second factor.
    pub has_factor: bool,
    /// Where one is signed in, the latest first.
    pub sessions: Vec<OwnSession>,
}

/// A browser in which one is signed in.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// Its name in addresses.
    pub id: Uuid,
    /// Browser and system.
    pub browser: String,
    /// How it began.
    pub method: Option<Method>,
    /// When it began.
    pub begun: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// What is sealed with the link that changes an address.
#[derive(Serialize, Deserialize)]
pub(super) struct ChangingAddress {
    pub email: EmailAddress,
}

/// One's own account.
pub async fn own(engine: &Engine, scope: &Scope, token: &Secret) -> Result<OwnAccount, Failure> {
    let permit = scope.permit(Permission::ManageOwnSignIn)?;
    let account =
        own_account(engine, scope).await?.ok_or(Failure::Forbidden(Permission::ManageOwnSignIn))?;
    let tx = engine.tenant(permit).read().await?;
    let rows = tx
        .all(
            sessions::Entity::find()
                .filter(sessions::Column::AccountId.eq(account.id))
                .order_by_desc(sessions::Column::SeenAt),
        )
        .await?;
    let here = token.hash();
    Ok(OwnAccount {
        email: address_of(engine, &tx, &account).await?,
        ways: ways_in(&tx, &account).await?,
        has_factor: account.sealed_totp.is_some(),
        sessions: rows
            .into_iter()
            .filter(|row| session::is_alive(row.created_at, row.seen_at, scope.now))
            .map(|row| OwnSession {
                id: row.id,
                here: row.token_hash == here,
                method: Method::named(&row.method),
                browser: row.browser,
                begun: row.created_at,
                seen: row.seen_at,
            })
            .collect(),
    })
}

/// Ends one of one's own sessions, or all but the one that asks.
pub async fn end_own(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    which: Option<Uuid>,
) -> Result<(), Failure> {
    let Actor::Account { id: account, .. } = scope.actor else {
        return Err(Failure::Forbidden(Permission::ManageOwnSignIn));
    };
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let ended = match which {
            None => session::end_others(&tx, account, Some(token)).await?,
            Some(id) => {
                tx.delete(
                    sessions::Entity::delete_many()
                        .filter(sessions::Column::AccountId.eq(account))
                        .filter(sessions::Column::Id.eq(id)),
                )
                .await?
            }
        };
        audit::enter(&tx, scope, "sessions.ended", account, json!({ "ended": ended })).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Sets a new password, or a first one. Other browsers are signed out.
pub async fn change_password(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
    password: Password,
) -> Result<(), Failure> {
    let account = actor(scope, confirmed)?;
    let hash = engine.passwords.hash(password).await?;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let row = row(&tx, account).await?;
    alter(engine, &tx, scope, &row, Alteration::Password(hash)).await?;
    session::end_others(&tx, account, Some(token)).await?;
    for purpose in [Purpose::Reset, Purpose::Address] {
        proof::revoke(&tx, account, purpose).await?;
    }
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Mails a link to the new address, and tells the old one. Nothing changes until
/// the link is confirmed.
pub async fn ask_for_address(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    email: &EmailAddress,
) -> Result<(), Failure> {
    let account = actor(scope, confirmed)?;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    proof::revoke(&tx, account, Purpose::Address).await?;
    let state = ChangingAddress { email: email.clone() };
    let (_, secret) =
        proof::write(engine, &tx, scope, Purpose::Address, Some(account), &state).await?;
    let mail = letter(engine, scope, Purpose::Address, &secret)?;
    mail::post(engine, &tx, scope, email.clone(), mail).await?;
    notice::tell(engine, &tx, scope, &row(&tx, account).await?, Change::AddressAsked).await?;
    audit::enter(&tx, scope, "address.asked", account, json!({})).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Gives an account another address; whose data it shows stays as it is. Both
/// addresses are told.
pub(super) async fn set_address(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
    email: &EmailAddress,
) -> Result<(), LinkError> {
    let row = lock(tx, account).await?.ok_or(LinkError::Over)?;
    if with_address(engine, tx, email).await?.is_some_and(|other| other.id != account) {
        return Err(LinkError::Taken);
    }
    let hash = address_hash(engine, tx, email).await?;
    let sealed = seal_address(engine, tx, row.subject_id, account, email).await?;
    alter(engine, tx, scope, &row, Alteration::Address { hash, sealed }).await?;
    proof::revoke(tx, account, Purpose::Reset).await?;
    Ok(())
}

async fn row(tx: &WriteTx, account: Uuid) -> Result<accounts::Model, Failure> {
    lock(tx, account).await?.ok_or(Failure::Forbidden(Permission::ManageOwnSignIn))
}

fn actor(scope: &Scope, confirmed: Confirmed) -> Result<Uuid, Failure> {
    match scope.actor {
        Actor::Account { id, .. } if confirmed.task() == Task::Credentials => Ok(id),
        _ => Err(Failure::Forbidden(Permission::ManageOwnSignIn)),
    }
}
