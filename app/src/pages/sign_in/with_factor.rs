//! The second step of signing in: a code of the app, or a recovery code.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::Response;
use engine::Actor;
use engine::accounts::{self, NotConfirmed};
use leptos::prelude::*;
use serde::Deserialize;

use super::with_password::enter;
use crate::next::home;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, hidden, send};
use crate::visit::Visit;

/// Which kind of code is typed: anything here means a recovery code.
#[derive(Deserialize)]
pub struct FactorQuery {
    recovery: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct FactorForm {
    #[serde(default)]
    code: String,
    recovery: Option<String>,
}

/// `GET /sign-in/second-factor`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    asked: Result<Query<FactorQuery>, QueryRejection>,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    if let Actor::Account { role, .. } = visit.scope.actor {
        return Ok(respond::redirect(&chrome.href(home(role))));
    }
    let Some(token) = &visit.cookie else {
        return Ok(respond::redirect(&chrome.href(paths::SIGN_IN)));
    };
    if accounts::factor_awaited(&portal.engine, &visit.scope, token).await?.is_none() {
        return Ok(respond::redirect(&chrome.href(paths::SIGN_IN)));
    }
    let recovery = asked.is_ok_and(|Query(asked)| asked.recovery.is_some());
    Ok(respond::html(second_step(&chrome, recovery, &FormState::default())))
}

/// `POST /sign-in/second-factor`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<FactorForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let Some(token) = &visit.cookie else {
        return Ok(respond::redirect(&chrome.href(paths::SIGN_IN)));
    };
    let recovery = typed.recovery.is_some();
    let shown = match accounts::factor_awaited(&portal.engine, &visit.scope, token).await? {
        Some(account) => {
            let _booked = portal.limits.showing(&visit, account)?;
            accounts::show_factor(&portal.engine, &visit.scope, token, &typed.code).await
        }
        None => Err(NotConfirmed::Over),
    };
    let message = match shown {
        Ok(entered) => {
            return Ok(enter(&portal, &visit, &entered.token, entered.role, entered.next));
        }
        Err(NotConfirmed::Mismatch) if recovery => "sign-in-recovery-wrong",
        Err(NotConfirmed::Mismatch) => "sign-in-factor-wrong",
        Err(NotConfirmed::Over) => "sign-in-factor-over",
        Err(NotConfirmed::TooMany(seconds)) => return Err(Trouble::TooMany { seconds }),
        Err(NotConfirmed::Failure(failure)) => return Err(failure.into()),
    };
    let form = FormState::default().wrong("code", chrome.words.text(message));
    Ok(respond::unprocessable(second_step(&chrome, recovery, &form)))
}

fn second_step(chrome: &Chrome, recovery: bool, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("sign-in-factor-title");
    page(chrome, &form.title(words, &title), || {
        let field = if recovery {
            Field::new("code", Kind::Text, words.text("field-recovery-code"))
                .hint(words.text("sign-in-recovery-hint"))
                .autocomplete("off")
        } else {
            Field::new("code", Kind::Code, words.text("field-code"))
                .hint(words.text("sign-in-factor-hint"))
                .autocomplete("one-time-code")
        };
        let (other, to) = if recovery {
            ("sign-in-factor-instead", paths::SIGN_IN_FACTOR.to_owned())
        } else {
            ("sign-in-recovery-instead", format!("{}?recovery=1", paths::SIGN_IN_FACTOR))
        };
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("sign-in-factor-intro")}</p>
                <form method="post" action=chrome.href(paths::SIGN_IN_FACTOR) novalidate=true>
                    {recovery.then(|| hidden("recovery", "1"))}
                    {field.view(words, form)}
                    {send(words.text("sign-in"))}
                </form>
                <p><a href=chrome.href(&to)>{words.text(other)}</a></p>
                <p class="quiet"><a href=chrome.href(paths::SIGN_IN)>
                    {words.text("sign-in-again")}</a></p>
            </div>
        }
    })
}
