//! The draft as a whole: its text as a page, its facts beside it, and what the
//! check finds at the place that it concerns.

use axum::extract::State;
use axum::response::Response;
use domain::policy::check::{Finding, Place};
use domain::policy::document::Section;
use domain::roles::Permission::{EditPolicy, PublishPolicy};
use leptos::prelude::*;

use super::bar::studio_page;
use super::facts_panel::facts_panel;
use super::findings::notes;
use super::working::{self, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::button_link;
use crate::ui::policy_view::{section_prose, section_view};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// How much of a section the page shows, in words.
const START: usize = 55;

/// `GET /studio/policy`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(draft(&visit.chrome_in_all(), &working)))
}

/// The page.
pub fn draft(chrome: &Chrome, working: &Working) -> String {
    let document = &working.document;
    let title = document.title_in(chrome.words.language()).to_owned();
    studio_page(chrome, working, &chrome.text("studio-title"), || {
        let sections = document.sections_in(chrome.words.language());
        let text = sections
            .into_iter()
            .map(|section| section_start(chrome, working, section))
            .collect::<Vec<_>>();
        let empty = document
            .sections
            .is_empty()
            .then(|| view! { <p class="lede">{chrome.text("studio-no-sections")}</p> });
        let whole = at(working, |place| {
            matches!(place, Place::Document | Place::Translation { section: None, .. })
        });
        let add = chrome.may(EditPolicy).then(|| {
            view! { <p class="buttons">{button_link(chrome.href(paths::STUDIO_SECTION_NEW), chrome.text("studio-add-section"))}</p> }
        });
        let discard = (chrome.may(EditPolicy) && working.saved.is_some()).then(|| {
            view! { <p><a href=chrome.href(paths::STUDIO_DISCARD)>{chrome.text("studio-discard")}</a></p> }
        });
        let part = part(chrome).map(|id| view! { <p class="notice">{chrome.text(id)}</p> });
        view! {
            <div class="workbench">
                <article class="sheet">
                    <header>
                        <p class="eyebrow">{chrome.words.with("studio-version", &[("number", working.number.to_string().into())])}</p>
                        <h1>{title}</h1>
                        {part}
                        {notes(chrome, document, &whole)}
                    </header>
                    {empty}
                    {text}
                    {add}
                    {discard}
                </article>
                {facts_panel(chrome, working)}
            </div>
        }
    })
}

/// What is said to those who do only a part of the work.
fn part(chrome: &Chrome) -> Option<&'static str> {
    match (chrome.may(EditPolicy), chrome.may(PublishPolicy)) {
        (true, true) => None,
        (true, false) => Some("studio-part-edit"),
        (false, true) => Some("studio-part-publish"),
        (false, false) => Some("studio-part-read"),
    }
}

fn section_start(chrome: &Chrome, working: &Working, section: &Section) -> AnyView {
    let reader = Reader { document: &working.document, words: chrome.words };
    let found = at(working, |place| match place {
        Place::Section(id) | Place::Translation { section: Some(id), .. } => *id == section.id,
        _ => false,
    });
    let id = section.id.to_string();
    let lang = reader.foreign(&section.id);
    let title = section.title.clone();
    let translations = working.document.translations.keys().map(|language| {
        let href = chrome.href(&paths::studio_section(&section.id, Some(*language)));
        let of = section.title.clone();
        view! { <a href=href lang=language.tag()>{language.endonym()}<span class="unseen">" "{of}</span></a> }
    });
    // Whoever edits opens the section; whoever does not reads it here.
    let text = if chrome.may(EditPolicy) {
        let edit = chrome.href(&paths::studio_section(&section.id, None));
        let of = title.clone();
        view! {
            <p lang=lang>{beginning(&section_prose(reader, section))}</p>
            <p class="links"><a href=edit>{chrome.text("studio-edit")}<span class="unseen">" "{of}</span></a>{translations.collect::<Vec<_>>()}</p>
        }
        .into_any()
    } else {
        view! { <div class="prose" lang=lang>{section_view(reader, section)}</div> }.into_any()
    };
    view! {
        <section id=id>
            <div class="text"><h2 lang=lang>{title}</h2>{text}</div>
            {notes(chrome, &working.document, &found)}
        </section>
    }
    .into_any()
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let mut words = text.split_whitespace();
    let start: Vec<&str> = words.by_ref().take(START).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", start.join(" "))
}

fn at(working: &Working, is_here: impl Fn(&Place) -> bool) -> Vec<&Finding> {
    working.findings.iter().filter(|finding| is_here(&finding.place)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::identifiers::Language;
    use domain::policy::Document;
    use domain::policy::check::check;
    use domain::roles::Role;
    use domain::words::Words;
    use jiff::civil::date;

    use super::super::working::Stamp;
    use super::*;
    use crate::ui::chrome::{TenantLook, Viewer};

    /// A document with one fact of every kind and something to find.
    pub fn document() -> Document {
        serde_json::from_value(serde_json::json!({
            "title": "Privacy policy", "language": "en",
            "controller": { "name": "Acme", "site": "acme.example", "contacts": [
                { "id": "privacy", "label": "Privacy", "email": "privacy@acme.example" }] },
            "facts": {
                "purposes": [{ "id": "run", "label": "to run your account" }],
                "sources": [{ "id": "you", "label": "you" }],
                "categories": [
                    { "id": "call", "label": "Calls", "description": "What was said." },
                    { "id": "bill", "label": "Bills", "description": "<b>Bold</b>" }],
                "processors": [{ "id": "phone", "name": "Phone Ltd", "does": "calls", "categories": ["call"], "assumed": ["categories"] }],
                "cookies": [{ "id": "session", "name": "session", "purpose": "necessary", "description": "Signed in." }],
                "retention": [
                    { "id": "call", "categories": ["call"], "period": "90 days", "starts": "record", "wording": "after the call", "assumed": ["period"] }],
                "holds": [{ "id": "tax", "categories": ["bill"], "ground": "tax law" }],
                "rights": [{ "id": "a", "right": "access", "regime": "gdpr", "description": "Ask.", "days": 60 }],
                "commitments": [{ "id": "never", "text": "Never sold.", "kept-by": "shown" }],
                "automated-decisions": [{ "id": "score", "label": "Scoring", "logic": "None." }],
                "sale": { "sold": false, "shared": false },
                "children": { "minimum-age": 18, "on-report": "Deleted." },
                "changes": { "by-mail": true, "acceptance": false }
            },
            "sections": [
                { "id": "call", "title": "Calls <i>", "body": "Kept {{retention.call.period}}.\n\n{{retention}}" },
                { "id": "empty", "title": "Empty", "body": "" }]
        }))
        .expect("a document")
    }

    pub fn working() -> Working {
        let document = document();
        Working {
            findings: check(&document),
            document,
            stamp: Stamp { number: 2, revision: 3, saved: 1 },
            number: 2,
            saved: Some(date(2026, 5, 19).at(10, 42, 0, 0)),
            saved_at: None,
            today: date(2026, 5, 19),
            in_force: None,
        }
    }

    pub fn chrome(language: Language) -> Chrome {
        Chrome {
            words: Words::new(language),
            tenant: Some(TenantLook {
                name: "Acme".into(),
                tagline: None,
                theme_href: None,
                suspended: false,
            }),
            path: "/studio/policy".into(),
            languages: Language::ALL.to_vec(),
            explicit_language: false,
            viewer: Some(Viewer { role: Role::Admin }),
            css_href: "/assets/candor.css".into(),
            script_href: None,
        }
    }

    #[test]
    fn the_draft_shows_its_findings_at_their_place() {
        for language in Language::ALL {
            let html = draft(&chrome(language), &working());
            assert!(!html.contains("Unknown localization"), "{html}");
            assert!(html.contains("10:42"), "{html}");
            assert!(html.contains("Calls &lt;i&gt;") && !html.contains("<i>"), "{html}");
            assert!(html.contains("href=\"/studio/policy/sections/call\""), "{html}");
            assert!(html.contains("href=\"/studio/policy/retention/call\""), "{html}");
            let fact = html.split("id=\"fact-right-a\"").nth(1).expect("the right");
            let fact = fact.split("id=\"fact-").next().expect("its end");
            assert!(fact.contains("class=\"state late\""), "{fact}");
        }
    }

    #[test]
    fn each_role_sees_its_part_of_the_work() {
        let shown = |role| {
            let mut chrome = chrome(Language::En);
            chrome.viewer = Some(Viewer { role });
            let html = draft(&chrome, &working());
            let publishes = html.contains("href=\"/studio/policy/publish\"");
            let edits =
                ["sections/call", "sections/new", "processors/new", "retention/call", "contacts"]
                    .map(|path| html.contains(&format!("href=\"/studio/policy/{path}\"")));
            assert!(edits == [edits[0]; 5], "{role:?}: {html}");
            (edits[0], publishes, html.contains("class=\"notice\""))
        };
        assert_eq!(shown(Role::Admin), (true, true, false));
        assert_eq!(shown(Role::Editor), (true, false, true));
        assert_eq!(shown(Role::Approver), (false, true, true));
        assert_eq!(shown(Role::Auditor), (false, false, true));
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(beginning("a b\n\nc"), "a b c");
        assert!(beginning(&"word ".repeat(80)).ends_with("word …"));
    }
}
