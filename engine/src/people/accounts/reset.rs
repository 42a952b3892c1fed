//! A new password by a mailed link.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::address::address_of;
use super::alter::{Alteration, alter};
use super::proof::{self, Purpose};
use super::session;
use super::tries::{self, Try};
use super::ways_in::ways_in;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::accounts;
use crate::platform::tenancy::WriteTx;

/// Sets the password. Whoever was signed in is not any more: it may be somebody
/// else. So may be whoever has the other ways in: they open nothing until the owner
/// has looked at them ([`super::review`]).
pub(super) async fn reset(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    hash: String,
) -> Result<(), Failure> {
    let ways = ways_in(tx, account).await?;
    let others = ways.identities + ways.passkeys > 0 || account.sealed_totp.is_some();
    alter(engine, tx, scope, account, Alteration::Reset(hash)).await?;
    tx.update(
        accounts::Entity::update_many()
            .col_expr(accounts::Column::ReviewSince, Expr::value(others.then_some(scope.now)))
            .filter(accounts::Column::Id.eq(account.id)),
    )
    .await?;
    session::end_others(tx, account.id, None).await?;
    // Also what they have begun: a link to another address, and one more reset.
    for purpose in [Purpose::Reset, Purpose::Address] {
        proof::revoke(tx, account.id, purpose).await?;
    }
    // What was guessed at is not the password any more.
    tries::forget(engine, tx, Try::factor(account.id)).await?;
    match address_of(engine, tx, account).await? {
        Some(email) => tries::forget(engine, tx, Try::sign_in(&email)).await,
        None => Ok(()),
    }
}
