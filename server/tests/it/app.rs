//! The portal on a port of its own, with the demo's tenants.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;

use ::app::limits::{Limits, Rates};
use ::app::portal::{Parts, Portal};
use ::app::presenter::PageOfExport;
use domain::identifiers::{Language, TenantId};
use engine::demo::{self, Logins};
use engine::egress::Allowed;
use engine::jobs::drain;
use engine::keyring::{Keyring, MasterKey};
use engine::mail::Transport;
use engine::storage::Timestamp;
use engine::tenancy::{Database, DatabaseUrls, migrate};
use engine::{Actor, Engine, Scope, Settings};
use jiff::tz::TimeZone;
use mail_parser::MessageParser;
use reqwest::{Client, Method, RequestBuilder, Response, header, redirect};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use server::capacity::Capacity;
use tempfile::TempDir;
use tokio::net::TcpListener;
use uuid::Uuid;

/// 2026-11-21 12:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_262_400_000);

/// For tests that are about something else: they all come from one address.
pub const UNLIMITED: Rates = Rates {
    per_address: NonZeroU32::MAX,
    per_tenant: NonZeroU32::MAX,
    mails: NonZeroU32::MAX,
    calls: NonZeroU32::MAX,
};

pub struct TestApp {
    pub engine: Engine,
    pub logins: Logins,
    client: Client,
    port: u16,
    dir: TempDir,
}

impl TestApp {
    pub async fn start() -> TestApp {
        TestApp::start_with(false, UNLIMITED).await
    }

    /// As behind a proxy that speaks HTTPS, if `secure`.
    pub async fn start_with(secure: bool, rates: Rates) -> TestApp {
        TestApp::start_within(&Capacity::default(), secure, rates).await
    }

    /// With limits of serving.
    pub async fn start_within(capacity: &Capacity, secure: bool, rates: Rates) -> TestApp {
        let dir = TempDir::new().unwrap();
        let urls =
            DatabaseUrls::same(&format!("sqlite://{}/candor.db?mode=rwc", dir.path().display()));
        migrate(&urls).await.unwrap();
        let db = Database::open(&urls).await.unwrap();
        let master = MasterKey::read_or_create(&dir.path().join("master.key")).unwrap();
        let keyring =
            Keyring::open(&dir.path().join("keyring.db"), master, &db.across()).await.unwrap();
        let settings = Settings {
            scheme: "http".into(),
            port: None,
            mail: Transport::Folder(dir.path().join("mail")),
            mail_from: None,
            allowed: Allowed::default(),
            ledger: dir.path().join("ledger"),
            bcrypt_cost: 4,
        };
        let engine = Engine::start(db, keyring, settings).await.unwrap();
        let logins =
            demo::seed(&engine, &dir.path().join("logins.json"), NOW, &|_| {}).await.unwrap();
        let portal = Portal::from(Parts {
            engine: engine.clone(),
            site: None,
            demo: Some(logins.clone()),
            clock: Box::new(|| NOW),
            limits: Limits::new(rates),
            proxies: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
            secure,
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let service = server::http::service(portal, capacity);
        let capacity = capacity.clone();
        tokio::spawn(async move {
            server::http::serve(listener, service, &capacity, std::future::pending()).await;
        });
        TestApp { engine, logins, client: client(), port, dir }
    }

    /// A request to a tenant's host, as its own pages send it.
    pub fn request(&self, method: Method, tenant: &str, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("http://127.0.0.1:{}{path}", self.port))
            .header(header::HOST, format!("{tenant}.localhost"))
            .header("sec-fetch-site", "same-origin")
    }

    /// The same as a proxy passes it on, for somebody at an address.
    pub fn request_from(&self, from: &str, tenant: &str, path: &str) -> RequestBuilder {
        self.request(Method::POST, tenant, path).header("x-forwarded-for", from)
    }

    pub async fn get(&self, tenant: &str, path: &str) -> Response {
        self.request(Method::GET, tenant, path).send().await.unwrap()
    }

    pub async fn text(&self, tenant: &str, path: &str) -> String {
        let response = self.get(tenant, path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.text().await.unwrap()
    }

    /// Signs in as the demo's account of that role; the answer is its cookie.
    pub async fn sign_in(&self, tenant: &str, role: &str) -> String {
        let login = self
            .logins
            .accounts
            .iter()
            .find(|login| login.tenant == tenant && login.role == role)
            .unwrap();
        let response = self
            .request(Method::POST, tenant, "/sign-in")
            .form(&[("email", &login.email), ("password", &self.logins.password)])
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 303);
        cookie(&response).unwrap().split(';').next().unwrap().to_owned()
    }

    /// Confirms a task by the password, as the page before it asks.
    pub async fn confirm(&self, tenant: &str, session: &str, task: &str) {
        let form = [("task", task), ("next", "/account"), ("password", &self.logins.password)];
        let request = self.request(Method::POST, tenant, "/account/confirm");
        let response = request.header("cookie", session).form(&form).send().await.unwrap();
        assert_eq!(response.status(), 303, "{task}");
    }

    /// Runs the jobs that are due.
    pub async fn work(&self) {
        drain(&self.engine, &PageOfExport, &|| NOW).await.unwrap();
    }

    /// The texts of the mails to an address, in the order in which they left.
    pub fn mails(&self, to: &str) -> Vec<String> {
        let mut mails = Vec::new();
        for file in std::fs::read_dir(self.dir.path().join("mail")).into_iter().flatten() {
            let file = file.unwrap();
            let bytes = std::fs::read(file.path()).unwrap();
            let mail = MessageParser::default().parse(&bytes).unwrap();
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

    /// Suspends a tenant, or ends that, as the operator does.
    pub async fn suspend(&self, tenant: &str, suspended: bool) {
        let tenants = self.engine.directory.tenants();
        let tenant = tenants.iter().find(|head| head.slug == tenant).unwrap();
        let scope = Scope {
            tenant: tenant.id,
            zone: TimeZone::UTC,
            actor: Actor::Operator,
            language: Language::En,
            now: NOW,
            request_id: Uuid::now_v7(),
        };
        engine::tenants::suspend(&self.engine, &scope, suspended).await.unwrap();
    }

    /// How many rows a tenant has in each of its tables.
    pub async fn rows_of(&self, tenant: TenantId) -> BTreeMap<&'static str, i64> {
        let file = self.dir.path().join("candor.db");
        let url = format!("sqlite://{}", file.display());
        let database = sea_orm::Database::connect(url).await.unwrap();
        let mut rows = BTreeMap::new();
        for table in migrations::tenant_tables() {
            let sql = format!("select count(*) from {table} where tenant_id = {tenant}");
            let statement = Statement::from_string(DbBackend::Sqlite, sql);
            let row = database.query_one_raw(statement).await.unwrap().unwrap();
            rows.insert(table, row.try_get_by_index::<i64>(0).unwrap());
        }
        rows
    }

    /// The database, for what only another version would write.
    pub fn database(&self) -> String {
        format!("sqlite://{}", self.dir.path().join("candor.db").display())
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

/// A client that shows redirects as they are.
pub fn client() -> Client {
    // Another test of this process may have chosen it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(redirect::Policy::none()).build().unwrap()
}

pub fn cookie(response: &Response) -> Option<String> {
    response.headers().get(header::SET_COOKIE).map(|value| value.to_str().unwrap().to_owned())
}
