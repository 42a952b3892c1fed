//! Public pages: rendered once per language, compressed beforehand, then served
//! from memory at about the cost of a static file.

mod page;
mod shelf;

use std::borrow::Cow;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use app::paths;
use app::portal::Portal;
use app::trouble::Trouble;
use app::visit::Visit;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use domain::identifiers::TenantId;
use engine::directory::TenantHead;
use futures_util::future::Either;
use tokio::sync::Semaphore;
use tower::Service;

use self::page::{Answers, Page};
use self::shelf::{Reader, Shelf};
use super::gate::Guard;
use super::host::host_of;
use super::language::language_of;
use super::seen::{self, Seen};
use crate::capacity::Capacity;
use crate::turns::Turns;

/// The largest page, in bytes. Policies that would make larger ones are not published.
const LARGEST: usize = 8_000_000;
/// How many wait for a turn of one tenant's, or for one page that is being made.
const WAITING: usize = 200;

/// The pages in memory, and the making of those that are not.
pub struct Kept {
    shelf: Shelf,
    /// One at a time for a tenant: the comparison of two versions is public and slow.
    turns: Arc<Turns<TenantId>>,
    rendering: Semaphore,
    /// One for all who ask for the same page at once.
    making: Arc<Turns<(TenantId, Reader, String)>>,
}

impl Kept {
    /// As the operator allows.
    pub fn new(capacity: &Capacity) -> Kept {
        Kept {
            shelf: Shelf::new(capacity.kept_megabytes.get().saturating_mul(1_000_000)),
            turns: Turns::new(1, WAITING),
            rendering: Semaphore::new(capacity.renderers.get()),
            making: Turns::new(1, WAITING),
        }
    }
}

/// Answers from memory what is there; all else goes to the routes.
///
/// A service of its own around the router, because what a middleware costs is
/// felt at this speed.
#[derive(Clone)]
pub struct FromMemory {
    /// Whose pages they are.
    pub portal: Portal,
    /// The memory, if there is one.
    pub kept: Option<Arc<Kept>>,
    /// What makes a page.
    pub routes: Router,
    /// What is counted.
    pub seen: Seen,
}

impl Service<Request> for FromMemory {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        <Router as Service<Request>>::poll_ready(&mut self.routes, context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if let Some(kept) = &self.kept
            && matches!(*request.method(), Method::GET | Method::HEAD)
            && let Some((tenant, page)) = kept.find(&self.portal, &request)
        {
            let begun = Instant::now();
            let answer = page.answer(request.headers());
            self.seen.remembered();
            page.count(answer.status());
            let (method, status) = (request.method(), answer.status());
            seen::line(method, page.route, status, &tenant.slug, begun.elapsed());
            return Either::Left(ready(Ok(answer)));
        }
        Either::Right(self.routes.call(request))
    }
}

impl Kept {
    fn find(&self, portal: &Portal, request: &Request) -> Option<(Arc<TenantHead>, Arc<Page>)> {
        let host = host_of(request.headers(), request.uri())?;
        let tenant = portal.engine.directory.at(&host)?;
        let query = request.uri().query().unwrap_or_default();
        let reader = language_of(query, request.headers());
        let path = canonical(request.uri().path(), query);
        let page = self.shelf.find(tenant.id, tenant.generation, reader, &path)?;
        Some((tenant, page))
    }

    /// Renders a page, keeps it, and answers with it.
    pub async fn answer(
        &self,
        guard: &Guard,
        mut visit: Visit,
        mut request: Request,
        next: Next,
    ) -> Response {
        let Guard { portal, seen, path: route, .. } = guard;
        let asked = request.headers().clone();
        let query = request.uri().query().unwrap_or_default();
        visit.path = canonical(request.uri().path(), query).into_owned();
        // The handler sees what the key says, and nothing else.
        match visit.path.parse() {
            Ok(uri) if !visit.path.contains('%') => *request.uri_mut() = uri,
            _ => return Trouble::NotFound.into_response(),
        }
        let (id, path) = (visit.tenant.id, visit.path.clone());
        let reader = (visit.scope.language, visit.explicit_language);
        let busy = || Trouble::TooMany { seconds: 2 }.into_response();
        let Some(_making) = self.making.take((id, reader, path.clone())).await else {
            return busy();
        };
        if let Some(page) = self.made(portal, id, reader, &path) {
            return page.answer(&asked);
        }
        let Some(_turn) = self.turns.take(id).await else { return busy() };
        let Ok(_rendering) = self.rendering.acquire().await else { return busy() };
        // The number first: what is read after it is of that generation or later.
        if let Some(tenant) = portal.engine.directory.tenant(id) {
            visit.tenant = tenant;
        }
        let generation = visit.tenant.generation;
        request.extensions_mut().insert(visit);
        let rendered = next.run(request).await;
        if rendered.status() != StatusCode::OK {
            return rendered;
        }
        let (parts, body) = rendered.into_parts();
        let Ok(body) = to_bytes(body, LARGEST).await else {
            return Trouble::Unavailable.into_response();
        };
        let (secure, route) = (portal.secure, *route);
        let counts = Answers::of(seen, route);
        let packed = tokio::task::spawn_blocking(move || {
            Page::pack(&parts.headers, body, secure, route, counts)
        });
        let Ok(page) = packed.await.map(Arc::new) else {
            return Trouble::Unavailable.into_response();
        };
        self.shelf.keep(id, generation, reader, &path, Arc::clone(&page));
        page.answer(&asked)
    }

    /// Whoever waited may find that the page was made meanwhile.
    fn made(
        &self,
        portal: &Portal,
        tenant: TenantId,
        reader: Reader,
        path: &str,
    ) -> Option<Arc<Page>> {
        let generation = portal.engine.directory.tenant(tenant)?.generation;
        self.shelf.find(tenant, generation, reader, path)
    }
}

/// Path and query as far as the kept pages look at them, so that made-up
/// parameters make no further entries.
fn canonical<'a>(path: &'a str, query: &str) -> Cow<'a, str> {
    if path != paths::COMPARE {
        return path.into();
    }
    let value = |name: &str| {
        let mut values = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(key, _)| *key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) => {
                let is_number = value.len() < 10 && value.bytes().all(|b| b.is_ascii_digit());
                is_number.then_some(value)
            }
            _ => None,
        }
    };
    match (value("from"), value("to")) {
        (Some(from), Some(to)) => format!("{path}?from={from}&to={to}").into(),
        _ => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_parameters_make_no_further_entries() {
        assert_eq!(canonical("/policy", "x=1&lang=de"), "/policy");
        assert_eq!(canonical("/policy", "from=1&to=2"), "/policy");
        assert_eq!(canonical("/policy/compare", "to=2&y=3&from=1"), "/policy/compare?from=1&to=2");
        assert_eq!(canonical("/policy/compare", "from=1&to=<b>"), "/policy/compare");
        assert_eq!(canonical("/policy/compare", "from=1&from=2&to=2"), "/policy/compare");
    }
}
