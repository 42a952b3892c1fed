//! The policy: contents, prose, facts and what surrounds them.

use super::published::Published;
use crate::part::Path;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;
use axum::extract::State;
use axum::response::Response;
use domain::policy::Document;
use domain::policy::parsed::Parsed;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::paths;
use crate::ui::chrome::{Chrome, page};
use crate::ui::policy_view::prose_view;
use crate::ui::reader::Reader;

/// One version of a policy, to be read in the language of the page.
#[derive(Debug, Clone, Copy)]
pub struct PolicyPage<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its prose.
    pub parsed: &'a Parsed,
    /// The version's number.
    pub number: u32,
    /// When it was published.
    pub published: Date,
    /// The version before it.
    pub previous: Option<u32>,
    /// Whether it is in force.
    pub current: bool,
}

impl<'a> From<&'a Published> for PolicyPage<'a> {
    fn from(published: &'a Published) -> PolicyPage<'a> {
        PolicyPage {
            document: published.document(),
            parsed: &published.version.parsed,
            number: published.number(),
            published: published.on,
            previous: published.previous,
            current: published.current,
        }
    }
}

/// `GET /policy`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    Ok(respond::html(policy(&visit.chrome_in_all(), &PolicyPage::from(&published))))
}

/// `GET /policy/versions/{number}`
pub async fn version(
    State(portal): State<Portal>,
    Path(number): Path<String>,
    visit: Visit,
) -> Result<Response, Trouble> {
    let published = Published::numbered(&portal, &visit, &number).await?;
    Ok(respond::html(policy(&visit.chrome_in_all(), &PolicyPage::from(&published))))
}

/// The page.
pub fn policy(chrome: &Chrome, policy: &PolicyPage<'_>) -> String {
    let words = chrome.words;
    let title = policy.document.title_in(words.language());
    page(chrome, title, || {
        let reader = Reader { document: policy.document, words };
        let sections = policy.document.sections_in(words.language());
        let contents = sections
            .iter()
            .map(|section| {
                let lang = reader.foreign(&section.id);
                view! { <li lang=lang><a href=format!("#{}", section.id)>{section.title.clone()}</a></li> }
            })
            .collect_view();
        let prose = sections
            .iter()
            .zip(policy.parsed.of(policy.document, words.language()))
            .map(|(section, blocks)| {
                let id = section.id.to_string();
                let lang = reader.foreign(&section.id);
                view! { <section id=id lang=lang><h2>{section.title.clone()}</h2>{prose_view(reader, blocks)}</section> }
            })
            .collect_view();
        let untranslated = sections
            .iter()
            .any(|section| reader.foreign(&section.id).is_some())
            .then(|| view! { <p class="notice">{words.text("policy-untranslated")}</p> });
        view! {
            <article class="policy">
                <header>
                    <h1>{title.to_owned()}</h1>
                    {imprint(chrome, policy)}
                    {older(chrome, policy)}
                    {untranslated}
                </header>
                <nav class="contents" aria-labelledby="contents">
                    <h2 id="contents">{words.text("policy-contents")}</h2>
                    <ol class="links">{contents}</ol>
                </nav>
                <div class="prose">{prose}</div>
            </article>
        }
    })
}

fn imprint(chrome: &Chrome, policy: &PolicyPage<'_>) -> AnyView {
    let words = chrome.words;
    let updated = words.with("policy-updated", &[("date", words.date(policy.published).into())]);
    // A version's number is a name, not an amount.
    let version = words.with("policy-version", &[("number", policy.number.to_string().into())]);
    let compare = policy.previous.map(|previous| {
        let href = chrome.href(&paths::compare(previous, policy.number));
        view! { <a class="onscreen" href=href>{words.text("policy-compare")}</a> }
    });
    let plain = policy.current.then(|| {
        let href = chrome.href(paths::POLICY_TEXT);
        view! { <a class="onscreen" href=href>{words.text("policy-plain")}</a> }
    });
    view! {
        <p class="imprint">
            <time datetime=policy.published.to_string()>{updated}</time>
            <a href=chrome.href(paths::HISTORY)>{version}</a>
            {compare}
            {plain}
        </p>
    }
    .into_any()
}

fn older(chrome: &Chrome, policy: &PolicyPage<'_>) -> Option<AnyView> {
    (!policy.current).then(|| {
        let said = chrome.words.with("policy-older", &[("number", policy.number.to_string().into())]);
        view! {
            <p class="notice">{said}" "<a href=chrome.href(paths::POLICY)>{chrome.text("policy-read-current")}</a></p>
        }
        .into_any()
    })
}
