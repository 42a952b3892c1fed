//! Showing once more who one is, before something that matters.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::Response;
use engine::accounts::{self, NotConfirmed, Secret, Task};
use leptos::prelude::*;
use serde::Deserialize;

use super::errors::Trouble;
use crate::next::{encoded, home, is_of_this_portal};
use crate::portal::Portal;
use crate::respond;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, hidden, send};
use crate::ui::paths;
use crate::visit::Visit;

/// What is to be confirmed, and where it goes on.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    task: String,
    next: String,
    /// A code was mailed.
    #[serde(default)]
    sent: Option<String>,
}

/// What the forms send.
#[derive(Deserialize)]
pub struct Typed {
    task: String,
    next: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// What the page shows.
struct ConfirmPage<'a> {
    task: Task,
    next: &'a str,
    has_password: bool,
    sent: bool,
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
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(asked) = asked.map_err(|_| Trouble::NotFound)?;
    let (task, next) = parse(&asked.task, &asked.next)?;
    let sent = asked.sent.is_some();
    let shown = ConfirmPage {
        task,
        next,
        has_password: has_password(&portal, &visit).await?,
        sent,
        form: FormState::default(),
    };
    Ok(respond::html(confirm(&visit.chrome_in_all(), &shown)))
}

/// `POST /account/confirm`: by the password, or by the code that was mailed.
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let (task, next) = parse(&typed.task, &typed.next)?;
    let token = token(&visit)?;
    let by_code = !typed.code.is_empty();
    let confirmed = if by_code {
        portal.limits.confirming(&visit)?;
        accounts::confirm_by_code(&portal.engine, &visit.scope, token, task, &typed.code).await
    } else {
        portal.limits.confirming(&visit)?;
        let password = typed.password.into();
        accounts::confirm_by_password(&portal.engine, &visit.scope, token, task, password).await
    };
    let words = visit.words();
    let form = match confirmed {
        Ok(()) => return Ok(respond::redirect(&visit.chrome_in_all().href(next))),
        Err(NotConfirmed::Mismatch) if by_code => {
            let typed = FormState::filled([("code", typed.code)]);
            typed.wrong("code", words.text("confirm-code-wrong"))
        }
        Err(NotConfirmed::Over) => {
            FormState::default().wrong("code", words.text("confirm-code-over"))
        }
        Err(NotConfirmed::Mismatch) => {
            FormState::default().wrong("password", words.text("confirm-password-wrong"))
        }
        Err(NotConfirmed::Failure(failure)) => return Err(failure.into()),
    };
    let has_password = has_password(&portal, &visit).await?;
    let shown = ConfirmPage { task, next, has_password, sent: by_code, form };
    Ok(respond::unprocessable(confirm(&visit.chrome_in_all(), &shown)))
}

/// `POST /account/confirm/code`: mails a code.
pub async fn send_code(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let (task, next) = parse(&typed.task, &typed.next)?;
    portal.limits.mailing(&visit)?;
    accounts::send_code(&portal.engine, &visit.scope, token(&visit)?, task).await?;
    let to = format!("{}&sent=1", path(task, next));
    Ok(respond::redirect(&visit.chrome_in_all().href(&to)))
}

fn parse<'a>(task: &str, next: &'a str) -> Result<(Task, &'a str), Trouble> {
    let task = Task::named(task).ok_or(Trouble::NotFound)?;
    is_of_this_portal(next).then_some((task, next)).ok_or(Trouble::NotFound)
}

fn token(visit: &Visit) -> Result<&Secret, Trouble> {
    visit.cookie.as_ref().ok_or(Trouble::Forbidden)
}

async fn has_password(portal: &Portal, visit: &Visit) -> Result<bool, Trouble> {
    Ok(accounts::has_password(&portal.engine, &visit.scope).await?)
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
        let by_password = shown.has_password.then(|| {
            view! {
                <form method="post" action=chrome.href(paths::CONFIRM) novalidate=true>
                    {about()}
                    {Field::new("password", Kind::Password, words.text("field-password"))
                        .autocomplete("current-password").view(words, form)}
                    {send(words.text("confirm-send"))}
                </form>
            }
        });
        let by_code = if shown.sent {
            view! {
                <form method="post" action=chrome.href(paths::CONFIRM) novalidate=true>
                    {about()}
                    {Field::new("code", Kind::Code, words.text("field-code"))
                        .hint(words.text("confirm-code-hint"))
                        .autocomplete("one-time-code").view(words, form)}
                    {send(words.text("confirm-send"))}
                </form>
            }
            .into_any()
        } else {
            ().into_any()
        };
        let (why_code, send_code) = match (shown.sent, shown.has_password) {
            (true, _) => ("confirm-not-arrived", "confirm-mail-again"),
            (false, true) => ("confirm-without", "confirm-mail"),
            (false, false) => ("confirm-no-password", "confirm-mail"),
        };
        let with_password = (shown.sent && shown.has_password).then(|| {
            let href = chrome.href(&path(shown.task, shown.next));
            view! { <a href=href>{words.text("confirm-with-password")}</a> }
        });
        let name = format!("confirm-{}", shown.task.name());
        let back = home(chrome.viewer.map_or(domain::roles::Role::Customer, |v| v.role));
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text(&name)}</p>
                {by_code}
                {(!shown.sent).then_some(by_password)}
                <form class="other-way" method="post" action=chrome.href(paths::CONFIRM_CODE)>
                    {about()}
                    <p class="quiet">{words.text(why_code)}</p>
                    <button type="submit" class="button plain">{words.text(send_code)}</button>
                </form>
                <p class="ways-out">{with_password}<a href=chrome.href(back)>{words.text("confirm-back")}</a></p>
            </div>
        }
    })
}
