//! The desk: messages from the contact form, and one of them.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::harmless::harmless;
use domain::roles::Permission;
use domain::words::Words;
use engine::accounts::{Decided, decided};
use engine::contact::{self, Message, Reason, Waiting};
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::report::decision;
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::decided::Already;
use crate::visit::Visit;

/// How many messages a page lists.
const AT_ONCE: u64 = 25;
/// How many reports about children stand above the queue.
const ABOVE_QUEUE: usize = 5;

/// Which page of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Paging {
    /// The last message of the page before.
    after: Option<Uuid>,
}

/// `GET /desk/messages`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Query(paging): Query<Paging>,
) -> Result<Response, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let mut rows = contact::messages(engine, scope, paging.after, AT_ONCE + 1).await?;
    let more = rows.len() as u64 > AT_ONCE;
    rows.truncate(AT_ONCE as usize);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    let rows = rows.into_iter().map(|row| (scope.date_of(row.received_at), row)).collect();
    Ok(respond::html(list(&visit.chrome_in_all(), rows, next, paging.after.is_none())))
}

/// `GET /desk/messages/{id}`
pub async fn show_one(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    Ok(respond::html(message_page(&portal, &visit, id, None).await?))
}

/// The decision about a report, if somebody has made one.
pub async fn decided_by(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
) -> Result<Option<Decided>, Trouble> {
    let actions = ["report.agreed", "report.released", "report.confirmed"];
    Ok(decided(&portal.engine, &visit.scope, id, &actions, None).await?)
}

/// The page of a message, with what was decided about it.
pub async fn message_page(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    already: Option<Already>,
) -> Result<String, Trouble> {
    let found = contact::message(&portal.engine, &visit.scope, id).await?;
    let found = found.ok_or(Trouble::NotFound)?;
    let already = match already {
        None if found.report.is_some() => decided_by(portal, visit, id).await?.map(Already::seen),
        already => already,
    };
    let already = already.map(|already| already.view(visit.words(), &visit.scope.zone));
    let received = visit.scope.date_of(found.received_at);
    Ok(one(&visit.chrome_in_all(), &found, received, already))
}

/// What stands above the desk's queue: the oldest of `waiting` reports about children
/// (L13, E22), the way to all of them, to all messages, and to what claims need.
pub fn above_queue(chrome: &Chrome, waiting: &[Waiting], lately: u64) -> AnyView {
    let words = chrome.words;
    let urgent = waiting
        .iter()
        .filter_map(|report| report.message.as_ref())
        .take(ABOVE_QUEUE)
        .map(|message| {
            let href = chrome.href(&paths::DESK_MESSAGE.of(message.id));
            let values = [("reference", message.reference.clone().into())];
            view! {
                <p class="notice"><span class="state late">{words.text("message-urgent")}</span>" "
                    <a href=href>{words.with("message-urgent-child", &values)}</a></p>
            }
        })
        .collect_view();
    let all = (!waiting.is_empty()).then(|| {
        let href = chrome.href(paths::DESK_REPORTS);
        view! { <p class="notice"><a href=href>{words.text("reports-all")}</a></p> }
    });
    let join = chrome.may(Permission::AnswerRequests).then(|| {
        view! { " · "<a href=chrome.href(paths::DESK_JOIN)>{words.text("join-title")}</a> }
    });
    view! {
        {urgent}
        {all}
        <p class="eyebrow"><a href=chrome.href(paths::DESK_MESSAGES)>{words.text("messages-title")}</a>
            " "{words.with("messages-lately", &[("count", lately.into())])}" · "<a href=chrome.href(paths::DESK_HOLDS)>{words.text("holds-title")}</a>
            {join}</p>
    }
    .into_any()
}

fn list(chrome: &Chrome, rows: Vec<(Date, Message)>, next: Option<Uuid>, first: bool) -> String {
    let words = chrome.words;
    let title = words.text("messages-title");
    page(chrome, &title, || {
        let next = next.map(|after| {
            let href = chrome.href(&format!("{}?after={after}", paths::DESK_MESSAGES));
            view! { <a href=href rel="next">{words.text("desk-next")}</a> }
        });
        let first = (!first).then(|| {
            view! { <a href=chrome.href(paths::DESK_MESSAGES)>{words.text("desk-first")}</a> }
        });
        let table = if rows.is_empty() {
            view! { <p class="lede">{words.text("messages-none")}</p> }.into_any()
        } else {
            table(chrome, rows)
        };
        view! {
            <div class="desk">
                <p class="eyebrow"><a href=chrome.href(paths::DESK)>{words.text("desk-title")}</a></p>
                <header><h1>{title.clone()}</h1></header>
                {table}
                <p class="links">{first}{next}</p>
            </div>
        }
    })
}

fn table(chrome: &Chrome, rows: Vec<(Date, Message)>) -> AnyView {
    let words = chrome.words;
    let rows = rows
        .into_iter()
        .map(|(received, message)| {
            let href = chrome.href(&paths::DESK_MESSAGE.of(message.id));
            let open = message.report.as_ref().is_some_and(|report| report.open);
            let urgent = open.then(|| {
                view! { " "<span class="state late">{words.text("message-urgent")}</span> }
            });
            view! {
                <tr>
                    <th scope="row"><a href=href><bdi>{harmless(&called(&message))}</bdi></a>
                        <span class="under mono">{message.reference.clone()}</span></th>
                    <td data-label=words.text("message-reason")>{reason(words, message.reason)}{urgent}</td>
                    <td data-label=words.text("desk-received")><time datetime=received.to_string()>{words.date_short(received)}</time></td>
                    <td data-label=words.text("message-address")>{address(words, &message)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="facts queue">
            <caption>{words.text("messages-newest")}</caption>
            <thead><tr>
                <th scope="col">{words.text("message-from")}</th>
                <th scope="col">{words.text("message-reason")}</th>
                <th scope="col">{words.text("desk-received")}</th>
                <th scope="col">{words.text("message-address")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn one(chrome: &Chrome, message: &Message, received: Date, already: Option<AnyView>) -> String {
    let words = chrome.words;
    let values = [("reference", message.reference.clone().into())];
    let title = words.with("message-title", &values);
    page(chrome, &title, || {
        let row = |label: &str, value: AnyView| {
            view! { <div><dt>{words.text(label)}</dt><dd>{value}</dd></div> }.into_any()
        };
        let stranger = |text: &str| view! { <bdi>{harmless(text)}</bdi> }.into_any();
        let name = message.name.as_deref().map(|name| row("message-from", stranger(name)));
        let about = message.about.as_deref().map(|about| row("message-about", stranger(about)));
        let day = view! { <time datetime=received.to_string()>{words.date_short(received)}</time> };
        view! {
            <div class="column request">
                <p class="back"><a href=chrome.href(paths::DESK_MESSAGES)>{words.text("messages-back")}</a></p>
                <h1>{reason(words, message.reason)}</h1>
                <p class="reference">{message.reference.clone()}</p>
                {already}
                <dl class="particulars">
                    {name}
                    {row("message-email", stranger(&message.email))}
                    {row("message-address", address(words, message).into_any())}
                    {row("desk-received", day.into_any())}
                    {about}
                </dl>
                <h2>{words.text("message-text")}</h2>
                <blockquote class="message" dir="auto">{harmless(&message.text)}</blockquote>
                {message.report.as_ref().map(|report| decision(chrome, message, report))}
                <p class="notice">{words.text("message-answer")}</p>
            </div>
        }
    })
}

fn called(message: &Message) -> String {
    message.name.clone().unwrap_or_else(|| message.email.clone())
}

fn reason(words: Words, reason: Reason) -> String {
    words.text(&format!("message-reason-{}", reason.name()))
}

/// Whether the sender's address is shown to be theirs, in words.
pub fn address(words: Words, message: &Message) -> String {
    words.text(if message.verified { "message-verified" } else { "message-unverified" })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::contact::{Concerned, Standing};
    use engine::storage::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::ui::chrome::TenantLook;

    #[test]
    fn what_strangers_write_stays_text_and_keeps_its_direction_to_itself() {
        let message = Message {
            id: Uuid::nil(),
            reference: "7F3K-2QX9-M4".into(),
            reason: Reason::Child,
            received_at: Timestamp(0),
            verified: false,
            name: Some("\u{202e}nimda <b>".into()),
            email: "eve@example.org".into(),
            about: None,
            text: "שלום \u{202e}evil\u{7} <script>alert(1)</script>".into(),
            request: Some(Uuid::nil()),
            report: Some(Standing {
                open: true,
                delays: true,
                freezes: false,
                concerned: vec![Concerned {
                    subject: Uuid::nil(),
                    called: Some("\u{202e}lived <b>".into()),
                    id: Some("u-1".into()),
                    gone: false,
                }],
            }),
        };
        for language in Language::ALL {
            let chrome = Chrome {
                words: Words::new(language),
                tenant: Some(TenantLook {
                    name: "Acme".into(),
                    tagline: None,
                    theme_href: None,
                    suspended: false,
                }),
                path: "/desk/messages".into(),
                languages: Language::ALL.to_vec(),
                explicit_language: false,
                viewer: None,
                css_href: "/assets/candor.css".into(),
                script_href: None,
            };
            let day = date(2026, 5, 1);
            let pages = [
                one(&chrome, &message, day, None),
                list(&chrome, vec![(day, message.clone())], Some(Uuid::nil()), false),
            ];
            for html in &pages {
                assert!(!html.contains('\u{202e}') && !html.contains('\u{7}'), "{html}");
                assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
                assert!(html.contains("<bdi>nimda"), "{html}");
                assert!(!html.contains("Unknown localization"), "{html}");
            }
            assert!(pages[0].contains("class=\"message\">שלום evil"), "{}", pages[0]);
        }
    }
}
