//! What was sent to an endpoint, and what came of it.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::roles::Permission;
use domain::words::Words;
use engine::webhooks::{self, Delivery, Endpoint, EventType, Stand};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::bar::studio_page;
use super::webhook::find;
use super::webhooks::{called, event_name, off};
use super::working::{self, Working};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::button_link;
use crate::visit::Visit;

/// How many lines a page has.
const PAGE: usize = 50;

/// Where the page begins.
#[derive(Debug, Deserialize)]
pub struct From {
    before: Option<Uuid>,
}

/// A page of the log.
struct Log<'a> {
    endpoint: &'a Endpoint,
    lines: &'a [Delivery],
    /// Whether there are older lines.
    more: bool,
    /// Whether it is the newest page.
    first: bool,
    zone: TimeZone,
}

/// `GET /studio/webhooks/{id}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Trouble> {
    let endpoint = find(&portal, &visit, &id).await?;
    let Query(from) = from.map_err(|_| Trouble::NotFound)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    // One more than is shown tells whether there is a next page.
    let limit = u64::try_from(PAGE + 1).unwrap_or(u64::MAX);
    let mut lines = webhooks::deliveries(engine, scope, endpoint.id, from.before, limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let log = Log {
        endpoint: &endpoint,
        lines: &lines,
        more,
        first: from.before.is_none(),
        zone: scope.zone.clone(),
    };
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &log)))
}

/// `POST /studio/webhooks/{id}/test`.
pub async fn test(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let endpoint = find(&portal, &visit, &id).await?;
    webhooks::test(&portal.engine, &visit.scope, endpoint.id).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(&paths::STUDIO_WEBHOOK.of(endpoint.id))))
}

/// `POST /studio/webhooks/deliveries/{id}/again`.
pub async fn again(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let endpoint = webhooks::again(&portal.engine, &visit.scope, id).await?;
    let endpoint = endpoint.ok_or(Trouble::NotFound)?;
    Ok(respond::redirect(&visit.chrome_in_all().href(&paths::STUDIO_WEBHOOK.of(endpoint))))
}

fn page(chrome: &Chrome, working: &Working, log: &Log<'_>) -> String {
    let words = chrome.words;
    let endpoint = log.endpoint;
    let title = called(endpoint);
    studio_page(chrome, working, &title, || {
        let lines = if log.lines.is_empty() {
            view! { <p>{words.text("webhooks-log-none")}</p> }.into_any()
        } else {
            table(chrome, log)
        };
        let older = log.lines.last().filter(|_| log.more).map(|last| {
            let href = format!("{}?before={}", paths::STUDIO_WEBHOOK.of(endpoint.id), last.id);
            view! { <a href=chrome.href(&href) rel="next">{words.text("webhooks-log-older")}</a> }
        });
        let first = (!log.first).then(|| {
            let href = chrome.href(&paths::STUDIO_WEBHOOK.of(endpoint.id));
            view! { <a href=href>{words.text("webhooks-log-newest")}</a> }
        });
        view! {
            <div class="desk">
                <p class="back"><a href=chrome.href(paths::STUDIO_WEBHOOKS)>{words.text("webhooks-back-to-all")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="mono">{endpoint.url.clone()}</p>
                {off(words, endpoint)}
                {rests(words, log)}
                {buttons(chrome, endpoint)}
                <p class="quiet">{words.text("webhooks-log-intro")}</p>
                {lines}
                <p class="links">{first}{older}</p>
            </div>
        }
    })
}

/// Says that the endpoint is left alone, where it is so.
fn rests(words: Words, log: &Log<'_>) -> Option<AnyView> {
    let until = log.endpoint.rests_until.filter(|_| log.endpoint.disabled_at.is_none())?;
    let until = jiff::Timestamp::from(until).to_zoned(log.zone.clone()).datetime();
    let values = [("misses", log.endpoint.misses.into()), ("time", moment(words, until).into())];
    Some(
        view! { <p><span class="state late">{words.with("webhooks-rests", &values)}</span></p> }
            .into_any(),
    )
}

/// What a line tells of.
fn told(words: Words, event: Option<EventType>) -> String {
    event.map_or_else(|| words.text("webhooks-newer"), |event| event_name(words, event))
}

fn buttons(chrome: &Chrome, endpoint: &Endpoint) -> Option<AnyView> {
    let words = chrome.words;
    chrome.may(Permission::ManageSettings).then(|| {
        let test = chrome.href(&paths::STUDIO_WEBHOOK_TEST.of(endpoint.id));
        let links = [
            (paths::STUDIO_WEBHOOK_EDIT.of(endpoint.id), "webhooks-edit"),
            (paths::STUDIO_WEBHOOK_SECRET.of(endpoint.id), "webhooks-rotate"),
            (paths::STUDIO_WEBHOOK_REMOVE.of(endpoint.id), "webhooks-remove"),
        ]
        .map(|(path, label)| button_link(chrome.href(&path), words.text(label)));
        view! {
            <div class="buttons">
                <form method="post" action=test>
                    <button type="submit" class="button plain">{words.text("webhooks-test")}</button>
                </form>
                {links.collect_view()}
            </div>
        }
        .into_any()
    })
}

fn table(chrome: &Chrome, log: &Log<'_>) -> AnyView {
    let words = chrome.words;
    let may = chrome.may(Permission::ManageSettings);
    let at =
        |time| moment(words, jiff::Timestamp::from(time).to_zoned(log.zone.clone()).datetime());
    let rows = log
        .lines
        .iter()
        .map(|line| {
            let next = match line.stand {
                Some(Stand::Waiting) if line.held => Some(words.text("webhooks-held")),
                Some(Stand::Waiting) => line.next_at.map(at),
                _ => None,
            };
            let again =
                (may && matches!(line.stand, Some(Stand::Waiting | Stand::Failed))).then(|| {
                    let action = chrome.href(&paths::STUDIO_WEBHOOK_AGAIN.of(line.id));
                    view! {
                        <form class="inline" method="post" action=action>
                            <button type="submit">{words.text("webhooks-again")}</button>
                        </form>
                    }
                });
            view! {
                <tr>
                    <th scope="row">{told(words, line.event)}
                        <span class="under mono">{format!("msg_{}", line.id.simple())}</span></th>
                    <td data-label=words.text("webhooks-column-when")>{at(line.created_at)}</td>
                    <td data-label=words.text("webhooks-column-state")>{stand(words, line)}</td>
                    <td data-label=words.text("webhooks-column-attempts")>{line.attempts}</td>
                    <td data-label=words.text("webhooks-column-answer")>{answer(words, line)}</td>
                    <td data-label=words.text("webhooks-column-next")>{next}" "{again}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="facts">
            <caption>{words.text("webhooks-log")}</caption>
            <thead><tr>
                <th scope="col">{words.text("webhooks-column-event")}</th>
                <th scope="col">{words.text("webhooks-column-when")}</th>
                <th scope="col">{words.text("webhooks-column-state")}</th>
                <th scope="col">{words.text("webhooks-column-attempts")}</th>
                <th scope="col">{words.text("webhooks-column-answer")}</th>
                <th scope="col">{words.text("webhooks-column-next")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// "21 Nov 2026, 12:00:05".
fn moment(words: Words, at: DateTime) -> String {
    let date = words.date_short(at.date());
    format!("{date}, {:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

fn stand(words: Words, line: &Delivery) -> AnyView {
    let (class, text) = match line.stand {
        Some(Stand::Waiting) => ("state", "webhooks-waiting"),
        Some(Stand::Delivered) => ("state done", "webhooks-delivered"),
        Some(Stand::Failed) => ("state late", "webhooks-failed"),
        None => ("state", "webhooks-newer"),
    };
    view! { <span class=class>{words.text(text)}</span> }.into_any()
}

/// The last status, or why there was none.
fn answer(words: Words, line: &Delivery) -> String {
    if let Some(status) = line.status {
        return status.to_string();
    }
    let said = match line.trouble.as_deref() {
        None => return words.text("webhooks-not-yet"),
        Some("private") => "webhooks-silent-private",
        Some("unknown") => "webhooks-silent-unknown",
        Some("slow") => "webhooks-silent-slow",
        Some("address") => "webhooks-silent-address",
        Some("large") => "webhooks-silent-large",
        Some("off") => "webhooks-silent-off",
        Some(_) => "webhooks-silent-unreachable",
    };
    words.text(said)
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::storage::Timestamp;

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn every_outcome_reads_in_every_language() {
        let endpoint = Endpoint {
            id: Uuid::nil(),
            url: "https://crm.example/hook".into(),
            description: String::new(),
            events: vec![EventType::ErasureDone],
            disabled_at: None,
            misses: 7,
            rests_until: Some(Timestamp(1_795_262_460_000)),
        };
        let line = |stand, status, trouble: Option<&str>| Delivery {
            id: Uuid::from_u128(7),
            endpoint: Uuid::nil(),
            event: Some(EventType::ErasureDone),
            stand: Some(stand),
            held: false,
            attempts: 2,
            created_at: Timestamp(1_795_262_400_000),
            next_at: Some(Timestamp(1_795_262_405_000)),
            status,
            trouble: trouble.map(str::to_owned),
        };
        let troubles = ["private", "unknown", "slow", "address", "large", "off", "unreachable"];
        let mut lines = vec![
            line(Stand::Waiting, Some(503), None),
            line(Stand::Delivered, Some(204), None),
            line(Stand::Waiting, None, None),
        ];
        lines.push(Delivery { held: true, ..line(Stand::Waiting, Some(503), None) });
        lines.push(Delivery { event: None, stand: None, ..line(Stand::Waiting, None, None) });
        lines.extend(troubles.map(|trouble| line(Stand::Failed, None, Some(trouble))));
        for language in Language::ALL {
            let log = Log {
                endpoint: &endpoint,
                lines: &lines,
                more: true,
                first: false,
                zone: TimeZone::UTC,
            };
            let html = page(&chrome(language), &working(), &log);
            assert!(!html.contains("Unknown localization"), "{html}");
            assert!(html.contains("503") && html.contains("12:00:05"), "{html}");
            assert!(html.contains("?before=00000000"), "{html}");
            let words = Words::new(language);
            assert!(html.contains(&words.text("webhooks-held")), "{html}");
            assert!(html.contains("12:01:00"), "when it is asked again: {html}");
            assert_eq!(html.matches(&words.text("webhooks-newer")).count(), 2, "{html}");
        }
    }
}
