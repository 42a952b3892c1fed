//! What changed between two versions: first what it means, then the words.

use super::published::Published;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::policy_view::section_prose;
use crate::visit::Visit;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use domain::policy::Document;
use domain::policy::diff::{
    FactChange, PlainSection, SectionChange, SectionState, fact_changes, prose_changes,
};
use domain::words::Words;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use std::time::Duration;

use crate::paths;
use crate::ui::chrome::{Chrome, page};
use crate::ui::fact_change::changes;
use crate::ui::prose_diff::prose_diff;
use crate::ui::reader::Reader;

/// Two versions and what is different.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The older version's number and date.
    pub from: (u32, Date),
    /// The newer version's number and date.
    pub to: (u32, Date),
    /// The newer version, whose labels the changes are told with.
    pub document: &'a Document,
    /// The facts that changed.
    pub facts: Vec<FactChange>,
    /// All sections, with what changed in each.
    pub sections: Vec<SectionChange>,
}

/// Which two versions to compare.
#[derive(Debug, Deserialize)]
pub struct Between {
    from: String,
    to: String,
}

/// How long the words of two versions are compared before whole paragraphs are
/// told as changed: the page is public.
const PATIENCE: Duration = Duration::from_millis(500);

/// `GET /policy/compare?from=1&to=2`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    between: Result<Query<Between>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(between) = between.map_err(|_| Trouble::NotFound)?;
    let from = Published::numbered(&portal, &visit, &between.from).await?;
    let to = Published::numbered(&portal, &visit, &between.to).await?;
    let (before, after) = (from.document(), to.document());
    let words = visit.words();
    let comparison = Comparison {
        from: (from.number(), from.on),
        to: (to.number(), to.on),
        document: after,
        facts: fact_changes(before, after),
        sections: prose_changes(
            &plain_sections(words, before),
            &plain_sections(words, after),
            PATIENCE,
        ),
    };
    Ok(respond::html(compare(&visit.chrome_in_all(), &comparison)))
}

/// The sections as plain text, in the reader's language.
pub fn plain_sections(words: Words, document: &Document) -> Vec<PlainSection> {
    let reader = Reader { document, words };
    document
        .sections_in(words.language())
        .into_iter()
        .map(|section| (section.id.clone(), section.title.clone(), section_prose(reader, section)))
        .collect()
}

/// The page.
pub fn compare(chrome: &Chrome, comparison: &Comparison<'_>) -> String {
    let words = chrome.words;
    let title = words.text("compare-title");
    page(chrome, &title, || {
        let ((from, before), (to, after)) = (comparison.from, comparison.to);
        let between = words.with(
            "compare-between",
            &[
                ("from", from.to_string().into()),
                ("to", to.to_string().into()),
                ("before", words.date(before).into()),
                ("after", words.date(after).into()),
            ],
        );
        view! {
            <div class="column compare">
                <h1>{title.clone()}</h1>
                <p class="eyebrow">{between}</p>
                {means(chrome, comparison)}
                <h2>{words.text("compare-words")}</h2>
                <div class="prose">{sections(chrome, comparison)}</div>
                <p class="links onscreen">
                    <a href=chrome.href(paths::HISTORY)>{words.text("history-title")}</a></p>
            </div>
        }
    })
}

fn means(chrome: &Chrome, comparison: &Comparison<'_>) -> AnyView {
    let words = chrome.words;
    let reader = Reader { document: comparison.document, words };
    let body = if comparison.facts.is_empty() {
        view! { <p>{words.text("compare-no-facts")}</p> }.into_any()
    } else {
        changes(reader, &comparison.facts)
    };
    view! {
        <section class="means" aria-labelledby="means"><h2 id="means">{words.text("compare-means")}</h2>{body}</section>
    }
    .into_any()
}

fn sections(chrome: &Chrome, comparison: &Comparison<'_>) -> AnyView {
    let words = chrome.words;
    let sections = &comparison.sections;
    let reader = Reader { document: comparison.document, words };
    let (same, changed): (Vec<_>, Vec<_>) =
        sections.iter().partition(|s| s.state == SectionState::Same);
    if changed.is_empty() {
        return view! { <p>{words.text("compare-same-text")}</p> }.into_any();
    }
    let views = changed
        .into_iter()
        .map(|section| {
            let mark = match section.state {
                SectionState::Added => Some("compare-section-added"),
                SectionState::Removed => Some("compare-section-removed"),
                SectionState::Changed | SectionState::Same => None,
            };
            let mark = mark.map(|id| view! { <p class="eyebrow">{words.text(id)}</p> });
            let lang = reader.foreign(&section.id);
            view! {
                <section>
                    <h3 lang=lang>{section.title.clone()}</h3>
                    {mark}
                    <div lang=lang>{prose_diff(words, &section.pieces)}</div>
                </section>
            }
        })
        .collect_view();
    let unchanged = (!same.is_empty()).then(|| {
        let titles =
            same.iter().map(|section| section.title.as_str()).collect::<Vec<_>>().join(", ");
        let said = words
            .with("compare-unchanged", &[("count", same.len().into()), ("titles", titles.into())]);
        view! { <p class="quiet unchanged">{said}</p> }
    });
    view! { <p class="quiet">{words.text("compare-legend")}</p>{views}{unchanged} }.into_any()
}
