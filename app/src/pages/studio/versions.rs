//! The versions that are or were in force, and taking one up again.

use axum::extract::State;
use axum::response::Response;
use domain::roles::Permission;
use engine::policies::{self, Head, State as Stands, Version};
use leptos::prelude::*;

use super::ask::Ask;
use super::bar::{stale, studio_page};
use super::working::{self, Saved, Working};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::hidden;
use crate::visit::Visit;

/// `GET /studio/versions`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let heads = policies::history(&portal.engine, &visit.scope).await?;
    Ok(respond::html(list(&visit, &working, &heads)))
}

/// `GET /studio/versions/{number}/restore`.
pub async fn ask_restore(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Trouble> {
    let version = find(&portal, &visit, &number).await?;
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, version.number, false)))
}

/// `POST /studio/versions/{number}/restore`: it becomes the draft.
pub async fn restore(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let version = find(&portal, &visit, &number).await?;
    let chrome = visit.chrome_in_all();
    let working = working::load(&portal, &visit).await?;
    match working::save(&portal, &visit, &working, &sent, &version.document).await? {
        Saved::Yes => Ok(respond::redirect(&chrome.href(paths::STUDIO_POLICY))),
        Saved::Stale => {
            let working = working::load(&portal, &visit).await?;
            Ok(respond::unprocessable(page(&chrome, &working, version.number, true)))
        }
    }
}

async fn find(portal: &Portal, visit: &Visit, number: &str) -> Result<Version, Trouble> {
    let number = number.parse().map_err(|_| Trouble::NotFound)?;
    let found = policies::version(&portal.engine, &visit.scope, number).await?;
    found.ok_or(Trouble::NotFound)
}

fn list(visit: &Visit, working: &Working, heads: &[Head]) -> String {
    let chrome = &visit.chrome_in_all();
    let words = chrome.words;
    let title = words.text("versions-title");
    studio_page(chrome, working, &title, || {
        let none =
            heads.is_empty().then(|| view! { <p class="lede">{words.text("versions-none")}</p> });
        let rows = heads.iter().map(|head| row(visit, head)).collect_view();
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="quiet">{words.text("versions-about")}</p>
                {none}
                <ul class="own-requests">{rows}</ul>
            </div>
        }
    })
}

fn row(visit: &Visit, head: &Head) -> AnyView {
    let chrome = &visit.chrome_in_all();
    let words = chrome.words;
    let number = || [("number", head.number.to_string().into())];
    let name = words.with("policy-version", &number());
    let since = head.published_at.map(|at| words.date(visit.scope.date_of(at)));
    let in_force = (head.state == Stands::Published.name())
        .then(|| view! { <span class="state done">{words.text("versions-in-force")}</span> });
    let restore = (in_force.is_none() && chrome.may(Permission::EditPolicy)).then(|| {
        let href = chrome.href(&paths::STUDIO_RESTORE.of(head.number));
        let label = words.with("versions-restore-named", &number());
        view! { <a href=href>{label}</a> }
    });
    view! {
        <li>
            <b><a href=chrome.href(&paths::VERSION.of(head.number))>{name}</a></b>
            <span>{since}" "{in_force}</span>
            {restore}
        </li>
    }
    .into_any()
}

fn page(chrome: &Chrome, working: &Working, number: i64, is_stale: bool) -> String {
    let words = chrome.words;
    let of = || [("number", number.to_string().into())];
    let title = words.with("restore-title", &of());
    let about = if working.waits() { "restore-about-draft" } else { "restore-about" };
    studio_page(chrome, working, &title, || {
        let ask = Ask {
            title: title.clone(),
            about: words.with(about, &of()),
            action: &paths::STUDIO_RESTORE.of(number),
            act: words.text("versions-restore"),
            back: paths::STUDIO_VERSIONS,
            carries: Some(hidden("revision", working.stamp.to_string())),
        };
        view! {
            {is_stale.then(|| stale(chrome))}
            {ask.view(chrome)}
        }
    })
}
