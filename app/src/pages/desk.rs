//! The desk: open requests, the urgent ones first, and one of them in detail.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::deadlines::{Basis, deadlines};
use domain::policy::facts::RightPromise;
use domain::requests::{Right, State as Stands};
use domain::roles::Permission;
use domain::words::Words;
use engine::contact::{self, Waiting};
use engine::corrections::{Proposal, proposal_of};
use engine::policies::in_force;
use engine::requests::{Row, request, request_rows, steps_of};
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::desk_correction::proposed;
use super::desk_messages::above_queue;
use super::errors::Trouble;
use crate::portal::Portal;
use crate::respond;
use crate::ui::chrome::{Chrome, page};
use crate::ui::deadline_bar::{Axis, Urgency, days_left_in_words, deadline_bar};
use crate::ui::facts::rights::named;
use crate::ui::forms::FormState;
use crate::ui::paths;
use crate::visit::Visit;

/// How many open requests a page lists.
const OPEN: u64 = 50;

/// How many reports about children are looked for above it.
const REPORTS: u64 = 10;

/// How many closed ones stand below.
const CLOSED: usize = 10;

/// Which page of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Paging {
    /// The last row of the page before, as `DATE_UUID`.
    after: Option<String>,
}

/// `GET /desk`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Query(paging): Query<Paging>,
) -> Result<Response, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let after = match paging.after.as_deref() {
        None => None,
        Some(mark) => Some(read_mark(mark).ok_or(Trouble::NotFound)?),
    };
    // One more than is shown tells whether there is a next page.
    let mut open = request_rows(engine, scope, true, after, OPEN + 1).await?;
    let more = open.len() as u64 > OPEN;
    open.truncate(OPEN as usize);
    let next = open.last().filter(|_| more).map(|row| mark(row.due_on, row.id));
    // Closed requests are listed by their due date too; what was due long ago
    // was not closed lately.
    let recent = (visit.today().saturating_sub(31.days()), Uuid::nil());
    let mut closed = request_rows(engine, scope, false, Some(recent), OPEN).await?;
    closed.sort_by_key(|row| std::cmp::Reverse(row.closed_at));
    closed.truncate(CLOSED);
    let desk = Desk {
        today: visit.today(),
        open: open.iter().map(|row| Line::of(&visit, row)).collect(),
        closed: closed.iter().map(|row| Line::of(&visit, row)).collect(),
        next,
        first: after.is_none(),
        waiting: contact::reports(engine, scope, REPORTS).await?,
    };
    Ok(respond::html(queue(&visit.chrome_in_all(), &desk)))
}

/// `GET /desk/requests/{id}`.
pub async fn show_request(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    Ok(respond::html(request_page(&portal, &visit, id, &FormState::default()).await?))
}

/// The page of a request, with the form on it as it was filled in.
pub async fn request_page(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    form: &FormState,
) -> Result<String, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    scope.permit(Permission::ReadRequests)?;
    let found = request(engine, scope, id).await?.ok_or(Trouble::NotFound)?;
    // The desk's list knows the person; the row right behind the one before it
    // is this one.
    let before = (found.due_on, Uuid::from_u128(found.id.as_u128().saturating_sub(1)));
    let listed = request_rows(engine, scope, found.closed_at.is_none(), Some(before), 1).await?;
    let row = listed.into_iter().find(|row| row.id == id).unwrap_or(found);
    let steps: Vec<(Stands, Date)> = steps_of(engine, scope, id)
        .await?
        .into_iter()
        .map(|(state, at)| (state, scope.date_of(at)))
        .collect();
    let promises = in_force(engine, scope)
        .await?
        .map(|version| version.document.facts.rights.clone())
        .unwrap_or_default();
    let proposal = proposal_of(engine, scope, id).await?;
    let proposal = proposal.as_ref().map(|proposal| (proposal, form));
    let line = Line::of(visit, &row);
    let why = why(visit.words(), &line, &steps, &promises);
    let told = (contact::of_request(engine, scope, id).await?, why);
    Ok(one(&visit.chrome_in_all(), &line, &steps, told, (proposal, visit.today())))
}

/// A request with its dates on the tenant's calendar.
#[derive(Debug, Clone)]
struct Line {
    row: Row,
    received: Date,
    closed: Option<Date>,
}

impl Line {
    fn of(visit: &Visit, row: &Row) -> Line {
        Line {
            received: visit.scope.date_of(row.received_at),
            closed: row.closed_at.map(|at| visit.scope.date_of(at)),
            row: row.clone(),
        }
    }
}

struct Desk {
    today: Date,
    open: Vec<Line>,
    closed: Vec<Line>,
    next: Option<String>,
    first: bool,
    waiting: Vec<Waiting>,
}

fn mark(due: Date, id: Uuid) -> String {
    format!("{due}_{id}")
}

fn read_mark(mark: &str) -> Option<(Date, Uuid)> {
    let (due, id) = mark.split_once('_')?;
    Some((due.parse().ok()?, id.parse().ok()?))
}

fn queue(chrome: &Chrome, desk: &Desk) -> String {
    let words = chrome.words;
    let title = words.text("desk-title");
    page(chrome, &title, || {
        let late = desk.open.iter().filter(|line| line.row.due_on < desk.today).count();
        let counted = (late > 0).then(|| {
            view! { <p><span class="state late">{words.with("desk-late", &[("count", late.into())])}</span></p> }
        });
        let open = if desk.open.is_empty() {
            view! { <p class="lede">{words.text("desk-empty")}</p> }.into_any()
        } else {
            open_table(chrome, desk)
        };
        let next = desk.next.as_ref().map(|after| {
            let href = chrome.href(&format!("{}?after={after}", paths::DESK));
            view! { <a href=href rel="next">{words.text("desk-next")}</a> }
        });
        let first = (!desk.first)
            .then(|| view! { <a href=chrome.href(paths::DESK)>{words.text("desk-first")}</a> });
        view! {
            <div class="desk">
                <header><h1>{title.clone()}</h1>{counted}</header>
                {above_queue(chrome, &desk.waiting)}
                {open}
                <p class="links">{first}{next}</p>
                <p class="notice">{words.text("desk-read-only")}</p>
                {closed_table(chrome, desk)}
            </div>
        }
    })
}

fn open_table(chrome: &Chrome, desk: &Desk) -> AnyView {
    let words = chrome.words;
    let axis = Axis::of(desk.today, desk.open.iter().map(|line| (line.received, line.row.due_on)));
    let rows = desk
        .open
        .iter()
        .map(|line| {
            let row = &line.row;
            let urgency = Urgency::of(desk.today, row.due_on);
            let state = match urgency {
                Urgency::Late => Some(("state late", "overdue")),
                Urgency::Soon => Some(("state soon", "due-soon")),
                Urgency::Calm => None,
            };
            let state = state.map(|(class, text)| view! { <span class=class>{words.text(text)}</span> });
            view! {
                <tr>
                    <th scope="row">{link(chrome, line)}<span class="under mono">{row.reference.clone()}</span></th>
                    <td data-label=words.text("desk-right")>{words.text(named(row.right))}</td>
                    <td data-label=words.text("desk-received")>{date(words, line.received)}</td>
                    <td data-label=words.text("desk-due")><span class="due">{date(words, row.due_on)}" "{state}</span></td>
                    <td data-label=words.text("desk-next-mover")>{mover(words, row)}</td>
                    <td class="bar" data-label=words.text("desk-time")>{deadline_bar(words, axis, line.received, row.due_on, desk.today)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let span = words.with(
        "desk-axis",
        &[
            ("from", words.date_short(axis.from).into()),
            ("until", words.date_short(axis.until).into()),
        ],
    );
    view! {
        <table class="facts queue">
            <caption>{words.text("desk-open")}</caption>
            <thead><tr>
                <th scope="col">{words.text("desk-person")}</th>
                <th scope="col">{words.text("desk-right")}</th>
                <th scope="col">{words.text("desk-received")}</th>
                <th scope="col">{words.text("desk-due")}</th>
                <th scope="col">{words.text("desk-next-mover")}</th>
                <th scope="col" class="bar">{span}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn closed_table(chrome: &Chrome, desk: &Desk) -> Option<AnyView> {
    let words = chrome.words;
    (!desk.closed.is_empty()).then(|| {
        let rows = desk
            .closed
            .iter()
            .map(|line| {
                let closed = line.closed.map(|day| date(words, day));
                view! {
                    <tr>
                        <th scope="row">{link(chrome, line)}<span class="under mono">{line.row.reference.clone()}</span></th>
                        <td data-label=words.text("desk-right")>{words.text(named(line.row.right))}</td>
                        <td data-label=words.text("desk-outcome")>{words.text(state_name(line.row.state))}</td>
                        <td data-label=words.text("desk-closed-on")>{closed}</td>
                    </tr>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <section aria-labelledby="closed">
                <h2 id="closed">{words.text("desk-closed")}</h2>
                <table class="facts queue">
                    <thead><tr>
                        <th scope="col">{words.text("desk-person")}</th>
                        <th scope="col">{words.text("desk-right")}</th>
                        <th scope="col">{words.text("desk-outcome")}</th>
                        <th scope="col">{words.text("desk-closed-on")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any()
    })
}

fn link(chrome: &Chrome, line: &Line) -> AnyView {
    let href = chrome.href(&format!("{}/requests/{}", paths::DESK, line.row.id));
    view! { <a href=href>{person(chrome.words, &line.row)}</a> }.into_any()
}

fn person(words: Words, row: &Row) -> String {
    row.person.clone().unwrap_or_else(|| words.text("desk-nobody"))
}

fn date(words: Words, day: Date) -> AnyView {
    view! { <time datetime=day.to_string()>{words.date_short(day)}</time> }.into_any()
}

/// Who has to move next. What a machine can do it does by itself.
fn mover(words: Words, row: &Row) -> String {
    words.text(match (row.state, row.right) {
        (Stands::WaitingForPerson | Stands::Verifying, _) => "desk-moves-person",
        (Stands::InProgress, Right::Access | Right::Erasure) => "desk-moves-portal",
        (state, _) if state.is_closed() => "desk-moves-nobody",
        _ => "desk-moves-team",
    })
}

fn state_name(state: Stands) -> &'static str {
    match state {
        Stands::Received => "desk-state-received",
        Stands::Verifying => "desk-state-verifying",
        Stands::InProgress => "desk-state-in-progress",
        Stands::WaitingForPerson => "desk-state-waiting-for-person",
        Stands::Fulfilled => "desk-state-fulfilled",
        Stands::PartlyFulfilled => "desk-state-partly-fulfilled",
        Stands::Refused => "desk-state-refused",
        Stands::Withdrawn => "desk-state-withdrawn",
        Stands::Lapsed => "desk-state-lapsed",
    }
}

/// Where the due date comes from; nothing if the policy has changed since.
fn why(
    words: Words,
    line: &Line,
    steps: &[(Stands, Date)],
    promises: &[RightPromise],
) -> Option<String> {
    let row = &line.row;
    let verified =
        steps.iter().find(|(state, _)| *state == Stands::InProgress).map(|(_, day)| *day);
    // No tenant has a calendar of public holidays yet.
    let all = deadlines(promises, row.right, row.regime, line.received, verified, &|_| false);
    let deadline = all.into_iter().find(|deadline| deadline.on == row.due_on)?;
    Some(match deadline.basis {
        Basis::Law(regime) => {
            let law = words.text(&format!("regime-{}", regime.name()));
            words.with("desk-why-law", &[("law", law.into())])
        }
        Basis::Promise(id) => {
            let days = promises.iter().find(|promise| promise.id == id)?.days().stated()?;
            words.with("desk-why-promise", &[("days", words.days(days).into())])
        }
    })
}

fn one(
    chrome: &Chrome,
    line: &Line,
    steps: &[(Stands, Date)],
    (messages, why): (Vec<Uuid>, Option<String>),
    (proposal, today): (Option<(&Proposal, &FormState)>, Date),
) -> String {
    let words = chrome.words;
    let row = &line.row;
    let title = words.with("desk-request", &[("reference", row.reference.clone().into())]);
    page(chrome, &title, || {
        let drawn = line.closed.is_none().then(|| {
            let axis = Axis::of(today, [(line.received, row.due_on)]);
            deadline_bar(words, axis, line.received, row.due_on, today)
        });
        let left = line.closed.is_none().then(|| {
            let class = format!("state {}", Urgency::of(today, row.due_on).class());
            view! { " "<span class=class>{days_left_in_words(words, today, row.due_on)}</span> }
        });
        let steps = steps
            .iter()
            .map(|(state, day)| view! { <li>{date(words, *day)}" "{words.text(state_name(*state))}</li> })
            .collect::<Vec<_>>();
        let regime = words.text(&format!("regime-{}", row.regime.name()));
        let may = chrome.may(Permission::AnswerRequests);
        let read_only = (proposal.is_none() || !may)
            .then(|| view! { <p class="notice">{words.text("desk-read-only")}</p> });
        let summary = proposal.map(|(_, form)| form.summary(words));
        let proposed = proposal.map(|(proposal, form)| proposed(chrome, row.id, proposal, form));
        let messages = messages
            .iter()
            .map(|id| {
                let href = chrome.href(&paths::desk_message(*id));
                view! { <p class="notice"><a href=href>{words.text("desk-from-message")}</a></p> }
            })
            .collect_view();
        view! {
            <div class="column request">
                {summary}
                <p class="back"><a href=chrome.href(paths::DESK)>{words.text("desk-back")}</a></p>
                <h1>{words.text(named(row.right))}</h1>
                <p class="reference">{row.reference.clone()}</p>
                {messages}
                {drawn}
                <dl class="particulars">
                    <div><dt>{words.text("desk-person")}</dt><dd>{person(words, row)}</dd></div>
                    <div><dt>{words.text("desk-state")}</dt><dd>{words.text(state_name(row.state))}</dd></div>
                    <div><dt>{words.text("desk-next-mover")}</dt><dd>{mover(words, row)}</dd></div>
                    <div><dt>{words.text("desk-regime")}</dt><dd>{regime}</dd></div>
                    <div><dt>{words.text("desk-received")}</dt><dd>{date(words, line.received)}</dd></div>
                    <div><dt>{words.text("desk-due")}</dt><dd>{date(words, row.due_on)}{left}
                        {why.map(|why| view! { <p class="quiet">{why}</p> })}</dd></div>
                </dl>
                {proposed}
                <h2>{words.text("desk-steps")}</h2>
                <ol class="steps">{steps}</ol>
                {read_only}
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::facts::CountsFrom;
    use domain::requests::Regime;
    use engine::storage::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::ui::chrome::TenantLook;

    fn chrome(language: Language) -> Chrome {
        Chrome {
            words: Words::new(language),
            tenant: Some(TenantLook { name: "Acme".into(), tagline: None, theme_href: None }),
            path: "/desk".into(),
            languages: Language::ALL.to_vec(),
            explicit_language: false,
            viewer: None,
            css_href: "/assets/candor.css".into(),
            script_href: None,
        }
    }

    fn line(due: Date, state: Stands) -> Line {
        let closed = state.is_closed().then_some(date(2026, 5, 1));
        Line {
            row: Row {
                id: Uuid::from_u128(7),
                reference: "R-1".into(),
                person: Some("<b>Ann".into()),
                right: Right::Correction,
                regime: Regime::Gdpr,
                state,
                received_at: Timestamp(0),
                due_on: due,
                closed_at: closed.map(|_| Timestamp(0)),
            },
            received: date(2026, 4, 10),
            closed,
        }
    }

    #[test]
    fn the_queue_says_what_is_urgent_in_words() {
        let today = date(2026, 5, 10);
        for language in Language::ALL {
            let words = Words::new(language);
            let desk = Desk {
                today,
                open: vec![
                    line(date(2026, 5, 8), Stands::Received),
                    line(date(2026, 5, 12), Stands::InProgress),
                    line(date(2026, 6, 12), Stands::WaitingForPerson),
                ],
                closed: vec![line(date(2026, 5, 8), Stands::PartlyFulfilled)],
                next: Some(mark(date(2026, 6, 12), Uuid::from_u128(7))),
                first: false,
                waiting: vec![],
            };
            let html = queue(&chrome(language), &desk);
            for text in
                ["overdue", "due-soon", "desk-read-only", "desk-moves-person", "desk-moves-team"]
            {
                assert!(html.contains(&words.text(text)), "{text}: {html}");
            }
            assert!(html.contains("/desk?after=2026-06-12_00000000"), "{html}");
            assert!(
                html.contains("&lt;b&gt;Ann") && !html.contains("Unknown localization"),
                "{html}"
            );
            let empty = Desk {
                today,
                open: vec![],
                closed: vec![],
                next: None,
                first: true,
                waiting: vec![],
            };
            assert!(queue(&chrome(language), &empty).contains(&words.text("desk-empty")));
        }
    }

    #[test]
    fn every_state_has_its_words() {
        for language in Language::ALL {
            for state in Stands::ALL {
                let steps = [(state, date(2026, 5, 1))];
                let html = one(
                    &chrome(language),
                    &line(date(2026, 5, 8), state),
                    &steps,
                    (Vec::new(), None),
                    (None, date(2026, 5, 10)),
                );
                assert!(!html.contains("Unknown localization"), "{html}");
            }
        }
    }

    #[test]
    fn a_due_date_is_explained() {
        let words = Words::new(Language::En);
        let by_law = line(date(2026, 5, 11), Stands::Received);
        assert!(why(words, &by_law, &[], &[]).is_some_and(|why| why.contains("GDPR")));
        let promise = RightPromise {
            id: "fast".parse().expect("a name"),
            right: Right::Correction,
            regime: Regime::Promise,
            description: String::new(),
            days: Some(10.into()),
            counts_from: CountsFrom::Receipt,
            assumed: Default::default(),
        };
        let promised = line(date(2026, 4, 20), Stands::Received);
        assert!(why(words, &promised, &[], &[promise]).is_some_and(|why| why.contains("10 days")));
        assert_eq!(why(words, &line(date(2026, 5, 2), Stands::Received), &[], &[]), None);
    }

    #[test]
    fn a_page_mark_reads_back() {
        let (due, id) = (date(2026, 5, 8), Uuid::from_u128(9));
        assert_eq!(read_mark(&mark(due, id)), Some((due, id)));
        for wrong in ["", "x_y", "2026-05-08", "2026-05-08_"] {
            assert_eq!(read_mark(wrong), None);
        }
    }
}
