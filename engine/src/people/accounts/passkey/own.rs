//! The passkeys of whoever acts: listing, renaming and removing them.

use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::super::alter::{Alteration, alter};
use super::super::locked::lock;
use super::super::session::Confirmed;
use super::super::ways_in::ways_in;
use super::add::{PasskeyError, acting};
use super::keep::of_account;
use super::name::PasskeyName;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, passkeys};
use crate::platform::tenancy::retrying;

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Its id.
    pub id: Uuid,
    /// What they call it.
    pub name: String,
    /// When it was added.
    pub added: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// The passkeys of whoever acts, the oldest first.
pub async fn own_passkeys(engine: &Engine, scope: &Scope) -> Result<Vec<OwnPasskey>, Failure> {
    let Actor::Account { id, .. } = scope.actor else { return Ok(Vec::new()) };
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).read().await?;
    let rows = of_account(&tx, id).await?;
    let own = |row: passkeys::Model| OwnPasskey {
        id: row.id,
        name: row.name,
        added: row.created_at,
        used: row.used_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Gives a passkey another name.
pub async fn rename_passkey(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
    name: &PasskeyName,
) -> Result<(), PasskeyError> {
    let account = acting(engine, scope, confirmed).await?.id;
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let renamed = tx
            .update(
                passkeys::Entity::update_many()
                    .col_expr(passkeys::Column::Name, Expr::value(name.as_str()))
                    .filter(passkeys::Column::Id.eq(id))
                    .filter(passkeys::Column::AccountId.eq(account)),
            )
            .await?;
        if renamed == 0 {
            return Err(PasskeyError::Unknown);
        }
        audit::enter(&tx, scope, "passkey.renamed", account, json!({ "passkey": id })).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Removes a passkey, unless nobody could sign in without it.
pub async fn remove_passkey(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
) -> Result<(), PasskeyError> {
    let account = acting(engine, scope, confirmed).await?.id;
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let account = lock(&tx, account).await?.ok_or(PasskeyError::Unknown)?;
        let ways = ways_in(&tx, &account).await?;
        if !alter(engine, &tx, scope, &account, Alteration::NoPasskey(id)).await? {
            return Err(PasskeyError::Unknown);
        }
        if ways.count() <= 1 {
            return Err(PasskeyError::LastWay);
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}
