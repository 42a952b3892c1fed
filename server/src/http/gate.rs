//! Before a route's handler runs: who is it, and may they?

use std::sync::Arc;

use app::pages::errors::Trouble;
use app::portal::Portal;
use app::respond;
use app::ui::paths;
use app::visit::Visit;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::roles::Permission;
use engine::accounts::{self, SessionToken};
use engine::{Actor, Failure};

use super::kept::Kept;

/// What guards one route.
#[derive(Clone)]
pub struct Guard {
    pub portal: Portal,
    /// Where the page is kept, if it is the same for everybody.
    pub kept: Option<Arc<Kept>>,
    pub permission: Permission,
}

/// Finds the session, checks the permission, and lets the handler answer.
pub async fn gate(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Some(mut visit) = request.extensions().get::<Visit>().cloned() else {
        return Trouble::NotFound.into_response();
    };
    if let Some(kept) = &guard.kept {
        // Everybody reads it as a visitor.
        return kept.answer(&guard.portal, visit, request, next).await;
    }
    if let Err(failure) = recognise(&guard.portal, &mut visit, request.headers()).await {
        return Trouble::from(failure).into_response();
    }
    if visit.scope.permit(guard.permission).is_err() {
        return turn_away(&visit, request.method());
    }
    request.extensions_mut().insert(visit.clone());
    let mut answer = next.run(request).await;
    answer.extensions_mut().insert(visit);
    answer
}

/// Who is signed in, by the one cookie. A broken or ended one is nobody's.
async fn recognise(portal: &Portal, visit: &mut Visit, headers: &HeaderMap) -> Result<(), Failure> {
    let Some(token) = token_in(headers, portal.cookie_name()) else { return Ok(()) };
    if let Some(session) = accounts::session(&portal.engine, &visit.scope, &token).await? {
        visit.scope.actor =
            Actor::Account { id: session.account, role: session.role, subject: session.subject };
        visit.token = Some(token);
    }
    Ok(())
}

fn token_in(headers: &HeaderMap, name: &str) -> Option<SessionToken> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| SessionToken::parse(value))
}

/// Asks a visitor to sign in, and to come back here; tells all others that this
/// is not theirs.
fn turn_away(visit: &Visit, method: &Method) -> Response {
    if visit.scope.actor != Actor::Visitor {
        let mut answer = Trouble::Forbidden.into_response();
        answer.extensions_mut().insert(visit.clone());
        return answer;
    }
    let chrome = visit.chrome_in_all();
    let back = if *method == Method::GET { visit.path.as_str() } else { paths::CENTRE };
    let encoded: String = back.bytes().map(encode).collect();
    respond::redirect(&chrome.href(&format!("{}?next={encoded}", paths::SIGN_IN)))
}

/// Percent-encodes what has a meaning in a query (RFC 3986, 3.4).
fn encode(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    }
}
