//! Signing in with a passkey.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::Response;
use engine::Actor;
use engine::accounts::{self, NotConfirmed};
use leptos::prelude::*;
use serde::Deserialize;

use super::with_password::{Next, enter};
use crate::cookie;
use crate::next::{encoded, home, is_of_this_portal};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{FormState, hidden};
use crate::ui::passkey::{Ceremony, PasskeyForm};
use crate::visit::Visit;

/// What the form sends.
#[derive(Deserialize)]
pub struct PasskeySignInForm {
    next: Option<String>,
    #[serde(default)]
    credential: String,
}

/// `GET /sign-in/passkey`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    next: Result<Query<Next>, QueryRejection>,
) -> Result<Response, Trouble> {
    if let Actor::Account { role, .. } = visit.scope.actor {
        return Ok(respond::redirect(&visit.chrome_in_all().href(home(role))));
    }
    if let Some(there) = visit.elsewhere_for_passkeys(&portal.engine, &visit.path)? {
        return Ok(respond::redirect(&there));
    }
    let next = own(next.ok().and_then(|Query(query)| query.next));
    let chrome = visit.chrome_with_passkeys();
    Ok(respond::html_with_passkeys(sign_in(&chrome, next.as_deref(), &FormState::default())))
}

/// `POST /sign-in/passkey/options`: what the browser needs, as JSON.
pub async fn options(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<PasskeySignInForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let next = own(typed.next);
    let (token, options) =
        accounts::begin_passkey_sign_in(&portal.engine, &visit.scope, next).await?;
    let mut response = respond::with_type("application/json", options);
    // Whoever is signed in already, in another tab, stays so.
    if visit.session.is_none() {
        cookie::set(&portal, &mut response, &token);
    }
    Ok(response)
}

/// `POST /sign-in/passkey`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<PasskeySignInForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let booked = portal.limits.trying(&portal.engine, &visit).await?;
    let entered = match &visit.cookie {
        Some(token) => {
            let (engine, scope) = (&portal.engine, &visit.scope);
            accounts::sign_in_by_passkey(engine, scope, token, &typed.credential, &visit.browser)
                .await
        }
        None => Err(NotConfirmed::Over),
    };
    let message = match entered {
        Ok(entered) => {
            portal.limits.right(booked);
            return Ok(enter(&portal, &visit, &entered.token, entered.role, entered.next));
        }
        Err(NotConfirmed::Mismatch) => "passkey-mismatch",
        Err(NotConfirmed::Over) => "passkey-over",
        Err(NotConfirmed::TooMany(seconds)) => return Err(Trouble::TooMany { seconds }),
        Err(NotConfirmed::Failure(failure)) => return Err(failure.into()),
    };
    let form = FormState::default().wrong("passkey", visit.words().text(message));
    let next = own(typed.next);
    let page = sign_in(&visit.chrome_with_passkeys(), next.as_deref(), &form);
    Ok(respond::unprocessable_with_passkeys(page))
}

fn own(next: Option<String>) -> Option<String> {
    next.filter(|next| is_of_this_portal(next))
}

fn sign_in(chrome: &Chrome, next: Option<&str>, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("sign-in-passkey-title");
    page(chrome, &form.title(words, &title), || {
        let passkey = PasskeyForm {
            what: Ceremony::Get,
            options: chrome.href(paths::SIGN_IN_PASSKEY_OPTIONS),
            action: chrome.href(paths::SIGN_IN_PASSKEY),
            fields: next.map(|next| hidden("next", next)).into_any(),
            send: words.text("passkey-use"),
        };
        let other = next.map(|next| format!("?next={}", encoded(next))).unwrap_or_default();
        let other = chrome.href(&format!("{}{other}", paths::SIGN_IN));
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("sign-in-passkey-intro")}</p>
                {passkey.view(words, form)}
                <p><a href=other>{words.text("sign-in-other-way")}</a></p>
            </div>
        }
    })
}
