//! Signing in with another address: a link is mailed to it, and the old one is
//! told.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use domain::identifiers::EmailAddress;
use engine::accounts::{self, Task};
use leptos::prelude::*;
use serde::Deserialize;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, send};
use crate::visit::Visit;

/// What is sent.
#[derive(Deserialize)]
pub struct NewAddressForm {
    #[serde(default)]
    email: String,
}

/// `GET /account/sign-in/address`
pub async fn show(visit: Visit) -> Response {
    respond::html(typing(&visit.chrome_in_all(), &FormState::default()))
}

/// `POST /account/sign-in/address`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<NewAddressForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let Ok(email) = typed.email.parse::<EmailAddress>() else {
        let form = FormState::filled([("email", typed.email)])
            .wrong("email", chrome.text("sign-in-email-missing"));
        return Ok(respond::unprocessable(typing(&chrome, &form)));
    };
    portal.limits.mailing_to(&portal.engine, &visit, &email).await?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    accounts::ask_for_address(&portal.engine, &visit.scope, confirmed, &email).await?;
    Ok(respond::redirect(&chrome.href(&format!("{}?done=address", paths::OWN_SIGN_IN))))
}

fn typing(chrome: &Chrome, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("own-address-title");
    page(chrome, &form.title(words, &title), || {
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::OWN_SIGN_IN)>{words.text("own-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("own-address-intro")}</p>
                <form method="post" action=chrome.href(paths::OWN_ADDRESS) novalidate=true>
                    {Field::new("email", Kind::Email, words.text("own-address-new"))
                        .autocomplete("email").view(words, form)}
                    {send(words.text("link-send"))}
                </form>
            </div>
        }
    })
}
