//! How one signs in oneself: one page that leads to the others.

pub mod address;
pub mod passkey;
pub mod passkeys;
pub mod password;
pub mod providers;
pub mod review;
pub mod second_factor;
pub mod sessions;

use axum::extract::State;
use axum::extract::{Query, rejection::QueryRejection};
use axum::response::Response;
use engine::accounts::{self, OwnAccount};
use leptos::prelude::*;
use serde::Deserialize;

use self::sessions::sessions_view;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::visit::Visit;

/// What was just done.
#[derive(Deserialize)]
pub struct DoneQuery {
    done: Option<String>,
}

/// `GET /account/sign-in`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    done: Result<Query<DoneQuery>, QueryRejection>,
) -> Result<Response, Trouble> {
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    let own = accounts::own(&portal.engine, &visit.scope, token).await?;
    let done = done.ok().and_then(|Query(query)| query.done);
    Ok(respond::html(own_sign_in(&visit, &visit.chrome_in_all(), &own, done.as_deref())))
}

/// The message for what was just done; anything else in the address says nothing.
fn told(done: Option<&str>) -> Option<&'static str> {
    match done? {
        "password" => Some("own-done-password"),
        "address" => Some("own-done-address"),
        "sessions" => Some("own-done-sessions"),
        _ => None,
    }
}

fn own_sign_in(visit: &Visit, chrome: &Chrome, own: &OwnAccount, done: Option<&str>) -> String {
    let words = chrome.words;
    let title = words.text("own-title");
    let row = |name: &str, value: String, path: &str, action: &str| {
        view! {
            <div>
                <dt>{words.text(name)}</dt>
                <dd>{value}" "<a href=chrome.href(path)>{words.text(action)}</a></dd>
            </div>
        }
    };
    page(chrome, &title, || {
        let told = told(done)
            .map(|message| view! { <p class="notice" role="status">{words.text(message)}</p> });
        let address = own.email.as_ref().map(ToString::to_string).unwrap_or_default();
        let password = if own.ways.password { "own-password-set" } else { "own-password-none" };
        let factor = if own.has_factor { "own-factor-on" } else { "own-factor-off" };
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                {told}
                <dl class="particulars">
                    {row("own-address", address, paths::OWN_ADDRESS, "own-change")}
                    {row("own-password", words.text(password), paths::OWN_PASSWORD, "own-change")}
                    {row("own-factor", words.text(factor), paths::SECOND_FACTOR, "own-set")}
                    {row("own-passkeys", words.number(own.ways.passkeys), paths::PASSKEYS, "own-manage")}
                    {row("own-providers", words.number(own.ways.identities), paths::OWN_PROVIDERS, "own-manage")}
                </dl>
                {sessions_view(visit, chrome, &own.sessions)}
            </div>
        }
    })
}
