//! Who at a provider may sign in to which account.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::reason::Reason;
use super::settings::Kind;
use super::store;
use crate::accounts::{Secret, lock, session, ways_in};
use crate::audit;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::{Actor, Scope};
use crate::storage::{Timestamp, identities};
use crate::tenancy::{ReadTx, WriteTx};

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
    let tx = engine.tenant(scope.tenant).read().await?;
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
    let tx = engine.tenant(scope.tenant).read().await?;
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
    id: Uuid,
) -> Result<bool, UnlinkError> {
    let Actor::Account { id: account, .. } = scope.actor else { return Ok(false) };
    let tx = engine.tenant(scope.tenant).write().await?;
    let removed = tx
        .delete(
            identities::Entity::delete_many()
                .filter(identities::Column::Id.eq(id))
                .filter(identities::Column::AccountId.eq(account)),
        )
        .await?;
    if removed == 0 {
        return Ok(false);
    }
    // Not committed, nothing was removed.
    let Some(row) = lock(&tx, account).await? else { return Ok(false) };
    if ways_in(&tx, &row).await?.count() == 0 {
        return Err(UnlinkError::Last);
    }
    session::end_others(&tx, account, Some(token)).await?;
    audit::enter(&tx, scope, "identity.unlinked", account, json!({})).await?;
    tx.commit().await?;
    Ok(true)
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

/// Lets an identity sign in to an account. It belongs to one account only.
pub(super) async fn insert(
    tx: &WriteTx,
    scope: &Scope,
    account: Uuid,
    (provider, name_hash): (&str, &[u8]),
) -> Result<(), Reason> {
    let row = identities::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account),
        provider: Set(provider.to_owned()),
        name_hash: Set(name_hash.to_vec()),
        created_at: Set(scope.now),
        ..Default::default()
    };
    if tx.insert_or(row, OnConflict::new().do_nothing().to_owned()).await? == 0 {
        let there = find(tx, provider, name_hash).await?;
        let same = there.is_some_and(|row| row.account_id == account);
        return same.then_some(()).ok_or(Reason::NotYours);
    }
    audit::enter(tx, scope, "identity.linked", account, json!({ "provider": provider })).await?;
    Ok(())
}

async fn own(tx: &ReadTx, scope: &Scope) -> Result<Vec<identities::Model>, Failure> {
    let Actor::Account { id, .. } = scope.actor else { return Ok(Vec::new()) };
    let query = identities::Entity::find()
        .filter(identities::Column::AccountId.eq(id))
        .order_by_asc(identities::Column::Id);
    Ok(tx.all(query).await?)
}
