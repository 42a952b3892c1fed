//! Before a route's handler runs: who is it, and may they?

use std::sync::Arc;

use app::next::encoded;
use app::pages::sign_in::confirm;
use app::paths;
use app::portal::Portal;
use app::respond;
use app::trouble::Trouble;
use app::visit::{Visit, sends_signal};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
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
use super::unsent::{self, Forms};

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
    /// What it has to do with forms.
    pub forms: Forms,
}

/// What comes before a route can answer.
#[derive(Clone, Copy)]
enum First {
    /// Signing in.
    SignIn,
    /// Looking at the other ways into the account.
    Review,
    /// Setting up a second factor.
    Factor,
    /// Showing once more who one is, for this task.
    Confirm(Task),
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
        if visit.scope.actor == Actor::Visitor {
            if guard.path == paths::SIGN_OUT {
                // The session has ended by itself: what was wanted is so.
                return respond::redirect(&visit.chrome_in_all().href(paths::CENTRE));
            }
            return put_off(&guard, &visit, request, First::SignIn).await;
        }
        let mut answer = Trouble::Forbidden.into_response();
        answer.extensions_mut().insert(visit);
        return answer;
    }
    if let Err(error) = note_signal(&guard.portal, &mut visit, request.headers()).await {
        // Reading goes on where writing has to wait; the next request says it again.
        tracing::warn!(%error, "a browser's signal could not be noted");
    }
    if waits_for_review(&visit, guard.permission) {
        return put_off(&guard, &visit, request, First::Review).await;
    }
    if lacks_factor(&visit, guard.permission) {
        return put_off(&guard, &visit, request, First::Factor).await;
    }
    if let Some(task) = guard.task
        && visit.confirmed(task).is_err()
    {
        return put_off(&guard, &visit, request, First::Confirm(task)).await;
    }
    request.extensions_mut().insert(visit.clone());
    let may_pack = packing::may_pack(guard.permission, guard.path, &visit, request.headers());
    let asked = unsent::Sent::from(&request);
    let answer = next.run(request).await;
    let mut answer = unsent::after(&guard, &visit, &asked, answer).await;
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

/// Sends to what comes first, and from there back to the page that was asked for, or
/// that the form stands on, which is kept meanwhile.
async fn put_off(guard: &Guard, visit: &Visit, request: Request, first: First) -> Response {
    let unsent = unsent::keep(guard, visit, request).await;
    let to = match first {
        First::SignIn => format!("{}?next={}", paths::SIGN_IN, encoded(&unsent.page)),
        First::Review => paths::REVIEW.to_owned(),
        First::Factor => paths::SECOND_FACTOR.to_owned(),
        // A file leaves no page to stand on: its own page begins the download.
        First::Confirm(Task::Export) => {
            let page = unsent.page.trim_end_matches("/zip");
            confirm::path(Task::Export, &format!("{page}?begin=1"))
        }
        First::Confirm(task) => confirm::path(task, &unsent.page),
    };
    let told = match (first, unsent.kept) {
        (First::SignIn | First::Confirm(_), Some(true)) => "&unsent=kept",
        (First::SignIn | First::Confirm(_), Some(false)) => "&unsent=lost",
        _ => "",
    };
    let answer = respond::redirect(&visit.chrome_in_all().href(&format!("{to}{told}")));
    unsent.answer(&guard.portal, answer)
}

fn token_in(headers: &HeaderMap, name: &str) -> Option<Secret> {
    headers.get_all(header::COOKIE).iter().find_map(|header| token_of(header, name))
}

/// The token in a header that sends the one cookie or sets it.
pub fn token_of(header: &HeaderValue, name: &str) -> Option<Secret> {
    Cookie::split_parse(header.to_str().ok()?)
        .flatten()
        .find(|cookie| cookie.name() == name)
        .and_then(|cookie| Secret::parse(cookie.value()))
}
