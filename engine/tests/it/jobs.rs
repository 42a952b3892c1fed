//! The queue: whose turn it is, what a claim is worth, and what several nodes and
//! versions make of it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use engine::accounts::Task;
use engine::jobs::{Job, Kind, Kinds, Lane, With, drain, enqueue, standing, waiting, work};
use engine::mail::{Letter, post};
use engine::storage::{Timestamp, jobs};
use engine::tenancy::Wanted;
use engine::webhooks::{self, Described, Event, EventType};
use engine::{Engine, Failure, Scope};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, oneshot};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, Plainly, confirmed};
use crate::receiver::Receiver;

/// What a test wants of the jobs that it enqueues, and what became of them.
struct Stage {
    /// How many runs were begun.
    begun: Semaphore,
    /// A run ends when it gets one of these.
    ends: Semaphore,
    /// The runs, in order.
    runs: Mutex<Vec<i64>>,
}

static STAGES: LazyLock<Mutex<HashMap<Uuid, Arc<Stage>>>> = LazyLock::new(Mutex::default);

fn stage() -> (Uuid, Arc<Stage>) {
    let stage = Stage { begun: Semaphore::new(0), ends: Semaphore::new(0), runs: Mutex::default() };
    let (id, stage) = (Uuid::now_v7(), Arc::new(stage));
    STAGES.lock().unwrap().insert(id, Arc::clone(&stage));
    (id, stage)
}

impl Stage {
    fn runs(&self) -> Vec<i64> {
        self.runs.lock().unwrap().clone()
    }

    /// Waits until so many more runs were begun.
    async fn begun(&self, runs: u32) {
        self.begun.acquire_many(runs).await.unwrap().forget();
    }
}

async fn perform(stage: Uuid, with: With<'_>) -> Arc<Stage> {
    let stage = STAGES.lock().unwrap().get(&stage).cloned().unwrap();
    stage.runs.lock().unwrap().push(with.scope.tenant.0);
    stage.begun.add_permits(1);
    stage
}

/// Runs until the test lets it.
#[derive(Serialize, Deserialize)]
struct Waits(Uuid);

impl Job for Waits {
    const NAME: &'static str = "waits";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_secs(600);
    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        perform(self.0, with).await.ends.acquire().await.unwrap().forget();
        Ok(())
    }
}

/// Fails when the test lets it.
#[derive(Serialize, Deserialize)]
struct Fails(Uuid);

impl Job for Fails {
    const NAME: &'static str = "fails";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_secs(600);
    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        perform(self.0, with).await.ends.acquire().await.unwrap().forget();
        Err(Failure::CutOff("as the test wants it".to_owned()))
    }
}

/// Is done at once.
#[derive(Serialize, Deserialize)]
struct Quick(Uuid);

impl Job for Quick {
    const NAME: &'static str = "quick";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_secs(600);
    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        perform(self.0, with).await;
        Ok(())
    }
}

/// The same, more urgent.
#[derive(Serialize, Deserialize)]
struct Urgent(Uuid);

impl Job for Urgent {
    const NAME: &'static str = "urgent";
    const LANE: Lane = Lane::MailAndKeys;
    const LIMIT: Duration = Duration::from_secs(600);
    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        perform(self.0, with).await.runs.lock().unwrap().push(0);
        Ok(())
    }
}

/// Never ends.
#[derive(Serialize, Deserialize)]
struct Hangs;

impl Job for Hangs {
    const NAME: &'static str = "hangs";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_millis(50);
    async fn run(self, _: With<'_>) -> Result<(), Failure> {
        std::future::pending().await
    }
}

/// Panics.
#[derive(Serialize, Deserialize)]
struct Panics;

impl Job for Panics {
    const NAME: &'static str = "panics";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_secs(600);
    async fn run(self, _: With<'_>) -> Result<(), Failure> {
        panic!("as the test wants it")
    }
}

/// Is about something that a newer version wrote.
#[derive(Serialize, Deserialize)]
struct Ahead;

impl Job for Ahead {
    const NAME: &'static str = "ahead";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_secs(600);
    async fn run(self, _: With<'_>) -> Result<(), Failure> {
        Err(Failure::Newer("a policy"))
    }
}

fn theirs() -> [Kind; 7] {
    [
        Kind::of::<Waits>(),
        Kind::of::<Fails>(),
        Kind::of::<Quick>(),
        Kind::of::<Urgent>(),
        Kind::of::<Hangs>(),
        Kind::of::<Panics>(),
        Kind::of::<Ahead>(),
    ]
}

/// A node that knows the jobs of this file, besides all others.
fn knowing(engine: &Engine) -> Engine {
    knowing_some(engine, |_| true)
}

/// A node that knows some of them.
fn knowing_some(engine: &Engine, which: impl Fn(&Kind) -> bool) -> Engine {
    let kinds: Kinds = engine.kinds.iter().chain(theirs()).filter(which).collect();
    let mut node = engine.clone();
    node.kinds = Arc::new(kinds);
    node
}

async fn put<J: Job + Sync>(engine: &Engine, scope: &Scope, job: &J, at: Timestamp) {
    let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
    enqueue(&tx, job, at).await.unwrap();
    tx.commit().await.unwrap();
    engine.work.notify_one();
}

async fn row(engine: &Engine, scope: &Scope, kind: &str) -> jobs::Model {
    let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    tx.one(jobs::Entity::find().filter(jobs::Column::Kind.eq(kind))).await.unwrap().unwrap()
}

/// A node that works until it is told to stop.
fn start(engine: &Engine) -> (oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel();
    let engine = engine.clone();
    let working = tokio::spawn(async move {
        let stopped = async move {
            let _ = stopped.await;
        };
        work(&engine, &Plainly, &|| NOW, stopped).await;
    });
    (stop, working)
}

/// Waits until nothing of a kind is in the queue of a tenant.
async fn done(engine: &Engine, scope: &Scope, kind: &str) {
    loop {
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let left =
            tx.count(jobs::Entity::find().filter(jobs::Column::Kind.eq(kind))).await.unwrap();
        drop(tx);
        if left == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn letter() -> Letter {
    Letter {
        language: Default::default(),
        subject: "Your new password".into(),
        paragraphs: vec!["A text".into()],
        code: None,
        link: None,
        why: "A reason".into(),
    }
}

on_both! {
    async fn a_job_is_promised_with_its_transaction_and_not_before_its_time(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        let (id, _) = stage();
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        enqueue(&tx, &Quick(id), NOW).await.unwrap();
        drop(tx);
        let work = async |now| drain(&engine, &Plainly, &move || now).await.unwrap();
        assert_eq!(work(NOW).await.done, 0, "rolled back");

        put(&engine, &scope, &Quick(id), NOW.plus_seconds(60)).await;
        assert_eq!(work(NOW).await.done, 0, "too early");
        assert_eq!(work(NOW.plus_seconds(60)).await.done, 1);
        assert_eq!(waiting(&engine, &scope).await.unwrap(), 0);
    }

    async fn a_job_has_one_worker_at_a_time(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        put(&bed.engine, &scope, &Quick(Uuid::nil()), NOW).await;
        let across = bed.engine.database().across();
        let until = NOW.plus_seconds(900);
        let wanted = Wanted { kind: "quick", format: 1 };
        let claim = async |now| across.claim(wanted, scope.tenant, now, until).await.unwrap();
        assert!(claim(NOW).await.is_some());
        assert!(claim(NOW).await.is_none(), "somebody has it");
        assert!(claim(until).await.is_some(), "whoever had it has died");
    }

    async fn a_failed_job_waits_longer_each_time_and_is_shown(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        put(&engine, &scope, &Panics, NOW).await;
        let work = async |now| drain(&engine, &Plainly, &move || now).await.unwrap().failed;
        assert_eq!(work(NOW).await, 1);
        assert_eq!(work(NOW.plus_seconds(1)).await, 0, "not yet");
        assert_eq!(work(NOW.plus_seconds(2)).await, 1);
        assert_eq!(work(NOW.plus_seconds(4)).await, 0, "longer");
        let mut now = NOW.plus_seconds(6);
        assert_eq!(work(now).await, 1);
        assert!(standing(&engine).await.unwrap().failing.is_empty());
        for _ in 0..12 {
            now = row(&engine, &scope, "panics").await.run_at;
            assert_eq!(work(now).await, 1);
        }
        assert_eq!(row(&engine, &scope, "panics").await.run_at, now.plus_seconds(3600));
        let failing = standing(&engine).await.unwrap().failing.remove(0);
        assert_eq!((failing.kind.as_str(), failing.jobs, failing.failures), ("panics", 1, 15));
        assert_eq!((failing.tenant, failing.trouble.as_str()), (scope.tenant, "cut-off"));
    }

    async fn the_wait_counts_from_the_end_of_the_run(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        let (id, stage) = stage();
        stage.ends.add_permits(1);
        put(&engine, &scope, &Fails(id), NOW).await;
        // Half an hour passes while it runs.
        let clock = move || if stage.runs().is_empty() { NOW } else { NOW.plus_seconds(1800) };
        let drained = drain(&engine, &Plainly, &clock).await.unwrap();
        assert_eq!(drained.failed, 1);
        assert_eq!(row(&engine, &scope, "fails").await.run_at, NOW.plus_seconds(1802));
    }

    async fn a_job_that_takes_too_long_has_failed(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        put(&engine, &scope, &Hangs, NOW).await;
        assert_eq!(drain(&engine, &Plainly, &|| NOW).await.unwrap().failed, 1);
        assert_eq!(row(&engine, &scope, "hangs").await.trouble.as_deref(), Some("cut-off"));
    }

    async fn who_lost_a_claim_writes_nothing(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        let (id, stage) = stage();
        put(&engine, &scope, &Fails(id), NOW).await;
        let first = tokio::spawn({
            let engine = engine.clone();
            async move { drain(&engine, &Plainly, &|| NOW).await.unwrap() }
        });
        stage.begun(1).await;
        // Its claim runs out, and another node takes the job up.
        let other = bed.another_node().await;
        let wanted = Wanted { kind: "fails", format: 1 };
        let (now, until) = (NOW.plus_seconds(30), NOW.plus_seconds(90));
        let taken = other.database().across().claim(wanted, scope.tenant, now, until).await.unwrap();
        assert_eq!(taken.unwrap().job.attempts, 2);
        let before = row(&engine, &scope, "fails").await;
        stage.ends.add_permits(1);
        assert_eq!(first.await.unwrap().failed, 0);
        assert_eq!(row(&engine, &scope, "fails").await, before, "the other one has it");
    }

    async fn two_nodes_run_each_job_once(bed: Bed) {
        let (one, two) = (bed.tenant(LUMAIRE).await, bed.tenant(LUMINA).await);
        let nodes = [knowing(&bed.engine), knowing(&bed.another_node().await)];
        let (id, stage) = stage();
        for scope in [&one, &two] {
            for _ in 0..20 {
                put(&nodes[0], scope, &Quick(id), NOW).await;
            }
        }
        let working: Vec<_> = nodes.iter().map(start).collect();
        done(&nodes[0], &one, "quick").await;
        done(&nodes[0], &two, "quick").await;
        for (stop, working) in working {
            stop.send(()).unwrap();
            working.await.unwrap();
        }
        assert_eq!(stage.runs().len(), 40);
    }

    async fn tenants_take_turns_and_urgent_work_is_first(bed: Bed) {
        let (one, two) = (bed.tenant(LUMAIRE).await, bed.tenant(LUMINA).await);
        let engine = knowing(&bed.engine);
        let (id, stage) = stage();
        let tx = engine.tenant(one.as_portal().portal().unwrap()).write().await.unwrap();
        for _ in 0..100 {
            enqueue(&tx, &Quick(id), NOW.plus_seconds(-60)).await.unwrap();
        }
        tx.commit().await.unwrap();
        for _ in 0..3 {
            put(&engine, &two, &Quick(id), NOW).await;
        }
        put(&engine, &one, &Urgent(id), NOW).await;
        drain(&engine, &Plainly, &|| NOW).await.unwrap();
        let (one, two) = (one.tenant.0, two.tenant.0);
        let runs = stage.runs();
        assert_eq!(runs[..9], [one, 0, one, two, one, two, one, two, one]);
        assert_eq!(runs.len(), 1 + 104);
    }

    async fn a_tenant_has_a_share_of_the_workers(bed: Bed) {
        let (one, two) = (bed.tenant(LUMAIRE).await, bed.tenant(LUMINA).await);
        let engine = knowing(&bed.engine);
        let (id, stage) = stage();
        for _ in 0..10 {
            put(&engine, &one, &Waits(id), NOW).await;
        }
        let (stop, working) = start(&engine);
        stage.begun(1).await;
        // However many of the first one wait, the other one is begun at once.
        put(&engine, &two, &Waits(id), NOW).await;
        stage.begun(1).await;
        assert_eq!(stage.runs(), [one.tenant.0, two.tenant.0]);
        stage.ends.add_permits(11);
        done(&engine, &one, "waits").await;
        stop.send(()).unwrap();
        working.await.unwrap();
    }

    async fn once_it_is_to_stop_nothing_more_is_begun(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        let (id, stage) = stage();
        for _ in 0..5 {
            put(&engine, &scope, &Waits(id), NOW).await;
        }
        let (stop, working) = start(&engine);
        stage.begun(1).await;
        stop.send(()).unwrap();
        // All could run now, and only what has begun does.
        stage.ends.add_permits(5);
        working.await.unwrap();
        assert_eq!(stage.runs().len(), 1);
        assert_eq!(waiting(&engine, &scope).await.unwrap(), 4);
    }

    async fn nodes_of_two_versions_share_a_queue(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let older = knowing_some(&bed.engine, |kind| kind.name != "waits");
        let newer = knowing(&bed.another_node().await);
        let (id, stage) = stage();
        stage.ends.add_permits(3);
        for _ in 0..3 {
            put(&newer, &scope, &Waits(id), NOW).await;
            put(&newer, &scope, &Quick(id), NOW).await;
        }
        let drained = drain(&older, &Plainly, &|| NOW).await.unwrap();
        assert_eq!((drained.done, drained.failed), (3, 0), "what it knows");
        assert_eq!(standing(&older).await.unwrap().not_known, ["waits"]);
        assert_eq!(row(&older, &scope, "waits").await.attempts, 0, "left alone");
        let drained = drain(&newer, &Plainly, &|| NOW).await.unwrap();
        assert_eq!((drained.done, drained.failed), (3, 0));
        assert!(standing(&newer).await.unwrap().not_known.is_empty());
        assert_eq!(waiting(&newer, &scope).await.unwrap(), 0);
    }

    async fn a_job_in_a_newer_format_is_left_to_a_node_that_knows_it(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        let (id, stage) = stage();
        put(&engine, &scope, &Quick(id), NOW).await;
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let newer = jobs::Entity::update_many()
            .col_expr(jobs::Column::Format, Expr::value(2_i64))
            .col_expr(jobs::Column::Payload, Expr::value("{\"kind\":\"quick\",\"with\":[]}"));
        tx.update(newer).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(drain(&engine, &Plainly, &|| NOW).await.unwrap(), engine::jobs::Drained::default());
        assert_eq!((stage.runs().len(), row(&engine, &scope, "quick").await.attempts), (0, 0));
        assert_eq!(standing(&engine).await.unwrap().not_known, ["quick"]);
    }

    async fn a_job_about_what_a_newer_version_wrote_waits_for_it(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let engine = knowing(&bed.engine);
        put(&engine, &scope, &Ahead, NOW).await;
        for minute in 0..20 {
            let now = NOW.plus_seconds(minute * 60);
            drain(&engine, &Plainly, &move || now).await.unwrap();
            assert_eq!(row(&engine, &scope, "ahead").await.attempts, minute + 1);
        }
        assert_eq!(row(&engine, &scope, "ahead").await.failures, 0, "it has not failed");
    }

    async fn what_the_version_before_enqueued_is_run(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let id = Uuid::now_v7();
        let owner = sea_orm::Database::connect(bed.superuser()).await.unwrap();
        let id = match owner.get_database_backend() {
            sea_orm::DbBackend::Postgres => format!("'{id}'"),
            _ => format!("x'{}'", id.simple()),
        };
        for (kind, payload) in [
            ("expire-export", format!("{{\"kind\":\"expire-export\",\"of\":\"{}\"}}", Uuid::nil())),
            ("forget-stripe-events", "{\"kind\":\"forget-stripe-events\"}".to_owned()),
        ] {
            let id = if kind == "expire-export" { id.clone() } else { id.replace('0', "1") };
            let sql = format!(
                "insert into jobs (tenant_id, id, kind, payload, run_at, claimed_until, attempts) \
                 values ({}, {id}, '{kind}', '{payload}', {}, 0, 0)",
                scope.tenant.0, NOW.0
            );
            owner.execute_unprepared(&sql).await.unwrap();
        }
        let drained = bed.work(NOW).await;
        assert_eq!((drained.done, drained.failed), (2, 0));
    }

    async fn a_mail_does_not_wait_for_the_dead_webhook_of_another_tenant(bed: Bed) {
        let (one, two) = (bed.tenant(LUMAIRE).await, bed.tenant(LUMINA).await);
        let dead = Receiver::start().await;
        dead.inner().hangs = true;
        let events = EventType::to_choose().map(|each| each.name().to_owned()).collect();
        let described = Described { url: dead.url.clone(), description: String::new(), events };
        webhooks::add(&bed.engine, &one, confirmed(&one, Task::Settings), &described).await.unwrap();
        let tx = bed.engine.tenant(one.as_portal().portal().unwrap()).write().await.unwrap();
        for number in 0..50 {
            let event = Event::ConsentChanged(webhooks::ConsentChanged {
                subject: format!("u-{number}"),
                category: None,
                purpose: "analytics".parse().unwrap(),
                granted: false,
            });
            webhooks::tell(&tx, &bed.engine, &one, &event).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (stop, working) = start(&bed.engine);
        while dead.inner().messages.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let tx = bed.engine.tenant(two.as_portal().portal().unwrap()).write().await.unwrap();
        post(&bed.engine, &tx, &two, "ada@example.org".parse().unwrap(), letter()).await.unwrap();
        tx.commit().await.unwrap();
        bed.engine.work.notify_one();
        done(&bed.engine, &two, "deliver-mail").await;
        assert_eq!(bed.mails("ada@example.org").len(), 1);
        let asked = dead.inner().messages.len();
        assert!(asked < 10, "the mail waited for {asked} messages");
        stop.send(()).unwrap();
        working.await.unwrap();
    }

    async fn a_claim_is_found_by_an_index_among_very_many(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let owner = sea_orm::Database::connect(bed.superuser()).await.unwrap();
        let backend = owner.get_database_backend();
        let postgres = backend == sea_orm::DbBackend::Postgres;
        let id = if postgres { "gen_random_uuid()" } else { "randomblob(16)" };
        let (series, explain) = if postgres {
            ("generate_series(1, 3000) as n (n)", "explain ")
        } else {
            ("(with recursive n (n) as (select 1 union all select n + 1 from n where n < 3000) \
               select n from n) as n", "explain query plan ")
        };
        for kind in ["quick", "deliver-mail", "never-heard-of"] {
            let sql = format!(
                "insert into jobs (tenant_id, id, kind, payload, run_at, claimed_until, attempts) \
                 select {}, {id}, '{kind}', '{{}}', {} + n, 0, 0 from {series}",
                scope.tenant.0, NOW.0
            );
            owner.execute_unprepared(&sql).await.unwrap();
        }
        owner.execute_unprepared("analyze").await.unwrap();
        let due = format!("run_at <= {} and claimed_until <= 1 and format <= 1", NOW.0 + 9000);
        for (sql, index) in [
            (format!("select tenant_id, run_at from jobs where kind = 'quick' and {due} order by run_at limit 16"), "jobs_by_kind"),
            (format!("select id from jobs where kind = 'quick' and tenant_id = 1 and {due} order by run_at, id limit 1"), "jobs_in_turn"),
        ] {
            let plan = owner
                .query_all_raw(Statement::from_string(backend, format!("{explain}{sql}")))
                .await
                .unwrap();
            let plan: Vec<String> = plan
                .iter()
                .map(|row| row.try_get_by_index::<String>(if postgres { 0 } else { 3 }).unwrap())
                .collect();
            assert!(plan.iter().any(|line| line.contains(index)), "{plan:?}");
            assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE") || line.contains("Seq Scan")), "{plan:?}");
        }
    }
}
