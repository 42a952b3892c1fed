//! Before a route's handler runs: who is it, and may they?

use std::sync::Arc;

use app::next::encoded;
use app::pages::sign_in::confirm;
use app::paths;
use app::portal::Portal;
use app::respond;
use app::studio_pages;
use app::trouble::Trouble;
use app::visit::{Visit, sends_signal};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cookie::Cookie;
use domain::roles::Permission;
use engine::accounts::{self, Secret, Task};
use engine::{Actor, Failure, choices};

use super::kept::Kept;
use super::origin::{is_from_here, is_shown_otherwise};
use super::packing::{self, MayPack};
use super::seen::Seen;

/// What guards one route.
#[derive(Clone)]
pub struct Guard {
    pub portal: Portal,
    /// Where the page is kept, if it is the same for everybody.
    pub kept: Option<Arc<Kept>>,
    pub seen: Seen,
    /// The path as it stands in the table.
    pub path: &'static str,
    pub permission: Permission,
    /// What has to be confirmed first.
    pub task: Option<Task>,
}

/// Refuses what another site has sent, finds the session, checks the permission, and
/// lets the handler answer.
pub async fn gate(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Some(mut visit) = request.extensions().get::<Visit>().cloned() else {
        return Trouble::NotFound.into_response();
    };
    if !is_shown_otherwise(guard.path)
        && !is_from_here(request.method(), request.headers(), &visit.host)
    {
        return Trouble::Forbidden.into_response();
    }
    if let Some(kept) = &guard.kept {
        // Everybody reads it as a visitor.
        return kept.answer(&guard, visit, request, next).await;
    }
    if let Err(failure) = recognise(&guard.portal, &mut visit, request.headers()).await {
        return Trouble::from(failure).into_response();
    }
    if visit.tenant.suspended && guard.permission == Permission::SignIn {
        return Trouble::Suspended.into_response();
    }
    if visit.scope.permit(guard.permission).is_err() {
        return turn_away(&visit, request.method());
    }
    if let Err(error) = note_signal(&guard.portal, &mut visit, request.headers()).await {
        // Reading goes on where writing has to wait; the next request says it again.
        tracing::warn!(%error, "a browser's signal could not be noted");
    }
    if waits_for_review(&visit, guard.permission) {
        return respond::redirect(&visit.chrome_in_all().href(paths::REVIEW));
    }
    if lacks_factor(&visit, guard.permission) {
        return respond::redirect(&visit.chrome_in_all().href(paths::SECOND_FACTOR));
    }
    if let Some(task) = guard.task
        && visit.confirmed(task).is_err()
    {
        return ask_to_confirm(&visit, request.method(), task);
    }
    request.extensions_mut().insert(visit.clone());
    let may_pack = packing::may_pack(guard.permission, guard.path, &visit, request.headers());
    let mut answer = next.run(request).await;
    answer.extensions_mut().insert(visit);
    if may_pack {
        answer.extensions_mut().insert(MayPack);
    }
    if is_opened_by_its_link(guard.path) {
        answer.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    }
    answer
}

/// Whether whoever has the link needs no more: it is found nowhere, and in no page of
/// which the size tells anything.
pub fn is_opened_by_its_link(path: &str) -> bool {
    ["{secret}", "{code}"].iter().any(|parameter| path.contains(parameter))
}

/// Who is signed in, by the one cookie. A broken or ended one is nobody's.
async fn recognise(portal: &Portal, visit: &mut Visit, headers: &HeaderMap) -> Result<(), Failure> {
    visit.cookie = token_in(headers, portal.cookie_name());
    let Some(token) = &visit.cookie else { return Ok(()) };
    // A suspended tenant knows nobody.
    if visit.tenant.suspended {
        return Ok(());
    }
    if let Some(session) = accounts::session(&portal.engine, &visit.scope, token).await? {
        visit.scope.actor =
            Actor::Account { id: session.account, role: session.role, subject: session.subject };
        visit.session = Some(session);
    }
    Ok(())
}

/// A browser that asks for privacy has asked, whatever else it asks for: for
/// whoever is signed in with it, that is kept with the account. Besides the answer
/// of a provider, the one thing that a GET changes.
async fn note_signal(
    portal: &Portal,
    visit: &mut Visit,
    headers: &HeaderMap,
) -> Result<(), Failure> {
    let Some(session) = visit.session.as_mut() else { return Ok(()) };
    if session.signal || session.subject.is_none() || !sends_signal(headers) {
        return Ok(());
    }
    choices::note_signal(&portal.engine, &visit.scope, session.id).await?;
    session.signal = true;
    Ok(())
}

/// After a reset the first page is the one that asks which of the other ways in are
/// theirs: an answer that can be put off is not given.
fn waits_for_review(visit: &Visit, permission: Permission) -> bool {
    let may_without = [Permission::ReadPublic, Permission::EndOwnSession];
    let path = visit.path.split('?').next().unwrap_or_default();
    visit.session.as_ref().is_some_and(|session| session.review)
        && !may_without.contains(&permission)
        && path != paths::REVIEW
}

/// Staff that showed one factor only, where two are required, gets no further
/// than to where the second is set up.
fn lacks_factor(visit: &Visit, permission: Permission) -> bool {
    let may_without =
        [Permission::ReadPublic, Permission::EndOwnSession, Permission::ManageOwnSignIn];
    visit.tenant.staff_factor
        && visit.session.as_ref().is_some_and(|session| session.role.is_staff() && !session.strong)
        && !may_without.contains(&permission)
}

/// Sends to the page that confirms the task, and from there back to what can be
/// asked for by GET.
fn ask_to_confirm(visit: &Visit, method: &Method, task: Task) -> Response {
    let next = match (method, task) {
        // An archive is downloaded from the page that shows it.
        (_, Task::Export) => paths::EXPORTS,
        (&Method::GET, _) => visit.path.as_str(),
        (_, Task::Disclosure) => paths::ACCOUNT,
        (_, Task::Deletion) if visit.path.starts_with(paths::DESK) => visit.path.as_str(),
        (_, Task::Deletion) => paths::DELETE,
        (_, Task::Credentials) => paths::OWN_SIGN_IN,
        (_, Task::Publication | Task::Settings) => {
            studio_pages::back_to(&visit.path, task).unwrap_or(paths::OWN_SIGN_IN)
        }
        (_, Task::Joining) => visit.path.as_str(),
        (_, Task::Release) => visit.path.trim_end_matches("/release"),
    };
    respond::redirect(&visit.chrome_in_all().href(&confirm::path(task, next)))
}

fn token_in(headers: &HeaderMap, name: &str) -> Option<Secret> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| Cookie::split_parse(header).flatten())
        .find(|cookie| cookie.name() == name)
        .and_then(|cookie| Secret::parse(cookie.value()))
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
    respond::redirect(&chrome.href(&format!("{}?next={}", paths::SIGN_IN, encoded(back))))
}
