//! Downloading what is held: asked for, made while the person waits, taken away.

use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use engine::accounts::Task;
use engine::exports::{self, Export};
use futures_util::stream;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::send;
use crate::ui::held::amount::megabytes;
use crate::visit::Visit;

/// What a download is, and the button that begins it.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let latest = exports::latest(&portal.engine, &visit.scope).await?;
    Ok(respond::html(offer(&visit.chrome_in_all(), latest.as_ref())))
}

/// Begins a download.
pub async fn begin(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let id = exports::ask(&portal.engine, &visit.scope).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(&paths::EXPORT.of(id))))
}

/// What comes back from the page that confirms the download.
#[derive(Default, Deserialize)]
pub struct Confirmed {
    begin: Option<String>,
}

/// How far it is; and the download itself, to whoever has just confirmed it.
pub async fn progress(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(confirmed): Query<Confirmed>,
) -> Result<Response, Trouble> {
    let export = find(&portal, &visit, &id).await?;
    let until = visit.scope.date_of(export.expires_at);
    let begins = confirmed.begin.is_some() && visit.confirmed(Task::Export).is_ok();
    let answer = respond::html(progress_page(&visit.chrome_in_all(), &export, until, begins));
    let next = match (export.ready, begins) {
        (false, _) => "2".to_owned(),
        (true, true) => format!("0;url={}", paths::EXPORT_ZIP.of(export.id)),
        (true, false) => return Ok(answer),
    };
    let next = HeaderValue::from_str(&next).map_err(|_| Trouble::Unprocessable)?;
    Ok(([(header::REFRESH, next)], answer).into_response())
}

/// The file, chunk by chunk as it is opened.
pub async fn download(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let export = find(&portal, &visit, &id).await?;
    if !export.ready {
        return Ok(respond::redirect(&visit.chrome_in_all().href(&paths::EXPORT.of(export.id))));
    }
    let name = format!("attachment; filename=\"{}-data.zip\"", visit.tenant.slug);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).map_err(|_| Trouble::Unprocessable)?,
        ),
        (header::CONTENT_LENGTH, HeaderValue::from(export.size)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, chunks(portal, visit, export.id)).into_response())
}

async fn find(portal: &Portal, visit: &Visit, id: &str) -> Result<Export, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    exports::export(&portal.engine, &visit.scope, id).await?.ok_or(Trouble::NotFound)
}

/// A failure on the way ends the answer before its announced length, so that no
/// browser takes half a file for a whole one.
fn chunks(portal: Portal, visit: Visit, export: Uuid) -> Body {
    let chunks = stream::try_unfold(0, move |number| {
        let (portal, visit) = (portal.clone(), visit.clone());
        async move {
            let chunk = exports::chunk(&portal.engine, &visit.scope, export, number).await?;
            Ok::<_, engine::Failure>(
                chunk.map(|chunk| (Bytes::copy_from_slice(&chunk), number + 1)),
            )
        }
    });
    Body::from_stream(chunks)
}

fn offer(chrome: &Chrome, latest: Option<&Export>) -> String {
    let words = chrome.words;
    let title = words.text("export-title");
    page(chrome, &title, || {
        let contents = ["export-has-page", "export-has-json", "export-has-csv", "export-has-not"]
            .map(|line| view! { <li>{words.text(line)}</li> })
            .collect_view();
        let latest = latest.map(|export| {
            let said =
                words.text(if export.ready { "export-one-ready" } else { "export-one-making" });
            let href = chrome.href(&paths::EXPORT.of(export.id));
            view! { <p class="notice"><a href=href>{said}</a></p> }
        });
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("export-intro")}</p>
                {latest}
                <div class="prose"><ul>{contents}</ul></div>
                <form method="post" action=chrome.href(paths::EXPORTS)>{send(words.text("export-begin"))}</form>
                <p class="quiet">{words.text("export-kept")}</p>
            </div>
        }
    })
}

fn progress_page(chrome: &Chrome, export: &Export, until: Date, begins: bool) -> String {
    let words = chrome.words;
    let title = words.text(if export.ready { "export-ready-title" } else { "export-making-title" });
    page(chrome, &title, || {
        let state = if export.ready {
            let size = words.with("export-size", &[("size", megabytes(words, export.size).into())]);
            let until = words.with("export-until", &[("date", words.date(until).into())]);
            view! {
                <p class="lede">{words.text("export-ready")}</p>
                {begins.then(|| view! { <p class="notice" role="status">{words.text("export-begins")}</p> })}
                <p class="buttons"><a class="button" href=paths::EXPORT_ZIP.of(export.id)>
                    {words.text("export-download")}</a><span class="quiet">{size}</span></p>
                <p class="quiet">{until}</p>
            }
            .into_any()
        } else {
            let said = words.with(
                "export-progress",
                &[("done", export.done.into()), ("total", export.total.into())],
            );
            let (done, total) = (export.done.to_string(), export.total.max(1).to_string());
            view! {
                <p class="lede">{words.text("export-making")}</p>
                <div class="progress" role="status">
                    <progress max=total value=done aria-label=title.clone()></progress>
                    <span class="figure">{said}</span>
                </div>
                <p class="quiet">{words.text("export-leave")}</p>
            }
            .into_any()
        };
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                {state}
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::words::Words;
    use engine::storage::Timestamp;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_wait_shows_what_is_done_of_how_much() {
        let chrome = Chrome {
            words: Words::new(Language::En),
            tenant: None,
            path: "/account/export".into(),
            languages: Vec::new(),
            explicit_language: false,
            viewer: None,
            css_href: String::new(),
            script_href: None,
        };
        let mut export = Export {
            id: Uuid::nil(),
            ready: false,
            done: 7,
            total: 12,
            size: 0,
            asked_at: Timestamp(0),
            expires_at: Timestamp(0),
        };
        let html = progress_page(&chrome, &export, date(2026, 1, 8), false);
        assert!(html.contains("7 of 12") && !html.contains("/zip"), "{html}");
        export.ready = true;
        let html = progress_page(&chrome, &export, date(2026, 1, 8), false);
        assert!(html.contains("/zip") && html.contains("8 January 2026"), "{html}");
        assert!(!html.contains("by itself"), "{html}");
        let html = progress_page(&chrome, &export, date(2026, 1, 8), true);
        assert!(html.contains("begins by itself"), "{html}");
    }
}
