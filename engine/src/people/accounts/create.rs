//! Creating accounts.

use domain::identifiers::EmailAddress;
use domain::roles::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::address::{address_hash, seal_address};
use super::deeds::{Deed, tell_admins};
use super::password::Password;
use crate::engine::Engine;
use crate::people::subjects::hold;
use crate::people::subjects::locks_out;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{accounts, subjects};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// Why there is no account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The address has one already.
    #[error("there is an account with this address already")]
    Taken,
    /// The tenant holds nothing about a person with this address.
    #[error("nobody with this address is known")]
    UnknownSubject,
    /// A role that staff does not have.
    #[error("a customer's account needs the customer")]
    NotStaff,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for AccountError {
    fn from(error: DbErr) -> AccountError {
        AccountError::Failure(error.into())
    }
}

/// Creates the account of someone who works for the tenant.
pub async fn create_staff(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    role: Role,
    password: Password,
) -> Result<Uuid, AccountError> {
    if !role.is_staff() {
        return Err(AccountError::NotStaff);
    }
    let password_hash = engine.passwords.hash(password).await?;
    retrying(|| staff_once(engine, scope, email, role, password_hash.clone())).await
}

async fn staff_once(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    role: Role,
    password_hash: String,
) -> Result<Uuid, AccountError> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    // Those who are there already.
    tell_admins(engine, &tx, scope, &Deed::StaffMade(email.clone(), role)).await?;
    let id = insert(engine, &tx, scope, email, (role, None), Some(password_hash)).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(id)
}

/// Creates the account of the one subject with this address, and ties it to that
/// subject for good.
pub async fn create_customer(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    password: Password,
) -> Result<Uuid, AccountError> {
    let password_hash = engine.passwords.hash(password).await?;
    retrying(|| customer_once(engine, scope, email, password_hash.clone())).await
}

async fn customer_once(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    password_hash: String,
) -> Result<Uuid, AccountError> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    let subject = subject_with(engine, &tx, email).await?.ok_or(AccountError::UnknownSubject)?;
    let who = (Role::Customer, Some(subject));
    let id = insert(engine, &tx, scope, email, who, Some(password_hash)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The one subject with this address whose data is not being deleted. Two people
/// who share a mailbox are not merged by signing up.
pub(crate) async fn subject_with(
    engine: &Engine,
    tx: &ReadTx,
    email: &EmailAddress,
) -> Result<Option<Uuid>, Failure> {
    let hash = address_hash(engine, tx, email).await?;
    let found =
        tx.all(subjects::Entity::find().filter(subjects::Column::EmailHash.eq(hash))).await?;
    Ok(match found.as_slice() {
        [subject] if !locks_out(subject.frozen_at) => Some(subject.id),
        _ => None,
    })
}

/// Whether a subject has an account, by whatever address.
pub(crate) async fn has_account(tx: &ReadTx, subject: Uuid) -> Result<bool, Failure> {
    let of_subject = accounts::Entity::find().filter(accounts::Column::SubjectId.eq(subject));
    Ok(tx.count(of_subject).await? > 0)
}

/// Creates an account in a transaction that may do more.
pub(crate) async fn insert(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    email: &EmailAddress,
    (role, subject): (Role, Option<Uuid>),
    password_hash: Option<String>,
) -> Result<Uuid, AccountError> {
    if let Some(subject) = subject {
        hold(tx, subject).await?;
    }
    let email_hash = address_hash(engine, tx, email).await?;
    let taken = tx
        .count(accounts::Entity::find().filter(accounts::Column::EmailHash.eq(email_hash.clone())))
        .await?;
    if taken > 0 {
        return Err(AccountError::Taken);
    }
    // Whoever has moved their account to another address has one all the same.
    if let Some(subject) = subject
        && has_account(tx, subject).await?
    {
        return Err(AccountError::Taken);
    }
    let id = Uuid::now_v7();
    tx.insert(accounts::ActiveModel {
        id: Set(id),
        role: Set(role.name().to_owned()),
        subject_id: Set(subject),
        email_hash: Set(email_hash),
        sealed_email: Set(seal_address(engine, tx, subject, id, email).await?),
        created_at: Set(scope.now),
        password_hash: Set(password_hash),
        language: Set(scope.language.tag().to_owned()),
        ..Default::default()
    })
    .await?;
    audit::enter(tx, scope, "account.created", id, json!({ "role": role.name() })).await?;
    Ok(id)
}
