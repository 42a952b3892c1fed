//! Every version of the policy.

use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;
use axum::extract::State;
use axum::response::Response;
use engine::policies;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::paths;
use crate::ui::chrome::{Chrome, page};

/// One version in the list.
#[derive(Debug, Clone)]
pub struct HistoryEntry {
    /// Its number.
    pub number: u32,
    /// When it was, or will be, published.
    pub published: Date,
    /// Where it stands.
    pub state: VersionState,
    /// What the tenant says about the change.
    pub note: Option<String>,
}

/// Where a published version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionState {
    /// It will be in force on its date.
    Scheduled,
    /// It is in force.
    Current,
    /// A later one has taken its place.
    Superseded,
}

/// `GET /policy/history`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let heads = policies::history(&portal.engine, &visit.scope).await?;
    let entries: Vec<HistoryEntry> = heads
        .iter()
        .filter_map(|head| {
            Some(HistoryEntry {
                number: u32::try_from(head.number).ok()?,
                published: visit.scope.date_of(head.published_at?),
                state: if head.state == policies::State::Published.name() {
                    VersionState::Current
                } else {
                    VersionState::Superseded
                },
                note: None,
            })
        })
        .collect();
    Ok(respond::html(history(&visit.chrome_in_all(), &entries)))
}

/// The page; the newest version comes first.
pub fn history(chrome: &Chrome, entries: &[HistoryEntry]) -> String {
    let words = chrome.words;
    let title = words.text("history-title");
    page(chrome, &title, || {
        let earlier =
            entries.iter().skip(1).map(|entry| Some(entry.number)).chain(std::iter::once(None));
        let list = entries
            .iter()
            .zip(earlier)
            .map(|(entry, previous)| version(chrome, entry, previous))
            .collect_view();
        let empty = entries.is_empty().then(|| view! { <p>{words.text("history-empty")}</p> });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("history-intro")}</p>
                {empty}
                <ol class="versions" reversed=true>{list}</ol>
            </div>
        }
    })
}

fn version(chrome: &Chrome, entry: &HistoryEntry, previous: Option<u32>) -> AnyView {
    let words = chrome.words;
    let date = words.date(entry.published);
    let (class, state) = match entry.state {
        VersionState::Scheduled => {
            ("state soon", words.with("history-scheduled", &[("date", date.clone().into())]))
        }
        VersionState::Current => ("state done", words.text("history-current")),
        VersionState::Superseded => ("state", words.text("history-superseded")),
    };
    let number = entry.number;
    let read = words.with("history-read", &[("number", number.to_string().into())]);
    let change = match previous {
        Some(previous) => {
            let href = chrome.href(&paths::compare(previous, number));
            view! { <a href=href>{words.text("history-compare")}</a> }.into_any()
        }
        None => view! { <span class="quiet">{words.text("history-first")}</span> }.into_any(),
    };
    view! {
        <li>
            <time class="date" datetime=entry.published.to_string()>{date}</time>
            <span class=class>{state}</span>
            {entry.note.clone().map(|note| view! { <p>{note}</p> })}
            <div class="links"><a href=chrome.href(&paths::VERSION.of(number))>{read}</a>{change}</div>
        </li>
    }
    .into_any()
}
