//! Removing a section or a recipient, after a look at what goes with it.

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Slug;
use domain::policy::Document;
use leptos::prelude::*;

use super::bar::{form_page, stale};
use super::working::{self, Saved, Working};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{FormState, button_link, hidden, send};
use crate::visit::Visit;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Section,
    Processor,
}

/// `GET /studio/policy/sections/{id}/remove`.
pub async fn ask_section(
    portal: State<Portal>,
    visit: Visit,
    id: Path<Slug>,
) -> Result<Response, Trouble> {
    ask(portal, visit, Kind::Section, id).await
}

/// `POST /studio/policy/sections/{id}/remove`.
pub async fn section(
    portal: State<Portal>,
    visit: Visit,
    id: Path<Slug>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    remove(portal, visit, (Kind::Section, id), sent).await
}

/// `GET /studio/policy/processors/{id}/remove`.
pub async fn ask_processor(
    portal: State<Portal>,
    visit: Visit,
    id: Path<Slug>,
) -> Result<Response, Trouble> {
    ask(portal, visit, Kind::Processor, id).await
}

/// `POST /studio/policy/processors/{id}/remove`.
pub async fn processor(
    portal: State<Portal>,
    visit: Visit,
    id: Path<Slug>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    remove(portal, visit, (Kind::Processor, id), sent).await
}

async fn ask(
    State(portal): State<Portal>,
    visit: Visit,
    kind: Kind,
    Path(id): Path<Slug>,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, (kind, &id), false)?))
}

async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    (kind, Path(id)): (Kind, Path<Slug>),
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let chrome = visit.chrome_in_all();
    let mut document = working.document.clone();
    take_out(&mut document, kind, &id);
    match working::save(&portal, &visit, &working, &sent, &document).await? {
        Saved::Yes => Ok(respond::redirect(&chrome.href(paths::STUDIO_POLICY))),
        Saved::Stale => {
            let working = working::load(&portal, &visit).await?;
            Ok(respond::unprocessable(page(&chrome, &working, (kind, &id), true)?))
        }
    }
}

/// Takes it out of the document, in every language.
fn take_out(document: &mut Document, kind: Kind, id: &Slug) {
    match kind {
        Kind::Section => {
            document.sections.retain(|section| section.id != *id);
            for translation in document.translations.values_mut() {
                translation.sections.retain(|section| section.id != *id);
            }
        }
        Kind::Processor => {
            document.facts.processors.retain(|processor| processor.id != *id);
            let labels = format!("processor.{id}.");
            for translation in document.translations.values_mut() {
                translation.labels.retain(|path, _| !path.starts_with(&labels));
            }
        }
    }
}

fn page(
    chrome: &Chrome,
    working: &Working,
    (kind, id): (Kind, &Slug),
    is_stale: bool,
) -> Result<String, Trouble> {
    let document = &working.document;
    let (name, back, path) = match kind {
        Kind::Section => (
            document.sections.iter().find(|it| it.id == *id).map(|it| it.title.clone()),
            paths::studio_section(id, None),
            paths::STUDIO_SECTION_REMOVE.of(id),
        ),
        Kind::Processor => (
            document.facts.processors.iter().find(|it| it.id == *id).map(|it| it.name.clone()),
            paths::STUDIO_PROCESSOR.of(id),
            paths::STUDIO_PROCESSOR_REMOVE.of(id),
        ),
    };
    let name = name.ok_or(Trouble::NotFound)?;
    let words = chrome.words;
    let (title, about, button) = match kind {
        Kind::Section => ("remove-section-title", "remove-section-about", "section-remove"),
        Kind::Processor => ("remove-processor-title", "remove-processor-about", "processor-remove"),
    };
    let title = words.with(title, &[("name", name.into())]);
    Ok(form_page(chrome, working, (&title, &FormState::default()), || {
        view! {
            {is_stale.then(|| stale(chrome))}
            <h1>{title.clone()}</h1>
            <p class="lede">{words.text(about)}</p>
            <form method="post" action=chrome.href(&path)>
                {hidden("revision", working.stamp.to_string())}
                <div class="buttons">
                    {send(words.text(button))}
                    {button_link(chrome.href(&back), words.text("studio-keep"))}
                </div>
            </form>
        }
    }))
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::document::Translation;

    use super::super::policy::tests::{chrome, document, working};
    use super::*;

    #[test]
    fn it_goes_in_every_language() {
        let mut document = document();
        let german = Translation {
            sections: document.sections.clone(),
            labels: [("processor.phone.does".to_owned(), "Anrufe".to_owned())].into(),
            ..Translation::default()
        };
        document.translations.insert(Language::De, german);
        take_out(&mut document, Kind::Section, &"call".parse().expect("a name"));
        take_out(&mut document, Kind::Processor, &"phone".parse().expect("a name"));
        assert_eq!((document.sections.len(), document.facts.processors.len()), (1, 0));
        let german = &document.translations[&Language::De];
        assert_eq!((german.sections.len(), german.labels.len()), (1, 0));
    }

    #[test]
    fn it_asks_before() {
        for language in Language::ALL {
            let id: Slug = "call".parse().expect("a name");
            let html =
                page(&chrome(language), &working(), (Kind::Section, &id), true).expect("a page");
            assert!(
                html.contains("method=\"post\"") && !html.contains("Unknown localization"),
                "{html}"
            );
            assert!(page(&chrome(language), &working(), (Kind::Processor, &id), false).is_err());
        }
    }
}
