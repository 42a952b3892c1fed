//! Another secret for the webhook, beside the one until now.

use axum::extract::State;
use axum::response::Response;
use engine::accounts::Task;
use engine::stripe::{self, SecretError};
use leptos::prelude::*;

use crate::pages::studio::ask::Ask;
use crate::pages::studio::bar::{live_page, studio_page};
use crate::pages::studio::working::{self, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Field, FormState, Kind, send};
use crate::visit::Visit;

/// `GET /studio/stripe/secret`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    stripe::connection(&portal.engine, &visit.scope).await?.ok_or(Trouble::NotFound)?;
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &FormState::default())))
}

/// `POST /studio/stripe/secret`.
pub async fn rotate(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let secret = sent.one("secret").to_owned().into();
    let confirmed = visit.confirmed(Task::Settings)?;
    match stripe::rotate(&portal.engine, &visit.scope, confirmed, &secret).await {
        Ok(()) => Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_STRIPE))),
        Err(SecretError::Shape) => {
            let wrong = visit.words().text("stripe-wrong-secret");
            let form = FormState::default().wrong("secret", wrong);
            let working = working::load(&portal, &visit).await?;
            Ok(respond::unprocessable(page(&visit.chrome_in_all(), &working, &form)))
        }
        Err(SecretError::NotConnected) => Err(Trouble::NotFound),
        Err(SecretError::Failure(failure)) => Err(failure.into()),
    }
}

/// `GET /studio/stripe/secret/end`.
pub async fn ask_end(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    stripe::connection(&portal.engine, &visit.scope).await?.ok_or(Trouble::NotFound)?;
    let chrome = visit.chrome_in_all();
    let title = chrome.text("stripe-secret-end-title");
    Ok(respond::html(live_page(&chrome, &title, || {
        Ask {
            title: title.clone(),
            about: chrome.text("stripe-secret-end-about"),
            action: paths::STUDIO_STRIPE_SECRET_END,
            act: chrome.text("stripe-studio-secret-end"),
            back: paths::STUDIO_STRIPE,
            carries: None,
        }
        .view(&chrome)
    })))
}

/// `POST /studio/stripe/secret/end`.
pub async fn end(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    // What is gone already was to be gone.
    let confirmed = visit.confirmed(Task::Settings)?;
    stripe::drop_previous(&portal.engine, &visit.scope, confirmed).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_STRIPE)))
}

fn page(chrome: &Chrome, working: &Working, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("stripe-secret-title");
    studio_page(chrome, working, &form.title(words, &title), || {
        view! {
            <div class="column">
                <p class="back"><a href=chrome.href(paths::STUDIO_STRIPE)>{words.text("stripe-back")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p>{words.text("stripe-secret-intro")}</p>
                <form method="post" action=chrome.href(paths::STUDIO_STRIPE_SECRET) novalidate=true autocomplete="off">
                    {Field::new("secret", Kind::Password, words.text("stripe-secret"))
                        .hint(words.text("stripe-secret-hint")).autocomplete("off").view(words, form)}
                    {send(words.text("stripe-secret-send"))}
                </form>
            </div>
        }
    })
}
