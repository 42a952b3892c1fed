//! Public pages: rendered once per language, compressed beforehand, then served
//! from memory at about the cost of a static file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};

use app::pages::errors::Trouble;
use app::portal::Portal;
use app::ui::paths;
use app::visit::Visit;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use data_encoding::HEXLOWER;
use domain::identifiers::{Language, TenantId};
use futures_util::future::Either;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tower::Service;

use super::headers;
use super::host::host_of;
use super::language::language_of;
use super::packing;

/// How many pages are kept at most; then all are forgotten and made anew.
const MOST: usize = 4096;
/// How many are rendered at a time: the comparison of two versions is public.
const AT_ONCE: usize = 2;

/// The pages in memory.
pub struct Kept {
    shelf: RwLock<Shelf>,
    rendering: Semaphore,
}

/// Pages of one generation: by whose they are and in which language, then by
/// path, so that looking one up makes no key.
#[derive(Default)]
struct Shelf {
    generation: i64,
    pages: HashMap<Reader, HashMap<String, Arc<Page>>>,
}

/// Whose page, in which language, and whether the URL says the language.
type Reader = (TenantId, Language, bool);

struct Page {
    plain: Packed,
    gzip: Packed,
    brotli: Packed,
}

/// A whole answer: headers that are ready, and shared bytes.
struct Packed {
    headers: HeaderMap,
    body: Bytes,
    etag: HeaderValue,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept { shelf: RwLock::default(), rendering: Semaphore::new(AT_ONCE) }
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
            && let Some(page) = kept.find(&self.portal, &request)
        {
            return Either::Left(ready(Ok(page.answer(request.headers()))));
        }
        Either::Right(self.routes.call(request))
    }
}

impl Kept {
    fn find(&self, portal: &Portal, request: &Request) -> Option<Arc<Page>> {
        let host = host_of(request.headers(), request.uri())?;
        let tenant = portal.engine.directory.at(&host)?;
        let query = request.uri().query().unwrap_or_default();
        let (language, explicit) = language_of(query, request.headers());
        let path = canonical(request.uri().path(), query);
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        if shelf.generation != portal.engine.directory.generation() {
            return None;
        }
        shelf.pages.get(&(tenant.id, language, explicit))?.get(path.as_ref()).cloned()
    }

    /// Renders a page, keeps it, and answers with it.
    pub async fn answer(
        &self,
        portal: &Portal,
        mut visit: Visit,
        mut request: Request,
        next: Next,
    ) -> Response {
        let asked = request.headers().clone();
        // Whoever waited may find that the page was made meanwhile.
        let Ok(_turn) = self.rendering.acquire().await else {
            return Trouble::Unavailable.into_response();
        };
        if let Some(page) = self.find(portal, &request) {
            return page.answer(&asked);
        }
        // The number first: what is read after it is of that generation or later.
        let generation = portal.engine.directory.generation();
        if let Some(tenant) = portal.engine.directory.tenant(visit.tenant.id) {
            visit.tenant = tenant;
        }
        let query = request.uri().query().unwrap_or_default();
        visit.path = canonical(request.uri().path(), query).into_owned();
        // The handler sees what the key says, and nothing else.
        match visit.path.parse() {
            Ok(uri) if !visit.path.contains('%') => *request.uri_mut() = uri,
            _ => return Trouble::NotFound.into_response(),
        }
        let reader = (visit.tenant.id, visit.scope.language, visit.explicit_language);
        let path = visit.path.clone();
        request.extensions_mut().insert(visit);
        let rendered = next.run(request).await;
        if rendered.status() != StatusCode::OK {
            return rendered;
        }
        let (parts, body) = rendered.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return Trouble::Unavailable.into_response();
        };
        let secure = portal.secure;
        let packed = tokio::task::spawn_blocking(move || Page::pack(&parts.headers, body, secure));
        let Ok(page) = packed.await.map(Arc::new) else {
            return Trouble::Unavailable.into_response();
        };
        self.keep(reader, path, Arc::clone(&page), generation);
        page.answer(&asked)
    }

    fn keep(&self, reader: Reader, path: String, page: Arc<Page>, generation: i64) {
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        let kept: usize = shelf.pages.values().map(HashMap::len).sum();
        if shelf.generation != generation || kept >= MOST {
            *shelf = Shelf { generation, pages: HashMap::new() };
        }
        shelf.pages.entry(reader).or_default().insert(path, page);
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

impl Page {
    fn pack(rendered: &HeaderMap, body: Bytes, secure: bool) -> Page {
        let (gzip, brotli) = (packing::gzip(&body), packing::brotli(&body));
        Page {
            gzip: Packed::new(rendered, gzip.into(), Some("gzip"), secure),
            brotli: Packed::new(rendered, brotli.into(), Some("br"), secure),
            plain: Packed::new(rendered, body, None, secure),
        }
    }

    fn answer(&self, asked: &HeaderMap) -> Response {
        let packed = if packing::accepts(asked, "br") {
            &self.brotli
        } else if packing::accepts(asked, "gzip") {
            &self.gzip
        } else {
            &self.plain
        };
        let unchanged = asked
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tags| tags.as_bytes() == packed.etag.as_bytes());
        let mut answer = if unchanged {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(packed.body.clone()))
        };
        *answer.headers_mut() = packed.headers.clone();
        answer
    }
}

impl Packed {
    fn new(
        rendered: &HeaderMap,
        body: Bytes,
        coding: Option<&'static str>,
        secure: bool,
    ) -> Packed {
        let mut digest = HEXLOWER.encode(&Sha256::digest(&body));
        digest.truncate(24);
        let etag = HeaderValue::from_str(&format!("\"{digest}\""))
            .unwrap_or(HeaderValue::from_static("\"\""));
        let mut all = HeaderMap::new();
        if let Some(content_type) = rendered.get(header::CONTENT_TYPE) {
            all.insert(header::CONTENT_TYPE, content_type.clone());
        }
        if let Some(coding) = coding {
            all.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        all.insert(header::ETAG, etag.clone());
        all.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Accept-Language"));
        // Asked again each time, so that a new version shows at once.
        all.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        headers::set(&mut all, secure, false);
        Packed { headers: all, body, etag }
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
