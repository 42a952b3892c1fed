//! One section: its title and text, in one of its languages.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::identifiers::{Language, Slug};
use domain::policy::Document;
use domain::policy::document::Section;
use domain::policy::markdown::MAX_BODY;
use domain::policy::placeholders::{FactList, names, resolve};
use domain::words::Words;
use leptos::prelude::*;
use serde::Deserialize;

use super::bar::{form_page, stale};
use super::working::{self, Saved, Working, free_name};
use crate::islands::preview::MarkdownPreview;
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Field, FormState, Kind, hidden, send, send_as};
use crate::ui::policy_view::{listed, section_prose, section_view};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// What the address says besides the section.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SectionQuery {
    /// The language to write in, if it is not the document's own.
    language: Option<String>,
}

/// `GET /studio/policy/sections/{id}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Slug>,
    Query(asked): Query<SectionQuery>,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let language = asked.language(&working.document)?;
    let known = working.document.sections.iter().any(|section| section.id == id);
    if !known {
        return Err(Trouble::NotFound);
    }
    let section = written(&working.document, &id, language);
    let form = section.map_or_else(FormState::default, |section| {
        FormState::filled([("title", section.title.as_str()), ("body", section.body.as_str())])
    });
    let editor = Editor { id: Some(id), language, form, ..Editor::default_in(language) };
    Ok(respond::html_with_islands(page(
        &visit.chrome_with_islands(portal.site.as_ref()),
        &working,
        &editor,
    )))
}

/// `POST /studio/policy/sections/{id}`.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Slug>,
    Query(asked): Query<SectionQuery>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let language = asked.language(&working.document)?;
    if !working.document.sections.iter().any(|section| section.id == id) {
        return Err(Trouble::NotFound);
    }
    answer(&portal, &visit, working, (Some(id), language), &sent).await
}

/// `GET /studio/policy/sections/new`.
pub async fn show_new(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let editor = Editor::default_in(working.document.language);
    Ok(respond::html_with_islands(page(
        &visit.chrome_with_islands(portal.site.as_ref()),
        &working,
        &editor,
    )))
}

/// `POST /studio/policy/sections/new`.
pub async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let language = working.document.language;
    answer(&portal, &visit, working, (None, language), &sent).await
}

impl SectionQuery {
    fn language(&self, document: &Document) -> Result<Language, Trouble> {
        match &self.language {
            None => Ok(document.language),
            Some(tag) => tag.parse().map_err(|_| Trouble::NotFound),
        }
    }
}

async fn answer(
    portal: &Portal,
    visit: &Visit,
    working: Working,
    (id, language): (Option<Slug>, Language),
    sent: &SentForm,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_with_islands(portal.site.as_ref());
    // What is too long is refused before it is rendered.
    let preview = sent.one("action") == "preview" && sent.one("body").len() <= MAX_BODY;
    let form = checked(chrome.words, &working.document, language, sent);
    let mut editor = Editor { id, language, form, preview, stale: false };
    if preview {
        return Ok(respond::html_with_islands(page(&chrome, &working, &editor)));
    }
    if !editor.form.is_right() {
        return Ok(respond::unprocessable_with_islands(page(&chrome, &working, &editor)));
    }
    let mut document = working.document.clone();
    let id =
        put(&mut document, editor.id.as_ref(), language, sent).ok_or(Trouble::Unprocessable)?;
    match working::save(portal, visit, &working, sent, &document).await? {
        Saved::Yes => {
            Ok(respond::redirect(&chrome.href(&format!("{}#{id}", paths::STUDIO_POLICY))))
        }
        Saved::Stale => {
            editor.stale = true;
            let working = working::load(portal, visit).await?;
            Ok(respond::unprocessable_with_islands(page(&chrome, &working, &editor)))
        }
    }
}

fn checked(words: Words, document: &Document, language: Language, sent: &SentForm) -> FormState {
    let mut form = sent.state();
    let (title, body) = (sent.one("title"), sent.lines("body"));
    // Emptying a translation removes it; the document's own language has to stay.
    let untranslated = language != document.language && title.is_empty() && body.is_empty();
    if title.is_empty() && !untranslated {
        form = form.wrong("title", words.text("section-title-missing"));
    }
    if body.len() > MAX_BODY {
        form = form.wrong("body", words.text("section-body-long"));
    }
    form
}

/// Puts what was typed into the document; answers the section's name.
fn put(
    document: &mut Document,
    id: Option<&Slug>,
    language: Language,
    sent: &SentForm,
) -> Option<Slug> {
    let title = sent.one("title").to_owned();
    let body = sent.lines("body");
    let id = match id {
        Some(id) => id.clone(),
        None => {
            let taken = |name: &Slug| document.sections.iter().any(|section| section.id == *name);
            free_name(&title, "section", &taken)?
        }
    };
    let own = language == document.language;
    let remove = !own && title.is_empty() && body.is_empty();
    let sections = if own {
        &mut document.sections
    } else {
        &mut document.translations.entry(language).or_default().sections
    };
    if remove {
        sections.retain(|section| section.id != id);
        let nothing = |t: &domain::policy::document::Translation| {
            t.title.is_empty() && t.sections.is_empty() && t.labels.is_empty()
        };
        document.translations.retain(|_, translation| !nothing(translation));
        return Some(id);
    }
    match sections.iter_mut().find(|section| section.id == id) {
        Some(section) => {
            section.title = title;
            section.body = body;
        }
        None => sections.push(Section { id: id.clone(), title, body }),
    }
    Some(id)
}

/// A section as it is written in a language, if it is.
fn written<'a>(document: &'a Document, id: &Slug, language: Language) -> Option<&'a Section> {
    let sections = if language == document.language {
        &document.sections
    } else {
        &document.translations.get(&language)?.sections
    };
    sections.iter().find(|section| section.id == *id)
}

struct Editor {
    /// None for a new section.
    id: Option<Slug>,
    language: Language,
    form: FormState,
    preview: bool,
    stale: bool,
}

impl Editor {
    fn default_in(language: Language) -> Editor {
        Editor { id: None, language, form: FormState::default(), preview: false, stale: false }
    }

    /// The address of the form, which keeps the language.
    fn path(&self, document: &Document) -> String {
        let other = (self.language != document.language).then_some(self.language);
        self.id.as_ref().map_or_else(
            || paths::STUDIO_SECTION_NEW.to_owned(),
            |id| paths::studio_section(id, other),
        )
    }
}

fn page(chrome: &Chrome, working: &Working, editor: &Editor) -> String {
    let document = &working.document;
    let own = editor.id.as_ref().and_then(|id| written(document, id, document.language));
    let title = own.map_or_else(|| chrome.text("section-new"), |section| section.title.clone());
    let words = chrome.words;
    form_page(chrome, working, (&title, &editor.form), || {
        let form = &editor.form;
        let original = own.filter(|_| editor.language != document.language).map(|section| {
            let reader = Reader { document, words: Words::new(document.language) };
            view! {
                <details class="original" open=true>
                    <summary>{words.text("section-original")}</summary>
                    <div class="prose" lang=document.language.tag()>
                        <h2>{section.title.clone()}</h2><p>{section_prose(reader, section)}</p>
                    </div>
                </details>
            }
        });
        let remove =
            editor.id.as_ref().filter(|_| editor.language == document.language).map(|id| {
                let href = chrome.href(&paths::STUDIO_SECTION_REMOVE.of(id));
                view! { <p><a href=href>{words.text("section-remove")}</a></p> }
            });
        let translated = editor.language != document.language;
        let hint =
            words.text(if translated { "section-body-translated" } else { "section-body-hint" });
        view! {
            {form.summary(words)}
            {editor.stale.then(|| stale(chrome))}
            <h1>{title.clone()}</h1>
            {languages(chrome, document, editor)}
            {original}
            <form method="post" action=chrome.href(&editor.path(document)) novalidate=true>
                {hidden("revision", working.stamp.to_string())}
                {Field::new("title", Kind::Text, words.text("section-title")).view(words, form)}
                {Field::new("body", Kind::Lines, words.text("section-body")).hint(hint).view(words, form)}
                <div class="buttons">
                    {send(words.text("studio-save"))}
                    {send_as("action", "preview", words.text("section-preview"))}
                </div>
            </form>
            {rendered(chrome, document, editor)}
            {live(chrome, document, editor)}
            {help(chrome, document)}
            {remove}
        }
    })
}

fn languages(chrome: &Chrome, document: &Document, editor: &Editor) -> Option<AnyView> {
    let id = editor.id.as_ref()?;
    let links = Language::ALL
        .into_iter()
        .map(|language| {
            let other = (language != document.language).then_some(language);
            let current = (language == editor.language).then_some("true");
            let missing = written(document, id, language).is_none().then(
                || view! { <span class="quiet">" "{chrome.text("section-untranslated")}</span> },
            );
            view! {
                <li><a href=chrome.href(&paths::studio_section(id, other)) aria-current=current>
                    <span lang=language.tag()>{language.endonym()}</span></a>{missing}</li>
            }
        })
        .collect::<Vec<_>>();
    Some(
        view! {
            <nav aria-label=chrome.text("section-languages")><ul class="tabs">{links}</ul></nav>
        }
        .into_any(),
    )
}

/// The section as readers will see it, for those who asked with the button.
fn rendered(chrome: &Chrome, document: &Document, editor: &Editor) -> Option<AnyView> {
    let id = editor.id.clone().or_else(|| "new".parse().ok())?;
    editor.preview.then(|| {
        let section = Section {
            id,
            title: editor.form.value("title").to_owned(),
            body: editor.form.value("body").replace("\r\n", "\n"),
        };
        let reader = Reader { document, words: Words::new(editor.language) };
        view! {
            <section class="preview" aria-labelledby="preview">
                <p class="preview-status" id="preview">{chrome.text("section-preview-label")}</p>
                <div class="prose" lang=editor.language.tag()>
                    <h2>{section.title.clone()}</h2>{section_view(reader, &section)}
                </div>
            </section>
        }
        .into_any()
    })
}

/// The same while it is being typed, where the browser runs the island.
fn live(chrome: &Chrome, document: &Document, editor: &Editor) -> Option<AnyView> {
    let words = chrome.words;
    let section = editor.id.as_ref().map_or_else(|| "new".to_owned(), Slug::to_string);
    let language = if editor.id.is_some() { editor.language } else { document.language };
    (chrome.script_href.is_some() && !editor.preview).then(|| {
        view! {
            <MarkdownPreview field="body".to_owned() section=section language=language.tag().to_owned()
                label=words.text("section-preview-label") updated=words.text("section-preview-updated")
                failed=words.text("section-preview-failed")/>
        }
        .into_any()
    })
}

/// The values and lists that a text can name.
fn help(chrome: &Chrome, document: &Document) -> AnyView {
    let reader = Reader { document, words: chrome.words };
    let values = names(document)
        .into_iter()
        .filter_map(|name| {
            let said = reader.say(&resolve(document, &name)?);
            Some(view! { <div><dt><code>{format!("{{{{{name}}}}}")}</code></dt><dd>{said}</dd></div> })
        })
        .collect::<Vec<_>>();
    let lists = FactList::ALL
        .iter()
        .map(|list| {
            let name = format!("{{{{{}}}}}", list.name());
            view! { <div><dt><code>{name}</code></dt><dd>{chrome.text(listed(*list))}</dd></div> }
        })
        .collect::<Vec<_>>();
    view! {
        <details class="help">
            <summary>{chrome.text("section-help")}</summary>
            <p>{chrome.text("section-help-values")}</p>
            <dl>{values}</dl>
            <p>{chrome.text("section-help-lists")}</p>
            <dl>{lists}</dl>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::super::policy::tests::{chrome, document, working};
    use super::*;

    fn sent(title: &str, body: &str) -> SentForm {
        [("revision", "2.3"), ("title", title), ("body", body)].into_iter().collect()
    }

    #[test]
    fn a_text_is_put_where_it_belongs() {
        let mut changed = document();
        let id: Slug = "call".parse().expect("a name");
        put(&mut changed, Some(&id), Language::En, &sent("New", "a\r\nb"));
        assert_eq!(
            (changed.sections[0].title.as_str(), changed.sections[0].body.as_str()),
            ("New", "a\nb")
        );

        put(&mut changed, Some(&id), Language::De, &sent("Neu", "c"));
        assert_eq!(changed.translations[&Language::De].sections[0].title, "Neu");
        assert_eq!(changed.sections[0].title, "New");
        put(&mut changed, Some(&id), Language::De, &sent("", ""));
        assert!(changed.translations.is_empty());

        let added = put(&mut changed, None, Language::En, &sent("Call", "d")).expect("a name");
        assert_eq!(added.as_str(), "call-2");
        assert_eq!(changed.sections.len(), 3);
    }

    #[test]
    fn a_malicious_text_stays_text() {
        let body = "</textarea><script>alert(1)</script>\n\n[x](javascript:alert(1)) {{<b>}}";
        for language in Language::ALL {
            let editor = Editor {
                id: "call".parse().ok(),
                form: sent("<script>", body).state(),
                preview: true,
                ..Editor::default_in(language)
            };
            let html = page(&chrome(language), &working(), &editor);
            for bad in ["<script", "href=\"javascript", "{{<b>", "Unknown localization"] {
                assert!(!html.contains(bad), "{bad}: {html}");
            }
            assert!(html.contains("class=\"preview\"") && html.contains("2.3"), "{html}");
        }
    }

    #[test]
    fn the_island_stands_beside_it_where_there_are_islands() {
        let mut chrome = chrome(Language::En);
        let editor = Editor { id: "call".parse().ok(), ..Editor::default_in(Language::En) };
        assert!(!page(&chrome, &working(), &editor).contains("leptos-island"));
        chrome.script_href = Some("/assets/islands.js".into());
        assert!(page(&chrome, &working(), &editor).contains("leptos-island"));
    }

    #[test]
    fn a_section_needs_a_title_and_an_empty_translation_none() {
        let words = Words::new(Language::En);
        let document = document();
        assert!(!checked(words, &document, Language::En, &sent("", "a")).is_right());
        assert!(checked(words, &document, Language::De, &sent("", "")).is_right());
        assert!(!checked(words, &document, Language::De, &sent("", "a")).is_right());
        let long = "a".repeat(MAX_BODY + 1);
        assert!(checked(words, &document, Language::En, &sent("a", &long)).error("body").is_some());
    }
}
