//! Which of the tenant's own systems are told what happens here.

use axum::extract::State;
use axum::response::Response;
use domain::roles::Permission;
use domain::words::Words;
use engine::webhooks::{self, Endpoint, EventType};
use leptos::prelude::*;

use super::bar::studio_page;
use super::working::{self, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::button_link;
use crate::visit::Visit;

/// `GET /studio/webhooks`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let all = webhooks::list(&portal.engine, &visit.scope).await?;
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &all)))
}

/// What an endpoint is called: its description, else its address.
pub fn called(endpoint: &Endpoint) -> String {
    let described = !endpoint.description.is_empty();
    if described { endpoint.description.clone() } else { endpoint.url.clone() }
}

/// What a type of event is called.
pub fn event_name(words: Words, event: EventType) -> String {
    words.text(match event {
        EventType::CorrectionMade => "webhooks-event-correction-made",
        EventType::ErasureAsked => "webhooks-event-erasure-asked",
        EventType::ErasureDone => "webhooks-event-erasure-done",
        EventType::ConsentChanged => "webhooks-event-consent-changed",
        EventType::Test => "webhooks-event-test",
    })
}

fn page(chrome: &Chrome, working: &Working, all: &[Endpoint]) -> String {
    let words = chrome.words;
    let title = words.text("webhooks-title");
    studio_page(chrome, working, &title, || {
        let may = chrome.may(Permission::ManageSettings);
        let none = all.is_empty().then(|| view! { <p>{words.text("webhooks-none")}</p> });
        let list = all.iter().map(|endpoint| entry(chrome, endpoint)).collect_view();
        let add = may.then(|| {
            let href = chrome.href(paths::STUDIO_WEBHOOK_NEW);
            view! { <p class="buttons">{button_link(href, words.text("webhooks-add"))}</p> }
        });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("webhooks-intro")}</p>
                {none}
                <ul class="rights">{list}</ul>
                {add}
            </div>
        }
    })
}

fn entry(chrome: &Chrome, endpoint: &Endpoint) -> AnyView {
    let words = chrome.words;
    let events: Vec<String> =
        endpoint.events.iter().map(|event| event_name(words, *event)).collect();
    let href = chrome.href(&paths::STUDIO_WEBHOOK.of(endpoint.id));
    view! {
        <li>
            <h2><a href=href>{called(endpoint)}</a></h2>
            <p class="mono">{endpoint.url.clone()}</p>
            <p class="quiet">{words.with("webhooks-told", &[("events", events.join(", ").into())])}</p>
            {off(words, endpoint)}
        </li>
    }
    .into_any()
}

/// Says that nothing is sent, where it is so.
pub fn off(words: Words, endpoint: &Endpoint) -> Option<AnyView> {
    endpoint.disabled_at.map(|_| {
        view! { <p><span class="state late">{words.text("webhooks-off")}</span></p> }.into_any()
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::storage::Timestamp;
    use uuid::Uuid;

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn the_list_reads_in_every_language() {
        let endpoint = Endpoint {
            id: Uuid::nil(),
            url: "https://crm.example/hook".into(),
            description: "<CRM>".into(),
            events: EventType::ALL.to_vec(),
            disabled_at: Some(Timestamp(0)),
            misses: 0,
            rests_until: None,
        };
        for language in Language::ALL {
            let html = page(&chrome(language), &working(), std::slice::from_ref(&endpoint));
            assert!(html.contains("&lt;CRM&gt;") && html.contains("state late"), "{html}");
            assert!(!html.contains("Unknown localization"), "{html}");
            let html = page(&chrome(language), &working(), &[]);
            assert!(!html.contains("Unknown localization"), "{html}");
        }
    }
}
