//! What has happened to one's data, the latest first.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::identifiers::Slug;
use engine::policies;
use engine::records::{Entry, Happened, Timeline, timeline};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// Where the page begins.
#[derive(Debug, Deserialize)]
pub struct Before {
    before: Option<Uuid>,
}

/// `GET /account/timeline`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(Before { before }) = before.map_err(|_| Trouble::NotFound)?;
    let policy = policies::in_force(&portal.engine, &visit.scope).await?;
    let policy = policy.ok_or(Trouble::NotFound)?;
    let timeline = timeline(&portal.engine, &visit.scope, before).await?;
    let reader = Reader { document: &policy.document, words: visit.words() };
    Ok(respond::html(view_of(&visit.chrome_in_all(), reader, &timeline)))
}

fn view_of(chrome: &Chrome, reader: Reader<'_>, timeline: &Timeline) -> String {
    let words = chrome.words;
    let title = words.text("timeline-title");
    page(chrome, &title, || {
        let entries =
            timeline.entries.iter().map(|entry| row(chrome, reader, entry)).collect_view();
        let entries = if timeline.entries.is_empty() {
            view! { <p class="quiet">{words.text("timeline-empty")}</p> }.into_any()
        } else {
            view! { <ol class="happened">{entries}</ol> }.into_any()
        };
        let earlier = timeline.earlier.map(|before| {
            let href = chrome.href(&format!("{}?before={before}", paths::TIMELINE));
            view! { <p><a href=href>{words.text("timeline-earlier")}</a></p> }
        });
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("timeline-intro")}</p>
                {entries}
                {earlier}
            </div>
        }
    })
}

fn row(chrome: &Chrome, reader: Reader<'_>, entry: &Entry) -> AnyView {
    let words = chrome.words;
    let category = |id: &str| {
        let slug = id.parse::<Slug>().ok();
        ("category", slug.map_or_else(|| id.to_owned(), |slug| reader.category(&slug)).into())
    };
    let said = match &entry.happened {
        Happened::Added { category: id, amount } => {
            let amount = ("count", (*amount).into());
            view! { <span>{words.with("timeline-added", &[category(id), amount])}</span> }
                .into_any()
        }
        Happened::Disclosed { category: id, recipient } => {
            let slug = recipient.parse::<Slug>().ok();
            let who = slug.map_or_else(|| recipient.clone(), |slug| reader.processor(&slug));
            let said = words.with("timeline-disclosed", &[category(id), ("who", who.into())]);
            view! { <span>{said}</span> }.into_any()
        }
        Happened::Asked { right, id, reference } => {
            let asked = words.text(&format!("timeline-asked-{}", right.name()));
            let href = chrome.href(&paths::OWN_REQUEST.of(*id));
            view! { <span>{asked}" "<a href=href>{reference.clone()}</a></span> }.into_any()
        }
        Happened::Exported => view! { <span>{words.text("timeline-exported")}</span> }.into_any(),
    };
    view! { <li><time datetime=entry.on.to_string()>{words.date_short(entry.on)}</time>{said}</li> }
        .into_any()
}
