//! The privacy centre: what this place is, and three doors.

use super::published::Published;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::paths;
use crate::ui::chrome::{Chrome, page};

/// What the privacy centre shows.
#[derive(Debug, Clone)]
pub struct Centre {
    /// The policy in force, if there is one.
    pub policy: Option<CurrentPolicy>,
    /// The address for privacy matters.
    pub email: Option<String>,
}

/// The policy in force, in one line.
#[derive(Debug, Clone, Copy)]
pub struct CurrentPolicy {
    /// Its number.
    pub number: u32,
    /// When it was published.
    pub published: Date,
    /// The version before it.
    pub previous: Option<u32>,
}

/// `GET /`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    let policy = CurrentPolicy {
        number: published.number(),
        published: published.on,
        previous: published.previous,
    };
    let email = published.document().privacy_contact().map(|contact| contact.email.to_string());
    let shown = Centre { policy: Some(policy), email };
    Ok(respond::html(centre(&visit.chrome_in_all(), &shown)))
}

/// The page.
pub fn centre(chrome: &Chrome, centre: &Centre) -> String {
    let words = chrome.words;
    let name = chrome.tenant.as_ref().map(|tenant| tenant.name.clone()).unwrap_or_default();
    let title = words.text("centre-title");
    page(chrome, &title, || {
        let doors = [
            (paths::POLICY, "centre-policy", "centre-policy-about"),
            (paths::ACCOUNT, "centre-data", "centre-data-about"),
            (paths::REQUESTS, "centre-request", "centre-request-about"),
        ]
        .map(|(path, door, about)| {
            view! { <li><a href=chrome.href(path)><b>{words.text(door)}</b><span>{words.text(about)}</span></a></li> }
        })
        .collect_view();
        let changed = centre.policy.map(|policy| {
            let said = words.with("centre-changed", &[("date", words.date(policy.published).into())]);
            let difference = policy.previous.map(|previous| {
                view! { " "<a href=chrome.href(&paths::compare(previous, policy.number))>{words.text("history-compare")}</a> }
            });
            view! { <p>{said}{difference}</p> }
        });
        let human = centre.email.clone().map(|email| {
            view! {
                <p>{words.text("centre-human")}" "<a href=format!("mailto:{email}")>{email.clone()}</a></p>
            }
        });
        view! {
            <div class="centre">
                <p class="eyebrow">{title.clone()}</p>
                <h1>{words.with("centre-headline", &[("name", name.into())])}</h1>
                <p class="lede">{words.text("centre-intro")}</p>
                <ul class="doors">{doors}</ul>
                <div class="news">{changed}{human}</div>
            </div>
        }
    })
}
