//! Putting a whole document into force, past the studio.

use domain::policy::Document;
use domain::policy::schema::content_hash;
use domain::roles::Permission;

use super::draft::{DraftError, save_in};
use super::publish::{PublishError, look_again, one_after_the_other, publish_in};
use super::state::State;
use super::versions::in_state;
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Task};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::tenancy::retrying;

/// Saves and publishes a document in one transaction, and answers its number. What
/// is in force already is not published again, and a draft that says something else
/// is not touched: then it is [`PublishError::Stale`].
pub(crate) async fn enact(
    engine: &Engine,
    scope: &Scope,
    document: &Document,
) -> Result<i64, PublishError> {
    let confirmed = Confirmed::at_the_machine(scope, Task::Publication)?;
    confirmed.permits(scope, Task::Publication, Permission::PublishPolicy)?;
    let json = serde_json::to_string(document).map_err(Failure::corrupt)?;
    let hash = content_hash(document).to_vec();
    let number = retrying(|| enact_once(engine, scope, (&json, &hash))).await?;
    look_again(engine).await;
    Ok(number)
}

async fn enact_once(
    engine: &Engine,
    scope: &Scope,
    (json, hash): (&str, &[u8]),
) -> Result<i64, PublishError> {
    let tx = engine.tenant(scope.permit(Permission::PublishPolicy)?).write().await?;
    one_after_the_other(&tx).await?;
    let before = in_state(&tx, State::Published).await?;
    if let Some(version) = before.filter(|version| version.content_hash == hash) {
        return Ok(version.number);
    }
    let revision = match in_state(&tx, State::Draft).await? {
        // What an earlier run has saved before it was cut off.
        Some(draft) if draft.content_hash == hash => draft.revision,
        _ => save_in(&tx, scope, 0, (json, hash)).await.map_err(|error| match error {
            DraftError::Stale => PublishError::Stale,
            DraftError::Failure(failure) => failure.into(),
        })?,
    };
    let number = publish_in(engine, &tx, scope, revision).await?;
    tx.commit().await?;
    Ok(number)
}
