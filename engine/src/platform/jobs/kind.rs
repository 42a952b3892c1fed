//! The kinds of job that a node knows.

use std::pin::Pin;
use std::time::Duration;

use serde_json::{Map, Value};

use super::job::{Job, With};
use super::lane::Lane;
use crate::platform::failure::Failure;
use crate::platform::storage::jobs;

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// A kind of job, as a value.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name in the queue.
    pub name: &'static str,
    /// Where it waits.
    pub lane: Lane,
    /// For how long it may run.
    pub limit: Duration,
    /// The newest format that is understood.
    pub format: i64,
    run: for<'a> fn(&'a jobs::Model, With<'a>) -> Running<'a>,
}

impl Kind {
    /// The kind of a job.
    pub const fn of<J: Job>() -> Kind {
        Kind { name: J::NAME, lane: J::LANE, limit: J::LIMIT, format: J::FORMAT, run: run::<J> }
    }

    /// Runs a job of this kind.
    pub(super) async fn run(&self, row: &jobs::Model, with: With<'_>) -> Result<(), Failure> {
        (self.run)(row, with).await
    }
}

fn run<'a, J: Job>(row: &'a jobs::Model, with: With<'a>) -> Running<'a> {
    Box::pin(async move { unpack::<J>(row)?.run(with).await })
}

/// What stands in the queue: the name once more, and what the job carries.
pub(super) fn pack<J: Job>(job: &J) -> Result<String, serde_json::Error> {
    let mut payload = Map::from_iter([("kind".to_owned(), J::NAME.into())]);
    let of = serde_json::to_value(job)?;
    if !of.is_null() {
        payload.insert("of".to_owned(), of);
    }
    Ok(Value::Object(payload).to_string())
}

fn unpack<J: Job>(row: &jobs::Model) -> Result<J, Failure> {
    let unreadable = || Failure::corrupt(format!("a job of the kind {}", J::NAME));
    let mut payload: Value = serde_json::from_str(&row.payload).map_err(|_| unreadable())?;
    let of = payload.get_mut("of").map(Value::take).unwrap_or_default();
    let of = if row.format < J::FORMAT { J::upgrade(row.format, of) } else { of };
    serde_json::from_value(of).map_err(|_| unreadable())
}

/// Every kind that a node knows; it leaves all others to nodes that know them.
#[derive(Clone, Default)]
pub struct Kinds(Vec<Kind>);

impl Kinds {
    /// The kinds, in the order in which they were listed.
    pub fn iter(&self) -> impl Iterator<Item = Kind> {
        self.0.iter().copied()
    }

    /// The kind of that name.
    pub fn named(&self, name: &str) -> Option<Kind> {
        self.iter().find(|kind| kind.name == name)
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Kinds {
        Kinds(kinds.into_iter().collect())
    }
}
