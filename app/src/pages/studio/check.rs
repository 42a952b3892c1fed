//! Everything that the check found in the draft, with the way to mend it.

use axum::extract::State;
use axum::response::Response;
use domain::policy::check::{Finding, Severity};
use leptos::prelude::*;

use super::bar::studio_page;
use super::findings::{finding_text, mend, place_text, state};
use super::working::{self, Working};
use crate::pages::errors::Trouble;
use crate::portal::Portal;
use crate::respond;
use crate::ui::chrome::Chrome;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// `GET /studio/policy/check`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working)))
}

fn page(chrome: &Chrome, working: &Working) -> String {
    let title = chrome.text("check-title");
    studio_page(chrome, working, &title, || {
        let groups = [Severity::Error, Severity::OpenPoint, Severity::Warning]
            .into_iter()
            .filter_map(|severity| group(chrome, working, severity))
            .collect::<Vec<_>>();
        let none = working
            .findings
            .is_empty()
            .then(|| view! { <p class="lede">{chrome.text("check-nothing")}</p> });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                {none}
                {groups}
            </div>
        }
    })
}

fn group(chrome: &Chrome, working: &Working, severity: Severity) -> Option<AnyView> {
    let found: Vec<&Finding> =
        working.findings.iter().filter(|finding| finding.severity == severity).collect();
    let (title, about) = match severity {
        Severity::Error => ("check-errors", "check-errors-about"),
        Severity::OpenPoint => ("check-open-points", "check-open-points-about"),
        Severity::Warning => ("check-warnings", "check-warnings-about"),
    };
    (!found.is_empty()).then(|| {
        let title = chrome.words.with(title, &[("count", found.len().into())]);
        view! {
            <section class="found">
                <h2><span class=state(severity)></span>{title}</h2>
                <p class="quiet">{chrome.text(about)}</p>
                {list(chrome, working, &found)}
            </section>
        }
        .into_any()
    })
}

/// Findings, each with a link to its place.
pub fn list(chrome: &Chrome, working: &Working, findings: &[&Finding]) -> AnyView {
    let reader = Reader { document: &working.document, words: chrome.words };
    let entries = findings
        .iter()
        .map(|finding| {
            let href = chrome.href(&mend(&finding.place));
            view! {
                <li>
                    <a href=href>{place_text(reader, &finding.place)}</a>
                    <p>{finding_text(reader, finding)}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ul class="entries">{entries}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn everything_that_was_found_is_listed_with_a_link() {
        let working = working();
        assert!(working.count(Severity::Error) > 0 && working.count(Severity::OpenPoint) > 0);
        for language in Language::ALL {
            let html = page(&chrome(language), &working);
            let main = html.split("class=\"column\"").nth(1).expect("the page");
            assert_eq!(main.matches("<li>").count(), working.findings.len() + 4, "{html}");
            assert!(!html.contains("Unknown localization") && !html.contains("<i>"), "{html}");
        }
    }
}
