//! The desk: open requests, the urgent ones first.

use axum::extract::{Query, State};
use axum::response::Response;
use engine::contact::{self, Waiting};
use engine::requests::{Newer, request_rows};
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::line::{Line, date, mover, person, state_name};
use super::messages::above_queue;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::deadline_bar::{Axis, Urgency, deadline_bar};
use crate::ui::facts::rights::named;
use crate::visit::Visit;

/// How many open requests a page lists.
const OPEN: u64 = 50;

/// How many reports about children are looked for above it.
const REPORTS: u64 = 10;

/// Of how long ago the messages are that are counted beside it: a week, in seconds.
const LATELY: i64 = 7 * 24 * 3600;

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
    let open = request_rows(engine, scope, true, after, OPEN).await?;
    // Closed requests are listed by their due date too; what was due long ago
    // was not closed lately.
    let recent = (visit.today().saturating_sub(31.days()), Uuid::nil());
    let mut closed = request_rows(engine, scope, false, Some(recent), OPEN).await?.rows;
    closed.sort_by_key(|row| std::cmp::Reverse(row.closed_at));
    closed.truncate(CLOSED);
    let desk = Queue {
        today: visit.today(),
        open: open.rows.iter().map(|row| Line::of(&visit, row)).collect(),
        newer: open.newer.iter().map(|it| (scope.date_of(it.received_at), it.clone())).collect(),
        closed: closed.iter().map(|row| Line::of(&visit, row)).collect(),
        next: open.next.map(|(due, id)| mark(due, id)),
        first: after.is_none(),
        waiting: contact::reports(engine, scope, REPORTS).await?,
        lately: contact::count_since(engine, scope, scope.now.plus_seconds(-LATELY)).await?,
    };
    Ok(respond::html(queue(&visit.chrome_in_all(), &desk)))
}

struct Queue {
    today: Date,
    open: Vec<Line>,
    /// Those that only a newer version has words for, with when they came.
    newer: Vec<(Date, Newer)>,
    closed: Vec<Line>,
    next: Option<String>,
    first: bool,
    waiting: Vec<Waiting>,
    /// How many messages have come lately.
    lately: u64,
}

fn mark(due: Date, id: Uuid) -> String {
    format!("{due}_{id}")
}

fn read_mark(mark: &str) -> Option<(Date, Uuid)> {
    let (due, id) = mark.split_once('_')?;
    Some((due.parse().ok()?, id.parse().ok()?))
}

fn queue(chrome: &Chrome, desk: &Queue) -> String {
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
                {above_queue(chrome, &desk.waiting, desk.lately)}
                {open}
                {newer_table(chrome, &desk.newer)}
                <p class="links">{first}{next}</p>
                <p class="notice">{words.text("desk-read-only")}</p>
                {closed_table(chrome, desk)}
            </div>
        }
    })
}

fn open_table(chrome: &Chrome, desk: &Queue) -> AnyView {
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

/// Requests that this node cannot show are told of, and nothing can be done with them
/// here.
fn newer_table(chrome: &Chrome, newer: &[(Date, Newer)]) -> Option<AnyView> {
    let words = chrome.words;
    (!newer.is_empty()).then(|| {
        let rows = newer
            .iter()
            .map(|(received, it)| {
                view! {
                    <tr>
                        <th scope="row"><span class="mono">{it.reference.clone()}</span></th>
                        <td data-label=words.text("desk-received")>{date(words, *received)}</td>
                        <td data-label=words.text("desk-due")>{date(words, it.due_on)}</td>
                    </tr>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <section aria-labelledby="newer">
                <h2 id="newer">{words.text("desk-newer")}</h2>
                <p>{words.text("request-newer")}</p>
                <table class="facts queue">
                    <thead><tr>
                        <th scope="col">{words.text("desk-reference")}</th>
                        <th scope="col">{words.text("desk-received")}</th>
                        <th scope="col">{words.text("desk-due")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any()
    })
}

fn closed_table(chrome: &Chrome, desk: &Queue) -> Option<AnyView> {
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
    let href = chrome.href(&paths::DESK_REQUEST.of(line.row.id));
    view! { <a href=href>{person(chrome.words, &line.row)}</a> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::requests::State as Stands;
    use domain::words::Words;
    use jiff::civil::date;

    use super::super::line::tests::{chrome, line};
    use super::*;

    #[test]
    fn the_queue_says_what_is_urgent_in_words() {
        let today = date(2026, 5, 10);
        for language in Language::ALL {
            let words = Words::new(language);
            let desk = Queue {
                today,
                open: vec![
                    line(date(2026, 5, 8), Stands::Received),
                    line(date(2026, 5, 12), Stands::InProgress),
                    line(date(2026, 6, 12), Stands::WaitingForPerson),
                ],
                newer: vec![(
                    date(2026, 5, 9),
                    Newer {
                        id: Uuid::from_u128(8),
                        reference: "R-NEW".into(),
                        received_at: engine::storage::Timestamp(0),
                        due_on: date(2026, 6, 9),
                    },
                )],
                closed: vec![line(date(2026, 5, 8), Stands::PartlyFulfilled)],
                next: Some(mark(date(2026, 6, 12), Uuid::from_u128(7))),
                first: false,
                waiting: vec![],
                lately: 3,
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
            let empty = Queue {
                today,
                open: vec![],
                newer: vec![],
                closed: vec![],
                next: None,
                first: true,
                waiting: vec![],
                lately: 3,
            };
            assert!(queue(&chrome(language), &empty).contains(&words.text("desk-empty")));
        }
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
