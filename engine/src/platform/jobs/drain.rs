//! Running what is due, one after the other.

use std::future;

use super::run::{Ended, run};
use super::turns::Turns;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::storage::Timestamp;
use crate::presenter::Presenter;

/// What a drain did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// Jobs that ran to their end.
    pub done: u64,
    /// Jobs that failed and will be tried again.
    pub failed: u64,
}

/// Runs every job that is due, one after the other, until none is: for tests and
/// measurements, which want to know what has happened when it returns.
pub async fn drain(
    engine: &Engine,
    presenter: &dyn Presenter,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Drained, Failure> {
    let (mut drained, mut turns) = (Drained::default(), Turns::default());
    while let Some(taken) = turns.take(engine, clock()).await? {
        match run(engine, presenter, clock, &taken, future::pending()).await? {
            Ended::Done => drained.done += 1,
            Ended::Failed => drained.failed += 1,
            Ended::Left | Ended::Lost => {}
        }
    }
    Ok(drained)
}
