//! What a capability says of a job.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::lane::Lane;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::presenter::Presenter;

/// A job. It carries ids only: what it needs to know is sealed elsewhere.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Its name in the queue and in logs. It stays: nodes of several versions work
    /// side by side, and each leaves alone what it has no name for.
    const NAME: &'static str;
    /// Where it waits.
    const LANE: Lane;
    /// For how long it may run; then it has failed.
    const LIMIT: Duration;
    /// Grows with a change of what it carries that a node without it must not
    /// overlook: such a node leaves the job to another.
    const FORMAT: i64 = 1;

    /// What was enqueued in an earlier format, as of this one.
    fn upgrade(_format: i64, of: Value) -> Value {
        of
    }

    /// Runs it.
    fn run(self, with: With<'_>) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// What a job is run with.
#[derive(Clone, Copy)]
pub struct With<'a> {
    /// The engine.
    pub engine: &'a Engine,
    /// Whose job it is, and when it was begun; the portal acts.
    pub scope: &'a Scope,
    /// What renders mails and exports.
    pub presenter: &'a dyn Presenter,
}
