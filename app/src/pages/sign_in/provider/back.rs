//! Coming back from a provider.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use engine::providers::{self, Answer, Arrived, NotVouched};

use super::trouble;
use crate::pages::sign_in::with_password::go_on;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// `GET /sign-in/back`: the one GET that changes something, since OAuth brings
/// its answers in an address (RFC 6749, 4.1.2), and from another site. What
/// stands in for the check of the origin is the state: a secret of this very
/// browser, good once.
pub async fn back(
    State(portal): State<Portal>,
    visit: Visit,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Trouble> {
    let booked = portal.limits.trying(&portal.engine, &visit).await?;
    let chrome = visit.chrome_in_all();
    let pairs = query.map(|Query(pairs)| pairs).unwrap_or_default();
    let answer = match Answer::parse(&pairs) {
        Ok(answer) => answer,
        Err(reason) => return trouble::answer(&chrome, NotVouched::from(reason)),
    };
    let token = visit.cookie.as_ref();
    let browser = &visit.browser;
    match providers::back(&portal.engine, &visit.scope, token, answer, browser).await {
        Ok(Arrived::SignedIn { begun, next }) => {
            portal.limits.right(booked);
            let next = Some(next).filter(|next| !next.is_empty());
            go_on(&portal, &visit, begun, next).await
        }
        Ok(Arrived::Linking) => Ok(respond::redirect(&chrome.href(paths::LINK))),
        Ok(Arrived::Linked) => Ok(respond::redirect(&chrome.href(paths::OWN_PROVIDERS))),
        Ok(Arrived::Confirmed { next }) => Ok(respond::redirect(&chrome.href(&next))),
        Err(not) => trouble::answer(&chrome, not),
    }
}
