//! Choosing another password, or a first one.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use engine::accounts::{self, Password, Task};
use leptos::prelude::*;
use serde::Deserialize;

use crate::pages::sign_in::open_link::{new_password, wrong};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{FormState, send};
use crate::visit::Visit;

/// What is sent.
#[derive(Deserialize)]
pub struct NewPasswordForm {
    #[serde(default)]
    password: String,
}

/// `GET /account/sign-in/password`
pub async fn show(visit: Visit) -> Response {
    respond::html(choosing(&visit.chrome_in_all(), &FormState::default()))
}

/// `POST /account/sign-in/password`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<NewPasswordForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let password =
        match Password::choose_at(typed.password, &[&visit.tenant.name, visit.host.as_str()]) {
            Ok(password) => password,
            Err(error) => {
                let form = FormState::default().wrong("password", chrome.text(wrong(error)));
                return Ok(respond::unprocessable(choosing(&chrome, &form)));
            }
        };
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    accounts::change_password(&portal.engine, &visit.scope, token, confirmed, password).await?;
    Ok(respond::redirect(&chrome.href(&format!("{}?done=password", paths::OWN_SIGN_IN))))
}

fn choosing(chrome: &Chrome, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("own-password-title");
    page(chrome, &form.title(words, &title), || {
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::OWN_SIGN_IN)>{words.text("own-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("own-password-intro")}</p>
                <form method="post" action=chrome.href(paths::OWN_PASSWORD) novalidate=true>
                    {new_password(chrome, form)}
                    {send(words.text("own-password-send"))}
                </form>
            </div>
        }
    })
}
