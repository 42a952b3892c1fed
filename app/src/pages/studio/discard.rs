//! Throwing the draft away, after a look at what goes with it.

use axum::extract::State;
use axum::response::Response;
use engine::policies::{self, DraftError};
use leptos::prelude::*;

use super::ask::Ask;
use super::bar::{stale, studio_page};
use super::working::{self, Stamp, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::hidden;
use crate::visit::Visit;

/// `GET /studio/policy/discard`.
pub async fn ask(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    if working.stamp.revision == 0 {
        return Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_POLICY)));
    }
    Ok(respond::html(page(&visit.chrome_in_all(), &working, false)))
}

/// `POST /studio/policy/discard`.
pub async fn discard(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    let working = working::load(&portal, &visit).await?;
    let done = if Stamp::of(&sent) == Some(working.stamp) {
        policies::discard_draft(&portal.engine, &visit.scope, working.stamp.revision).await
    } else {
        Err(DraftError::Stale)
    };
    match done {
        Ok(()) => Ok(respond::redirect(&chrome.href(paths::STUDIO_POLICY))),
        Err(DraftError::Stale) => {
            let working = working::load(&portal, &visit).await?;
            Ok(respond::unprocessable(page(&chrome, &working, true)))
        }
        Err(DraftError::Failure(failure)) => Err(failure.into()),
    }
}

fn page(chrome: &Chrome, working: &Working, is_stale: bool) -> String {
    let title = chrome.text("discard-title");
    let about = match &working.in_force {
        Some(version) => {
            chrome.words.with("discard-about", &[("number", version.number.to_string().into())])
        }
        None => chrome.text("discard-about-first"),
    };
    studio_page(chrome, working, &title, || {
        let ask = Ask {
            title: title.clone(),
            about,
            action: paths::STUDIO_DISCARD,
            act: chrome.text("studio-discard"),
            back: paths::STUDIO_POLICY,
            carries: Some(hidden("revision", working.stamp.to_string())),
        };
        view! {
            {is_stale.then(|| stale(chrome))}
            {ask.view(chrome)}
        }
    })
}
