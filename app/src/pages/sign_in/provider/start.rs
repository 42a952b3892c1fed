//! Sending somebody to a provider.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use engine::accounts::{Secret, Task};
use engine::providers::{self, Aim, Going};
use leptos::prelude::*;
use serde::Deserialize;

use super::trouble;
use crate::cookie;
use crate::next::is_of_this_portal;
use crate::part::Path;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::visit::Visit;

/// What the buttons send.
#[derive(Deserialize)]
pub struct StartForm {
    #[serde(default)]
    next: String,
    #[serde(default)]
    task: String,
}

type SentStartForm = Result<Form<StartForm>, FormRejection>;

/// `POST /sign-in/with/{slug}`
pub async fn sign_in(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
    typed: SentStartForm,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    // What leads elsewhere is forgotten.
    let next = Some(typed.next).filter(|next| is_of_this_portal(next)).unwrap_or_default();
    start(&portal, &visit, &slug, (Aim::SignIn, &next)).await
}

/// `POST /account/sign-in/providers/{slug}/link`
pub async fn link(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, Trouble> {
    start(&portal, &visit, &slug, (Aim::Link, "")).await
}

/// `POST /account/confirm/with/{slug}`
pub async fn confirm(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
    typed: SentStartForm,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let task = Task::named(&typed.task).ok_or(Trouble::NotFound)?;
    if !is_of_this_portal(&typed.next) {
        return Err(Trouble::NotFound);
    }
    start(&portal, &visit, &slug, (Aim::Confirm(task), &typed.next)).await
}

async fn start(
    portal: &Portal,
    visit: &Visit,
    slug: &str,
    (aim, next): (Aim, &str),
) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, visit).await?;
    // Another tab may have begun something with the same cookie: it stays.
    let (token, new) = match &visit.cookie {
        Some(token) => (token.clone(), false),
        None => (Secret::generate()?, true),
    };
    let chrome = visit.chrome_in_all();
    match providers::start(&portal.engine, &visit.scope, &token, slug, (aim, next)).await {
        Ok(going) => {
            let mut response = leave(&chrome, &going)?;
            if new {
                cookie::set(portal, &mut response, &token);
            }
            Ok(response)
        }
        Err(not) => trouble::answer(&chrome, not),
    }
}

/// Sends the browser on to the provider.
///
/// Not by a redirect: `form-action 'self'` holds for what a form's answer
/// redirects to as well, and for every further step of it. To allow the
/// provider's own address there would not be enough, since many send people on
/// to yet another place at once; to allow all would let a form that somebody
/// smuggles in send passwords anywhere. A page that leaves by itself is a step of
/// its own, which that rule does not bind, and takes no click; where a browser
/// does not leave by itself, there is the link.
fn leave(chrome: &Chrome, going: &Going) -> Result<Response, Trouble> {
    let mut response = respond::html(leaving(chrome, going));
    let refresh = HeaderValue::from_str(&format!("0;url={}", going.url));
    let refresh = refresh.map_err(|_| Trouble::Unprocessable)?;
    response.headers_mut().insert(HeaderName::from_static("refresh"), refresh);
    Ok(response)
}

fn leaving(chrome: &Chrome, going: &Going) -> String {
    let name = || [("name", going.name.clone().into())];
    let title = chrome.words.with("provider-leaving-title", &name());
    page(chrome, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{chrome.words.with("provider-leaving-text", &name())}</p>
                <p class="buttons">
                    <a class="button" href=going.url.clone() rel="noreferrer">
                        {chrome.words.with("provider-leaving-go", &name())}
                    </a>
                </p>
            </div>
        }
    })
}
