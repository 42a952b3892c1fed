//! Putting jobs into the queue.

use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use uuid::Uuid;

use super::kind::Job;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::scope::Scope;
use crate::storage::{Timestamp, jobs};
use crate::tenancy::WriteTx;

/// Promises a job, to be run not before `run_at`, if the transaction commits.
pub async fn enqueue(tx: &WriteTx, job: &Job, run_at: Timestamp) -> Result<(), DbErr> {
    let payload = serde_json::to_string(job).map_err(|e| DbErr::Custom(e.to_string()))?;
    tx.insert(jobs::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(job.name().to_owned()),
        payload: Set(payload),
        run_at: Set(run_at),
        claimed_until: Set(Timestamp(0)),
        attempts: Set(0),
        ..Default::default()
    })
    .await
}

/// How many jobs of a tenant wait, now or later.
pub async fn waiting(engine: &Engine, scope: &Scope) -> Result<u64, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    Ok(tx.count(jobs::Entity::find()).await?)
}
