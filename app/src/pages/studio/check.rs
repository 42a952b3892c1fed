//! Everything that the check found in the draft, with the way to mend it.

use axum::extract::State;
use axum::response::Response;
use domain::policy::check::{Finding, Place, Severity};
use domain::roles::Permission;
use leptos::prelude::*;

use super::bar::studio_page;
use super::findings::{entry_texts, look, mend, place_text, same_entry, state};
use super::working::{self, Working};
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
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

/// Findings by what they concern, each with a link to its place.
pub fn list(chrome: &Chrome, working: &Working, findings: &[&Finding]) -> AnyView {
    let reader = Reader { document: &working.document, words: chrome.words };
    let may_mend = chrome.may(Permission::EditPolicy);
    let entries = by_entry(findings)
        .into_iter()
        .map(|(place, found)| {
            let href = chrome.href(&if may_mend { mend(place) } else { look(place) });
            let texts = entry_texts(reader, &found)
                .into_iter()
                .map(|text| view! { <p>{text}</p> })
                .collect::<Vec<_>>();
            view! { <li><a href=href>{place_text(reader, place)}</a>{texts}</li> }
        })
        .collect::<Vec<_>>();
    view! { <ul class="entries">{entries}</ul> }.into_any()
}

/// The findings of each entry together, where the first of them stood.
fn by_entry<'a>(findings: &[&'a Finding]) -> Vec<(&'a Place, Vec<&'a Finding>)> {
    let mut groups: Vec<(&Place, Vec<&Finding>)> = Vec::new();
    for &finding in findings {
        match groups.iter_mut().find(|(place, _)| same_entry(place, &finding.place)) {
            Some((_, group)) => group.push(finding),
            None => groups.push((&finding.place, vec![finding])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use domain::roles::Role;

    use super::super::policy::tests::{chrome, working};
    use super::*;
    use crate::ui::chrome::Viewer;

    #[test]
    fn everything_that_was_found_is_listed_with_a_link() {
        let working = working();
        assert!(working.count(Severity::Error) > 0 && working.count(Severity::OpenPoint) > 0);
        for language in Language::ALL {
            let html = page(&chrome(language), &working);
            for finding in &working.findings {
                let href = mend(&finding.place);
                assert!(html.contains(&format!("href=\"{href}\"")), "{href}: {html}");
            }
            assert!(!html.contains("Unknown localization") && !html.contains("<i>"), "{html}");
        }
    }

    #[test]
    fn what_is_found_in_one_entry_stands_together() {
        let working = working();
        let all: Vec<&Finding> = working.findings.iter().collect();
        let groups = by_entry(&all);
        let found: usize = groups.iter().map(|(_, group)| group.len()).sum();
        assert_eq!(found, working.findings.len());
        for (place, group) in &groups {
            assert!(group.iter().all(|one| same_entry(&one.place, place)));
            assert_eq!(groups.iter().filter(|(other, _)| same_entry(other, place)).count(), 1);
        }
    }

    #[test]
    fn who_may_not_edit_is_sent_to_look() {
        let mut chrome = chrome(Language::En);
        chrome.viewer = Some(Viewer { role: Role::Auditor });
        let html = page(&chrome, &working());
        assert!(html.contains("href=\"/studio/policy#fact-"), "{html}");
        assert!(!html.contains("href=\"/studio/policy/retention/"), "{html}");
    }
}
