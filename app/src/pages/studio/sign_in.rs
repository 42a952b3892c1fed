//! With which other services people may sign in, and whether each answers.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::roles::Permission;
use engine::egress::EgressError;
use engine::providers::{self, Found, Kind, Provider, Reason};
use jiff::tz::TimeZone;
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

/// What a test of a provider has found, by its slug.
type Tested<'a> = Option<(&'a str, Result<Found, Reason>)>;

/// `GET /studio/sign-in`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let all = providers::list(&portal.engine, &visit.scope).await?;
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &all, None)))
}

/// `POST /studio/sign-in/{slug}/test`: asks the provider, and tells what it says.
pub async fn test(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, Trouble> {
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let all = providers::list(&portal.engine, &visit.scope).await?;
    let provider = all.iter().find(|provider| provider.slug == slug).ok_or(Trouble::NotFound)?;
    let found = providers::check(&portal.engine, &visit.scope, provider).await;
    let working = working::load(&portal, &visit).await?;
    let answers = found.is_ok();
    let html = page(&visit.chrome_in_all(), &working, &all, Some((&slug, found)));
    Ok(if answers { respond::html(html) } else { respond::unprocessable(html) })
}

fn page(chrome: &Chrome, working: &Working, all: &[Provider], tested: Tested<'_>) -> String {
    let words = chrome.words;
    let title = words.text("providers-title");
    studio_page(chrome, working, &title, || {
        let may = chrome
            .viewer
            .is_some_and(|viewer| Permission::ManageSettings.granted_to(Some(viewer.role)));
        let named = |slug: &str| all.iter().find(|provider| provider.slug == slug);
        let outcome = tested.as_ref().and_then(|(slug, found)| {
            named(slug).map(|provider| outcome(chrome, &provider.settings.name, found))
        });
        let none = all.is_empty().then(|| view! { <p>{words.text("providers-none")}</p> });
        let list = all.iter().map(|provider| entry(chrome, provider, may)).collect_view();
        let add = may.then(|| {
            let href = chrome.href(paths::STUDIO_PROVIDER_NEW);
            view! { <p class="buttons">{button_link(href, words.text("providers-add"))}</p> }
        });
        view! {
            <div class="column">
                {outcome}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("providers-intro")}</p>
                {none}
                <ul class="rights">{list}</ul>
                {add}
            </div>
        }
    })
}

fn entry(chrome: &Chrome, provider: &Provider, may: bool) -> AnyView {
    let words = chrome.words;
    let settings = &provider.settings;
    let (kind, place) = match &settings.kind {
        Kind::OpenId { issuer } => ("providers-openid", issuer),
        Kind::OAuth2 { authorize_url, .. } => ("providers-oauth2", authorize_url),
    };
    let trust = if settings.trusted_email { "providers-trusted" } else { "providers-untrusted" };
    let secret =
        if provider.has_secret { "providers-secret-stored" } else { "providers-secret-none" };
    let buttons = may.then(|| {
        let test = chrome.href(&paths::STUDIO_PROVIDER_TEST.of(&provider.slug));
        view! {
            <div class="buttons">
                {button_link(chrome.href(&paths::STUDIO_PROVIDER.of(&provider.slug)), words.text("providers-edit"))}
                {button(words, test, ("providers-test", &settings.name), &[])}
                {button_link(chrome.href(&paths::STUDIO_PROVIDER_REMOVE.of(&provider.slug)), words.text("providers-remove"))}
            </div>
        }
    });
    view! {
        <li>
            <h2>{settings.name.clone()}</h2>
            <p>{words.text(kind)}" · "<span class="mono">{place.clone()}</span></p>
            <p class="quiet">{words.text(trust)}". "{words.text(secret)}</p>
            {provider.trouble.as_ref().map(|it| trouble(chrome, it))}
            {buttons}
        </li>
    }
    .into_any()
}

/// What was wrong the last time that somebody was turned away for what the provider said.
fn trouble(chrome: &Chrome, trouble: &providers::Trouble) -> AnyView {
    let words = chrome.words;
    let at = jiff::Timestamp::from(trouble.at).to_zoned(TimeZone::UTC);
    let date = words.date(at.date());
    let (name, what) = trouble.what.split_once(':').unwrap_or((&trouble.what, ""));
    let text = words.find(&format!("providers-trouble-{name}"));
    let text = text.unwrap_or_else(|| words.text("providers-trouble-not-believed"));
    let what = Some(technical(what)).filter(|what| !what.is_empty());
    let what = what.map(|what| view! { " "<code>{what.to_owned()}</code> });
    let heading = words.with("providers-trouble", &[("date", date.into())]);
    view! { <p><strong>{heading}</strong>" "{text}{what}</p> }.into_any()
}

/// What is not believed, as the provider's own settings call it.
fn technical(what: &str) -> &str {
    match what {
        "audience" => "aud, azp",
        "issuer" => "iss",
        "time" => "exp",
        "signature" => "jwks_uri",
        "token" => "id_token",
        "user info" => "userinfo",
        "discovery document" => "openid-configuration",
        "address" => "redirect_uri",
        claim => claim.trim_start_matches("claim ").trim_matches(['“', '”']),
    }
}

/// What the provider said, or why it said nothing.
fn outcome(chrome: &Chrome, name: &str, found: &Result<Found, Reason>) -> AnyView {
    let words = chrome.words;
    let title = if found.is_ok() { "providers-tested-title" } else { "providers-tested-fail" };
    let title = words.with(title, &[("name", name.to_owned().into())]);
    let said = match found {
        Err(reason) => view! { <p>{words.text(wrong(reason))}</p> }.into_any(),
        Ok(found) => told(chrome, found),
    };
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="tested">
            <h2 id="tested">{title}</h2>
            {said}
        </div>
    }
    .into_any()
}

fn told(chrome: &Chrome, found: &Found) -> AnyView {
    let words = chrome.words;
    let yes = |it: bool| words.text(if it { "providers-yes" } else { "providers-unsaid" });
    let lines = [
        ("providers-found-authorize", Some(found.authorize.clone())),
        ("providers-found-token", Some(found.token.clone())),
        ("providers-found-signed", Some(found.signed.join(", ")).filter(|it| !it.is_empty())),
        ("providers-found-pkce", found.pkce.map(yes)),
        ("providers-found-iss", found.names_itself.map(yes)),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| (words.text(label), value)))
        .map(|(label, value)| view! { <dt>{label}</dt><dd class="mono">{value}</dd> })
        .collect_view();
    view! { <dl>{lines}</dl> }.into_any()
}

fn wrong(reason: &Reason) -> &'static str {
    match reason {
        Reason::Unreachable(EgressError::Private(_)) => "providers-fail-private",
        Reason::Unreachable(EgressError::Unknown(_)) => "providers-fail-unknown",
        Reason::Unreachable(EgressError::Slow(_)) => "providers-fail-slow",
        Reason::Unreachable(EgressError::Address(_)) => "providers-fail-address",
        Reason::Unreachable(EgressError::TooLarge(_)) => "providers-fail-large",
        Reason::Unreachable(EgressError::Unreachable { .. }) => "providers-fail-unreachable",
        Reason::NotBelieved("issuer") => "providers-fail-issuer",
        _ => "providers-fail-document",
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::providers::Settings;

    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn what_was_found_is_told_in_every_language() {
        let settings = Settings {
            name: "<Acme>".into(),
            kind: Kind::OpenId { issuer: "https://id.acme.example".into() },
            client_id: "portal".into(),
            scopes: Vec::new(),
            trusted_email: true,
        };
        let all = [Provider { slug: "acme".into(), settings, has_secret: true, trouble: None }];
        let found = || Found {
            authorize: "https://id.acme.example/a".into(),
            token: "https://id.acme.example/t".into(),
            signed: vec!["RS256".into()],
            pkce: Some(true),
            names_itself: Some(false),
        };
        for language in Language::ALL {
            let slow = || Reason::Unreachable(EgressError::Slow("x".into()));
            for tested in [Ok(found()), Err(slow()), Err(Reason::NotBelieved("issuer"))] {
                let html = page(&chrome(language), &working(), &all, Some(("acme", tested)));
                assert!(!html.contains("Unknown localization"), "{html}");
                assert!(!html.contains("<Acme>"), "{html}");
            }
        }
    }
}
