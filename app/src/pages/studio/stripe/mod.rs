//! The tenant's account at Stripe: how it is connected, and whether it answers.

pub mod connect;
pub mod remove;
pub mod secret;
pub mod trouble;

use axum::extract::State;
use axum::response::Response;
use domain::roles::Permission;
use engine::stripe::{self, ConnectError, Connection, StripeError};
use leptos::prelude::*;

use super::bar::studio_page;
use super::working::{self, Working};
use crate::pages::sign_in::provider::button::button;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::button_link;
use crate::visit::Visit;

/// What the page shows.
struct Shown<'a> {
    chrome: &'a Chrome,
    working: &'a Working,
    connection: Option<&'a Connection>,
    /// Where Stripe sends its events.
    webhook: &'a str,
    /// What the policy in force calls the category that payments belong to.
    category: Option<String>,
    /// What a test has found.
    tested: Option<Result<(), StripeError>>,
}

/// `GET /studio/stripe`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    Ok(respond::html(shown(&portal, &visit, None).await?))
}

/// `POST /studio/stripe/test`: asks Stripe whether the key may still read.
pub async fn test(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let tested = match stripe::check(&portal.engine, &visit.scope).await {
        Ok(()) => Ok(()),
        Err(ConnectError::Stripe(error)) => Err(error),
        Err(ConnectError::Failure(failure)) => return Err(failure.into()),
        Err(ConnectError::NotConnected | ConnectError::Mistakes(_)) => {
            return Err(Trouble::NotFound);
        }
    };
    let answers = tested.is_ok();
    let html = shown(&portal, &visit, Some(tested)).await?;
    Ok(if answers { respond::html(html) } else { respond::unprocessable(html) })
}

async fn shown(
    portal: &Portal,
    visit: &Visit,
    tested: Option<Result<(), StripeError>>,
) -> Result<String, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let working = working::load(portal, visit).await?;
    let connection = stripe::connection(engine, scope).await?;
    let in_force = working.in_force.as_ref();
    let category = in_force
        .and_then(|version| stripe::category_in(&version.document.facts))
        .map(|category| category.label.clone());
    Ok(page(&Shown {
        chrome: &visit.chrome_in_all(),
        working: &working,
        connection: connection.as_ref(),
        webhook: &stripe::webhook_address(engine, scope)?,
        category,
        tested,
    }))
}

fn page(shown: &Shown<'_>) -> String {
    let chrome = shown.chrome;
    let words = chrome.words;
    let title = words.text("stripe-studio-title");
    studio_page(chrome, shown.working, &title, || {
        let outcome = shown.tested.as_ref().map(|tested| outcome(chrome, tested));
        let category = match &shown.category {
            Some(label) => {
                let label = ("category", label.clone().into());
                view! { <p>{words.with("stripe-studio-category", &[label])}</p> }.into_any()
            }
            None => {
                view! { <p class="notice">{words.text("stripe-studio-no-category")}</p> }.into_any()
            }
        };
        let may = chrome.may(Permission::ManageSettings);
        let standing = match shown.connection {
            Some(connection) => connected(shown, connection, may),
            None => {
                let connect = may.then(|| {
                    let href = chrome.href(paths::STUDIO_STRIPE_CONNECT);
                    let label = words.text("stripe-studio-connect");
                    view! { <p class="buttons">{button_link(href, label)}</p> }
                });
                view! { <p>{words.text("stripe-studio-none")}</p>{connect} }.into_any()
            }
        };
        view! {
            <div class="column">
                {outcome}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("stripe-studio-intro")}</p>
                {category}
                {standing}
            </div>
        }
    })
}

fn connected(shown: &Shown<'_>, connection: &Connection, may: bool) -> AnyView {
    let chrome = shown.chrome;
    let words = chrome.words;
    let settings = &connection.settings;
    let mode = words.text(&format!("stripe-mode-{}", settings.mode.name()));
    let key = words.text(if settings.restricted {
        "stripe-studio-key-restricted"
    } else {
        "stripe-studio-key-secret"
    });
    let secret = match (connection.has_secret, connection.has_previous) {
        (false, _) => "stripe-studio-secret-none",
        (true, false) => "stripe-studio-secret-one",
        (true, true) => "stripe-studio-secret-two",
    };
    let buttons = may.then(|| {
        view! {
            <div class="buttons">
                {button(words, chrome.href(paths::STUDIO_STRIPE_TEST), ("stripe-studio-test", ""), &[])}
                {button_link(chrome.href(paths::STUDIO_STRIPE_CONNECT), words.text("stripe-studio-other"))}
                {button_link(chrome.href(paths::STUDIO_STRIPE_REMOVE), words.text("stripe-studio-remove"))}
            </div>
        }
    });
    let secret_buttons = may.then(|| {
        let end = connection.has_previous.then(|| {
            let end = chrome.href(paths::STUDIO_STRIPE_SECRET_END);
            button_link(end, words.text("stripe-studio-secret-end"))
        });
        view! {
            <div class="buttons">
                {button_link(chrome.href(paths::STUDIO_STRIPE_SECRET), words.text("stripe-studio-secret-new"))}
                {end}
            </div>
        }
    });
    view! {
        <dl class="fields">
            <div><dt>{words.text("stripe-studio-where")}</dt>
                <dd class="mono">{settings.base_url.clone()}</dd></div>
            <div><dt>{words.text("stripe-studio-mode")}</dt><dd>{mode}</dd></div>
            <div><dt>{words.text("stripe-studio-key")}</dt><dd>{key}</dd></div>
        </dl>
        {buttons}
        <h2>{words.text("stripe-studio-webhook")}</h2>
        <p>{words.text("stripe-studio-webhook-how")}</p>
        <p><code class="copy">{shown.webhook.to_owned()}</code></p>
        <p class="quiet">{words.text(secret)}</p>
        {secret_buttons}
    }
    .into_any()
}

fn outcome(chrome: &Chrome, tested: &Result<(), StripeError>) -> AnyView {
    let words = chrome.words;
    let (title, text) = match tested {
        Ok(()) => ("stripe-tested", words.text("stripe-tested-text")),
        Err(error) => ("stripe-tested-fail", trouble::said(words, error)),
    };
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="tested">
            <h2 id="tested">{words.text(title)}</h2>
            <p>{text}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::storage::Timestamp;
    use engine::stripe::{Mode, Settings};

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn every_standing_has_words() {
        let connection = |restricted, has_secret, has_previous, mode| Connection {
            settings: Settings { base_url: "https://api.stripe.com".into(), mode, restricted },
            has_secret,
            has_previous,
            connected_at: Timestamp(0),
        };
        let connections = [
            None,
            Some(connection(true, false, false, Mode::Test)),
            Some(connection(false, true, false, Mode::Live)),
            Some(connection(true, true, true, Mode::Live)),
        ];
        for language in Language::ALL {
            for connection in &connections {
                for tested in [None, Some(Ok(())), Some(Err(StripeError::Key))] {
                    let html = page(&Shown {
                        chrome: &chrome(language),
                        working: &working(),
                        connection: connection.as_ref(),
                        webhook: "https://acme.example/hooks/stripe",
                        category: tested.is_none().then(|| "<Payments>".to_owned()),
                        tested,
                    });
                    assert!(!html.contains("Unknown localization"), "{html}");
                    assert!(!html.contains("<Payments>"), "{html}");
                    let told = html.contains("https://acme.example/hooks/stripe");
                    assert_eq!(told, connection.is_some(), "{html}");
                }
            }
        }
    }
}
