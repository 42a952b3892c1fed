//! An engine on a database of its own.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::identifiers::{EmailAddress, Language};
use domain::roles::Role;
use engine::accounts::{self, Caller, Confirmed, Password, Purpose, Secret, Task};
use engine::egress::Allowed;
use engine::erasure::{self, Asked};
use engine::imports::{Imported, import};
use engine::jobs::{Drained, drain};
use engine::keyring::{Keyring, MasterKey};
use engine::mail::{Letter, Transport};
use engine::records::{Holding, Opened, Overview};
use engine::storage::Timestamp;
use engine::stripe::Seen;
use engine::tenancy::{Database, DatabaseUrls, migrate};
use engine::tenants::{TenantFile, apply};
use engine::{Actor, Engine, Presenter, Scope, Settings, subjects};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Checks something on both databases.
macro_rules! on_both {
    ($(async fn $name:ident($bed:ident: Bed) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn check($bed: Bed) $body

            #[tokio::test]
            async fn sqlite() {
                check(Bed::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                check(Bed::postgres().await).await;
            }
        }
    )+};
}

pub const LUMAIRE: &str = include_str!("../../../demo/lumaire-2.toml");
pub const LUMINA: &str = include_str!("../../../demo/lumina-erp-2.toml");
/// The same file of a company that has confirmed how long its holds keep.
pub fn with_stated_holds(file: &str) -> String {
    file.replace("assumed = [\"period\"]", "")
}

pub const PASSWORD: &str = "correct horse battery";

/// 2026-11-21 12:00 UTC, a Saturday.
pub const NOW: Timestamp = Timestamp(1_795_262_400_000);

pub struct Bed {
    pub engine: Engine,
    pub urls: DatabaseUrls,
    /// Where the keyring is.
    pub keyring: String,
    pub dir: TempDir,
}

impl Bed {
    pub async fn sqlite() -> Bed {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("candor.db");
        let urls = DatabaseUrls::same(&format!("sqlite://{}?mode=rwc", file.display()));
        migrate(&urls).await.unwrap();
        let keyring = format!("sqlite://{}?mode=rwc", dir.path().join("keyring.db").display());
        Bed::open(urls, keyring, dir).await
    }

    /// On a clone of a migrated database in the cluster that
    /// `CANDOR_TEST_POSTGRES` names, with the keyring in another database there;
    /// `scripts/with-postgres` starts one.
    pub async fn postgres() -> Bed {
        let urls = clone_of_template().await;
        let keyring = format!("{}_keys", urls.owner);
        let name = keyring.rsplit('/').next().unwrap();
        run(&superuser(), &[&format!("create database {name} owner candor_test_owner")]).await;
        Bed::open(urls, keyring, TempDir::new().unwrap()).await
    }

    /// On what is there already.
    pub async fn open(urls: DatabaseUrls, keyring: String, dir: TempDir) -> Bed {
        let engine = node(&urls, &keyring, &dir).await;
        Bed { engine, urls, keyring, dir }
    }

    /// Another node on the same database and keyring.
    pub async fn another_node(&self) -> Engine {
        node(&self.urls, &self.keyring, &self.dir).await
    }

    /// Another one on another machine: with a ledger's file of its own.
    pub async fn node_elsewhere(&self, ledger: &str) -> Engine {
        node_with(&self.urls, &self.keyring, &self.dir, (ledger, 16)).await
    }

    /// Goes on with so many connections.
    pub async fn with_connections(self, connections: u32) -> Bed {
        let bed = self.stopped().await;
        let how = ("erasures.ledger", connections);
        let engine = node_with(&bed.urls, &bed.keyring, &bed.dir, how).await;
        Bed { engine, ..bed }
    }

    /// Stops, copies the database and goes on; the answer is also where the copy is.
    pub async fn copied(self) -> (Bed, DatabaseUrls) {
        let bed = self.stopped().await;
        let there = copy_of(&bed.urls.tenant).await;
        let urls = DatabaseUrls {
            tenant: there.clone(),
            across: in_database(&bed.urls.across, &there),
            owner: in_database(&bed.urls.owner, &there),
        };
        (bed.opened().await, urls)
    }

    /// The same of the keyring.
    pub async fn copied_keyring(self) -> (Bed, String) {
        let bed = self.stopped().await;
        let there = copy_of(&bed.keyring).await;
        (bed.opened().await, there)
    }

    /// Stops and goes on with another database, as after a restore.
    pub async fn with_database(self, urls: DatabaseUrls) -> Bed {
        Bed { urls, ..self.stopped().await }.opened().await
    }

    /// The same with another keyring.
    pub async fn with_keyring(self, keyring: String) -> Bed {
        Bed { keyring, ..self.stopped().await }.opened().await
    }

    async fn stopped(self) -> Bed {
        self.engine.database().clone().close().await;
        self.engine.keyring().clone().close().await;
        self
    }

    async fn opened(self) -> Bed {
        Bed::open(self.urls, self.keyring, self.dir).await
    }

    /// The database as nobody who serves may see it.
    pub fn superuser(&self) -> String {
        match self.urls.tenant.rsplit_once('/') {
            Some((_, name)) if self.urls.tenant.starts_with("postgres:") => {
                with_role(&self.urls.tenant, "postgres", name)
            }
            _ => self.urls.tenant.clone(),
        }
    }

    /// Applies a tenant file; the scope acts as the operator.
    pub async fn tenant(&self, file: &str) -> Scope {
        let file = TenantFile::parse(file).unwrap();
        let applied = apply(&self.engine, &file, NOW).await.unwrap();
        Scope {
            tenant: applied.tenant,
            zone: TimeZone::UTC,
            actor: Actor::Operator,
            language: Language::En,
            now: NOW,
            request_id: Uuid::now_v7(),
        }
    }

    pub async fn import(&self, scope: &Scope, lines: &str) -> Imported {
        import(&self.engine, &scope.as_portal(), &mut lines.as_bytes(), false, &|_| {})
            .await
            .unwrap()
    }

    /// Gives a subject an account and acts as that person.
    pub async fn customer(&self, scope: &Scope, id: &str, email: &str) -> Scope {
        let email: EmailAddress = email.parse().unwrap();
        let password = Password::choose(PASSWORD.into()).unwrap();
        let account =
            accounts::create_customer(&self.engine, &scope.as_portal(), &email, password).await;
        let account = account.unwrap();
        let subject = subjects::find(&self.engine, &scope.as_portal(), id).await.unwrap();
        Scope {
            actor: Actor::Account { id: account, role: Role::Customer, subject },
            ..scope.clone()
        }
    }

    /// Signs in with the password that everybody here has.
    pub async fn sign_in(&self, scope: &Scope, email: &str) -> Secret {
        self.sign_in_with(scope, email, PASSWORD).await
    }

    pub async fn sign_in_with(&self, scope: &Scope, email: &str, password: &str) -> Secret {
        let email = email.parse().unwrap();
        let password = password.to_owned().into();
        let begun =
            accounts::sign_in(&self.engine, scope, &email, password, &Caller::default(), None)
                .await
                .unwrap();
        begun.signed_in().unwrap()
    }

    /// Chooses another password by the link that is mailed to an address.
    pub async fn reset(&self, scope: &Scope, email: &str, password: &str) {
        let scope = Scope { actor: Actor::Visitor, ..scope.clone() };
        accounts::ask_for_link(&self.engine, &scope, &email.parse().unwrap()).await.unwrap();
        self.work(scope.now).await;
        let mails = self.mails(email);
        let mail = mails.iter().rfind(|mail| mail.contains("/confirm/reset/")).expect("a link");
        let (_, rest) = mail.split_once("/confirm/reset/").unwrap();
        let secret = Secret::parse(&rest[..43]).unwrap();
        let host = self.engine.canonical_host(scope.tenant).unwrap();
        let opened = accounts::Opened { purpose: Purpose::Reset, secret: &secret, host: &host };
        let password = Password::choose(password.to_owned()).unwrap();
        accounts::choose_password(&self.engine, &scope, &opened, password).await.unwrap();
    }

    /// The texts of the mails to an address, in the order in which they left.
    pub fn mails(&self, to: &str) -> Vec<String> {
        let mut mails = Vec::new();
        for file in std::fs::read_dir(self.dir.path().join("mail")).into_iter().flatten() {
            let file = file.unwrap();
            let bytes = std::fs::read(file.path()).unwrap();
            let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
            let address = mail.to().unwrap().first().unwrap().address().unwrap();
            let to_them = address.eq_ignore_ascii_case(to);
            if to_them && file.path().extension().is_some_and(|e| e == "eml") {
                let left = file.metadata().unwrap().modified().unwrap();
                mails.push((left, mail.body_text(0).unwrap().into_owned()));
            }
        }
        mails.sort();
        mails.into_iter().map(|(_, text)| text).collect()
    }

    /// Signs in and confirms a task by the password.
    pub async fn confirmed(&self, scope: &Scope, email: &str, task: Task) -> Confirmed {
        let token = self.sign_in(scope, email).await;
        let password = PASSWORD.to_owned().into();
        accounts::confirm_by_password(&self.engine, scope, &token, task, password).await.unwrap();
        let session = accounts::session(&self.engine, scope, &token).await.unwrap().unwrap();
        session.confirmed(task, scope.now).unwrap()
    }

    /// Asks for the erasure of whoever has this address.
    pub async fn erase(&self, scope: &Scope, email: &str) -> Asked {
        let confirmed = self.confirmed(scope, email, Task::Deletion).await;
        erasure::ask(&self.engine, scope, confirmed).await.unwrap()
    }

    /// Runs the jobs that are due at a time.
    pub async fn work(&self, now: Timestamp) -> Drained {
        drain(&self.engine, &Plainly, &move || now).await.unwrap()
    }
}

/// As if whoever acts had just confirmed this task.
pub fn confirmed(scope: &Scope, task: Task) -> Confirmed {
    let operator = Scope { actor: Actor::Operator, ..scope.clone() };
    Confirmed::at_the_machine(&operator, task).unwrap()
}

/// Lumaire with two people: Ada, about whom something is held in every category,
/// and Ben.
pub const PEOPLE: &str = r#"
{"type":"subject","id":"u-ada","email":"Ada@example.org","name":"Ada Winter"}
{"type":"subject","id":"u-ben","email":"ben@example.org","name":"Ben Okafor"}
{"type":"record","id":"r-1","category":"account","kind":"profile","date":"2024-02-01","subjects":["u-ada"],"source":"you","data":{"name":"Ada Winter","email":"ada@example.org"}}
{"type":"record","id":"r-2","category":"payment","kind":"stripe-payment","date":"2026-08-03","subjects":["u-ada"],"source":"stripe","data":{"payment-intent":"pi_3abc","amount":4900,"currency":"eur"}}
{"type":"record","id":"r-3","category":"payment","kind":"stripe-payment","date":"2014-08-03","subjects":["u-ada"],"source":"stripe","data":{"payment-intent":"pi_1old","amount":1900,"currency":"eur"}}
{"type":"record","id":"r-4","category":"course-progress","kind":"course-progress","date":"2026-09-01","subjects":["u-ada"],"source":"platform","data":{"course":"Rust","modules":[{"title":"One","done":true},{"title":"Two","done":false}]}}
{"type":"record","id":"r-5","category":"communication","kind":"message","date":"2026-10-01","subjects":["u-ada"],"source":"email","data":{"subject":"Hello","text":"A question"}}
{"type":"record","id":"r-6","category":"communication","kind":"message","date":"2026-10-02","subjects":["u-ada","u-ben"],"source":"email","data":{"subject":"To both","text":"Shared"}}
{"type":"record","id":"r-7","category":"account","kind":"profile","date":"2025-02-01","subjects":["u-ben"],"source":"you","data":{"name":"Ben Okafor"}}
"#;

/// Writes an export's page as plain text.
pub struct Plainly;

impl Presenter for Plainly {
    fn head(&self, overview: &Overview, _: Language, made_on: Date) -> String {
        format!("{} {made_on}\n", overview.profile.called())
    }
    fn open_category(&self, _: &Overview, holding: &Holding, _: Language) -> String {
        format!("[{}]\n", holding.category)
    }
    fn records(&self, records: &[Opened], _: Language) -> String {
        records.iter().map(|record| format!("{}\n", record.data)).collect()
    }
    fn close_category(&self) -> String {
        "\n".into()
    }
    fn at_stripe(&self, seen: &Seen, _: Language, _: &TimeZone) -> String {
        format!("{}\n", seen.picture.customer)
    }
    fn tail(&self, _: Language) -> String {
        "end\n".into()
    }
    fn letter(&self, letter: &Letter, _: &str, _: Option<&EmailAddress>, _: Language) -> String {
        format!("<p>{}</p>", letter.subject)
    }
}

async fn node(urls: &DatabaseUrls, keyring: &str, dir: &TempDir) -> Engine {
    node_with(urls, keyring, dir, ("erasures.ledger", 16)).await
}

/// With a file for its ledger, and so many connections.
async fn node_with(
    urls: &DatabaseUrls,
    keyring: &str,
    dir: &TempDir,
    (ledger, connections): (&str, u32),
) -> Engine {
    let db = Database::open_with(urls, connections).await.unwrap();
    let master = MasterKey::read_or_create(&dir.path().join("master.key")).unwrap();
    let keyring = Keyring::open_at(keyring, master, &db.across()).await.unwrap();
    let settings = Settings {
        scheme: "http".into(),
        port: Some(3000),
        mail: Transport::Folder(dir.path().join("mail")),
        mail_from: None,
        allowed: Allowed::parse(&["127.0.0.1".to_owned()]).unwrap(),
        ledger: dir.path().join(ledger),
        bcrypt_cost: 4,
    };
    Engine::start(db, keyring, settings).await.unwrap()
}

static TEMPLATE: OnceCell<()> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

fn superuser() -> String {
    std::env::var("CANDOR_TEST_POSTGRES")
        .expect("CANDOR_TEST_POSTGRES is not set: run the tests with scripts/with-postgres")
}

/// A copy of a database that nobody is connected to.
async fn copy_of(url: &str) -> String {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    if let Some(file) = url.strip_prefix("sqlite://") {
        let file = file.split('?').next().unwrap();
        let copy = format!("{file}.{number}");
        std::fs::copy(file, &copy).unwrap();
        return format!("sqlite://{copy}?mode=rwc");
    }
    let (place, name) = url.rsplit_once('/').unwrap();
    let copy = format!("{name}_{number}");
    let create = format!("create database {copy} template {name} owner candor_test_owner");
    run(&superuser(), &[&create]).await;
    format!("{place}/{copy}")
}

/// The URL of the same role in the database of another URL.
fn in_database(url: &str, other: &str) -> String {
    if url.starts_with("sqlite:") {
        return other.to_owned();
    }
    let (place, _) = url.rsplit_once('/').unwrap();
    let (_, name) = other.rsplit_once('/').unwrap();
    format!("{place}/{name}")
}

async fn clone_of_template() -> DatabaseUrls {
    new_database(|| format!("template {}", template())).await
}

/// A database with what a dump says.
pub async fn restored(dump: &str) -> DatabaseUrls {
    let urls = new_database(|| "template template0".to_owned()).await;
    // What begins with a backslash is for the program psql.
    let sql: Vec<&str> = dump.lines().filter(|line| !line.starts_with('\\')).collect();
    let (_, name) = urls.owner.rsplit_once('/').unwrap();
    run(&with_role(&superuser(), "postgres", name), &[&sql.join("\n")]).await;
    urls
}

async fn new_database(how: impl Fn() -> String) -> DatabaseUrls {
    let superuser = superuser();
    TEMPLATE.get_or_init(|| make_template(&superuser)).await;
    let name = format!("candor_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    run(&superuser, &[&format!("create database {name} {}", how())]).await;
    DatabaseUrls {
        tenant: with_role(&superuser, "candor_test_tenant", &name),
        across: with_role(&superuser, "candor_test_across", &name),
        owner: with_role(&superuser, "candor_test_owner", &name),
    }
}

fn template() -> String {
    format!("candor_template_{}", std::process::id())
}

async fn make_template(superuser: &str) {
    let create_role = |role: &str, how: &str| {
        format!(
            "do $$ begin create role {role} login {how}; \
             exception when duplicate_object or unique_violation then null; end $$"
        )
    };
    let template = template();
    run(
        superuser,
        &[
            &create_role("candor_test_owner", "createrole"),
            &format!("create database {template} owner candor_test_owner"),
        ],
    )
    .await;
    let owner = with_role(superuser, "candor_test_owner", &template);
    run(
        &with_role(superuser, "postgres", &template),
        &["alter schema public owner to candor_test_owner"],
    )
    .await;
    migrate(&DatabaseUrls { tenant: String::new(), across: String::new(), owner }).await.unwrap();
    run(
        superuser,
        &[
            &create_role("candor_test_tenant", "in role candor_tenant"),
            &create_role("candor_test_across", "in role candor_across"),
        ],
    )
    .await;
}

/// The same cluster as another role, in another database.
pub fn with_role(superuser: &str, role: &str, database: &str) -> String {
    let (_, place) = superuser.split_once('@').expect("postgres://USER@HOST/NAME");
    let (host, _) = place.split_once('/').expect("postgres://USER@HOST/NAME");
    format!("postgres://{role}@{host}/{database}")
}

async fn run(url: &str, statements: &[&str]) {
    let connection = sea_orm::Database::connect(url).await.unwrap();
    for statement in statements {
        connection.execute_unprepared(statement).await.unwrap();
    }
    connection.close().await.unwrap();
}
