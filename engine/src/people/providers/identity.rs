//! Who at a provider may sign in to which account.

use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::reason::Reason;
use super::settings::Kind;
use super::store;
use crate::engine::Engine;
use crate::people::accounts::{Alteration, Confirmed, Secret, Task, alter, lock, session, ways_in};
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, accounts, identities};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};

/// A provider, as somebody who is signed in sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProvider {
    /// Its name in addresses.
    pub slug: String,
    /// Its name on buttons.
    pub name: String,
    /// What leads from it to their account, and since when.
    pub linked: Vec<(Uuid, Timestamp)>,
}

/// Why a provider is still linked.
#[derive(Debug, thiserror::Error)]
pub enum UnlinkError {
    /// There is no other way to sign in.
    #[error("there is no other way to sign in")]
    Last,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for UnlinkError {
    fn from(error: sea_orm::DbErr) -> UnlinkError {
        UnlinkError::Failure(error.into())
    }
}

/// The tenant's providers, and which of them lead to the account of whoever acts.
pub async fn own_providers(engine: &Engine, scope: &Scope) -> Result<Vec<OwnProvider>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).read().await?;
    let own = own(&tx, scope).await?;
    let linked = |slug: &str| {
        own.iter().filter(|row| row.provider == slug).map(|row| (row.id, row.created_at)).collect()
    };
    let all = store::all(&tx).await?;
    Ok(all
        .into_iter()
        .map(|provider| OwnProvider {
            linked: linked(&provider.slug),
            name: provider.settings.name,
            slug: provider.slug,
        })
        .collect())
}

/// The providers, as slug and name, that can show once more who acts is: those
/// of their account that say when somebody has signed in there. Plain OAuth 2
/// does not, and would answer for whoever finds the browser open.
pub async fn able_to_confirm(
    engine: &Engine,
    scope: &Scope,
) -> Result<Vec<(String, String)>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).read().await?;
    let own = own(&tx, scope).await?;
    let all = store::all(&tx).await?;
    Ok(all
        .into_iter()
        .filter(|provider| matches!(provider.settings.kind, Kind::OpenId { .. }))
        .filter(|provider| own.iter().any(|row| row.provider == provider.slug))
        .map(|provider| (provider.slug, provider.settings.name))
        .collect())
}

/// Takes an identity off the own account, unless it is the last way to sign in.
/// Other browsers are signed out. False if there is no such identity.
pub async fn unlink(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    confirmed: Confirmed,
    id: Uuid,
) -> Result<bool, UnlinkError> {
    let permit = confirmed.permits(scope, Task::Credentials, Permission::ManageOwnSignIn)?;
    let Actor::Account { id: account, .. } = scope.actor else { return Ok(false) };
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let Some(account) = lock(&tx, account).await? else { return Ok(false) };
        let query = identities::Entity::find().filter(identities::Column::Id.eq(id));
        let Some(row) = tx.one(query).await? else { return Ok(false) };
        let name = store::called(&tx, &row.provider).await?;
        if !alter(engine, &tx, scope, &account, Alteration::NoIdentity(&name, id)).await? {
            return Ok(false);
        }
        // Not committed, nothing was removed.
        if ways_in(&tx, &account).await?.count() == 0 {
            return Err(UnlinkError::Last);
        }
        session::end_others(&tx, account.id, Some(token)).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(true)
    })
    .await
}

/// The identity of that name.
pub(super) async fn find(
    tx: &ReadTx,
    provider: &str,
    name_hash: &[u8],
) -> Result<Option<identities::Model>, Failure> {
    Ok(tx
        .one(
            identities::Entity::find()
                .filter(identities::Column::Provider.eq(provider))
                .filter(identities::Column::NameHash.eq(name_hash)),
        )
        .await?)
}

/// Lets an identity sign in to an account, and tells its owner. It belongs to one
/// account only.
pub(super) async fn insert(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    (provider, name_hash): (&str, &[u8]),
) -> Result<(), Reason> {
    let id = Uuid::now_v7();
    let row = identities::ActiveModel {
        id: Set(id),
        account_id: Set(account.id),
        provider: Set(provider.to_owned()),
        name_hash: Set(name_hash.to_vec()),
        created_at: Set(scope.now),
        ..Default::default()
    };
    let name = store::called(tx, provider).await?;
    if !alter(engine, tx, scope, account, Alteration::Identity(&name, id, row)).await? {
        let there = find(tx, provider, name_hash).await?;
        let same = there.is_some_and(|row| row.account_id == account.id);
        return same.then_some(()).ok_or(Reason::NotYours);
    }
    Ok(())
}

async fn own(tx: &ReadTx, scope: &Scope) -> Result<Vec<identities::Model>, Failure> {
    let Actor::Account { id, .. } = scope.actor else { return Ok(Vec::new()) };
    let query = identities::Entity::find()
        .filter(identities::Column::AccountId.eq(id))
        .order_by_asc(identities::Column::Id);
    Ok(tx.all(query).await?)
}
