//! Running one job.
//!
//! Whoever runs a job has claimed it. Every claim has a number of its own (how
//! often the job was begun), and only who has the last one writes what became of
//! the job.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use domain::identifiers::Language;
use futures_util::FutureExt;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::job::With;
use super::turns::{CLAIM, Taken};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::{Timestamp, jobs};
use crate::platform::tenancy::{Claimed, Permit, beside};
use crate::presenter::Presenter;

/// How often a claim is renewed.
const RENEW: Duration = Duration::from_secs(5);
/// The longest wait before a failed job is tried again, in seconds.
const LONGEST_WAIT: i64 = 3600;
/// For how long a job is left to a node that can read what it is about, in seconds.
const LEFT: i64 = 60;
/// From how many failures on a job needs a person to look at it.
pub(super) const FAILING: i64 = 10;

/// What became of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It ran to its end.
    Done,
    /// It failed and will be tried again.
    Failed,
    /// It is about something that a newer node wrote, and left to one.
    Left,
    /// Somebody else has the job by now, or will.
    Lost,
}

/// Runs a job and writes down what became of it. If `cut_off` is ready first,
/// the job is given back.
pub(super) async fn run(
    engine: &Engine,
    presenter: &dyn Presenter,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
    taken: &Taken,
    cut_off: impl Future<Output = ()>,
) -> Result<Ended, Failure> {
    let (claimed, limit, begun) = (&taken.claimed, taken.kind.limit, Instant::now());
    let ran = tokio::select! {
        ran = tokio::time::timeout(limit, unharmed(begin(engine, presenter, taken, clock()))) => {
            ran.unwrap_or_else(|_| Err(Failure::CutOff(format!("it took longer than {limit:?}"))))
        }
        () = beside(renew(engine, claimed, clock)) => {
            tracing::warn!(job = claimed.job.kind, id = %claimed.job.id, "a job was lost to another worker");
            return Ok(Ended::Lost);
        }
        () = cut_off => {
            write(engine, claimed, jobs::Entity::update_many()).await?;
            return Ok(Ended::Lost);
        }
    };
    // What comes next counts from here, however long it took.
    let now = clock();
    let (ended, written) = match ran {
        Ok(()) => (Ended::Done, finish(engine, claimed).await?),
        Err(Failure::Newer(what)) => {
            tracing::debug!(job = claimed.job.kind, id = %claimed.job.id, what, "a job is left to a newer node");
            let later = run_at(now.plus_seconds(LEFT));
            (Ended::Left, write(engine, claimed, later).await?)
        }
        Err(error) => (Ended::Failed, postpone(engine, claimed, now, &error).await?),
    };
    let ended = if written { ended } else { Ended::Lost };
    tell(engine, taken, ended, begun.elapsed());
    Ok(ended)
}

/// One line for each run of a job, and its numbers.
fn tell(engine: &Engine, Taken { kind, claimed }: &Taken, ended: Ended, took: Duration) {
    let result = match ended {
        Ended::Done => "done",
        Ended::Failed => "failed",
        Ended::Left => "left",
        Ended::Lost => "lost",
    };
    engine.meters.ran(kind.name, result, took);
    let tenant = engine.directory.tenant(claimed.tenant);
    let tenant = tenant.as_ref().map_or("", |tenant| tenant.slug.as_str());
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(job = kind.name, id = %claimed.job.id, tenant, result, ms, "a job was run");
}

async fn begin(
    engine: &Engine,
    presenter: &dyn Presenter,
    Taken { kind, claimed }: &Taken,
    now: Timestamp,
) -> Result<(), Failure> {
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
    kind.run(&claimed.job, With { engine, scope: &scope, presenter }).await
}

/// A job that panics has failed; the worker and the other jobs have not.
async fn unharmed(job: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    AssertUnwindSafe(job)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(Failure::CutOff("the job panicked".to_owned())))
}

/// Renews the claim for as long as the job runs; ends when it is lost, or when it
/// could not be renewed for so long that it may be.
async fn renew(engine: &Engine, claimed: &Claimed, clock: &(dyn Fn() -> Timestamp + Send + Sync)) {
    let mut until = Duration::from_secs(CLAIM.unsigned_abs());
    while until > RENEW {
        tokio::time::sleep(RENEW).await;
        match extend(engine, claimed, clock().plus_seconds(CLAIM)).await {
            Ok(true) => until = Duration::from_secs(CLAIM.unsigned_abs()),
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "a claim could not be renewed");
                until = until.saturating_sub(RENEW);
            }
        }
    }
}

async fn extend(engine: &Engine, claimed: &Claimed, until: Timestamp) -> Result<bool, DbErr> {
    let tx = engine.tenant(Permit::of_the_portal(claimed.tenant)).write().await?;
    let update = jobs::Entity::update_many()
        .col_expr(jobs::Column::ClaimedUntil, Expr::value(until))
        .filter(still(claimed));
    let ours = tx.update(update).await? == 1;
    tx.commit().await?;
    Ok(ours)
}

async fn finish(engine: &Engine, claimed: &Claimed) -> Result<bool, Failure> {
    let tx = engine.tenant(Permit::of_the_portal(claimed.tenant)).write().await?;
    let done = tx.delete(jobs::Entity::delete_many().filter(still(claimed))).await?;
    tx.commit().await?;
    Ok(done == 1)
}

/// Waits twice as long after every failure. Nothing promised is dropped; what
/// fails again and again is shown to the operator.
async fn postpone(
    engine: &Engine,
    claimed: &Claimed,
    now: Timestamp,
    error: &Failure,
) -> Result<bool, Failure> {
    let failures = claimed.job.failures.saturating_add(1);
    let doubled = 1_i64 << failures.clamp(0, 12);
    let wait = doubled.clamp(0, LONGEST_WAIT);
    let (job, id) = (&claimed.job.kind, claimed.job.id);
    if failures < FAILING {
        tracing::warn!(job, %id, failures, %error, "a job failed and will be tried again");
    } else {
        tracing::error!(job, %id, failures, %error, "a job fails again and again");
    }
    let update = run_at(now.plus_seconds(wait))
        .col_expr(jobs::Column::Failures, Expr::col(jobs::Column::Failures).add(1))
        .col_expr(jobs::Column::Trouble, Expr::value(Some(error.name())));
    write(engine, claimed, update).await
}

fn run_at(later: Timestamp) -> sea_orm::UpdateMany<jobs::Entity> {
    jobs::Entity::update_many().col_expr(jobs::Column::RunAt, Expr::value(later))
}

/// Gives the job back, with what is to be written; false if it is somebody
/// else's by now.
async fn write(
    engine: &Engine,
    claimed: &Claimed,
    update: sea_orm::UpdateMany<jobs::Entity>,
) -> Result<bool, Failure> {
    let tx = engine.tenant(Permit::of_the_portal(claimed.tenant)).write().await?;
    let update = update
        .col_expr(jobs::Column::ClaimedUntil, Expr::value(Timestamp(0)))
        .filter(still(claimed));
    let ours = tx.update(update).await? == 1;
    tx.commit().await?;
    Ok(ours)
}

fn still(claimed: &Claimed) -> Condition {
    Condition::all()
        .add(jobs::Column::Id.eq(claimed.job.id))
        .add(jobs::Column::Attempts.eq(claimed.job.attempts))
}
