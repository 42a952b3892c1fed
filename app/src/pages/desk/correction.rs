//! A correction that a person proposes, on the page of its request.

use domain::roles::Permission;
use engine::corrections::Proposal;
use leptos::prelude::*;
use uuid::Uuid;

use crate::paths;
use crate::ui::before_after::before_after;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Field, FormState, Kind, hidden, send_as};

/// Before and after, and the two answers, of equal weight.
pub fn proposed(chrome: &Chrome, id: Uuid, proposal: &Proposal, form: &FormState) -> AnyView {
    let words = chrome.words;
    let action = chrome.href(&paths::DESK_CORRECTION.of(id));
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
