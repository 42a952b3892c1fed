//! Asking for a link by mail: to make an account, or to choose a new password.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use domain::identifiers::EmailAddress;
use engine::accounts;
use leptos::prelude::*;
use serde::Deserialize;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, send};
use crate::visit::Visit;

/// What the link is wanted for. What is mailed depends on the address alone.
#[derive(Clone, Copy)]
enum Why {
    SignUp,
    Forgot,
}

/// What is sent.
#[derive(Deserialize)]
pub struct AskLinkForm {
    #[serde(default)]
    email: String,
}

/// `GET /sign-up`
pub async fn show_sign_up(visit: Visit) -> Result<Response, Trouble> {
    show(&visit, Why::SignUp)
}

/// `POST /sign-up`
pub async fn sign_up(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<AskLinkForm>, FormRejection>,
) -> Result<Response, Trouble> {
    ask(&portal, &visit, typed, Why::SignUp).await
}

/// `GET /forgot`
pub async fn show_forgot(visit: Visit) -> Result<Response, Trouble> {
    show(&visit, Why::Forgot)
}

/// `POST /forgot`
pub async fn forgot(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<AskLinkForm>, FormRejection>,
) -> Result<Response, Trouble> {
    ask(&portal, &visit, typed, Why::Forgot).await
}

/// `GET /sign-in/sent`: what happens next, whoever asked.
pub async fn sent(visit: Visit) -> Response {
    let chrome = visit.chrome_in_all();
    let words = chrome.words;
    let title = words.text("link-sent-title");
    respond::html(page(&chrome, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("link-sent-text")}</p>
                <p>{words.text("link-sent-nothing")}</p>
                <p class="quiet"><a href=chrome.href(paths::SIGN_IN)>{words.text("sign-in")}</a></p>
            </div>
        }
    }))
}

fn show(visit: &Visit, why: Why) -> Result<Response, Trouble> {
    if matches!(why, Why::SignUp) && !visit.tenant.sign_up {
        return Err(Trouble::NotFound);
    }
    Ok(respond::html(asking(&visit.chrome_in_all(), why, &FormState::default())))
}

async fn ask(
    portal: &Portal,
    visit: &Visit,
    typed: Result<Form<AskLinkForm>, FormRejection>,
    why: Why,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let Ok(email) = typed.email.parse::<EmailAddress>() else {
        let form = FormState::filled([("email", typed.email)])
            .wrong("email", chrome.text("sign-in-email-missing"));
        return Ok(respond::unprocessable(asking(&chrome, why, &form)));
    };
    portal.limits.mailing_to(&portal.engine, visit, &email).await?;
    accounts::ask_for_link(&portal.engine, &visit.scope, &email).await?;
    Ok(respond::redirect(&chrome.href(paths::LINK_SENT)))
}

fn asking(chrome: &Chrome, why: Why, form: &FormState) -> String {
    let words = chrome.words;
    let (name, path) = match why {
        Why::SignUp => ("sign-up", paths::SIGN_UP),
        Why::Forgot => ("forgot", paths::FORGOT),
    };
    let title = words.text(&format!("{name}-title"));
    page(chrome, &form.title(words, &title), || {
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::SIGN_IN)>{words.text("sign-in")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text(&format!("{name}-intro"))}</p>
                <form method="post" action=chrome.href(path) novalidate=true>
                    {Field::new("email", Kind::Email, words.text("field-email"))
                        .hint(words.text(&format!("{name}-hint")))
                        .autocomplete("username").view(words, form)}
                    {send(words.text("link-send"))}
                </form>
            </div>
        }
    })
}
