//! What a node counts, for whoever watches it. No name of a tenant or a person is among
//! it, and no number of its own for anything of which there can be many.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use crate::engine::Engine;
use crate::platform::failure::Failure;

/// The counts of a node, since it was started.
#[derive(Clone)]
pub struct Meters {
    jobs: Family<Ran, Counter>,
    job_seconds: Family<Job, Histogram>,
    waiting: Family<Job, Gauge>,
    failing: Family<Job, Gauge>,
    mails: Family<Mail, Counter>,
    connections: Family<Connections, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ran {
    job: &'static str,
    result: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Job {
    job: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Mail {
    result: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    role: &'static str,
    state: &'static str,
}

impl Default for Meters {
    fn default() -> Meters {
        // From a hundredth of a second to three minutes.
        let seconds = || Histogram::new(exponential_buckets(0.01, 4.0, 8));
        Meters {
            jobs: Family::default(),
            job_seconds: Family::new_with_constructor(seconds),
            waiting: Family::default(),
            failing: Family::default(),
            mails: Family::default(),
            connections: Family::default(),
        }
    }
}

impl Meters {
    /// Puts them where they are read.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("jobs", "Jobs that were run, by what became of them", self.jobs.clone());
        registry.register_with_unit(
            "job",
            "How long jobs took",
            Unit::Seconds,
            self.job_seconds.clone(),
        );
        registry.register("jobs_waiting", "Jobs that are not done", self.waiting.clone());
        registry.register(
            "jobs_failing",
            "Jobs that have failed ten times or more",
            self.failing.clone(),
        );
        registry.register("mails", "Mails, by what became of them", self.mails.clone());
        registry.register(
            "database_connections",
            "Connections to the database",
            self.connections.clone(),
        );
    }

    /// A job was run.
    pub(crate) fn ran(&self, job: &'static str, result: &'static str, took: Duration) {
        self.jobs.get_or_create(&Ran { job, result }).inc();
        self.job_seconds.get_or_create(&Job { job }).observe(took.as_secs_f64());
    }

    /// A mail was sent, was not taken for now, or is given up.
    pub(crate) fn mail(&self, result: &'static str) {
        self.mails.get_or_create(&Mail { result }).inc();
    }

    /// Looks at what is not counted as it happens: the queue and the connections.
    pub async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        let across = engine.db.across();
        let (waiting, failing) = (across.waiting_jobs().await?, across.failing_jobs(10).await?);
        for kind in engine.kinds.iter() {
            let job = Job { job: kind.name };
            let of = |name: &str| name == kind.name;
            let all = waiting.iter().find(|(name, _)| of(name)).map_or(0, |(_, jobs)| *jobs);
            self.waiting.get_or_create(&job).set(all);
            let stuck = failing.iter().filter(|failing| of(&failing.kind));
            self.failing.get_or_create(&job).set(stuck.map(|failing| failing.jobs).sum());
        }
        for (role, used, idle) in engine.db.connections() {
            for (state, count) in [("used", used), ("idle", idle)] {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                self.connections.get_or_create(&Connections { role, state }).set(count);
            }
        }
        Ok(())
    }
}
