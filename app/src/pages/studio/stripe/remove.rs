//! Ending the connection to Stripe.

use axum::extract::State;
use axum::response::Response;
use engine::accounts::Task;
use engine::stripe;
use leptos::prelude::*;

use crate::pages::studio::bar::studio_page;
use crate::pages::studio::working::{self, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{button_link, send};
use crate::visit::Visit;

/// `GET /studio/stripe/remove`.
pub async fn ask(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    stripe::connection(&portal.engine, &visit.scope).await?.ok_or(Trouble::NotFound)?;
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working)))
}

/// `POST /studio/stripe/remove`.
pub async fn submit(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    // What is gone already was to be gone.
    let confirmed = visit.confirmed(Task::Settings)?;
    stripe::remove(&portal.engine, &visit.scope, confirmed).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_STRIPE)))
}

fn page(chrome: &Chrome, working: &Working) -> String {
    let words = chrome.words;
    let title = words.text("stripe-remove-title");
    studio_page(chrome, working, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("stripe-remove-text")}</p>
                <form method="post" action=chrome.href(paths::STUDIO_STRIPE_REMOVE)>
                    <div class="buttons">
                        {send(words.text("stripe-studio-remove"))}
                        {button_link(chrome.href(paths::STUDIO_STRIPE), words.text("stripe-keep"))}
                    </div>
                </form>
            </div>
        }
    })
}
