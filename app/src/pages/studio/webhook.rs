//! One endpoint, as the studio sets it up: its address, what it is told of, and
//! its secret.

use axum::extract::State;
use axum::response::Response;
use domain::words::Words;
use engine::accounts::Task;
use engine::webhooks::{self, Described, Endpoint, EventType, Mistake, SaveError, SigningSecret};
use leptos::prelude::*;
use uuid::Uuid;

use super::bar::studio_page;
use super::webhooks::{called, event_name};
use super::working::{self, Working};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, button_link, send};
use crate::visit::Visit;

/// `GET /studio/webhooks/new`.
pub async fn show_new(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let every = EventType::to_choose().map(EventType::name).collect::<Vec<_>>().join(" ");
    let form = FormState::filled([("events", every)]);
    Ok(respond::html(formed(&portal, &visit, None, &form).await?))
}

/// `POST /studio/webhooks/new`.
///
/// The secret is in the answer itself, since nothing that could show it later is
/// stored; whoever loses the answer makes another.
pub async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let confirmed = visit.confirmed(Task::Settings)?;
    match webhooks::add(&portal.engine, &visit.scope, confirmed, &described(&sent)).await {
        Ok((id, secret)) => told(&portal, &visit, id, &secret).await,
        Err(error) => refused(&portal, &visit, None, &sent, error).await,
    }
}

/// `GET /studio/webhooks/{id}/edit`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let endpoint = find(&portal, &visit, &id).await?;
    let events: Vec<&str> = endpoint.events.iter().map(|event| event.name()).collect();
    let form = FormState::filled([
        ("url", endpoint.url.clone()),
        ("description", endpoint.description.clone()),
        ("events", events.join(" ")),
    ]);
    Ok(respond::html(formed(&portal, &visit, Some(&endpoint), &form).await?))
}

/// `POST /studio/webhooks/{id}/edit`.
pub async fn change(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let endpoint = find(&portal, &visit, &id).await?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let confirmed = visit.confirmed(Task::Settings)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    let done = webhooks::change(engine, scope, confirmed, endpoint.id, &described(&sent)).await;
    match done {
        Ok(()) => Ok(respond::redirect(
            &visit.chrome_in_all().href(&paths::STUDIO_WEBHOOK.of(endpoint.id)),
        )),
        Err(error) => refused(&portal, &visit, Some(&endpoint), &sent, error).await,
    }
}

/// `GET /studio/webhooks/{id}/secret`.
pub async fn ask_rotate(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let endpoint = find(&portal, &visit, &id).await?;
    let working = working::load(&portal, &visit).await?;
    let ask = Ask {
        title: "webhooks-rotate-title",
        text: "webhooks-rotate-text",
        action: paths::STUDIO_WEBHOOK_SECRET.of(endpoint.id),
        send: "webhooks-rotate",
        keep: "webhooks-rotate-keep",
    };
    Ok(respond::html(asking(&visit.chrome_in_all(), &working, &endpoint, &ask)))
}

/// `POST /studio/webhooks/{id}/secret`.
pub async fn rotate(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let endpoint = find(&portal, &visit, &id).await?;
    let confirmed = visit.confirmed(Task::Settings)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    let secret = webhooks::rotate(engine, scope, confirmed, endpoint.id).await?;
    told(&portal, &visit, endpoint.id, &secret.ok_or(Trouble::NotFound)?).await
}

/// `GET /studio/webhooks/{id}/remove`.
pub async fn ask_remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let endpoint = find(&portal, &visit, &id).await?;
    let working = working::load(&portal, &visit).await?;
    let ask = Ask {
        title: "webhooks-remove-title",
        text: "webhooks-remove-text",
        action: paths::STUDIO_WEBHOOK_REMOVE.of(endpoint.id),
        send: "webhooks-remove",
        keep: "webhooks-keep",
    };
    Ok(respond::html(asking(&visit.chrome_in_all(), &working, &endpoint, &ask)))
}

/// `POST /studio/webhooks/{id}/remove`.
pub async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    // What is gone already was to be gone.
    let confirmed = visit.confirmed(Task::Settings)?;
    webhooks::remove(&portal.engine, &visit.scope, confirmed, id).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_WEBHOOKS)))
}

/// The endpoint of that id.
pub async fn find(portal: &Portal, visit: &Visit, id: &str) -> Result<Endpoint, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    webhooks::find(&portal.engine, &visit.scope, id).await?.ok_or(Trouble::NotFound)
}

fn described(sent: &SentForm) -> Described {
    Described {
        url: sent.one("url").to_owned(),
        description: sent.one("description").to_owned(),
        events: sent.all("events").map(str::to_owned).collect(),
    }
}

async fn refused(
    portal: &Portal,
    visit: &Visit,
    endpoint: Option<&Endpoint>,
    sent: &SentForm,
    error: SaveError,
) -> Result<Response, Trouble> {
    let mistakes = match error {
        SaveError::Mistakes(mistakes) => mistakes,
        SaveError::Gone => return Err(Trouble::NotFound),
        SaveError::Failure(failure) => return Err(failure.into()),
    };
    let mut form = sent.state();
    for mistake in mistakes {
        let (field, message) = wrong(mistake);
        form = form.wrong(field, visit.words().text(message));
    }
    Ok(respond::unprocessable(
        formed(portal, visit, endpoint, &form.in_order(&["url", "description"])).await?,
    ))
}

fn wrong(mistake: Mistake) -> (&'static str, &'static str) {
    match mistake {
        Mistake::Url => ("url", "webhooks-wrong-url"),
        Mistake::Private => ("url", "webhooks-wrong-private"),
        Mistake::Unknown => ("url", "webhooks-wrong-unknown"),
        Mistake::Description => ("description", "webhooks-wrong-description"),
        Mistake::Events => ("events", "webhooks-wrong-events"),
        Mistake::Many => ("url", "webhooks-wrong-many"),
    }
}

async fn formed(
    portal: &Portal,
    visit: &Visit,
    endpoint: Option<&Endpoint>,
    form: &FormState,
) -> Result<String, Trouble> {
    let working = working::load(portal, visit).await?;
    Ok(page(&visit.chrome_in_all(), &working, endpoint, form))
}

fn page(
    chrome: &Chrome,
    working: &Working,
    endpoint: Option<&Endpoint>,
    form: &FormState,
) -> String {
    let words = chrome.words;
    let (title, action, back) = match endpoint {
        Some(endpoint) => (
            words.with("webhooks-edit-title", &[("name", called(endpoint).into())]),
            paths::STUDIO_WEBHOOK_EDIT.of(endpoint.id),
            paths::STUDIO_WEBHOOK.of(endpoint.id),
        ),
        None => (
            words.text("webhooks-new-title"),
            paths::STUDIO_WEBHOOK_NEW.to_owned(),
            paths::STUDIO_WEBHOOKS.to_owned(),
        ),
    };
    studio_page(chrome, working, &form.title(words, &title), || {
        view! {
            <div class="column">
                <p class="back"><a href=chrome.href(&back)>{words.text("webhooks-back")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <form method="post" action=chrome.href(&action) novalidate=true autocomplete="off">
                    {Field::new("url", Kind::Text, words.text("webhooks-url"))
                        .hint(words.text("webhooks-url-hint")).view(words, form)}
                    {Field::new("description", Kind::Text, words.text("webhooks-description"))
                        .hint(words.text("webhooks-description-hint")).optional().view(words, form)}
                    {events(words).view(words, form)}
                    {send(words.text("webhooks-save"))}
                </form>
            </div>
        }
    })
}

fn events(words: Words) -> Choice {
    let options = EventType::to_choose()
        .map(|event| ChoiceOption {
            value: event.name().to_owned(),
            label: event_name(words, event),
            note: Some(event.name().to_owned()),
        })
        .collect();
    let legend = words.text("webhooks-events");
    Choice { name: "events", legend, hint: None, options, several: true }
}

/// The secret, this once.
async fn told(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    secret: &SigningSecret,
) -> Result<Response, Trouble> {
    let working = working::load(portal, visit).await?;
    Ok(respond::html(shown(&visit.chrome_in_all(), &working, id, secret.expose())))
}

fn shown(chrome: &Chrome, working: &Working, id: Uuid, secret: &str) -> String {
    let words = chrome.words;
    let title = words.text("webhooks-secret-title");
    studio_page(chrome, working, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("webhooks-secret-text")}</p>
                <p><code class="secret">{secret.to_owned()}</code></p>
                <p class="buttons">
                    {button_link(chrome.href(&paths::STUDIO_WEBHOOK.of(id)), words.text("webhooks-secret-kept"))}
                </p>
            </div>
        }
    })
}

/// A question before something that cannot be taken back.
struct Ask {
    title: &'static str,
    text: &'static str,
    action: String,
    send: &'static str,
    keep: &'static str,
}

fn asking(chrome: &Chrome, working: &Working, endpoint: &Endpoint, ask: &Ask) -> String {
    let words = chrome.words;
    let title = words.with(ask.title, &[("name", called(endpoint).into())]);
    studio_page(chrome, working, &title, || {
        let keep = chrome.href(&paths::STUDIO_WEBHOOK.of(endpoint.id));
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text(ask.text)}</p>
                <form method="post" action=chrome.href(&ask.action)>
                    <div class="buttons">
                        {send(words.text(ask.send))}
                        {button_link(keep, words.text(ask.keep))}
                    </div>
                </form>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn the_form_keeps_what_was_typed_in_every_language() {
        let sent: SentForm = [
            ("url", " javascript:alert(1) "),
            ("description", "<CRM>"),
            ("events", "erasure.asked"),
            ("events", "erasure.done"),
        ]
        .into_iter()
        .collect();
        assert_eq!(described(&sent).url, "javascript:alert(1)");
        assert_eq!(described(&sent).events, ["erasure.asked", "erasure.done"]);
        let all = [
            Mistake::Url,
            Mistake::Private,
            Mistake::Unknown,
            Mistake::Description,
            Mistake::Events,
            Mistake::Many,
        ];
        for language in Language::ALL {
            let mut form = sent.state();
            for mistake in all {
                let (field, message) = wrong(mistake);
                form = form.wrong(field, Words::new(language).text(message));
            }
            let html = page(&chrome(language), &working(), None, &form);
            assert!(!html.contains("Unknown localization"), "{html}");
            assert!(html.contains("&lt;CRM&gt;") || html.contains("&quot;&lt;CRM"), "{html}");
            assert_eq!(html.matches("checked").count(), 2, "{html}");
            let html = shown(&chrome(language), &working(), Uuid::nil(), "whsec_x");
            assert!(html.contains("whsec_x") && !html.contains("Unknown localization"), "{html}");
        }
    }
}
