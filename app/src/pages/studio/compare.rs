//! The draft against what is published: first what it means, then the words.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Language;
use domain::policy::Document;
use domain::policy::diff::{
    FactChange, PlainSection, SectionChange, SectionState, fact_changes, prose_changes,
};
use domain::words::Words;
use leptos::prelude::*;

use super::bar::studio_page;
use super::working::{self, Working};
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::fact_change::changes;
use crate::ui::policy_view::section_prose;
use crate::ui::prose_diff::prose_diff;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// How long comparing the texts of one language may take.
const AT_MOST: Duration = Duration::from_millis(200);

/// `GET /studio/policy/compare`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working)))
}

/// The facts that the draft changes; none while nothing is published.
pub fn facts(working: &Working) -> Vec<FactChange> {
    working
        .in_force
        .as_ref()
        .map(|version| fact_changes(&version.document, &working.document))
        .unwrap_or_default()
}

/// Those facts as sentences.
pub fn sentences(chrome: &Chrome, working: &Working, facts: &[FactChange]) -> AnyView {
    let reader = Reader { document: &working.document, words: chrome.words };
    if facts.is_empty() {
        return view! { <p>{chrome.text("compare-no-facts")}</p> }.into_any();
    }
    changes(reader, facts)
}

/// The sections whose text the draft changes, by language.
pub fn texts(working: &Working) -> Vec<(Language, Vec<SectionChange>)> {
    let Some(version) = &working.in_force else {
        return Vec::new();
    };
    working
        .document
        .languages()
        .into_iter()
        .map(|language| {
            let (old, new) =
                (plain(&version.document, language), plain(&working.document, language));
            let changed = prose_changes(&old, &new, AT_MOST)
                .into_iter()
                .filter(|section| section.state != SectionState::Same);
            (language, changed.collect::<Vec<_>>())
        })
        .filter(|(_, changed)| !changed.is_empty())
        .collect()
}

fn plain(document: &Document, language: Language) -> Vec<PlainSection> {
    let reader = Reader { document, words: Words::new(language) };
    document
        .sections_in(language)
        .into_iter()
        .map(|section| (section.id.clone(), section.title.clone(), section_prose(reader, section)))
        .collect()
}

fn page(chrome: &Chrome, working: &Working) -> String {
    let words = chrome.words;
    let title = words.text("draft-compare-title");
    studio_page(chrome, working, &title, || {
        let body = match &working.in_force {
            None => view! { <p class="lede">{words.text("draft-compare-first")}</p> }.into_any(),
            Some(version) => {
                let between = words.with(
                    "draft-compare-between",
                    &[("number", version.number.to_string().into())],
                );
                view! {
                    <p class="eyebrow">{between}</p>
                    <section class="means" aria-labelledby="means">
                        <h2 id="means">{words.text("publish-means")}</h2>
                        {sentences(chrome, working, &facts(working))}
                    </section>
                    <h2>{words.text("compare-words")}</h2>
                    <div class="prose">{prose(chrome, &texts(working))}</div>
                }
                .into_any()
            }
        };
        view! { <div class="column compare"><h1>{title.clone()}</h1>{body}</div> }
    })
}

fn prose(chrome: &Chrome, texts: &[(Language, Vec<SectionChange>)]) -> AnyView {
    let words = chrome.words;
    if texts.is_empty() {
        return view! { <p>{words.text("compare-same-text")}</p> }.into_any();
    }
    let sections = texts
        .iter()
        .flat_map(|(language, sections)| sections.iter().map(move |section| (*language, section)))
        .map(|(language, section)| {
            let mark = match section.state {
                SectionState::Added => Some(words.text("compare-section-added")),
                SectionState::Removed => Some(words.text("compare-section-removed")),
                SectionState::Changed | SectionState::Same => None,
            };
            let language_name = (texts.len() > 1).then(|| language.endonym().to_owned());
            let mark: Vec<String> = language_name.into_iter().chain(mark).collect();
            let mark =
                (!mark.is_empty()).then(|| view! { <p class="eyebrow">{mark.join(" · ")}</p> });
            view! {
                <section lang=language.tag()>
                    <h3>{section.title.clone()}</h3>{mark}{prose_diff(words, &section.pieces)}
                </section>
            }
        })
        .collect::<Vec<_>>();
    view! { <p class="quiet">{words.text("compare-legend")}</p>{sections} }.into_any()
}

#[cfg(test)]
pub(crate) mod tests {
    use engine::policies::{State as Stands, Version};
    use engine::storage::Timestamp;

    use super::super::policy::tests::{chrome, document, working};
    use super::*;

    /// A draft that differs from what is published.
    pub fn changed() -> Working {
        let mut working = working();
        working.in_force = Some(std::sync::Arc::new(Version {
            number: 1,
            state: Stands::Published,
            document: document(),
            parsed: Default::default(),
            content_hash: Vec::new(),
            revision: 1,
            saved_at: Timestamp(0),
            published_at: Some(Timestamp(0)),
        }));
        working.document.facts.retention[0].assumed.clear();
        working.document.sections[0].body = "Kept <b> {{retention.call.period}}.".to_owned();
        working
    }

    #[test]
    fn a_draft_is_told_as_people_read_it() {
        for language in Language::ALL {
            let html = page(&chrome(language), &changed());
            assert!(html.contains("<ins>") && html.contains("<del>"), "{html}");
            assert!(html.contains("class=\"changes\"") && html.contains("90"), "{html}");
            assert!(!html.contains("<b>") && !html.contains("Unknown localization"), "{html}");
            assert!(!page(&chrome(language), &working()).contains("class=\"means\""));
        }
    }
}
