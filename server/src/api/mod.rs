//! The API for a tenant's own systems, under `/api/v1`.
//!
//! A request shows a token, never a cookie. Every error is a problem document
//! (RFC 9457). [`openapi`] describes all of it, and a test holds the two together.

mod bulk;
mod call;
mod disclosures;
mod docs;
mod events;
mod json;
mod openapi;
mod organisations;
mod page;
mod permissions;
pub mod problem;
mod records;
mod subjects;

use app::portal::Portal;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, post, put};
use axum::{Extension, Router};
use domain::grants::Grant;

use self::bulk::Bulks;
use crate::capacity::Capacity;

/// What all paths of it begin with.
pub const PREFIX: &str = "/api/v1/";

/// A route of the API.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, in axum's syntax.
    pub path: &'static str,
    /// The grants of which the token must have one; without any, everybody may. What
    /// is told may need a certain one of them, see [`domain::grants::Telling`].
    pub grants: &'static [Grant],
    handler: MethodRouter<Portal>,
}

/// The table.
pub fn routes() -> Vec<Route> {
    let open = |path, handler| Route { method: Method::GET, path, grants: &[], handler };
    let with = |method, path, grants, handler| Route { method, path, grants, handler };
    vec![
        open("/api/v1/openapi.json", get(openapi::show)),
        open("/api/v1/docs", get(docs::show)),
        with(Method::GET, "/api/v1/subjects", &[Grant::Read], get(subjects::list)),
        with(Method::POST, "/api/v1/subjects", &[Grant::Write], post(subjects::by_address)),
        with(Method::GET, "/api/v1/subjects/{id}", &[Grant::Read], get(subjects::show)),
        with(Method::PUT, "/api/v1/subjects/{id}", &[Grant::Write], put(subjects::tell)),
        with(Method::DELETE, "/api/v1/subjects/{id}", &[Grant::Erase], delete(subjects::erase)),
        with(
            Method::POST,
            "/api/v1/subjects/{id}/join",
            &[Grant::Access, Grant::Erase],
            post(subjects::join),
        ),
        with(Method::GET, "/api/v1/subjects/{id}/records", &[Grant::Read], get(records::list)),
        with(
            Method::GET,
            "/api/v1/subjects/{id}/permissions",
            &[Grant::Permissions],
            get(permissions::show),
        ),
        with(Method::PUT, "/api/v1/organisations/{id}", &[Grant::Write], put(organisations::tell)),
        with(Method::POST, "/api/v1/records", &[Grant::Write], post(records::tell)),
        with(
            Method::DELETE,
            "/api/v1/records/{source}/{id}",
            &[Grant::Erase],
            delete(records::delete),
        ),
        with(Method::POST, "/api/v1/events", &[Grant::Write, Grant::End], post(events::tell)),
        with(Method::POST, "/api/v1/disclosures", &[Grant::Write], post(disclosures::tell)),
        with(
            Method::POST,
            "/api/v1/bulk",
            &[Grant::Write, Grant::End, Grant::Access],
            post(bulk::take).layer(DefaultBodyLimit::disable()),
        ),
    ]
}

/// Adds the routes, each behind its grant.
pub fn mount(mut router: Router<Portal>, portal: &Portal, capacity: &Capacity) -> Router<Portal> {
    let bulks = Bulks::new(capacity);
    for route in routes() {
        let guard = call::Guard { portal: portal.clone(), grants: route.grants };
        router =
            router.route(route.path, route.handler.layer(from_fn_with_state(guard, call::guard)));
    }
    router.layer(Extension(bulks))
}
