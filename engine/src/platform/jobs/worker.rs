//! Working as long as the process lives.

use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::run::run;
use super::standing::NotKnown;
use super::turns::{Taken, Turns};
use crate::engine::Engine;
use crate::platform::storage::Timestamp;
use crate::presenter::Presenter;

/// How often is looked for what other nodes committed or what has become due.
const LOOK: Duration = Duration::from_secs(1);
/// How often is looked for jobs that only another version knows.
const LOOK_FOR_OTHERS: Duration = Duration::from_secs(60);
/// How long what has begun may take once work is to stop; less than whoever stops
/// the process waits for it.
const GRACE: Duration = Duration::from_secs(25);

/// Works until `stop` is ready: looks when a change rings, when a job has ended
/// and every second. From then on nothing more is begun; what has begun is
/// finished, and given back if that takes too long.
pub async fn work(
    engine: &Engine,
    presenter: &'static dyn Presenter,
    clock: &'static (dyn Fn() -> Timestamp + Send + Sync),
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    let (cut_off, cut) = watch::channel(false);
    let (mut turns, mut running) = (Turns::default(), JoinSet::new());
    let mut others = tokio::time::interval(LOOK_FOR_OTHERS);
    let mut not_known = NotKnown::default();
    'working: loop {
        loop {
            if (&mut stop).now_or_never().is_some() {
                break 'working;
            }
            match turns.take(engine, clock()).await {
                Ok(Some(taken)) => {
                    let place = (taken.kind.lane, taken.claimed.tenant);
                    turns.begun(place.0, place.1);
                    let (engine, cut) = (engine.clone(), cut.clone());
                    running.spawn(async move {
                        carry_out(&engine, presenter, clock, &taken, cut).await;
                        place
                    });
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(%error, "the job queue cannot be read");
                    break;
                }
            }
        }
        tokio::select! {
            () = &mut stop => break,
            Some(Ok((lane, tenant))) = running.join_next() => turns.ended(lane, tenant),
            () = engine.work.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = others.tick() => not_known.tell(engine).await,
        }
    }
    let all = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        let _ = cut_off.send(true);
        while running.join_next().await.is_some() {}
    }
}

async fn carry_out(
    engine: &Engine,
    presenter: &dyn Presenter,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
    taken: &Taken,
    mut cut: watch::Receiver<bool>,
) {
    let cut_off = async move {
        let _ = cut.wait_for(|cut| *cut).await;
    };
    if let Err(error) = run(engine, presenter, clock, taken, cut_off).await {
        // Its claim ends, and somebody takes it up again.
        tracing::error!(job = taken.kind.name, %error, "what became of a job cannot be written");
    }
}
