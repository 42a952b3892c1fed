//! Showing once more who one is, with a passkey.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use engine::accounts::{self, NotConfirmed};
use serde::Deserialize;

use super::confirm::{again, parse, token};
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::forms::FormState;
use crate::visit::Visit;

/// What the form sends.
#[derive(Deserialize)]
pub struct ConfirmPasskeyForm {
    task: String,
    next: String,
    #[serde(default)]
    credential: String,
}

/// `POST /account/confirm/passkey/options`: what the browser needs, as JSON.
pub async fn options(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<ConfirmPasskeyForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let (task, _) = parse(&typed.task, &typed.next)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let token = token(&visit)?;
    let options =
        accounts::begin_passkey_confirmation(&portal.engine, &visit.scope, token, task).await?;
    Ok(respond::with_type("application/json", options))
}

/// `POST /account/confirm/passkey`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<ConfirmPasskeyForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let (task, next) = parse(&typed.task, &typed.next)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let token = token(&visit)?;
    let credential = &typed.credential;
    let confirmed =
        accounts::confirm_by_passkey(&portal.engine, &visit.scope, token, task, credential).await;
    let message = match confirmed {
        Ok(()) => return Ok(respond::redirect(&visit.chrome_in_all().href(next))),
        Err(NotConfirmed::Mismatch) => "passkey-mismatch",
        Err(NotConfirmed::Over) => "passkey-over",
        Err(NotConfirmed::TooMany(seconds)) => return Err(Trouble::TooMany { seconds }),
        Err(NotConfirmed::Failure(failure)) => return Err(failure.into()),
    };
    let form = FormState::default().wrong("passkey", visit.words().text(message));
    again(&portal, &visit, (task, next), false, form).await
}
