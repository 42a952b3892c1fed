//! The portal on a port of its own, with the demo's tenants.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use ::app::limits::Limits;
use ::app::pages::presenter::PageOfExport;
use ::app::portal::Portal;
use axum::ServiceExt;
use engine::demo::{self, Logins};
use engine::egress::Allowed;
use engine::jobs::drain;
use engine::keyring::{Keyring, MasterKey};
use engine::mail::Transport;
use engine::storage::Timestamp;
use engine::tenancy::{Database, DatabaseUrls, migrate};
use engine::{Engine, Settings};
use reqwest::{Client, Method, RequestBuilder, Response, header, redirect};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// 2026-11-21 12:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_262_400_000);

pub struct TestApp {
    pub engine: Engine,
    pub logins: Logins,
    client: Client,
    port: u16,
    _dir: TempDir,
}

impl TestApp {
    pub async fn start() -> TestApp {
        TestApp::start_with(false).await
    }

    /// As behind a proxy that speaks HTTPS, if `secure`.
    pub async fn start_with(secure: bool) -> TestApp {
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
        let portal = Portal {
            engine: engine.clone(),
            site: None,
            demo: Some(Arc::new(logins.clone())),
            clock: Arc::new(|| NOW),
            limits: Arc::new(Limits::new(NonZeroU32::MAX)),
            proxies: Arc::default(),
            secure,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let service =
            server::http::service(portal).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        TestApp { engine, logins, client, port, _dir: dir }
    }

    /// A request to a tenant's host, as its own pages send it.
    pub fn request(&self, method: Method, tenant: &str, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("http://127.0.0.1:{}{path}", self.port))
            .header(header::HOST, format!("{tenant}.localhost"))
            .header("sec-fetch-site", "same-origin")
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

    pub fn port(&self) -> u16 {
        self.port
    }
}

pub fn cookie(response: &Response) -> Option<String> {
    response.headers().get(header::SET_COOKIE).map(|value| value.to_str().unwrap().to_owned())
}
