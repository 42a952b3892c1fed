//! A form that the gate could not let pass is kept for its browser, and the page it
//! stands on comes back filled in: one place for every form, those to come included.
//!
//! Nothing is carried out from here. Whoever sent it looks it over and sends it once
//! more, so nothing is done twice; the fields that hold what opens something are never
//! kept, and neither is what looks like a card number (L2).

mod refill;

use app::cookie;
use app::next::is_of_this_portal;
use app::portal::Portal;
use app::routes::{Route, first_parts, page_of};
use app::trouble::Trouble;
use app::ui::forms::is_secret;
use app::visit::Visit;
use axum::RequestExt;
use axum::body::{Body, to_bytes};
use axum::extract::{Form, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::cards::card_number_in;
use engine::Failure;
use engine::accounts::{self, Secret, UnsentForm};

use super::gate::{Guard, token_of};

/// The largest page that is filled in, in bytes.
const LARGEST_PAGE: usize = 4_000_000;

/// What a route has to do with forms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    /// Nothing.
    None,
    /// It is a page with forms.
    On,
    /// It takes a form of the page that many parts of its own path lead to.
    Of(usize),
}

/// What became of a form that the gate did not let pass.
pub struct Kept {
    /// The page that the form stands on.
    pub page: String,
    /// Whether it comes back; `None` if it was no form.
    pub kept: Option<bool>,
    /// What the browser has to have from now on.
    token: Option<Secret>,
}

/// What a route of the table has to do with forms. A form stands on the page that it is
/// sent to, or on the nearest one above.
pub fn forms(route: &Route, all: &[Route]) -> Forms {
    if route.method != Method::GET {
        return page_of(route.path).map_or(Forms::None, |page| Forms::Of(page.split('/').count()));
    }
    let mut sent = all.iter().filter(|one| one.method != Method::GET);
    match sent.any(|one| page_of(one.path) == Some(route.path)) {
        true => Forms::On,
        false => Forms::None,
    }
}

/// Keeps the form that a request brings, if it brings one.
pub async fn keep(guard: &Guard, visit: &Visit, request: Request) -> Kept {
    let action = request.uri().path().to_owned();
    let page = match guard.forms {
        Forms::Of(parts) => first_parts(&action, parts),
        _ => visit.path.clone(),
    };
    let mut outcome = Kept { page, kept: None, token: None };
    // What a script sends is no page's form.
    let by_script = request.headers().get("sec-fetch-dest").is_some_and(|to| to == "empty");
    if request.method() == Method::GET || guard.forms == Forms::None || by_script {
        return outcome;
    }
    let sent = request.extract::<Form<Vec<(String, String)>>, _>().await;
    let Ok(Form(fields)) = sent else { return outcome };
    // A step on the way to another page, and nothing to come back to by itself.
    let next = fields.iter().find(|(name, _)| name == "next").map(|(_, next)| next);
    if let Some(next) = next.filter(|next| is_of_this_portal(next)) {
        outcome.page.clone_from(next);
        return outcome;
    }
    let fields: Vec<_> = fields.into_iter().filter(may_be_kept).collect();
    let form = UnsentForm { action, page: outcome.page.clone(), fields };
    match keep_for(&guard.portal, visit, &form).await {
        Ok((kept, token)) => {
            outcome.kept = Some(kept);
            outcome.token = token;
        }
        Err(error) => {
            tracing::warn!(?error, "a form could not be kept");
            outcome.kept = Some(false);
        }
    }
    outcome
}

fn may_be_kept((name, value): &(String, String)) -> bool {
    !is_secret(name) && card_number_in(value).is_none()
}

async fn keep_for(
    portal: &Portal,
    visit: &Visit,
    form: &UnsentForm,
) -> Result<(bool, Option<Secret>), Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let known = match &visit.cookie {
        Some(token) => accounts::was_signed_in(engine, scope, token).await?,
        None => false,
    };
    // Anybody can send a form without a session.
    if !known && portal.limits.knocking(visit).is_err() {
        return Ok((false, None));
    }
    let new = visit.cookie.is_none().then(Secret::generate).transpose()?;
    let Some(token) = visit.cookie.as_ref().or(new.as_ref()) else { return Ok((false, None)) };
    let kept = accounts::keep_form(engine, scope, token, form).await?;
    Ok((kept, new.filter(|_| kept)))
}

impl Kept {
    /// The answer, with the cookie that the form is kept by.
    pub fn answer(self, portal: &Portal, mut answer: Response) -> Response {
        if let Some(token) = &self.token {
            cookie::set(portal, &mut answer, token);
        }
        answer
    }
}

/// After a page was rendered or a form was taken: fills in what is kept, forgets what
/// was sent, and follows the browser to its new token.
pub async fn after(guard: &Guard, visit: &Visit, request: &Sent, answer: Response) -> Response {
    let Some(token) = &visit.cookie else { return answer };
    if let Some(cookie) = answer.headers().get(header::SET_COOKIE).cloned()
        && let Err(error) = follow(guard, visit, token, &cookie).await
    {
        tracing::warn!(%error, "forms that are kept were not handed over");
    }
    let Some(session) = &visit.session else { return answer };
    let (engine, scope) = (&guard.portal.engine, &visit.scope);
    let done = match guard.forms {
        Forms::On if answer.status() == StatusCode::OK => {
            accounts::unsent_form(engine, scope, token, session.account, &request.path).await
        }
        Forms::Of(_) if taken(&answer) => {
            accounts::forget_form(engine, scope, token, &request.path).await.map(|()| None)
        }
        _ => return answer,
    };
    match done {
        Ok(Some(form)) => filled_in(answer, &form, visit).await,
        Ok(None) => answer,
        Err(error) => {
            tracing::warn!(%error, "a form that is kept was left where it is");
            answer
        }
    }
}

/// The path that was asked for, once the request itself is gone.
pub struct Sent {
    path: String,
}

impl From<&Request> for Sent {
    fn from(request: &Request) -> Sent {
        Sent { path: request.uri().path().to_owned() }
    }
}

/// Carried out, or shown again as it was sent.
fn taken(answer: &Response) -> bool {
    answer.status().is_success()
        || answer.status().is_redirection()
        || answer.status() == StatusCode::UNPROCESSABLE_ENTITY
}

async fn follow(
    guard: &Guard,
    visit: &Visit,
    before: &Secret,
    cookie: &HeaderValue,
) -> Result<(), Failure> {
    let (engine, scope) = (&guard.portal.engine, &visit.scope);
    match token_of(cookie, guard.portal.cookie_name()) {
        Some(now) if now == *before => Ok(()),
        Some(now) => accounts::hand_over_forms(engine, scope, before, &now).await,
        None => accounts::forget_forms(engine, scope, before).await,
    }
}

async fn filled_in(answer: Response, form: &UnsentForm, visit: &Visit) -> Response {
    let (mut parts, body) = answer.into_parts();
    let Ok(page) = to_bytes(body, LARGEST_PAGE).await else {
        return Trouble::Unavailable.into_response();
    };
    let filled = std::str::from_utf8(&page)
        .ok()
        .and_then(|page| refill::refill(page, form, &visit.words().text("unsent-here")));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match filled {
        Some(filled) => Response::from_parts(parts, Body::from(filled)),
        None => Response::from_parts(parts, Body::from(page)),
    }
}
