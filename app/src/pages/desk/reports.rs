//! The desk: reports that data is a child's, of which several can be let go at once
//! (L13, E22).

use std::collections::BTreeSet;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::harmless::harmless;
use domain::roles::Permission;
use domain::words::Words;
use engine::accounts::{Decided, Task};
use engine::contact::{self, Waiting};
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

use super::messages::{address, decided_by};
use super::report::person;
use crate::pages::sign_in::confirm;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::decided::Already;
use crate::ui::forms::{FormState, send};
use crate::visit::Visit;

/// How many reports a page lists; those behind them come up as these are decided.
const AT_ONCE: u64 = 100;
/// The field that chooses one.
const REPORT: &str = "report";

/// `GET /desk/reports`, with what was chosen before something came in between.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    chosen: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(chosen) = chosen.map_err(|_| Trouble::NotFound)?;
    let chosen = ids(chosen.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let form = (&FormState::default(), None);
    Ok(respond::html(shown(&portal, &visit, &chosen, form).await?))
}

/// `POST /desk/reports/release`: the chosen ones were wrong.
pub async fn release(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let chosen = ids(sent.all(REPORT).map(|id| (REPORT, id)));
    if chosen.is_empty() {
        if contact::reports(&portal.engine, &visit.scope, 1).await?.is_empty() {
            // All were decided meanwhile: there is nothing to choose.
            return Ok(respond::redirect(&visit.chrome_in_all().href(paths::DESK_REPORTS)));
        }
        let form = FormState::default().wrong(REPORT, visit.words().text("reports-choose"));
        return Ok(respond::unprocessable(shown(&portal, &visit, &chosen, (&form, None)).await?));
    }
    if sent.all(REPORT).count() as u64 > AT_ONCE {
        return Err(Trouble::Unprocessable);
    }
    let Ok(confirmed) = visit.confirmed(Task::Release) else {
        // The gate would ask as well, and lose what was chosen.
        let chosen: Vec<String> = chosen.iter().map(|id| format!("{REPORT}={id}")).collect();
        let back = format!("{}?{}", paths::DESK_REPORTS, chosen.join("&"));
        let confirm = confirm::path(Task::Release, &back);
        return Ok(respond::redirect(&visit.chrome_in_all().href(&confirm)));
    };
    let chosen: Vec<Uuid> = chosen.into_iter().collect();
    let released = contact::release(&portal.engine, &visit.scope, confirmed, &chosen).await?;
    if released < chosen.len() as u64
        && let Some(first) = decided_before(&portal, &visit, &chosen).await?
    {
        let form = (&FormState::default(), Some(Already::sent(first, String::new())));
        let page = shown(&portal, &visit, &BTreeSet::new(), form).await?;
        return Ok(respond::conflict(page));
    }
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::DESK_REPORTS)))
}

/// The first of these that somebody had decided before.
async fn decided_before(
    portal: &Portal,
    visit: &Visit,
    chosen: &[Uuid],
) -> Result<Option<Decided>, Trouble> {
    for id in chosen {
        if let Some(before) = decided_by(portal, visit, *id).await?.filter(|one| !one.now) {
            return Ok(Some(before));
        }
    }
    Ok(None)
}

/// The reports that are named, each once.
fn ids<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeSet<Uuid> {
    let named = fields.filter(|(name, _)| *name == REPORT);
    named.filter_map(|(_, id)| id.parse().ok()).collect()
}

async fn shown(
    portal: &Portal,
    visit: &Visit,
    chosen: &BTreeSet<Uuid>,
    (form, already): (&FormState, Option<Already>),
) -> Result<String, Trouble> {
    let scope = &visit.scope;
    let mut rows = contact::reports(&portal.engine, scope, AT_ONCE + 1).await?;
    let more = rows.len() as u64 > AT_ONCE;
    rows.truncate(AT_ONCE as usize);
    let rows = rows.into_iter().map(|row| (scope.date_of(row.since), row)).collect();
    let already = already.map(|already| already.view(visit.words(), &scope.zone));
    Ok(list(&visit.chrome_in_all(), rows, (more, chosen), (form, already)))
}

fn list(
    chrome: &Chrome,
    rows: Vec<(Date, Waiting)>,
    (more, chosen): (bool, &BTreeSet<Uuid>),
    (form, already): (&FormState, Option<AnyView>),
) -> String {
    let words = chrome.words;
    let title = words.text("reports-title");
    page(chrome, &form.title(words, &title), || {
        let more = more.then(|| {
            let values = [("count", AT_ONCE.into())];
            view! { <p class="quiet">{words.with("reports-more", &values)}</p> }
        });
        let reports = if rows.is_empty() {
            view! { <p class="lede">{words.text("reports-none")}</p> }.into_any()
        } else {
            let button = chrome.may(Permission::AnswerRequests).then(|| {
                view! { <p class="buttons">{send(words.text("reports-release"))}</p> }
            });
            view! {
                <form method="post" action=chrome.href(paths::DESK_REPORTS_RELEASE)>
                    {table(chrome, rows, chosen)}
                    {button}
                </form>
            }
            .into_any()
        };
        view! {
            <div class="desk">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::DESK)>{words.text("desk-title")}</a></p>
                <header><h1>{title.clone()}</h1></header>
                {already}
                <p>{words.text("reports-about")}</p>
                {reports}
                {more}
            </div>
        }
    })
}

fn table(chrome: &Chrome, rows: Vec<(Date, Waiting)>, chosen: &BTreeSet<Uuid>) -> AnyView {
    let words = chrome.words;
    let may = chrome.may(Permission::AnswerRequests);
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(index, (since, report))| {
            let about = view! { <bdi>{harmless(&about(words, &report))}</bdi> };
            // The error summary links to the first one.
            let id = if index == 0 { REPORT.to_owned() } else { format!("{REPORT}-{index}") };
            let about = if may {
                let (value, checked) = (report.id.to_string(), chosen.contains(&report.id));
                view! {
                    <label class="choice"><input id=id type="checkbox" name=REPORT value=value checked=checked/>{about}</label>
                }
                .into_any()
            } else {
                about.into_any()
            };
            let (read, sender) = match &report.message {
                Some(message) => {
                    let href = chrome.href(&paths::DESK_MESSAGE.of(message.id));
                    let link = view! { <a href=href class="mono">{message.reference.clone()}</a> };
                    (link.into_any(), address(words, message))
                }
                None => (
                    view! { <span class="quiet">{words.text("reports-no-message")}</span> }.into_any(),
                    String::new(),
                ),
            };
            let use_ = if report.standing.freezes { "reports-stopped" } else { "reports-goes-on" };
            view! {
                <tr>
                    <th scope="row">{about}</th>
                    <td data-label=words.text("reports-report")>{read}</td>
                    <td data-label=words.text("message-address")>{sender}</td>
                    <td data-label=words.text("desk-received")><time datetime=since.to_string()>{words.date_short(since)}</time></td>
                    <td data-label=words.text("reports-use")>{words.text(use_)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="facts queue">
            <caption>{words.text("reports-oldest")}</caption>
            <thead><tr>
                <th scope="col">{words.text("reports-whom")}</th>
                <th scope="col">{words.text("reports-report")}</th>
                <th scope="col">{words.text("message-address")}</th>
                <th scope="col">{words.text("desk-received")}</th>
                <th scope="col">{words.text("reports-use")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Whom a report is about.
fn about(words: Words, report: &Waiting) -> String {
    match report.standing.concerned.as_slice() {
        [] => words.text("reports-nobody"),
        [only] => person(words, only),
        several => words.with("reports-several", &[("count", several.len().into())]),
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::roles::Role;
    use engine::contact::{Concerned, Standing};
    use engine::storage::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::ui::chrome::Viewer;

    #[test]
    fn l13_reports_are_chosen_by_who_may_answer_and_only_read_by_others() {
        let one = |called: &str| Concerned {
            subject: Uuid::nil(),
            called: Some(called.into()),
            id: Some("u-1".into()),
            gone: false,
        };
        let waiting = |concerned: Vec<Concerned>| Waiting {
            id: Uuid::nil(),
            since: Timestamp(0),
            standing: Standing { open: true, delays: true, freezes: false, concerned },
            message: None,
        };
        for language in Language::ALL {
            for (role, may) in [(Role::Support, true), (Role::Admin, true), (Role::Auditor, false)]
            {
                let chrome = Chrome {
                    words: Words::new(language),
                    tenant: None,
                    path: "/desk/reports".into(),
                    languages: Language::ALL.to_vec(),
                    explicit_language: false,
                    viewer: Some(Viewer { role }),
                    css_href: String::new(),
                    script_href: None,
                };
                let chosen = BTreeSet::from([Uuid::nil()]);
                let day = date(2026, 5, 1);
                let rows = vec![
                    (day, waiting(vec![])),
                    (day, waiting(vec![one("\u{202e}<b>")])),
                    (day, waiting(vec![one("a"), one("b")])),
                ];
                let html = list(&chrome, rows, (true, &chosen), (&FormState::default(), None));
                assert_eq!(html.contains("type=\"checkbox\""), may, "{html}");
                assert_eq!(html.contains(" checked"), may, "what was chosen stays chosen");
                assert_eq!(html.contains("<button type=\"submit\" class=\"button\">"), may);
                assert!(!html.contains("Unknown localization") && !html.contains("<b>"), "{html}");
                assert!(!html.contains('\u{202e}') && html.contains("(u-1)"), "{html}");
                let none = list(&chrome, vec![], (false, &chosen), (&FormState::default(), None));
                assert!(none.contains(&chrome.words.text("reports-none")));
            }
        }
    }
}
