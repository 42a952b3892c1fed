//! Answering a correction that a person proposes.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::roles::Permission;
use engine::corrections::{self, Answer, AnswerError, Proposal};
use leptos::prelude::*;
use uuid::Uuid;

use super::desk::request_page;
use super::errors::Trouble;
use super::studio::sent::Sent;
use crate::portal::Portal;
use crate::respond;
use crate::ui::before_after::before_after;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Field, FormState, Kind, hidden, send_as};
use crate::ui::paths;
use crate::visit::Visit;

/// `POST /desk/requests/{id}/correction`.
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let answer = match sent.one("answer") {
        "accept" => Answer::Accept,
        "decline" => Answer::Decline(sent.lines("reason")),
        _ => return Err(Trouble::Unprocessable),
    };
    let chrome = visit.chrome_in_all();
    let done = corrections::answer(&portal.engine, &visit.scope, id, &answer).await;
    let (field, message) = match done {
        Ok(()) => return Ok(respond::redirect(&chrome.href(&paths::desk_request(id)))),
        Err(AnswerError::NoReason) => ("reason", "desk-correction-no-reason"),
        Err(AnswerError::Stale) => ("correction", "desk-correction-stale"),
        Err(AnswerError::Frozen) => ("correction", "desk-correction-frozen"),
        Err(AnswerError::Unknown) => return Err(Trouble::NotFound),
        Err(AnswerError::Failure(failure)) => return Err(failure.into()),
    };
    let form = sent.state().wrong(field, chrome.text(message));
    Ok(respond::unprocessable(request_page(&portal, &visit, id, &form).await?))
}

/// Before and after, and the two answers, of equal weight.
pub fn proposed(chrome: &Chrome, id: Uuid, proposal: &Proposal, form: &FormState) -> AnyView {
    let words = chrome.words;
    let action = chrome.href(&paths::desk_correction(id));
    let answers = chrome.may(Permission::AnswerRequests).then(|| {
        view! {
            <form method="post" action=action.clone()>
                <p class="buttons">
                    {send_as("answer", "accept", words.text("desk-correction-accept"))}
                </p>
            </form>
            <form method="post" action=action.clone() novalidate=true>
                {Field::new("reason", Kind::Lines, words.text("desk-correction-reason"))
                    .hint(words.text("desk-correction-reason-hint")).view(words, form)}
                {hidden("answer", "decline")}
                <p class="buttons">
                    {send_as("by", "desk", words.text("desk-correction-decline"))}
                </p>
            </form>
        }
    });
    view! {
        <section id="correction" aria-labelledby="correction-title">
            <h2 id="correction-title">{words.text("desk-correction-title")}</h2>
            {before_after(words, proposal)}
            {answers}
        </section>
    }
    .into_any()
}
