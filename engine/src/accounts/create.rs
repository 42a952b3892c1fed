//! Creating accounts.

use domain::identifiers::EmailAddress;
use domain::roles::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::password::Password;
use crate::audit;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::keyring::{DataKey, IDENTITY, Place, TenantKeys};
use crate::scope::Scope;
use crate::storage::{accounts, subjects};
use crate::tenancy::WriteTx;

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
    let tx = engine.tenant(scope.tenant).write().await?;
    let keys = engine.keyring.of_tenant(&tx).await?;
    let seal = (&keys.office, Uuid::nil(), "office");
    let id = insert(&tx, scope, &keys, email, (role, None), seal, password_hash).await?;
    tx.commit().await?;
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
    let tx = engine.tenant(scope.tenant).write().await?;
    let keys = engine.keyring.of_tenant(&tx).await?;
    let hash = keys.lookup.hash("email", email.folded().as_bytes());
    let found =
        tx.all(subjects::Entity::find().filter(subjects::Column::EmailHash.eq(hash))).await?;
    // Two people who share a mailbox are not merged by signing up.
    let [subject] = found.as_slice() else {
        return Err(AccountError::UnknownSubject);
    };
    let identity = engine.keyring.ensure_one(&tx, subject.id, IDENTITY).await?;
    let seal = (&identity, subject.id, IDENTITY);
    let who = (Role::Customer, Some(subject.id));
    let id = insert(&tx, scope, &keys, email, who, seal, password_hash).await?;
    tx.commit().await?;
    Ok(id)
}

async fn insert(
    tx: &WriteTx,
    scope: &Scope,
    keys: &TenantKeys,
    email: &EmailAddress,
    (role, subject): (Role, Option<Uuid>),
    (key, owner, label): (&DataKey, Uuid, &str),
    password_hash: String,
) -> Result<Uuid, AccountError> {
    let email_hash = keys.lookup.hash("email", email.folded().as_bytes());
    let taken = tx
        .count(accounts::Entity::find().filter(accounts::Column::EmailHash.eq(email_hash.clone())))
        .await?;
    if taken > 0 {
        return Err(AccountError::Taken);
    }
    let id = Uuid::now_v7();
    let place = Place { tenant: scope.tenant, owner, label, row: id, column: "sealed_email" };
    let sealed_email =
        key.seal(place, email.as_str().as_bytes()).map_err(|e| Failure::Keyring(e.into()))?;
    tx.insert(accounts::ActiveModel {
        id: Set(id),
        role: Set(role.name().to_owned()),
        subject_id: Set(subject),
        email_hash: Set(email_hash),
        sealed_email: Set(sealed_email),
        password_hash: Set(password_hash),
        created_at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    audit::enter(tx, scope, "account.created", id, json!({ "role": role.name() })).await?;
    Ok(id)
}
