//! Putting jobs into the queue.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DbErr, EntityTrait};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::job::Job;
use super::kind::pack;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, jobs};
use crate::platform::tenancy::WriteTx;

/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;

/// Promises a job, to be run not before `run_at`, if the transaction commits.
pub async fn enqueue<J: Job + Sync>(tx: &WriteTx, job: &J, run_at: Timestamp) -> Result<(), DbErr> {
    tx.insert(row(Uuid::now_v7(), job, run_at)?).await
}

/// Promises a job for the end of the next hour, so that a row that is being written now
/// is there by then; one for all of an hour, however often it is promised. Whoever holds
/// other rows promises it last, since others may be waited for here.
pub async fn enqueue_hourly<J: Job + Sync>(
    tx: &WriteTx,
    job: &J,
    now: Timestamp,
) -> Result<(), DbErr> {
    let run_at = Timestamp((now.0.div_euclid(HOUR) + 2) * HOUR);
    let mut id = [0; 16];
    let name = Sha256::digest(format!("{} {}", J::NAME, run_at.0));
    id.iter_mut().zip(name).for_each(|(byte, hashed)| *byte = hashed);
    let row = row(Uuid::from_bytes(id), job, run_at)?;
    tx.insert_or(row, OnConflict::new().do_nothing().to_owned()).await?;
    Ok(())
}

fn row<J: Job>(id: Uuid, job: &J, run_at: Timestamp) -> Result<jobs::ActiveModel, DbErr> {
    let payload = pack(job).map_err(|e| DbErr::Custom(e.to_string()))?;
    Ok(jobs::ActiveModel {
        id: Set(id),
        kind: Set(J::NAME.to_owned()),
        format: Set(J::FORMAT),
        payload: Set(payload),
        run_at: Set(run_at),
        claimed_until: Set(Timestamp(0)),
        attempts: Set(0),
        failures: Set(0),
        trouble: Set(None),
        ..Default::default()
    })
}

/// How many jobs of a tenant wait, now or later.
pub async fn waiting(engine: &Engine, scope: &Scope) -> Result<u64, Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    Ok(tx.count(jobs::Entity::find()).await?)
}
