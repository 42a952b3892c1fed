//! Connecting an account at Stripe, or another one in its place.

use axum::extract::State;
use axum::response::Response;
use domain::words::Words;
use engine::accounts::Task;
use engine::stripe::{self, ConnectError, Connection, Described, StripeError, USUAL_BASE, Wrong};
use leptos::prelude::*;

use super::trouble::said;
use crate::pages::studio::bar::studio_page;
use crate::pages::studio::working::{self, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, send};
use crate::visit::Visit;

/// `GET /studio/stripe/connect`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let connection = stripe::connection(&portal.engine, &visit.scope).await?;
    let working = working::load(&portal, &visit).await?;
    let form = filled(connection.as_ref());
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &form)))
}

/// `POST /studio/stripe/connect`: asks Stripe first.
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let words = visit.words();
    let described = Described {
        base_url: sent.one("base-url").to_owned(),
        mode: sent.one("mode").to_owned(),
        key: sent.one("key").to_owned().into(),
        secret: sent.one("secret").to_owned().into(),
    };
    // Neither key nor secret is sent back to the page.
    let mut form = sent.state();
    form.values.remove("key");
    form.values.remove("secret");
    let confirmed = visit.confirmed(Task::Settings)?;
    let form = match stripe::connect(&portal.engine, &visit.scope, confirmed, &described).await {
        Ok(()) => return Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_STRIPE))),
        Err(ConnectError::Mistakes(mistakes)) => {
            let told = mistakes.into_iter().fold(form, |form, mistake| {
                form.wrong(mistake.field, words.text(wrong(mistake.wrong)))
            });
            told.in_order(&["mode", "key", "secret", "base-url"])
        }
        Err(ConnectError::Stripe(error)) => form.wrong(field(&error), said(words, &error)),
        Err(ConnectError::NotConnected) => return Err(Trouble::NotFound),
        Err(ConnectError::Failure(failure)) => return Err(failure.into()),
    };
    let working = working::load(&portal, &visit).await?;
    Ok(respond::unprocessable(page(&visit.chrome_in_all(), &working, &form)))
}

/// What has to be typed otherwise.
fn field(error: &StripeError) -> &'static str {
    match error {
        StripeError::Key | StripeError::Permission(_) => "key",
        _ => "base-url",
    }
}

fn filled(connection: Option<&Connection>) -> FormState {
    let (base_url, mode) = match connection {
        Some(connection) => {
            (connection.settings.base_url.as_str(), connection.settings.mode.name())
        }
        None => (USUAL_BASE, ""),
    };
    FormState::filled([("base-url", base_url), ("mode", mode)])
}

fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Url => "stripe-wrong-url",
        Wrong::Mode => "stripe-wrong-mode",
        Wrong::Key => "stripe-wrong-key",
        Wrong::KeyOfOtherMode => "stripe-wrong-key-mode",
        Wrong::Secret => "stripe-wrong-secret",
    }
}

fn page(chrome: &Chrome, working: &Working, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("stripe-connect-title");
    studio_page(chrome, working, &form.title(words, &title), || {
        let may_read = ["customers", "payments", "subscriptions", "invoices"]
            .map(|what| view! { <li>{words.text(&format!("stripe-asking-{what}"))}</li> })
            .collect_view();
        view! {
            <div class="column">
                <p class="back"><a href=chrome.href(paths::STUDIO_STRIPE)>{words.text("stripe-back")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p>{words.text("stripe-connect-intro")}</p>
                <div class="prose"><ul>{may_read}</ul></div>
                <form method="post" action=chrome.href(paths::STUDIO_STRIPE_CONNECT) novalidate=true autocomplete="off">
                    {modes(words).view(words, form)}
                    {Field::new("key", Kind::Password, words.text("stripe-key"))
                        .hint(words.text("stripe-key-hint")).autocomplete("off").view(words, form)}
                    {Field::new("secret", Kind::Password, words.text("stripe-secret"))
                        .hint(words.text("stripe-secret-later")).autocomplete("off").optional().view(words, form)}
                    {Field::new("base-url", Kind::Text, words.text("stripe-base-url"))
                        .hint(words.text("stripe-base-url-hint")).view(words, form)}
                    {send(words.text("stripe-connect-send"))}
                </form>
            </div>
        }
    })
}

fn modes(words: Words) -> Choice {
    let option = |value: &str, label, note| ChoiceOption {
        value: value.to_owned(),
        label: words.text(label),
        note: Some(words.text(note)),
    };
    Choice {
        name: "mode",
        legend: words.text("stripe-studio-mode"),
        hint: None,
        options: vec![
            option("live", "stripe-mode-live", "stripe-mode-live-note"),
            option("test", "stripe-mode-test", "stripe-mode-test-note"),
        ],
        several: false,
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn the_form_and_every_mistake_have_words() {
        let all = [Wrong::Url, Wrong::Mode, Wrong::Key, Wrong::KeyOfOtherMode, Wrong::Secret];
        for language in Language::ALL {
            for each in all {
                assert!(Words::new(language).find(wrong(each)).is_some(), "{each:?}");
            }
            let html = page(&chrome(language), &working(), &filled(None));
            assert!(!html.contains("Unknown localization"), "{html}");
            assert!(html.contains("https://api.stripe.com"), "{html}");
        }
    }
}
