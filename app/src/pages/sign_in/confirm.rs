//! Showing once more who one is, before something that matters.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use engine::accounts::{self, NotConfirmed, Secret, Task};
use engine::providers;
use leptos::prelude::*;
use serde::Deserialize;

use super::provider::button::button;
use crate::next::{encoded, home, is_of_this_portal};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, hidden, send};
use crate::ui::passkey::{Ceremony, PasskeyForm};
use crate::visit::Visit;

/// What is to be confirmed, and where it goes on.
#[derive(Debug, Clone, Deserialize)]
pub struct ConfirmQuery {
    task: String,
    next: String,
    /// A code was mailed.
    #[serde(default)]
    sent: Option<String>,
    /// What became of a form that was sent before this was asked.
    #[serde(default)]
    unsent: Option<String>,
}

/// What the forms send.
#[derive(Deserialize)]
pub struct ConfirmForm {
    task: String,
    next: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    /// A code of the second factor.
    #[serde(default)]
    factor: String,
}

/// What the page shows.
struct ConfirmPage<'a> {
    task: Task,
    next: &'a str,
    /// Whether nothing less than the second factor will do.
    needs_factor: bool,
    has_password: bool,
    has_passkey: bool,
    /// The providers that can show it, as slug and name.
    providers: Vec<(String, String)>,
    sent: bool,
    /// What became of a form that was sent before, as its message.
    unsent: Option<&'static str>,
    form: FormState,
}

/// The page on which a task is confirmed before `next`.
pub fn path(task: Task, next: &str) -> String {
    format!("{}?task={}&next={}", paths::CONFIRM, task.name(), encoded(next))
}

/// `GET /account/confirm`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    asked: Result<Query<ConfirmQuery>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(asked) = asked.map_err(|_| Trouble::NotFound)?;
    let (task, next) = parse(&asked.task, &asked.next)?;
    let sent = asked.sent.is_some();
    let mut shown = shown(&portal, &visit, (task, next), sent, FormState::default()).await?;
    shown.unsent = match asked.unsent.as_deref() {
        Some("kept") => Some("confirm-unsent-kept"),
        Some("lost") => Some("confirm-unsent-lost"),
        _ => None,
    };
    Ok(answer(&visit, &shown))
}

/// `POST /account/confirm`: by the password, or by the code that was mailed.
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<ConfirmForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let (task, next) = parse(&typed.task, &typed.next)?;
    let token = token(&visit)?;
    let by_code = !typed.code.is_empty();
    let by_factor = !typed.factor.is_empty();
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let confirmed = if by_factor {
        accounts::confirm_by_factor(&portal.engine, &visit.scope, token, task, &typed.factor).await
    } else if by_code {
        accounts::confirm_by_code(&portal.engine, &visit.scope, token, task, &typed.code).await
    } else {
        let password = typed.password.into();
        accounts::confirm_by_password(&portal.engine, &visit.scope, token, task, password).await
    };
    let words = visit.words();
    let form = match confirmed {
        Ok(()) => return Ok(respond::redirect(&visit.chrome_in_all().href(next))),
        Err(NotConfirmed::Mismatch) if by_factor => {
            FormState::default().wrong("factor", words.text("confirm-factor-wrong"))
        }
        Err(NotConfirmed::Mismatch) if by_code => {
            let typed = FormState::filled([("code", typed.code)]);
            typed.wrong("code", words.text("confirm-code-wrong"))
        }
        Err(NotConfirmed::Over) if by_factor => {
            FormState::default().wrong("factor", words.text("confirm-factor-over"))
        }
        Err(NotConfirmed::Over) => {
            FormState::default().wrong("code", words.text("confirm-code-over"))
        }
        Err(NotConfirmed::Mismatch) => {
            FormState::default().wrong("password", words.text("confirm-password-wrong"))
        }
        Err(NotConfirmed::TooMany(seconds)) => return Err(Trouble::TooMany { seconds }),
        Err(NotConfirmed::Failure(failure)) => return Err(failure.into()),
    };
    again(&portal, &visit, (task, next), by_code, form).await
}

/// The page once more, with what was wrong.
pub(super) async fn again(
    portal: &Portal,
    visit: &Visit,
    about: (Task, &str),
    sent: bool,
    form: FormState,
) -> Result<Response, Trouble> {
    let mut response = answer(visit, &shown(portal, visit, about, sent, form).await?);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// What the page shows to whoever is signed in.
async fn shown<'a>(
    portal: &Portal,
    visit: &Visit,
    (task, next): (Task, &'a str),
    sent: bool,
    form: FormState,
) -> Result<ConfirmPage<'a>, Trouble> {
    Ok(ConfirmPage {
        task,
        next,
        needs_factor: accounts::needs_factor(&portal.engine, &visit.scope, task).await?,
        has_password: accounts::has_password(&portal.engine, &visit.scope).await?,
        has_passkey: has_passkey(portal, visit).await?,
        providers: providers::able_to_confirm(&portal.engine, &visit.scope).await?,
        sent,
        unsent: None,
        form,
    })
}

/// With a script only for those who have a passkey.
fn answer(visit: &Visit, shown: &ConfirmPage<'_>) -> Response {
    if shown.has_passkey {
        respond::html_with_passkeys(confirm(&visit.chrome_with_passkeys(), shown))
    } else {
        respond::html(confirm(&visit.chrome_in_all(), shown))
    }
}

/// `POST /account/confirm/code`: mails a code.
pub async fn send_code(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<ConfirmForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let (task, next) = parse(&typed.task, &typed.next)?;
    portal.limits.mailing(&portal.engine, &visit).await?;
    accounts::send_code(&portal.engine, &visit.scope, token(&visit)?, task).await?;
    let to = format!("{}&sent=1", path(task, next));
    Ok(respond::redirect(&visit.chrome_in_all().href(&to)))
}

pub(super) fn parse<'a>(task: &str, next: &'a str) -> Result<(Task, &'a str), Trouble> {
    let task = Task::named(task).ok_or(Trouble::NotFound)?;
    is_of_this_portal(next).then_some((task, next)).ok_or(Trouble::NotFound)
}

pub(super) fn token(visit: &Visit) -> Result<&Secret, Trouble> {
    visit.cookie.as_ref().ok_or(Trouble::Forbidden)
}

async fn has_passkey(portal: &Portal, visit: &Visit) -> Result<bool, Trouble> {
    // A passkey works at one host only.
    let here = visit.host == visit.tenant.canonical_host;
    Ok(here && !accounts::own_passkeys(&portal.engine, &visit.scope).await?.is_empty())
}

fn confirm(chrome: &Chrome, shown: &ConfirmPage<'_>) -> String {
    let words = chrome.words;
    let title = words.text("confirm-title");
    let form = &shown.form;
    page(chrome, &form.title(words, &title), || {
        let about = || {
            view! {
                {hidden("task", shown.task.name().to_owned())}
                {hidden("next", shown.next.to_owned())}
            }
        };
        let by_passkey = (shown.has_passkey && !shown.sent).then(|| {
            PasskeyForm {
                what: Ceremony::Get,
                options: chrome.href(paths::CONFIRM_PASSKEY_OPTIONS),
                action: chrome.href(paths::CONFIRM_PASSKEY),
                fields: about().into_any(),
                send: words.text("passkey-use"),
            }
            .view(words, form)
        });
        let asking = |field: Field| {
            view! {
                <form method="post" action=chrome.href(paths::CONFIRM) novalidate=true>
                    {about()}
                    {field.view(words, form)}
                    {send(words.text("confirm-send"))}
                </form>
            }
        };
        let by_password = shown.has_password.then(|| {
            let label = words.text("field-password");
            asking(Field::new("password", Kind::Password, label).autocomplete("current-password"))
        });
        let code = |name: &'static str, label: &str, hint: &str| {
            let field = Field::new(name, Kind::Code, words.text(label));
            asking(field.hint(words.text(hint)).autocomplete("one-time-code"))
        };
        let by_factor =
            shown.needs_factor.then(|| code("factor", "confirm-factor", "confirm-factor-hint"));
        let by_code = shown.sent.then(|| code("code", "field-code", "confirm-code-hint"));
        let (why_code, send_code) = match (shown.sent, shown.has_password) {
            (true, _) => ("confirm-not-arrived", "confirm-mail-again"),
            (false, true) => ("confirm-without", "confirm-mail"),
            (false, false) => ("confirm-no-password", "confirm-mail"),
        };
        let with_password = (shown.sent && shown.has_password).then(|| {
            let href = chrome.href(&path(shown.task, shown.next));
            view! { <a href=href>{words.text("confirm-with-password")}</a> }
        });
        let by_provider = shown
            .providers
            .iter()
            .map(|(slug, name)| {
                let carried = [("task", shown.task.name()), ("next", shown.next)];
                let action = chrome.href(&paths::CONFIRM_WITH.of(slug));
                button(words, action, ("confirm-with", name), &carried)
            })
            .collect_view();
        let by_provider = (!shown.sent && !shown.providers.is_empty())
            .then_some(view! { <div class="buttons other-way">{by_provider}</div> });
        let name = format!("confirm-{}", shown.task.name());
        let back = home(chrome.viewer.map_or(domain::roles::Role::Customer, |v| v.role));
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text(&name)}</p>
                {shown.unsent.map(|unsent| view! { <p class="notice" role="status">{words.text(unsent)}</p> })}
                {by_factor}
                {by_passkey}
                {(!shown.needs_factor).then(|| view! {
                    {by_code}
                    {(!shown.sent).then_some(by_password)}
                    {by_provider}
                    <form class="other-way" method="post" action=chrome.href(paths::CONFIRM_CODE)>
                        {about()}
                        <p class="quiet">{words.text(why_code)}</p>
                        <button type="submit" class="button plain">{words.text(send_code)}</button>
                    </form>
                })}
                <p class="ways-out">{with_password}<a href=chrome.href(back)>{words.text("confirm-back")}</a></p>
            </div>
        }
    })
}
