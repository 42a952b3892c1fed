//! One's passkeys, and adding one.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::accounts::{self, OwnPasskey, PasskeyError, PasskeyName, Task, decided};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::decided::Already;
use crate::ui::forms::{Field, FormState, Kind};
use crate::ui::passkey::{Ceremony, PasskeyForm};
use crate::visit::Visit;

/// What the form sends.
#[derive(Deserialize)]
pub struct NewPasskeyForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    credential: String,
}

/// `GET /account/sign-in/passkeys`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    if let Some(there) = visit.elsewhere_for_passkeys(&portal.engine, paths::PASSKEYS)? {
        return Ok(respond::redirect(&there));
    }
    let page = shown(&portal, &visit, &FormState::default()).await?;
    Ok(respond::html_with_passkeys(page))
}

/// `POST /account/sign-in/passkeys/options`: what the browser needs, as JSON. A
/// name that will not do is told before a passkey is made for it.
pub async fn options(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<NewPasskeyForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    if typed.name.parse::<PasskeyName>().is_err() {
        return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
    }
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    let options = accounts::begin_passkey(&portal.engine, &visit.scope, token, confirmed).await;
    Ok(respond::with_type("application/json", options.map_err(trouble)?))
}

/// `POST /account/sign-in/passkeys`
pub async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<NewPasskeyForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    let words = visit.words();
    let form = FormState::filled([("name", typed.name.clone())]);
    let Ok(name) = typed.name.parse::<PasskeyName>() else {
        let form = form.wrong("name", words.text("passkey-name-wrong"));
        return Ok(respond::unprocessable_with_passkeys(shown(&portal, &visit, &form).await?));
    };
    let (engine, scope, credential) = (&portal.engine, &visit.scope, &typed.credential);
    let message =
        match accounts::add_passkey(engine, scope, token, confirmed, &name, credential).await {
            Ok(_) => return Ok(respond::redirect(&visit.chrome_in_all().href(paths::PASSKEYS))),
            Err(PasskeyError::Refused) => "passkey-refused",
            Err(PasskeyError::Over) => "passkey-over",
            Err(error) => return Err(trouble(error)),
        };
    let form = form.wrong("passkey", words.text(message));
    Ok(respond::unprocessable_with_passkeys(shown(&portal, &visit, &form).await?))
}

/// What cannot be mended by filling a form in again.
pub(super) fn trouble(error: PasskeyError) -> Trouble {
    match error {
        PasskeyError::Failure(failure) => failure.into(),
        PasskeyError::NotConfirmed => Trouble::Forbidden,
        PasskeyError::Unknown => Trouble::NotFound,
        PasskeyError::Refused | PasskeyError::Over | PasskeyError::LastWay => {
            Trouble::Unprocessable
        }
    }
}

/// The list, to whoever comes for one that was removed before.
pub(super) async fn removed_before(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
) -> Result<Response, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let account = visit.session.as_ref().ok_or(Trouble::Forbidden)?.account;
    let before = decided(engine, scope, account, &["passkey.removed"], Some(id)).await?;
    let already = Already::sent(before.ok_or(Trouble::NotFound)?, String::new());
    let own = accounts::own_passkeys(engine, scope).await?;
    let already = Some(already.view(visit.words(), &scope.zone));
    let form = FormState::default();
    let page = passkeys(visit, &visit.chrome_with_passkeys(), &own, (&form, already));
    let mut answer = respond::html_with_islands(page);
    *answer.status_mut() = StatusCode::CONFLICT;
    Ok(answer)
}

async fn shown(portal: &Portal, visit: &Visit, form: &FormState) -> Result<String, Trouble> {
    let own = accounts::own_passkeys(&portal.engine, &visit.scope).await?;
    Ok(passkeys(visit, &visit.chrome_with_passkeys(), &own, (form, None)))
}

fn passkeys(
    visit: &Visit,
    chrome: &Chrome,
    own: &[OwnPasskey],
    (form, already): (&FormState, Option<AnyView>),
) -> String {
    let words = chrome.words;
    let title = words.text("passkeys-title");
    page(chrome, &form.title(words, &title), || {
        let list = own.iter().map(|passkey| entry(visit, chrome, passkey)).collect_view();
        let list = if own.is_empty() {
            view! { <p class="quiet">{words.text("passkeys-none")}</p> }.into_any()
        } else {
            view! { <ul class="passkeys">{list}</ul> }.into_any()
        };
        let name = Field::new("name", Kind::Text, words.text("field-passkey-name"))
            .hint(words.text("passkey-name-hint"))
            .autocomplete("off")
            .view(words, form);
        let add = PasskeyForm {
            what: Ceremony::Create,
            options: chrome.href(paths::PASSKEY_OPTIONS),
            action: chrome.href(paths::PASSKEYS),
            fields: name,
            send: words.text("passkey-add"),
        };
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::OWN_SIGN_IN)>
                    {words.text("factor-back")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                {already}
                <p class="lede">{words.text("passkeys-intro")}</p>
                {list}
                <section>
                    <h2>{words.text("passkey-add-title")}</h2>
                    {add.view(words, form)}
                </section>
            </div>
        }
    })
}

fn entry(visit: &Visit, chrome: &Chrome, passkey: &OwnPasskey) -> impl IntoView + use<> {
    let words = chrome.words;
    let change = words.with("passkey-change", &[("name", passkey.name.clone().into())]);
    view! {
        <li>
            <strong>{passkey.name.clone()}</strong>
            <a href=chrome.href(&paths::PASSKEY.of(passkey.id)) aria-label=change>
                {words.text("passkey-change-short")}</a>
            <span class="quiet">{since(visit, passkey)}</span>
        </li>
    }
}

/// When it was added and last used.
pub(super) fn since(visit: &Visit, passkey: &OwnPasskey) -> String {
    let words = visit.words();
    let date = |time| words.date(visit.scope.date_of(time));
    let added = ("added", date(passkey.added).into());
    match passkey.used {
        Some(used) => words.with("passkey-used", &[added, ("used", date(used).into())]),
        None => words.with("passkey-unused", &[added]),
    }
}
