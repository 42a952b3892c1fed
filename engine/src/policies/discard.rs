//! Throwing the draft away.

use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::draft::DraftError;
use super::state::State;
use super::versions::in_state;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::scope::Scope;
use crate::platform::storage::policy_versions;
use crate::platform::tenancy::retrying;

/// Deletes the draft as it stood at `revision`. What is in force stays.
///
/// To discard what is not there any more changes nothing; where somebody has saved
/// since, it is [`DraftError::Stale`].
pub async fn discard_draft(
    engine: &Engine,
    scope: &Scope,
    revision: i64,
) -> Result<(), DraftError> {
    let permit = scope.permit(Permission::EditPolicy)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        let Some(draft) = in_state(&tx, State::Draft).await? else { return Ok(()) };
        let discarded = tx
            .delete(
                policy_versions::Entity::delete_many()
                    .filter(policy_versions::Column::Number.eq(draft.number))
                    .filter(policy_versions::Column::State.eq(State::Draft.name()))
                    .filter(policy_versions::Column::Revision.eq(revision)),
            )
            .await?;
        if discarded == 0 {
            return Err(DraftError::Stale);
        }
        let details = json!({ "revision": revision });
        audit::enter(&tx, scope, "policy.discarded", draft.number, details).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}
