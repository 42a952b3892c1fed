//! Taking jobs out of the queue and running them.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use domain::identifiers::Language;
use futures_util::FutureExt;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::kind::Job;
use crate::engine::Engine;
use crate::exports::Presenter;
use crate::failure::Failure;
use crate::scope::{Actor, Scope};
use crate::storage::{Timestamp, jobs};
use crate::tenancy::Claimed;

/// For how long a worker has a job before another may take it, in seconds. It is
/// renewed while the job runs, so that only what a dead worker had is taken.
const CLAIM: i64 = 20;
/// How often it is renewed.
const RENEW: Duration = Duration::from_secs(5);
/// The longest wait before a failed job is tried again, in seconds.
const LONGEST_WAIT: i64 = 3600;

/// What a drain did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// Jobs that ran to their end.
    pub done: u64,
    /// Jobs that failed and will be tried again.
    pub failed: u64,
}

/// Runs every job that is due, one after the other, until none is.
pub async fn drain(
    engine: &Engine,
    presenter: &dyn Presenter,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Drained, Failure> {
    let mut drained = Drained::default();
    loop {
        let now = clock();
        let claimed = engine.db.across().claim_job(now, now.plus_seconds(CLAIM)).await?;
        let Some(claimed) = claimed else { return Ok(drained) };
        let ran = tokio::select! {
            ran = unharmed(run(engine, presenter, &claimed, now)) => ran,
            lost = renew(engine, &claimed, clock) => lost,
        };
        match ran {
            Ok(()) => {
                finish(engine, &claimed).await?;
                drained.done += 1;
            }
            Err(error) => {
                tracing::warn!(
                    job = claimed.job.kind, id = %claimed.job.id, attempt = claimed.job.attempts,
                    %error, "a job failed and will be tried again"
                );
                postpone(engine, &claimed, now).await?;
                drained.failed += 1;
            }
        }
    }
}

/// Works until `stop` is ready: looks when a change rings, and every second for
/// what other nodes committed or what has become due. A job that has begun is
/// finished first.
pub async fn work(
    engine: &Engine,
    presenter: &dyn Presenter,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    loop {
        if let Err(error) = drain(engine, presenter, clock).await {
            tracing::error!(%error, "the job queue cannot be read");
        }
        tokio::select! {
            () = &mut stop => return,
            () = engine.work.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

async fn run(
    engine: &Engine,
    presenter: &dyn Presenter,
    claimed: &Claimed,
    now: Timestamp,
) -> Result<(), Failure> {
    let job: Job = serde_json::from_str(&claimed.job.payload).map_err(Failure::corrupt)?;
    let tenant = match engine.directory.tenant(claimed.tenant) {
        Some(tenant) => tenant,
        None => {
            engine.refresh().await?;
            engine
                .directory
                .tenant(claimed.tenant)
                .ok_or_else(|| Failure::corrupt(format!("tenant {}", claimed.tenant)))?
        }
    };
    let scope = Scope {
        tenant: claimed.tenant,
        zone: tenant.zone.clone(),
        actor: Actor::Portal,
        language: Language::default(),
        now,
        request_id: Uuid::now_v7(),
    };
    job.run(engine, &scope, presenter).await
}

/// A job that panics has failed; the worker and the other jobs have not.
async fn unharmed(job: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    AssertUnwindSafe(job)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(Failure::CutOff("the job panicked".to_owned())))
}

/// Renews the claim for as long as the job runs; ends only if that fails.
async fn renew(
    engine: &Engine,
    claimed: &Claimed,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(), Failure> {
    loop {
        tokio::time::sleep(RENEW).await;
        let tx = engine.tenant(claimed.tenant).write().await?;
        let until = Expr::value(clock().plus_seconds(CLAIM));
        tx.update(
            jobs::Entity::update_many()
                .col_expr(jobs::Column::ClaimedUntil, until)
                .filter(jobs::Column::Id.eq(claimed.job.id)),
        )
        .await?;
        tx.commit().await?;
    }
}

async fn finish(engine: &Engine, claimed: &Claimed) -> Result<(), Failure> {
    let tx = engine.tenant(claimed.tenant).write().await?;
    tx.delete(jobs::Entity::delete_many().filter(jobs::Column::Id.eq(claimed.job.id))).await?;
    tx.commit().await?;
    Ok(())
}

/// Waits twice as long after every failure.
async fn postpone(engine: &Engine, claimed: &Claimed, now: Timestamp) -> Result<(), Failure> {
    let doubled = 1_i64 << claimed.job.attempts.clamp(0, 12);
    let later = now.plus_seconds(doubled.min(LONGEST_WAIT));
    let tx = engine.tenant(claimed.tenant).write().await?;
    tx.update(
        jobs::Entity::update_many()
            .col_expr(jobs::Column::RunAt, Expr::value(later))
            .col_expr(jobs::Column::ClaimedUntil, Expr::value(Timestamp(0)))
            .filter(jobs::Column::Id.eq(claimed.job.id)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
