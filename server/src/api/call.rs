//! A request of the API, once it is known whose token it shows.

use app::portal::Portal;
use app::trouble::Trouble;
use app::visit::Visit;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::grants::{Grant, Grants};
use engine::tokens::Once;
use engine::tokens::{Bearer, TokenError, find};
use engine::{Actor, Scope};

use super::problem::Problem;

/// The longest idempotency key, in bytes.
const LONGEST_KEY: usize = 255;

/// What guards one route.
#[derive(Clone)]
pub struct Guard {
    pub portal: Portal,
    pub grants: &'static [Grant],
    /// Whether all of them are needed, rather than one.
    pub all: bool,
}

impl Guard {
    /// The grant that is missing, if the token does not allow what the route needs.
    fn misses(&self, grants: &Grants) -> Option<Grant> {
        let mut missing = self.grants.iter().copied().filter(|it| !grants.allow(*it));
        let first = missing.next();
        let few = if self.all { 1 } else { self.grants.len() };
        first.filter(|_| missing.count() + 1 >= few)
    }
}

/// The frame for use cases, and what the request is known by.
#[derive(Clone)]
pub struct Call {
    /// The frame: the actor is the token.
    pub scope: Scope,
    /// The idempotency key, if one was sent.
    pub key: Option<String>,
    /// Method and path, for telling requests with the same key apart.
    pub what: String,
}

impl Call {
    /// The whole request, for [`Call::once`].
    pub fn request(&self, body: &[u8]) -> Vec<u8> {
        [self.what.as_bytes(), b"\n", body].concat()
    }

    /// The key with the request that it was sent for.
    pub fn once<'a>(&'a self, request: &'a [u8]) -> Option<Once<'a>> {
        self.key.as_deref().map(|key| Once { key, request })
    }
}

/// Finds the token and lets the handler answer, if it allows what the route needs.
pub async fn guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    if guard.grants.is_empty() {
        return next.run(request).await;
    }
    let visit = request.extensions().get::<Visit>().cloned();
    let visit = visit.ok_or_else(|| Problem::from(&Trouble::UnknownHost));
    let call = match visit {
        Ok(visit) => {
            let (headers, what) = (request.headers().clone(), what_of(&request));
            let recognised = recognise(&guard.portal, visit, &headers, what).await;
            recognised.and_then(|call| {
                let missing = match &call.scope.actor {
                    Actor::Token { grants, .. } => guard.misses(grants),
                    _ => guard.grants.first().copied(),
                };
                missing.map_or(Ok(call), |grant| Err(Problem::not_granted(grant)))
            })
        }
        Err(problem) => Err(problem),
    };
    match call {
        Ok(call) => {
            request.extensions_mut().insert(call);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn recognise(
    portal: &Portal,
    mut visit: Visit,
    headers: &HeaderMap,
    what: String,
) -> Result<Call, Problem> {
    if visit.tenant.suspended {
        return Err(Problem::from(&Trouble::Suspended));
    }
    let shown = headers.get(header::AUTHORIZATION);
    let shown = shown.and_then(|value| value.to_str().ok());
    let bearer = shown.and_then(|value| value.strip_prefix("Bearer ")).and_then(Bearer::parse);
    let found = match bearer {
        Some(bearer) => find(&portal.engine, &visit.scope, &bearer).await,
        None if shown.is_none() => return Err(Problem::token_missing()),
        None => Err(TokenError::Unknown),
    };
    let (id, grants) = match found {
        Ok(found) => found,
        Err(TokenError::Failure(failure)) => return Err(failure.into()),
        Err(error) => {
            portal.limits.knocking(&visit).map_err(|trouble| Problem::from(&trouble))?;
            let expired = matches!(error, TokenError::Expired);
            let code = if expired { "expired-token" } else { "token" };
            return Err(Problem::new(code, axum::http::StatusCode::UNAUTHORIZED, error));
        }
    };
    portal.limits.calling(&visit, id).map_err(|trouble| Problem::from(&trouble))?;
    visit.scope.actor = Actor::Token { id, grants };
    Ok(Call { scope: visit.scope, key: key_of(headers)?, what })
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut keys = headers.get_all("idempotency-key").iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    match (key, keys.next()) {
        (Some(key), None) => Ok(Some(key.to_owned())),
        _ => {
            let detail =
                format!("send one “Idempotency-Key” of 1 to {LONGEST_KEY} plain characters");
            let status = axum::http::StatusCode::BAD_REQUEST;
            Err(Problem::new("idempotency-key", status, detail))
        }
    }
}

fn what_of(request: &Request) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Call, Problem> {
        parts.extensions.get::<Call>().cloned().ok_or_else(Problem::token_missing)
    }
}
