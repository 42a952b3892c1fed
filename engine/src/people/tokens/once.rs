//! Doing what is asked with an idempotency key once.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::forget;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Format, api_answers};
use crate::platform::tenancy::WriteTx;

/// For how long an answer is remembered: a day, in seconds.
pub(crate) const REMEMBERED: i64 = 24 * 3600;

/// An idempotency key with the request that it was sent for.
#[derive(Debug, Clone, Copy)]
pub struct Once<'a> {
    /// The key.
    pub key: &'a str,
    /// Method, path and body.
    pub request: &'a [u8],
}

/// An answer, and whether it is one of before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated<T> {
    /// The answer.
    pub answer: T,
    /// Whether nothing was done now.
    pub repeated: bool,
}

/// Why a request with a key is not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OnceError {
    /// The key was used for another request.
    #[error("this idempotency key was used for another request")]
    OtherRequest,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for OnceError {
    fn from(error: sea_orm::DbErr) -> OnceError {
        OnceError::Failure(error.into())
    }
}

/// A key that this transaction has taken.
pub(crate) struct Taken {
    token: Uuid,
    key_hash: Vec<u8>,
}

/// Takes the key for this transaction, or finds what it was answered. Whoever
/// comes with the same key at the same time waits for this transaction's end.
pub(crate) async fn begin<T: DeserializeOwned>(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    once: Option<Once<'_>>,
) -> Result<Result<Option<Taken>, T>, OnceError> {
    let (Some(once), Actor::Token { id: token, .. }) = (once, &scope.actor) else {
        return Ok(Ok(None));
    };
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let key_hash = lookup.hash("idempotency-key", once.key.as_bytes());
    let request_hash = lookup.hash("request", once.request);
    // Exactly then, not when the job comes: the key is as good as a new one.
    tx.delete(
        api_answers::Entity::delete_many()
            .filter(api_answers::Column::CreatedAt.lt(scope.now.plus_seconds(-REMEMBERED))),
    )
    .await?;
    let row = api_answers::ActiveModel {
        token_id: Set(*token),
        key_hash: Set(key_hash.clone()),
        request_hash: Set(request_hash.clone()),
        answer: Set(None),
        created_at: Set(scope.now),
        ..Default::default()
    };
    if tx.insert_or(row, OnConflict::new().do_nothing().to_owned()).await? > 0 {
        return Ok(Ok(Some(Taken { token: *token, key_hash })));
    }
    let known = api_answers::Entity::find()
        .filter(api_answers::Column::TokenId.eq(*token))
        .filter(api_answers::Column::KeyHash.eq(key_hash));
    let row = tx.one(known).await?.ok_or_else(|| Failure::corrupt("an idempotency key"))?;
    if row.request_hash != request_hash {
        return Err(OnceError::OtherRequest);
    }
    let answer = row.answer.ok_or_else(|| Failure::corrupt("an answer that was not kept"))?;
    // An answer is kept as it was given; another version may give another one.
    Ok(Err(Format::first("an answer").read(answer.as_bytes())?))
}

/// Keeps the answer with the key, if there is one.
pub(crate) async fn keep(
    tx: &WriteTx,
    scope: &Scope,
    taken: Option<Taken>,
    answer: &impl Serialize,
) -> Result<(), Failure> {
    let Some(taken) = taken else { return Ok(()) };
    let answer = serde_json::to_string(answer).map_err(Failure::corrupt)?;
    tx.update(
        api_answers::Entity::update_many()
            .col_expr(api_answers::Column::Answer, Expr::value(Some(answer)))
            .filter(api_answers::Column::TokenId.eq(taken.token))
            .filter(api_answers::Column::KeyHash.eq(taken.key_hash)),
    )
    .await?;
    forget::promise(tx, scope).await
}
