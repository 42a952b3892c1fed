//! Putting the draft into force.

use domain::policy::Document;
use domain::policy::check::{Finding, Severity, check};
use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;

use super::state::State;
use super::versions::in_state;
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{policy_versions, tenants};
use crate::platform::tenancy::{WriteTx, retrying};

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// There is no draft.
    #[error("there is no draft to publish")]
    NoDraft,
    /// Somebody else has saved since it was read.
    #[error("somebody else has saved this draft since you read it")]
    Stale,
    /// It says the same as the version in force.
    #[error("the draft says the same as the version in force")]
    Unchanged,
    /// It has errors.
    #[error("the draft has {} errors", .0.len())]
    Errors(Vec<Finding>),
    /// What is in force was published in the studio, and is not what was to be
    /// replaced.
    #[error("version {0} was published in the studio since")]
    Newer(i64),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for PublishError {
    fn from(error: DbErr) -> PublishError {
        PublishError::Failure(error.into())
    }
}

/// Publishes the draft as it stood at `revision`, and answers its number. From
/// the commit on it is what pages show and what the portal executes.
pub async fn publish(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    revision: i64,
) -> Result<i64, PublishError> {
    let permit = confirmed.permits(scope, Task::Publication, Permission::PublishPolicy)?;
    let number = retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let number = publish_in(engine, &tx, scope, revision).await?;
        tx.commit().await?;
        Ok::<_, PublishError>(number)
    })
    .await?;
    look_again(engine).await;
    Ok(number)
}

/// This node shows it at once; the others see the number grow. It is published
/// whether or not this look succeeds.
pub(super) async fn look_again(engine: &Engine) {
    engine.work.notify_one();
    if let Err(error) = engine.refresh().await {
        tracing::warn!(%error, "published; this node sees it with its next look");
    }
}

/// Lets those who publish at the same time do so one after the other, each of whom then
/// reads what the one before has left.
pub(super) async fn one_after_the_other(tx: &WriteTx) -> Result<(), DbErr> {
    let same = Expr::col(tenants::Column::Name);
    tx.update(tenants::Entity::update_many().col_expr(tenants::Column::Name, same)).await?;
    Ok(())
}

/// Publishes the draft in a transaction that may do more.
pub(super) async fn publish_in(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    revision: i64,
) -> Result<i64, PublishError> {
    one_after_the_other(tx).await?;
    let draft = in_state(tx, State::Draft).await?.ok_or(PublishError::NoDraft)?;
    if draft.revision != revision {
        return Err(PublishError::Stale);
    }
    without_errors(&draft.document)?;
    let before = in_state(tx, State::Published).await?;
    if before.is_some_and(|version| version.content_hash == draft.content_hash) {
        return Err(PublishError::Unchanged);
    }
    supersede(tx).await?;
    let published = tx
        .update(
            policy_versions::Entity::update_many()
                .col_expr(policy_versions::Column::State, Expr::value(State::Published.name()))
                .col_expr(policy_versions::Column::PublishedAt, Expr::value(scope.now))
                .filter(policy_versions::Column::Number.eq(draft.number))
                // What was checked above, and nothing that was saved since.
                .filter(policy_versions::Column::State.eq(State::Draft.name()))
                .filter(policy_versions::Column::Revision.eq(revision)),
        )
        .await?;
    if published == 0 {
        return Err(PublishError::Stale);
    }
    tell_of(engine, tx, scope, (draft.number, revision)).await?;
    Ok(draft.number)
}

/// Refuses a document with errors.
pub(super) fn without_errors(document: &Document) -> Result<(), PublishError> {
    let errors: Vec<Finding> =
        check(document).into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(()) } else { Err(PublishError::Errors(errors)) }
}

/// Takes the version in force out of it: another one follows in the same transaction.
pub(super) async fn supersede(tx: &WriteTx) -> Result<(), DbErr> {
    tx.update(
        policy_versions::Entity::update_many()
            .col_expr(policy_versions::Column::State, Expr::value(State::Superseded.name()))
            .filter(policy_versions::Column::State.eq(State::Published.name())),
    )
    .await?;
    Ok(())
}

/// Tells nodes, the audit log and the admins.
pub(super) async fn tell_of(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    (number, revision): (i64, i64),
) -> Result<(), Failure> {
    tx.announce().await?;
    audit::enter(tx, scope, "policy.published", number, json!({ "revision": revision })).await?;
    tell_admins(engine, tx, scope, &Deed::Published(number)).await?;
    Ok(())
}
