//! One line for each request, and its numbers. Neither has anything personal: a path may
//! hold a secret and a query anything, so the route is told as it stands in the table (E15).

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::portal::Portal;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use super::host::host_of;

/// What is counted of requests.
#[derive(Clone)]
pub struct Seen(Arc<Counts>);

struct Counts {
    requests: Family<Answered, Counter>,
    seconds: Family<Made, Histogram>,
    /// Pages that came from memory.
    remembered: Counter,
    connections: Gauge,
    turned_away: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Made {
    route: String,
}

impl Default for Seen {
    fn default() -> Seen {
        // From a millisecond to sixteen seconds.
        let seconds = || Histogram::new(exponential_buckets(0.001, 4.0, 8));
        Seen(Arc::new(Counts {
            requests: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            remembered: Counter::default(),
            connections: Gauge::default(),
            turned_away: Counter::default(),
        }))
    }
}

impl Seen {
    /// Puts the counts where they are read.
    pub fn register(&self, registry: &mut Registry) {
        let counts = &self.0;
        registry.register("requests", "Requests, by route and status", counts.requests.clone());
        registry.register_with_unit(
            "request",
            "How long requests took that were not answered from memory",
            Unit::Seconds,
            counts.seconds.clone(),
        );
        registry.register(
            "pages_from_memory",
            "Requests that were answered from memory",
            counts.remembered.clone(),
        );
        registry.register("connections", "Open connections", counts.connections.clone());
        registry.register(
            "connections_turned_away",
            "Connections of addresses that have too many",
            counts.turned_away.clone(),
        );
    }

    /// The count of answers to that, to be kept beside a page.
    pub fn answers(&self, method: &Method, route: &str, status: StatusCode) -> Counter {
        let (method, status) = (name_of(method), status.as_u16());
        self.0.requests.get_or_create_owned(&Answered { method, route: route.to_owned(), status })
    }

    /// A page came from memory.
    pub fn remembered(&self) {
        self.0.remembered.inc();
    }

    /// A connection is open, until this is dropped.
    pub fn connected(&self) -> Connected {
        self.0.connections.inc();
        Connected(self.0.connections.clone())
    }

    /// A connection is closed at once, since whose it is has too many.
    pub fn turned_away(&self) {
        self.0.turned_away.inc();
    }
}

/// An open connection.
pub struct Connected(Gauge);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Writes the line, and counts.
pub async fn see(
    State((portal, seen)): State<(Portal, Seen)>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let (method, tenant) = (request.method().clone(), tenant(&portal, &request));
    // What is nowhere is told without its path.
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("nowhere", MatchedPath::as_str).to_owned();
    let answer = next.run(request).await;
    let (status, took) = (answer.status(), begun.elapsed());
    seen.answers(&method, &route, status).inc();
    line(&method, &route, status, &tenant, took);
    seen.0.seconds.get_or_create(&Made { route }).observe(took.as_secs_f64());
    answer
}

/// One line for a request.
pub fn line(method: &Method, route: &str, status: StatusCode, tenant: &str, took: Duration) {
    let (method, status) = (name_of(method), status.as_u16());
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method, route, status, tenant, ms, "a request was answered");
}

fn tenant(portal: &Portal, request: &Request) -> String {
    let found =
        |headers: &HeaderMap, uri: &Uri| portal.engine.directory.at(&host_of(headers, uri)?);
    found(request.headers(), request.uri()).map(|head| head.slug.clone()).unwrap_or_default()
}

/// A method that somebody has made up is told as such: there is no end of them.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
