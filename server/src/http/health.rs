//! `/healthz`, at any host and at none: whoever watches a node asks it by its address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::portal::Portal;
use app::respond;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::health::{Health, health};
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::timeout;

/// Its path.
pub const PATH: &str = "/healthz";
/// How long an answer holds: however many ask, database and keyring are asked once.
const HOLDS: Duration = Duration::from_secs(1);
/// After how long what does not answer is not there.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found last, and when.
pub type Last = Arc<Mutex<Option<(Instant, Health)>>>;

/// `GET /healthz`: whether this node can answer anybody, and nothing about anybody.
pub async fn show(State(portal): State<Portal>, Extension(last): Extension<Last>) -> Response {
    let health = current(&portal, &last).await;
    let word = |there: bool| if there { "ok" } else { "failing" };
    let told = json!({
        "status": word(health.is_whole()),
        "database": word(health.database),
        "migrations": word(health.migrations),
        "keyring": word(health.keyring),
    });
    let mut answer = respond::with_type("application/json", told.to_string());
    if !health.is_whole() {
        *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    answer
}

async fn current(portal: &Portal, last: &Last) -> Health {
    // Whoever waits for another's question takes its answer.
    let mut last = last.lock().await;
    if let Some((at, health)) = *last
        && at.elapsed() < HOLDS
    {
        return health;
    }
    let nothing = Health { database: false, migrations: false, keyring: false };
    let found = timeout(PATIENCE, health(&portal.engine)).await.unwrap_or(nothing);
    *last = Some((Instant::now(), found));
    found
}
