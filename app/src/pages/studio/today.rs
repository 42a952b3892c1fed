//! Where the studio begins: what needs somebody today.

use axum::extract::State;
use axum::response::Response;
use domain::policy::check::Severity;
use domain::roles::Permission::{ReadRequests, ReadSettings};
use engine::{contact, requests, tokens, webhooks};
use jiff::ToSpan;
use leptos::prelude::*;

use super::bar::studio_page;
use super::working::{self, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::visit::Visit;

/// How many open requests are looked at, the most urgent first.
const REQUESTS: u64 = 100;
/// How many reports about children.
const REPORTS: u64 = 10;
/// How many days before it ends a token is spoken of.
const TOKEN_DAYS: i64 = 14;
/// How many days before it is due a request is spoken of.
const DUE_DAYS: i64 = 7;

/// What waits, counted.
#[derive(Debug, Clone, Copy, Default)]
struct Waiting {
    reports: usize,
    overdue: usize,
    due_soon: usize,
    tokens: usize,
    webhooks: usize,
}

/// `GET /studio`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let waiting = count(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, waiting)))
}

/// Counts what the reader may see.
async fn count(portal: &Portal, visit: &Visit) -> Result<Waiting, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let mut waiting = Waiting::default();
    if scope.permit(ReadRequests).is_ok() {
        waiting.reports = contact::reports(engine, scope, REPORTS).await?.len();
        let today = visit.today();
        let soon = today.saturating_add(DUE_DAYS.days());
        let open = requests::request_rows(engine, scope, true, None, REQUESTS).await?.rows;
        waiting.overdue = open.iter().filter(|row| row.due_on < today).count();
        waiting.due_soon = open.iter().filter(|row| (today..=soon).contains(&row.due_on)).count();
    }
    if scope.permit(ReadSettings).is_ok() {
        let soon = scope.now.plus_seconds(TOKEN_DAYS * 24 * 3600);
        let tokens = tokens::list(engine, scope).await?;
        waiting.tokens = tokens.iter().filter(|token| token.expires_at < soon).count();
        let endpoints = webhooks::list(engine, scope).await?;
        let fails = |it: &&webhooks::Endpoint| it.disabled_at.is_some() || it.misses > 0;
        waiting.webhooks = endpoints.iter().filter(fails).count();
    }
    Ok(waiting)
}

fn page(chrome: &Chrome, working: &Working, waiting: Waiting) -> String {
    let words = chrome.words;
    let title = words.text("today-title");
    studio_page(chrome, working, &title, || {
        let errors = working.count(Severity::Error);
        let draft = working.waits().then_some(if errors > 0 {
            (errors, "today-draft-errors", paths::STUDIO_CHECK, "state late")
        } else {
            (1, "today-draft", paths::STUDIO_PUBLISH, "state soon")
        });
        let open = working.count(Severity::OpenPoint);
        let things = [
            (waiting.reports, "today-reports", paths::DESK_REPORTS, "state late"),
            (waiting.overdue, "today-overdue", paths::DESK, "state late"),
            (waiting.due_soon, "today-due-soon", paths::DESK, "state soon"),
        ]
        .into_iter()
        .chain(draft)
        .chain([
            (open, "today-open-points", paths::STUDIO_CHECK, "state soon"),
            (waiting.webhooks, "today-webhooks", paths::STUDIO_WEBHOOKS, "state late"),
            (waiting.tokens, "today-tokens", paths::STUDIO_TOKENS, "state soon"),
        ])
        .filter(|(count, ..)| *count > 0)
        .map(|(count, said, path, class)| {
            let said = words.with(said, &[("count", count.into())]);
            view! { <li><span class=class></span><a href=chrome.href(path)>{said}</a></li> }
        })
        .collect::<Vec<_>>();
        let body = if things.is_empty() {
            view! { <p class="lede">{words.text("today-nothing")}</p> }.into_any()
        } else {
            view! { <ul class="entries">{things}</ul> }.into_any()
        };
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                {body}
                <p class="links"><a href=chrome.href(paths::STUDIO_POLICY)>{words.text("publish-edit")}</a></p>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn it_says_what_waits_and_where_and_that_nothing_does() {
        for language in Language::ALL {
            let chrome = chrome(language);
            let waiting = Waiting { reports: 1, overdue: 2, due_soon: 3, tokens: 1, webhooks: 1 };
            let html = page(&chrome, &working(), waiting);
            for path in ["/desk", "/desk/reports", "/studio/policy/check", "/studio/tokens"] {
                assert!(html.contains(&format!("href=\"{path}\"")), "{path}: {html}");
            }
            assert!(!html.contains("today-"), "a text is missing: {html}");
            let mut calm = working();
            calm.findings.clear();
            calm.stamp.revision = 0;
            let html = page(&chrome, &calm, Waiting::default());
            assert!(html.contains(&chrome.text("today-nothing")), "{html}");
        }
    }
}
