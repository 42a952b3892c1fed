//! Asking for a download.

use domain::requests::Right;
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::expire::ExpireExport;
use super::make::MakeExport;
use crate::engine::Engine;
use crate::people::subjects::hold;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::EXPORT;
use crate::platform::scope::Scope;
use crate::platform::storage::exports;
use crate::platform::tenancy::retrying;
use crate::policies::{State, in_state};
use crate::rights::requests;

/// For how long an export can be downloaded: seven days, in seconds.
pub(crate) const LIFETIME: i64 = 7 * 24 * 3600;

/// Opens an access request of the signed-in person and promises the job that
/// answers it. The answer is the export's id.
pub async fn ask(engine: &Engine, scope: &Scope) -> Result<Uuid, Failure> {
    let subject = scope.own_subject()?;
    let id = retrying(|| ask_once(engine, scope, subject)).await?;
    engine.work.notify_one();
    Ok(id)
}

async fn ask_once(engine: &Engine, scope: &Scope, subject: Uuid) -> Result<Uuid, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).write().await?;
    hold(&tx, subject).await?;
    let under_way = exports::Entity::find()
        .filter(exports::Column::SubjectId.eq(subject))
        .filter(exports::Column::State.eq("making"));
    if let Some(row) = tx.one(under_way).await? {
        // Asked for twice, it is made once.
        return Ok(row.id);
    }
    let version = in_state(&tx, State::Published)
        .await?
        .ok_or_else(|| Failure::corrupt("no policy in force"))?;
    let (id, request) = (Uuid::now_v7(), Uuid::now_v7());
    let facts = (version.number, &version.document.facts);
    requests::open(&tx, scope, (request, subject), Right::Access, facts, None).await?;
    engine.keyring.ensure_one(&tx, id, EXPORT).await?;
    let expires_at = scope.now.plus_seconds(LIFETIME);
    tx.insert(exports::ActiveModel {
        id: Set(id),
        subject_id: Set(subject),
        request_id: Set(request),
        language: Set(scope.language.tag().to_owned()),
        state: Set("making".to_owned()),
        done: Set(0),
        total: Set(0),
        size: Set(0),
        asked_at: Set(scope.now),
        expires_at: Set(expires_at),
        ..Default::default()
    })
    .await?;
    jobs::enqueue(&tx, &MakeExport(id), scope.now).await?;
    jobs::enqueue(&tx, &ExpireExport(id), expires_at).await?;
    tx.commit().await?;
    Ok(id)
}
