//! Processes that are killed at random moments, and what is left in the end: nothing is
//! half done, nothing is done twice, nothing is lost (L10, L11).
//!
//! `CANDOR_KILLS` says how many are killed on each database, `CANDOR_SEED` when.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::header;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::app::client;

/// Whose data goes; some have little, some have much, and each shares a record with the
/// next.
const PEOPLE: usize = 16;

struct House {
    dir: TempDir,
    env: Vec<(&'static str, String)>,
    database: DatabaseConnection,
}

impl House {
    async fn sqlite() -> House {
        let dir = TempDir::new().unwrap();
        let url = format!("sqlite://{}", dir.path().join("candor.db").display());
        let house = |database| House { dir, env: Vec::new(), database };
        // Made by the first command.
        let made = house(DatabaseConnection::default());
        made.run(&["migrate"]);
        let database = sea_orm::Database::connect(url).await.unwrap();
        House { database, ..made }
    }

    /// With the keyring in a database of its own, as several nodes have it.
    async fn postgres() -> House {
        let url = std::env::var("CANDOR_TEST_POSTGRES")
            .expect("CANDOR_TEST_POSTGRES is not set: run the tests with scripts/with-postgres");
        let cluster = sea_orm::Database::connect(&url).await.unwrap();
        let (_, place) = url.split_once('@').unwrap();
        let (host, _) = place.split_once('/').unwrap();
        let name = format!("candor_chaos_{}", std::process::id());
        let role = |role: &str, how: &str| {
            format!(
                "do $$ begin create role candor_chaos_{role} login {how}; \
                 exception when duplicate_object or unique_violation then null; end $$"
            )
        };
        let run = async |statement: &str| {
            cluster.execute_unprepared(statement).await.unwrap();
        };
        run(&role("owner", "createrole")).await;
        run(&format!("create database {name} owner candor_chaos_owner")).await;
        run(&format!("create database {name}_keys owner candor_chaos_owner")).await;
        let of = |role: &str, name: &str| format!("postgres://candor_chaos_{role}@{host}/{name}");
        let database = format!("postgres://postgres@{host}/{name}");
        let database = sea_orm::Database::connect(database).await.unwrap();
        database
            .execute_unprepared("alter schema public owner to candor_chaos_owner")
            .await
            .unwrap();
        let env = vec![
            ("CANDOR_DATABASE_URL", of("tenant", &name)),
            ("CANDOR_ACROSS_URL", of("across", &name)),
            ("CANDOR_OWNER_URL", of("owner", &name)),
            ("CANDOR_KEYRING", of("owner", &format!("{name}_keys"))),
        ];
        let house = House { dir: TempDir::new().unwrap(), env, database };
        house.run(&["migrate"]);
        run(&role("tenant", "in role candor_tenant")).await;
        run(&role("across", "in role candor_across")).await;
        house
    }

    fn candor(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command
            .args(words)
            .env("CANDOR_DATA_DIR", self.dir.path())
            .env("CANDOR_BCRYPT_COST", "4")
            .env("RUST_LOG", "error")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        command
    }

    fn run(&self, words: &[&str]) -> String {
        let output = self.candor(words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn import(&self, lines: &[Value]) {
        let mut file = tempfile::NamedTempFile::new_in(self.dir.path()).unwrap();
        for line in lines {
            writeln!(file, "{line}").unwrap();
        }
        self.run(&["import", "--tenant", "lumaire", "--atomic", file.path().to_str().unwrap()]);
    }

    /// Starts serving, and answers the port.
    fn serve(&self) -> (Killed, u16) {
        let mut process =
            self.candor(&["serve", "--no-worker", "--listen", "127.0.0.1:0"]).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                line.unwrap().strip_prefix("Candor serves on 127.0.0.1:")?.parse().ok()
            })
            .expect("the command says where it serves");
        std::thread::spawn(move || lines.for_each(drop));
        (Killed(process), port)
    }

    fn worker(&self) -> Killed {
        Killed(self.candor(&["worker"]).stdout(Stdio::null()).spawn().unwrap())
    }

    async fn number(&self, sql: &str) -> i64 {
        let backend = self.database.get_database_backend();
        let statement = Statement::from_string(backend, sql);
        let row = self.database.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }
}

/// A process that is killed when it is let go.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Numbers that look random and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[tokio::test]
async fn l10_what_is_killed_on_sqlite_is_done_once() {
    check(House::sqlite().await).await;
}

#[tokio::test]
async fn l10_what_is_killed_on_postgres_is_done_once() {
    check(House::postgres().await).await;
}

async fn check(house: House) {
    let set = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let kills = set("CANDOR_KILLS").unwrap_or(8);
    let seed = set("CANDOR_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    let mut dice = Dice(seed);
    println!("{kills} kills with CANDOR_SEED={seed}");

    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/lumaire-2.toml");
    house.run(&["tenant", "apply", demo.to_str().unwrap()]);
    let (lines, progress) = people();
    house.import(&lines);
    let token = house.run(&["token", "make", "--tenant", "lumaire", "--name", "chaos", "erase"]);
    let token = token.split_whitespace().find(|word| word.starts_with("candor_")).unwrap();

    let (server, port) = house.serve();
    let client = client();
    for number in 0..PEOPLE {
        let url = format!("http://127.0.0.1:{port}/api/v1/subjects/u-{number}");
        let request = client.delete(url).bearer_auth(token);
        let answer = request.header(header::HOST, "lumaire.localhost").send().await.unwrap();
        assert_eq!(answer.status(), 202);
    }
    drop(server);

    for _ in 0..kills {
        // Two nodes, of which one dies sooner.
        let (first, second) = (house.worker(), house.worker());
        tokio::time::sleep(Duration::from_millis(40 + dice.below(500))).await;
        drop(first);
        tokio::time::sleep(Duration::from_millis(dice.below(120))).await;
        drop(second);
    }

    // What a dead worker had is taken up when its claim has run out.
    let last = house.worker();
    let mut open = i64::MAX;
    for _ in 0..1200 {
        open = house.number("select count(*) from requests where closed_at is null").await
            + house.number("select count(*) from jobs where kind = 'deliver-mail'").await;
        if open == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(open, 0, "what was begun does not end");
    drop(last);
    everything_is_done_once(&house, progress).await;
}

/// People with records, and how many of these are to be counted when they go.
fn people() -> (Vec<Value>, i64) {
    let mut lines = Vec::new();
    let mut progress = 0;
    for number in 0..PEOPLE {
        let person = format!("u-{number}");
        let email = format!("{person}@example.org");
        lines.push(json!({ "type": "subject", "id": person, "email": email, "name": person }));
    }
    for number in 0..PEOPLE {
        let person = format!("u-{number}");
        let record = |id: String, category: &str, kind: &str, subjects: Value, data: Value| {
            json!({
                "type": "record", "id": id, "category": category, "kind": kind, "source": "platform",
                "date": "2026-08-03", "subjects": subjects, "data": data,
            })
        };
        let profile = json!({ "name": person });
        let payment = json!({ "payment-intent": "pi_3abc", "amount": 4900, "currency": "eur" });
        let message = json!({ "subject": "To both", "text": "Shared" });
        let next = format!("u-{}", (number + 1) % PEOPLE);
        lines.extend([
            record(format!("{person}-a"), "account", "profile", json!([person]), profile),
            record(format!("{person}-p"), "payment", "stripe-payment", json!([person]), payment),
            record(
                format!("{person}-m"),
                "communication",
                "message",
                json!([person, next]),
                message,
            ),
        ]);
        let much = if number % 4 == 0 { 1_200 } else { 30 };
        for course in 0..much {
            let data = json!({ "course": "Rust", "modules": [{ "title": "One", "done": true }] });
            let kind = "course-progress";
            lines.push(record(format!("{person}-c{course}"), kind, kind, json!([person]), data));
            progress += 1;
        }
    }
    (lines, progress)
}

async fn everything_is_done_once(house: &House, progress: i64) {
    let people = i64::try_from(PEOPLE).unwrap();
    let told = [
        ("erased", "select count(*) from subjects where erased_at is not null", people),
        ("whose names are known", "select count(*) from subjects where sealed is not null", 0),
        ("tombstones", "select count(*) from tombstones", people),
        ("kept by law", "select count(*) from records", people),
        ("kept and not payments", "select count(*) from records where category <> 'payment'", 0),
        ("parties of records", "select count(*) from record_parties", 0),
        ("counted", "select cast(sum(amount) as bigint) from anonymous_counts", progress),
        ("receipts", "select count(*) from receipts", people),
        (
            "erasures said",
            "select count(*) from audit_entries where action = 'subject.erased'",
            people,
        ),
        // Mails are forgotten once they have left.
        ("mails that wait", "select count(*) from outbox", 0),
    ];
    for (what, sql, expected) in told {
        assert_eq!(house.number(sql).await, expected, "{what}");
    }
    // Each receipt tells of each category once, and its lines are without a gap.
    let lines = match house.database.get_database_backend() {
        DbBackend::Postgres => "count(*) filter (where body like '%\"course-progress\"%')",
        _ => "sum(body like '%\"course-progress\"%')",
    };
    let odd = format!(
        "select count(*) from (select receipt_id from receipt_lines group by receipt_id \
         having {lines} <> 1 or max(number) <> count(*) or min(number) <> 1) as odd"
    );
    assert_eq!(house.number(&odd).await, 0, "receipts with a line twice or with a gap");
    assert_eq!(
        house.number("select count(distinct receipt_id) from receipt_lines").await,
        people,
        "receipts with lines"
    );
    // Whatever node wrote it, and from any of them: nobody comes back.
    let ledger = std::fs::read_to_string(house.dir.path().join("erasures.ledger")).unwrap();
    assert!(ledger.lines().count() >= PEOPLE, "the ledger names everybody");
    let mails = std::fs::read_dir(house.dir.path().join("mail")).unwrap().count();
    assert!(mails >= 2 * PEOPLE, "{mails}: one tells of the beginning, one of the end");
}
