//! Putting a whole document into force, past the studio.

use domain::policy::Document;
use domain::policy::schema::content_hash;
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::publish::{
    PublishError, look_again, one_after_the_other, publish_in, supersede, tell_of, without_errors,
};
use super::state::State;
use super::versions::{FORMAT, in_state};
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Task};
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{audit_entries, policy_versions};
use crate::platform::tenancy::{ReadTx, retrying};

/// Which version in force may be replaced by a document from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// One that came from outside too: nobody's work in the studio.
    Enacted,
    /// That one, wherever it came from: somebody has looked at it.
    Over(i64),
}

/// Publishes a document in one transaction, and answers its number. What is in force
/// already is not published again. A draft stays beside it, and is published after
/// it; a version in force that `ground` does not cover stays, and it is
/// [`PublishError::Newer`].
pub(crate) async fn enact(
    engine: &Engine,
    scope: &Scope,
    document: &Document,
    ground: Ground,
) -> Result<i64, PublishError> {
    let confirmed = Confirmed::at_the_machine(scope, Task::Publication)?;
    confirmed.permits(scope, Task::Publication, Permission::PublishPolicy)?;
    without_errors(document)?;
    let json = serde_json::to_string(document).map_err(Failure::corrupt)?;
    let hash = content_hash(document).to_vec();
    let number = retrying(|| enact_once(engine, scope, (&json, &hash), ground)).await?;
    look_again(engine).await;
    Ok(number)
}

async fn enact_once(
    engine: &Engine,
    scope: &Scope,
    (json, hash): (&str, &[u8]),
    ground: Ground,
) -> Result<i64, PublishError> {
    let tx = engine.tenant(scope.permit(Permission::PublishPolicy)?).write().await?;
    one_after_the_other(&tx).await?;
    if let Some(before) = in_state(&tx, State::Published).await? {
        if before.content_hash == hash {
            return Ok(before.number);
        }
        if ground != Ground::Over(before.number) && !by_file(&tx, before.number).await? {
            return Err(PublishError::Newer(before.number));
        }
    }
    let draft = in_state(&tx, State::Draft).await?;
    if let Some(draft) = draft.filter(|draft| draft.content_hash == hash) {
        // What an earlier run has saved, or what somebody was about to publish.
        let number = publish_in(engine, &tx, scope, draft.revision).await?;
        tx.commit().await?;
        return Ok(number);
    }
    let last = tx
        .one(policy_versions::Entity::find().order_by_desc(policy_versions::Column::Number))
        .await?;
    let number = match last {
        // The draft is the last one always, and comes into force after this.
        Some(last) if last.state == State::Draft.name() => {
            tx.update(
                policy_versions::Entity::update_many()
                    .col_expr(policy_versions::Column::Number, Expr::value(last.number + 1))
                    .filter(policy_versions::Column::Number.eq(last.number))
                    .filter(policy_versions::Column::State.eq(State::Draft.name())),
            )
            .await?;
            last.number
        }
        Some(last) => last.number + 1,
        None => 1,
    };
    supersede(&tx).await?;
    tx.insert(policy_versions::ActiveModel {
        number: Set(number),
        state: Set(State::Published.name().to_owned()),
        format: Set(FORMAT),
        document: Set(json.to_owned()),
        content_hash: Set(hash.to_owned()),
        revision: Set(1),
        saved_at: Set(scope.now),
        published_at: Set(Some(scope.now)),
        ..Default::default()
    })
    .await?;
    tell_of(engine, &tx, scope, (number, 1)).await?;
    tx.commit().await?;
    Ok(number)
}

/// Whether a version was put into force from outside the studio.
pub async fn enacted_by_file(engine: &Engine, scope: &Scope, number: i64) -> Result<bool, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
    by_file(&tx, number).await
}

/// The audit log says who has published it.
async fn by_file(tx: &ReadTx, number: i64) -> Result<bool, Failure> {
    let entry = tx
        .one(
            audit_entries::Entity::find()
                .filter(audit_entries::Column::Action.eq("policy.published"))
                .filter(audit_entries::Column::Target.eq(number.to_string()))
                .order_by_desc(audit_entries::Column::Id),
        )
        .await?;
    Ok(entry.is_some_and(|entry| entry.actor == Actor::Operator.to_string()))
}
