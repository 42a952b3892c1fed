//! Linking an account that has the same address as somebody at a provider.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use engine::accounts::NotConfirmed;
use engine::providers;
use leptos::prelude::*;
use serde::Deserialize;

use crate::pages::sign_in::with_password::go_on;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, send};
use crate::visit::Visit;

/// What is sent.
#[derive(Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    password: String,
}

/// `GET /sign-in/link`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    let Some(token) = &visit.cookie else { return Ok(start_anew(&chrome)) };
    let linking = providers::linking(&portal.engine, &visit.scope, token).await?;
    let Some((name, email)) = linking else { return Ok(start_anew(&chrome)) };
    Ok(respond::html(link(&chrome, (&name, &email.written()), &FormState::default())))
}

/// `POST /sign-in/link`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<LinkForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let Some(token) = &visit.cookie else { return Ok(start_anew(&chrome)) };
    let linking = providers::linking(&portal.engine, &visit.scope, token).await?;
    let Some((name, email)) = linking else { return Ok(start_anew(&chrome)) };
    let wrong = |message: &str| {
        let form = FormState::default().wrong("password", chrome.words.text(message));
        Ok(respond::unprocessable(link(&chrome, (&name, &email.written()), &form)))
    };
    if typed.password.is_empty() {
        return wrong("sign-in-password-missing");
    }
    let booked = portal.limits.signing_in(&portal.engine, &visit, &email).await?;
    let password = typed.password.into();
    let (scope, caller) = (&visit.scope, visit.caller());
    match providers::link_by_password(&portal.engine, scope, token, password, &caller).await {
        Ok((begun, next)) => {
            portal.limits.right(booked);
            let next = Some(next).filter(|next| !next.is_empty());
            go_on(&portal, &visit, begun, next).await
        }
        Err(NotConfirmed::Mismatch) => wrong("provider-link-mismatch"),
        Err(NotConfirmed::Over) => Ok(start_anew(&chrome)),
        Err(NotConfirmed::TooMany(seconds)) => Err(Trouble::TooMany { seconds }),
        Err(NotConfirmed::Failure(failure)) => Err(failure.into()),
    }
}

/// Nothing is being linked any more: it begins with the provider.
fn start_anew(chrome: &Chrome) -> Response {
    respond::redirect(&chrome.href(paths::SIGN_IN))
}

fn link(chrome: &Chrome, (name, email): (&str, &str), form: &FormState) -> String {
    let words = chrome.words;
    let title = words.with("provider-link-title", &[("name", name.to_owned().into())]);
    page(chrome, &form.title(words, &title), || {
        let about = [("name", name.to_owned().into()), ("email", email.to_owned().into())];
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with("provider-link-text", &about)}</p>
                <form method="post" action=chrome.href(paths::LINK) novalidate=true>
                    // For password managers (WCAG 3.3.8).
                    <input type="text" class="unseen" name="username" value=email.to_owned()
                        autocomplete="username" readonly=true tabindex="-1" aria-hidden="true"/>
                    {Field::new("password", Kind::Password, words.text("field-password"))
                        .autocomplete("current-password").view(words, form)}
                    {send(words.text("provider-link-send"))}
                </form>
                <p class="quiet"><a href=chrome.href(paths::SIGN_IN)>{words.text("provider-link-not")}</a></p>
            </div>
        }
    })
}
