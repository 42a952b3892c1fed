//! What takes a browser several steps: a provider's sign-in, a passkey, a second
//! factor, a mailed code.
//!
//! What was begun is in the database, so that any node can finish it, and bound
//! to the one cookie, so that nobody else can.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::secret::Secret;
use crate::engine::Engine;
use crate::people::forget;
use crate::platform::failure::Failure;
use crate::platform::keyring::Place;
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, ceremonies};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// Something begun and not finished.
pub(crate) struct Ceremony<T> {
    pub id: Uuid,
    pub account: Option<Uuid>,
    pub attempts: i64,
    pub state: T,
}

/// How it is sealed.
const FORMAT: Format = Format::first("a ceremony");

/// Notes what a browser has begun; it can be finished for `lasts` seconds. What
/// nobody finished in time is forgotten.
pub(crate) async fn begin<T: Serialize>(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    (token, kind): (&Secret, &'static str),
    account: Option<Uuid>,
    state: &T,
    lasts: i64,
) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    let office = engine.keyring.of_tenant(tx).await?.office;
    let plain = FORMAT.write(state)?;
    let sealed = office.seal(place(tx, id), &plain).map_err(|e| Failure::Keyring(e.into()))?;
    tx.insert(ceremonies::ActiveModel {
        id: Set(id),
        token_hash: Set(token.hash()),
        kind: Set(kind.to_owned()),
        account_id: Set(account),
        sealed: Set(sealed),
        attempts: Set(0),
        expires_at: Set(scope.now.plus_seconds(lasts)),
        ..Default::default()
    })
    .await?;
    forget::promise(tx, scope).await?;
    Ok(id)
}

/// What this browser has begun last of that kind, if there is still time.
pub(crate) async fn latest<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    (token, kind): (&Secret, &'static str),
) -> Result<Option<Ceremony<T>>, Failure> {
    let row = tx
        .one(
            ceremonies::Entity::find()
                .filter(ceremonies::Column::TokenHash.eq(token.hash()))
                .filter(ceremonies::Column::Kind.eq(kind))
                .filter(ceremonies::Column::ExpiresAt.gt(scope.now))
                .order_by_desc(ceremonies::Column::Id),
        )
        .await?;
    open(engine, tx, row).await
}

/// The one of that id, if this browser has begun it and there is still time.
pub(crate) async fn find<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    (token, kind): (&Secret, &'static str),
    id: Uuid,
) -> Result<Option<Ceremony<T>>, Failure> {
    let row = tx
        .one(
            ceremonies::Entity::find()
                .filter(ceremonies::Column::Id.eq(id))
                .filter(ceremonies::Column::TokenHash.eq(token.hash()))
                .filter(ceremonies::Column::Kind.eq(kind))
                .filter(ceremonies::Column::ExpiresAt.gt(scope.now)),
        )
        .await?;
    open(engine, tx, row).await
}

/// Ends one. False if somebody was faster: what it stood for is done once.
pub(crate) async fn finish(tx: &WriteTx, id: Uuid) -> Result<bool, Failure> {
    let ended =
        tx.delete(ceremonies::Entity::delete_many().filter(ceremonies::Column::Id.eq(id))).await?;
    Ok(ended == 1)
}

/// Ends all of a kind of an account, in every browser.
pub(crate) async fn end_all(
    tx: &WriteTx,
    account: Uuid,
    kind: &'static str,
) -> Result<(), Failure> {
    tx.delete(
        ceremonies::Entity::delete_many()
            .filter(ceremonies::Column::AccountId.eq(account))
            .filter(ceremonies::Column::Kind.eq(kind)),
    )
    .await?;
    Ok(())
}

/// Gives what one token has begun of a kind to another: the browser's new one,
/// after somebody has signed in.
pub(crate) async fn hand_over(
    tx: &WriteTx,
    kind: &'static str,
    (from, to): (&Secret, &Secret),
) -> Result<(), Failure> {
    tx.update(
        ceremonies::Entity::update_many()
            .col_expr(ceremonies::Column::TokenHash, Expr::value(to.hash()))
            .filter(ceremonies::Column::TokenHash.eq(from.hash()))
            .filter(ceremonies::Column::Kind.eq(kind)),
    )
    .await?;
    Ok(())
}

/// Counts an attempt before it is made, so that attempts at the same time cannot
/// all be the first. False if `most` were made already; then it is over.
pub(crate) async fn attempt(tx: &WriteTx, id: Uuid, most: i64) -> Result<bool, Failure> {
    let counted = tx
        .update(
            ceremonies::Entity::update_many()
                .col_expr(
                    ceremonies::Column::Attempts,
                    Expr::col(ceremonies::Column::Attempts).add(1),
                )
                .filter(ceremonies::Column::Id.eq(id))
                .filter(ceremonies::Column::Attempts.lt(most)),
        )
        .await?;
    if counted == 0 {
        finish(tx, id).await?;
    }
    Ok(counted == 1)
}

async fn open<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    row: Option<ceremonies::Model>,
) -> Result<Option<Ceremony<T>>, Failure> {
    Ok(opened(engine, tx, row).await?.pop())
}

/// Several, in their order.
pub(super) async fn opened<T: DeserializeOwned>(
    engine: &Engine,
    tx: &ReadTx,
    rows: impl IntoIterator<Item = ceremonies::Model>,
) -> Result<Vec<Ceremony<T>>, Failure> {
    let mut rows = rows.into_iter().peekable();
    if rows.peek().is_none() {
        return Ok(Vec::new());
    }
    let office = engine.keyring.of_tenant(tx).await?.office;
    rows.map(|row| {
        let plain =
            office.open(place(tx, row.id), &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
        let state = FORMAT.read(&plain)?;
        Ok(Ceremony { id: row.id, account: row.account_id, attempts: row.attempts, state })
    })
    .collect()
}

fn place(tx: &ReadTx, id: Uuid) -> Place<'static> {
    Place {
        tenant: tx.tenant(),
        owner: Uuid::nil(),
        label: "office",
        row: id,
        column: "ceremonies",
    }
}
