//! What surrounds every request that is not answered from memory.

use std::any::Any;

use app::pages::trouble::trouble;
use app::paths;
use app::portal::Portal;
use app::respond::{self, Scripts};
use app::routes::readable;
use app::trouble::{InTrouble, Trouble};
use app::ui::chrome::Chrome;
use app::visit::Visit;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::identifiers::Language;
use domain::words::Words;
use engine::accounts::browser_of;
use engine::{Actor, Scope};
use uuid::Uuid;

use super::address::address_of;
use super::headers;
use super::host::host_of;
use super::language::{language_of, without_language};
use super::packing::MayPack;
use super::{demo, demo_mail, health, methods};
use crate::api;
use crate::api::problem::{self, Problem};
use crate::panics;

/// The longest path and query, in bytes.
const LONGEST_PATH: usize = 4096;

/// Finds the tenant of the host, lets the route answer, and makes a page of any
/// trouble.
pub async fn frame(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (language, explicit_language) = language_of(&query, request.headers());
    let host = host_of(request.headers(), request.uri());
    let is_call = path.starts_with(api::PREFIX);
    let tenant = host.as_ref().and_then(|host| portal.engine.directory.at(host));

    let mut visit = None;
    let answer = match (host, tenant) {
        _ if path.len() + query.len() > LONGEST_PATH => Trouble::TooLong.into_response(),
        _ if path == health::PATH => next.run(request).await,
        (None, _) => Trouble::BadRequest.into_response(),
        (Some(host), Some(tenant)) => {
            let scope = Scope {
                tenant: tenant.id,
                zone: tenant.zone.clone(),
                actor: Actor::Visitor,
                language,
                now: (portal.clock)(),
                request_id: Uuid::now_v7(),
            };
            let path = without_language(&path, &query);
            let pattern = request.extensions().get::<MatchedPath>();
            let here = readable(pattern.map(MatchedPath::as_str), &path);
            let address = address_of(&request, &portal.proxies);
            let agent = request.headers().get(header::USER_AGENT);
            let browser =
                browser_of(agent.and_then(|agent| agent.to_str().ok()).unwrap_or_default());
            let arrived = Visit {
                tenant,
                scope,
                host,
                address,
                browser,
                cookie: None,
                session: None,
                path,
                here,
                explicit_language,
            };
            request.extensions_mut().insert(arrived.clone());
            visit = Some(arrived);
            next.run(request).await
        }
        // Assets are the same on every host, and tell of no tenant.
        (Some(_), None) if path.starts_with("/assets/") => next.run(request).await,
        // Logins and mails of the demo are for whoever runs it, on this machine.
        (Some(host), None)
            if host.as_str() == "localhost"
                && portal.demo.is_some()
                && address_of(&request, &portal.proxies).is_loopback() =>
        {
            match path.as_str() {
                "/" | "/mail" if method != Method::GET => {
                    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response()
                }
                "/" => respond::html(demo::index(&portal, language)),
                "/mail" => respond::html(demo_mail::mailbox(&portal, language).await),
                _ => Trouble::UnknownHost.into_response(),
            }
        }
        (Some(_), None) => Trouble::UnknownHost.into_response(),
    };
    let answer = methods::options(&method, answer);
    finish(&portal, answer, visit.as_ref(), language, is_call)
}

/// Makes a page of a trouble, or a problem document for a call of the API, and
/// sets the headers.
fn finish(
    portal: &Portal,
    mut answer: Response,
    visit: Option<&Visit>,
    language: Language,
    is_call: bool,
) -> Response {
    // The gate knows better who visits than the frame did.
    let known = answer.extensions_mut().remove::<Visit>();
    let visit = known.as_ref().or(visit);
    let found = answer.extensions_mut().remove::<InTrouble>().map(|InTrouble(trouble)| trouble);
    let found = found.or_else(|| unanswered(&answer)).filter(|_| !problem::is_one(&answer));
    if let Some(found) = found.as_ref().filter(|_| is_call) {
        answer = Problem::from(found).into_response();
    } else if let Some(found) = found {
        let mut chrome = visit.map_or_else(|| nobodys(language), Visit::chrome_in_all);
        chrome.path = whence(&found, chrome.path);
        let page = respond::html(trouble(&chrome, &found));
        let (mut parts, body) = page.into_parts();
        // It tells nothing that a stranger could want to know.
        parts.extensions.insert(MayPack);
        parts.status = StatusCode::from_u16(found.status()).unwrap_or(parts.status);
        if let Some(allow) = answer.headers().get(header::ALLOW) {
            parts.headers.insert(header::ALLOW, allow.clone());
        }
        if let Some(listed) = answer.headers().get("x-robots-tag") {
            parts.headers.insert("x-robots-tag", listed.clone());
        }
        if let Some(seconds) = found.retry_after() {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer = Response::from_parts(parts, body);
    }
    let scripts = answer.extensions().get::<Scripts>().copied();
    let built = |scripts: &Scripts| *scripts != Scripts::Islands || portal.site.is_some();
    headers::set(answer.headers_mut(), portal.secure, scripts.filter(built));
    answer
}

/// From where a page of trouble is read in another language: never from where there is
/// none, or where what was asked cannot be read in any.
fn whence(found: &Trouble, here: String) -> String {
    match found {
        Trouble::NotFound | Trouble::TooLong => paths::CENTRE.to_owned(),
        Trouble::Unprocessable => here.split('?').next().unwrap_or_default().to_owned(),
        _ => here,
    }
}

/// Troubles that come from the libraries rather than from a page.
fn unanswered(answer: &Response) -> Option<Trouble> {
    match answer.status() {
        StatusCode::METHOD_NOT_ALLOWED => Some(Trouble::MethodNotAllowed),
        // What says more itself has a content.
        StatusCode::SERVICE_UNAVAILABLE if !answer.headers().contains_key(header::CONTENT_TYPE) => {
            Some(Trouble::Unavailable)
        }
        StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::BAD_REQUEST => Some(Trouble::Unprocessable),
        _ => None,
    }
}

/// The surroundings of a page that must not tell of any tenant.
fn nobodys(language: Language) -> Chrome {
    Chrome {
        words: Words::new(language),
        tenant: None,
        path: "/".to_owned(),
        languages: vec![language],
        explicit_language: false,
        viewer: None,
        css_href: app::assets::CSS.path.clone(),
        script_href: None,
    }
}

/// A handler that panicked: a defect, told by a reference that the log has too.
pub fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let reference = Uuid::new_v4().simple().to_string();
    let cause = panics::told(&*cause);
    tracing::error!(%reference, cause, "a handler panicked");
    Trouble::Internal { reference }.into_response()
}
