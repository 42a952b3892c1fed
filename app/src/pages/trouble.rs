//! What is shown when a page cannot be: what happened, what was kept, and what
//! to do next.

use leptos::prelude::*;

use crate::paths;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};

/// The page. For an unknown host, the surroundings must have no tenant.
pub fn trouble(chrome: &Chrome, trouble: &Trouble) -> String {
    let words = chrome.words;
    let title = words.text(&format!("error-{}-title", trouble.name()));
    page(chrome, &title, || {
        let text = format!("error-{}-text", trouble.name());
        let text = match trouble {
            Trouble::TooMany { seconds } => words.with(&text, &[("seconds", (*seconds).into())]),
            _ => words.text(&text),
        };
        let reference = match trouble {
            Trouble::Internal { reference } => Some(view! {
                <p>{words.text("error-reference")}" "<span class="reference">{reference.clone()}</span></p>
            }),
            _ => None,
        };
        let home = chrome.tenant.is_some().then(|| {
            view! {
                <p class="buttons"><a class="button plain" href=chrome.href(paths::CENTRE)>{words.text("error-home")}</a></p>
            }
        });
        view! {
            <div class="column">
                <p class="eyebrow figure">{trouble.status().to_string()}</p>
                <h1>{title.clone()}</h1>
                <p class="lede">{text}</p>
                {reference}
                {home}
            </div>
        }
    })
}
