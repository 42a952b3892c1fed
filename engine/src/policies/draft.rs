//! Writing the next version.

use domain::policy::Document;
use domain::policy::schema::content_hash;
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::state::State;
use super::versions::{FORMAT, Version, in_state};
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::policy_versions;
use crate::platform::tenancy::{WriteTx, retrying};

/// Why a draft was not saved.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Somebody else has saved since it was opened.
    #[error("somebody else has saved this draft since you opened it")]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for DraftError {
    fn from(error: DbErr) -> DraftError {
        DraftError::Failure(error.into())
    }
}

/// The draft, if one was begun.
pub async fn draft(engine: &Engine, scope: &Scope) -> Result<Option<Version>, Failure> {
    let permit = scope.permit(Permission::ReadDrafts)?;
    let tx = engine.tenant(permit).read().await?;
    in_state(&tx, State::Draft).await
}

/// Saves the draft, begun with revision 0, and answers its new revision.
///
/// `revision` is the one that was opened: if the stored one is another, nothing
/// is changed.
pub async fn save_draft(
    engine: &Engine,
    scope: &Scope,
    revision: i64,
    document: &Document,
) -> Result<i64, DraftError> {
    let permit = scope.permit(Permission::EditPolicy)?;
    let json = serde_json::to_string(document).map_err(Failure::corrupt)?;
    let hash = content_hash(document).to_vec();
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let saved = save_in(&tx, scope, revision, (&json, &hash)).await?;
        tx.commit().await?;
        Ok(saved)
    })
    .await
}

/// Saves the draft in a transaction that may do more.
pub(super) async fn save_in(
    tx: &WriteTx,
    scope: &Scope,
    revision: i64,
    (json, hash): (&str, &[u8]),
) -> Result<i64, DraftError> {
    let current = in_state(tx, State::Draft).await?;
    if current.as_ref().map_or(0, |draft| draft.revision) != revision {
        return Err(DraftError::Stale);
    }
    let number = match current {
        Some(draft) => {
            let saved = tx
                .update(
                    policy_versions::Entity::update_many()
                        .col_expr(policy_versions::Column::Format, Expr::value(FORMAT))
                        .col_expr(policy_versions::Column::Document, Expr::value(json))
                        .col_expr(policy_versions::Column::ContentHash, Expr::value(hash))
                        .col_expr(policy_versions::Column::Revision, Expr::value(revision + 1))
                        .col_expr(policy_versions::Column::SavedAt, Expr::value(scope.now))
                        .filter(policy_versions::Column::Number.eq(draft.number))
                        // Between reading and writing somebody may have saved or published.
                        .filter(policy_versions::Column::State.eq(State::Draft.name()))
                        .filter(policy_versions::Column::Revision.eq(revision)),
                )
                .await?;
            if saved == 0 {
                return Err(DraftError::Stale);
            }
            draft.number
        }
        None => {
            let last = tx
                .one(policy_versions::Entity::find().order_by_desc(policy_versions::Column::Number))
                .await?;
            let number = last.map_or(1, |version| version.number + 1);
            tx.insert(policy_versions::ActiveModel {
                number: Set(number),
                state: Set(State::Draft.name().to_owned()),
                format: Set(FORMAT),
                document: Set(json.to_owned()),
                content_hash: Set(hash.to_owned()),
                revision: Set(revision + 1),
                saved_at: Set(scope.now),
                published_at: Set(None),
                ..Default::default()
            })
            .await?;
            number
        }
    };
    audit::enter(tx, scope, "policy.saved", number, json!({ "revision": revision + 1 })).await?;
    Ok(revision + 1)
}
