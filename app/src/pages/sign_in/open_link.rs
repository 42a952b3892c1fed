//! A link from a mail: opening it changes nothing, its one button does.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use engine::accounts::{self, LinkError, Opened, Password, PasswordError, Purpose, Secret};
use engine::{contact, subjects};
use leptos::prelude::*;
use serde::Deserialize;

use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, send};
use crate::visit::Visit;

/// What is sent.
#[derive(Deserialize)]
pub struct OpenLinkForm {
    #[serde(default)]
    password: String,
}

/// `GET /confirm/{purpose}/{secret}`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((purpose, secret)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let (purpose, secret) = parse(&purpose, &secret)?;
    let opened = Opened { purpose, secret: &secret, host: visit.host.as_str() };
    let chrome = visit.chrome_in_all();
    if !accounts::is_good(&portal.engine, &visit.scope, &opened).await? {
        return Ok(private(over(&chrome, "link-over-text")));
    }
    let path = path(purpose, &secret);
    Ok(private(respond::html(confirming(&chrome, purpose, &path, &FormState::default()))))
}

/// `POST /confirm/{purpose}/{secret}`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    Path((purpose, secret)): Path<(String, String)>,
    typed: Result<Form<OpenLinkForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let (purpose, secret) = parse(&purpose, &secret)?;
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let opened = Opened { purpose, secret: &secret, host: visit.host.as_str() };
    let chrome = visit.chrome_in_all();
    let done = if purpose == Purpose::Message {
        contact::verify(&portal.engine, &visit.scope, &opened).await
    } else if purpose == Purpose::KeepAddress {
        subjects::keep_address(&portal.engine, &visit.scope, &opened).await
    } else if purpose == Purpose::Address {
        accounts::change_address(&portal.engine, &visit.scope, &opened).await
    } else {
        match Password::choose_at(typed.password, &[&visit.tenant.name, visit.host.as_str()]) {
            Ok(password) => {
                accounts::choose_password(&portal.engine, &visit.scope, &opened, password).await
            }
            Err(error) => {
                let form = FormState::default().wrong("password", chrome.text(wrong(error)));
                let path = path(purpose, &secret);
                return Ok(private(respond::unprocessable(confirming(
                    &chrome, purpose, &path, &form,
                ))));
            }
        }
    };
    match done {
        Ok(()) if purpose == Purpose::Message => {
            let to = format!("{}?confirmed=yes", paths::CONTACT_SENT);
            Ok(respond::redirect(&chrome.href(&to)))
        }
        Ok(()) => {
            let to = format!("{}?done={}", paths::SIGN_IN, purpose.name());
            Ok(respond::redirect(&chrome.href(&to)))
        }
        Err(LinkError::Over) => Ok(private(over(&chrome, "link-over-text"))),
        Err(LinkError::Taken) => Ok(private(over(&chrome, "link-taken-text"))),
        Err(LinkError::Failure(failure)) => Err(failure.into()),
    }
}

/// The message for a password that cannot be chosen.
pub fn wrong(error: PasswordError) -> &'static str {
    match error {
        PasswordError::TooShort => "password-too-short",
        PasswordError::TooLong => "password-too-long",
        PasswordError::Common => "password-common",
    }
}

/// The field in which a password is chosen.
pub fn new_password(chrome: &Chrome, form: &FormState) -> AnyView {
    let words = chrome.words;
    Field::new("password", Kind::Password, words.text("field-new-password"))
        .hint(words.text("password-hint"))
        .autocomplete("new-password")
        .view(words, form)
}

fn parse(purpose: &str, secret: &str) -> Result<(Purpose, Secret), Trouble> {
    Purpose::named(purpose).zip(Secret::parse(secret)).ok_or(Trouble::NotFound)
}

fn path(purpose: Purpose, secret: &Secret) -> String {
    format!("/confirm/{}/{}", purpose.name(), secret.as_str())
}

/// Its address is its key: neither a cache nor another site may learn it.
fn private(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    answer
}

fn over(chrome: &Chrome, text: &str) -> Response {
    let words = chrome.words;
    let title = words.text("link-over-title");
    let mut answer = respond::html(page(chrome, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text(text)}</p>
                <p><a href=chrome.href(paths::FORGOT)>{words.text("link-over-again")}</a></p>
            </div>
        }
    }));
    *answer.status_mut() = axum::http::StatusCode::GONE;
    answer
}

fn confirming(chrome: &Chrome, purpose: Purpose, path: &str, form: &FormState) -> String {
    let words = chrome.words;
    let text = |part: &str| words.text(&format!("link-{}-{part}", purpose.name()));
    let title = text("title");
    page(chrome, &form.title(words, &title), || {
        let password =
            (!matches!(purpose, Purpose::Address | Purpose::Message | Purpose::KeepAddress))
                .then(|| new_password(chrome, form));
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{text("text")}</p>
                <form method="post" action=chrome.href(path) novalidate=true>
                    {password}
                    {send(text("send"))}
                </form>
            </div>
        }
    })
}
