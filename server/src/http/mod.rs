//! HTTP: from a request on a host to the handler of a page, and back.
//!
//! In this order: pages kept in memory ([`kept`]), then for all else its line in the log
//! ([`seen`]), compression, the frame ([`frame`]: host, headers, troubles), then the gate of
//! the route ([`gate`]: origin, session, permission).

mod address;
mod assets;
mod demo;
mod demo_mail;
mod frame;
mod gate;
mod headers;
mod health;
mod host;
mod kept;
mod language;
mod methods;
mod origin;
mod packing;
mod seen;
mod serve;
mod unsent;
mod watched;

use std::sync::Arc;
use std::time::Duration;

use app::portal::Portal;
use app::routes::routes;
use app::trouble::Trouble;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::capacity::Capacity;

pub use kept::{FromMemory, Kept};
pub use seen::Seen;
pub use serve::serve;

/// The largest form, in bytes.
const LARGEST_BODY: usize = 1_000_000;
/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The whole service.
pub fn service(portal: Portal, capacity: &Capacity) -> FromMemory {
    assemble(portal, Some(Arc::new(Kept::new(capacity))), capacity)
}

/// The same without a memory: every page is rendered for every request, to
/// measure what that costs. No option of the program leads here.
pub fn service_afresh(portal: Portal) -> FromMemory {
    assemble(portal, None, &Capacity::default())
}

fn assemble(portal: Portal, kept: Option<Arc<Kept>>, capacity: &Capacity) -> FromMemory {
    let seen = Seen::default();
    let mut router = Router::new();
    let table = routes();
    let forms: Vec<_> = table.iter().map(|route| unsent::forms(route, &table)).collect();
    for (route, forms) in table.into_iter().zip(forms) {
        let guard = gate::Guard {
            portal: portal.clone(),
            kept: kept.clone().filter(|_| route.kept),
            seen: seen.clone(),
            path: route.path,
            permission: route.permission,
            task: route.task,
            forms,
        };
        // Only around what there is: a method that the path does not know asks nobody who they are.
        let guarded = route.handler.route_layer(from_fn_with_state(guard, gate::gate));
        router = router.route(route.path, guarded);
    }
    router = crate::api::mount(router, &portal, capacity)
        .route("/assets/{name}", get(assets::show))
        .route(health::PATH, get(health::show).layer(Extension(health::Last::default())))
        .fallback(|| async { Trouble::NotFound })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(frame::panicked))
        .layer(from_fn_with_state(portal.clone(), frame::frame))
        .layer(packing::layer())
        .layer(from_fn(methods::head_as_get))
        .layer(from_fn_with_state((portal.clone(), seen.clone()), seen::see));
    FromMemory { routes: router.with_state(portal.clone()), portal, kept, seen }
}
