//! After a reset: which of the other ways into an account are its owner's?
//!
//! Whoever had the account before may have left a way in. Until the question is
//! answered, by somebody who has signed in with the new password, none of them
//! opens anything.

use std::collections::BTreeSet;

use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::alter::{Alteration, alter};
use super::confirm::own_account;
use super::factor::recovery_left;
use super::locked::lock;
use super::passkey::{OwnPasskey, own_passkeys};
use super::secret::Secret;
use super::session;
use crate::engine::Engine;
use crate::people::providers;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, accounts, identities, passkeys, sessions};
use crate::platform::tenancy::retrying;

/// The ways in that wait for a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The passkeys.
    pub passkeys: Vec<OwnPasskey>,
    /// The providers: what leads to the account, the provider's name, since when.
    pub providers: Vec<(Uuid, String, Timestamp)>,
    /// How many recovery codes are left, if there is a second factor.
    pub factor: Option<usize>,
}

/// Which of them are whose account it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mine {
    /// Every one.
    All,
    /// These passkeys and identities; the rest goes.
    Only {
        /// Their ids.
        ids: BTreeSet<Uuid>,
        /// Whether the second factor is among them.
        factor: bool,
    },
}

/// The ways in that wait for whoever acts to look at them; none if none does.
pub async fn review(engine: &Engine, scope: &Scope) -> Result<Option<Review>, Failure> {
    let Some(account) = own_account(engine, scope).await? else { return Ok(None) };
    if account.review_since.is_none() {
        return Ok(None);
    }
    let own = providers::own_providers(engine, scope).await?;
    let linked = own.into_iter().flat_map(|provider| {
        let name = provider.name;
        provider.linked.into_iter().map(move |(id, since)| (id, name.clone(), since))
    });
    Ok(Some(Review {
        passkeys: own_passkeys(engine, scope).await?,
        providers: linked.collect(),
        factor: match account.sealed_totp {
            Some(_) => Some(recovery_left(&account)?),
            None => None,
        },
    }))
}

/// Keeps what is theirs and removes the rest; from now on what is left opens the
/// account again. Nothing is done twice.
pub async fn answer_review(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    mine: &Mine,
) -> Result<(), Failure> {
    let Actor::Account { id, .. } = scope.actor else {
        return Err(Failure::Forbidden(Permission::ManageOwnSignIn));
    };
    retrying(|| async {
        let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
        let Some(account) = lock(&tx, id).await?.filter(|row| row.review_since.is_some()) else {
            return Ok(());
        };
        let mut removed = 0;
        if let Mine::Only { ids, factor } = &mine {
            let theirs = passkeys::Entity::find().filter(passkeys::Column::AccountId.eq(id));
            for row in tx.all(theirs).await?.into_iter().filter(|row| !ids.contains(&row.id)) {
                let gone = Alteration::NoPasskey(row.id);
                removed += u32::from(alter(engine, &tx, scope, &account, gone).await?);
            }
            let theirs = identities::Entity::find().filter(identities::Column::AccountId.eq(id));
            for row in tx.all(theirs).await?.into_iter().filter(|row| !ids.contains(&row.id)) {
                let name = providers::called(&tx, &row.provider).await?;
                let gone = Alteration::NoIdentity(&name, row.id);
                removed += u32::from(alter(engine, &tx, scope, &account, gone).await?);
            }
            if account.sealed_totp.is_some() && !factor {
                alter(engine, &tx, scope, &account, Alteration::NoFactor).await?;
                removed += 1;
                // Staff that needs one sets up another first.
                tx.update(
                    sessions::Entity::update_many()
                        .col_expr(sessions::Column::Strong, Expr::value(false))
                        .filter(sessions::Column::TokenHash.eq(token.hash())),
                )
                .await?;
            }
        }
        tx.update(
            accounts::Entity::update_many()
                .col_expr(accounts::Column::ReviewSince, Expr::value(None::<Timestamp>))
                .filter(accounts::Column::Id.eq(id)),
        )
        .await?;
        session::end_others(&tx, id, Some(token)).await?;
        audit::enter(&tx, scope, "ways.reviewed", id, json!({ "removed": removed })).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}
