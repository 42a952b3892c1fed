//! With which providers somebody who is signed in may sign in.

use axum::extract::State;
use axum::response::Response;
use engine::accounts::Task;
use engine::providers::{self, OwnProvider, UnlinkError};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use uuid::Uuid;

use crate::pages::sign_in::provider::button::button;
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::FormState;
use crate::visit::Visit;

/// `GET /account/sign-in/providers`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let own = providers::own_providers(&portal.engine, &visit.scope).await?;
    Ok(respond::html(view_of(&visit, &own, &FormState::default())))
}

/// `POST /account/sign-in/providers/{id}/remove`
pub async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    match providers::unlink(&portal.engine, &visit.scope, token, confirmed, id).await {
        // What is gone already was to be gone.
        Ok(_) => Ok(respond::redirect(&visit.chrome_in_all().href(paths::OWN_PROVIDERS))),
        Err(UnlinkError::Last) => {
            let own = providers::own_providers(&portal.engine, &visit.scope).await?;
            let form = FormState::default().wrong("linked", visit.words().text("provider-last"));
            Ok(respond::unprocessable(view_of(&visit, &own, &form)))
        }
        Err(UnlinkError::Failure(failure)) => Err(failure.into()),
    }
}

fn view_of(visit: &Visit, own: &[OwnProvider], form: &FormState) -> String {
    providers_page(&visit.chrome_in_all(), &visit.scope.zone, own, form)
}

fn providers_page(
    chrome: &Chrome,
    zone: &TimeZone,
    own: &[OwnProvider],
    form: &FormState,
) -> String {
    let words = chrome.words;
    let title = words.text("provider-own-title");
    page(chrome, &form.title(words, &title), || {
        let list = own.iter().map(|provider| entry(chrome, zone, provider)).collect_view();
        let none = own.is_empty().then(|| view! { <p>{words.text("provider-own-none")}</p> });
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("provider-own-intro")}</p>
                {none}
                <ul class="rights" id="linked">{list}</ul>
                <p class="quiet"><a href=chrome.href(paths::OWN_SIGN_IN)>{words.text("provider-own-back")}</a></p>
            </div>
        }
    })
}

fn entry(chrome: &Chrome, zone: &TimeZone, provider: &OwnProvider) -> AnyView {
    let words = chrome.words;
    let linked = provider
        .linked
        .iter()
        .map(|(id, at)| {
            let date = jiff::Timestamp::from(*at).to_zoned(zone.clone()).date();
            let since = words.with("provider-linked-since", &[("date", words.date(date).into())]);
            let action = chrome.href(&paths::UNLINK_PROVIDER.of(*id));
            view! {
                <p>{since}</p>
                <div class="buttons">{button(words, action, ("provider-unlink", &provider.name), &[])}</div>
            }
        })
        .collect_view();
    let link = provider.linked.is_empty().then(|| {
        let action = chrome.href(&paths::LINK_PROVIDER.of(&provider.slug));
        view! {
            <p class="quiet">{words.text("provider-not-linked")}</p>
            <div class="buttons">{button(words, action, ("provider-link", &provider.name), &[])}</div>
        }
    });
    view! { <li><h2>{provider.name.clone()}</h2>{linked}{link}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::storage::Timestamp;

    use super::*;
    use crate::pages::studio::policy::tests::chrome;

    #[test]
    fn what_is_linked_can_be_removed_and_what_is_not_linked() {
        let provider = |slug: &str, linked: Vec<(Uuid, Timestamp)>| OwnProvider {
            slug: slug.to_owned(),
            name: format!("<{slug}>"),
            linked,
        };
        let own = [provider("a", vec![(Uuid::nil(), Timestamp(0))]), provider("b", Vec::new())];
        for language in Language::ALL {
            let html =
                providers_page(&chrome(language), &TimeZone::UTC, &own, &FormState::default());
            assert!(!html.contains("Unknown localization") && !html.contains("<a>"), "{html}");
            assert!(html.contains("/providers/00000000-0000-0000-0000-000000000000/remove"));
            assert!(html.contains("/providers/b/link") && !html.contains("/providers/a/link"));
        }
    }
}
