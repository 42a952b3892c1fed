//! Tokens for the tenant's own systems.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use domain::grants::{Grant, Grants};
use domain::roles::Permission;
use domain::texts::Limit;
use engine::accounts::Task;
use engine::tokens::{self, Lifetime, Made, Token};
use leptos::prelude::*;
use uuid::Uuid;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, button_link, send};
use crate::visit::Visit;

/// The longest name, in characters.
const LONGEST_NAME: Limit = Limit::line(80);

/// `GET /studio/tokens`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let tokens = tokens::list(&portal.engine, &visit.scope).await?;
    Ok(respond::html(list(&visit, &tokens)))
}

/// `GET /studio/tokens/new`
pub async fn show_new(visit: Visit) -> Response {
    let form = FormState::filled([("lifetime", "90")]);
    respond::html(making(&visit.chrome_in_all(), &form))
}

/// `POST /studio/tokens/new`: makes it, and shows it this once.
pub async fn make(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let all = |name: &str| -> Vec<&str> {
        typed.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    };
    let name = all("name").first().map(|name| name.trim().to_owned()).unwrap_or_default();
    let grants: Grants = all("grants").into_iter().filter_map(Grant::named).collect();
    let days = all("lifetime").first().copied().unwrap_or_default().to_owned();
    let lifetime = Lifetime::ALL.into_iter().find(|lifetime| lifetime.days().to_string() == days);
    let mut form = FormState::filled([
        ("name", name.clone()),
        ("grants", grants.to_string()),
        ("lifetime", days),
    ]);
    if name.is_empty() || LONGEST_NAME.check(&name).is_err() {
        form = form.wrong("name", chrome.text("tokens-name-wrong"));
    }
    if grants.is_empty() {
        form = form.wrong("grants", chrome.text("tokens-grants-wrong"));
    }
    let Some(lifetime) = lifetime.filter(|_| form.is_right()) else {
        if lifetime.is_none() {
            form = form.wrong("lifetime", chrome.text("tokens-lifetime-wrong"));
        }
        return Ok(respond::unprocessable(making(&chrome, &form)));
    };
    let confirmed = visit.confirmed(Task::Settings)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    let made = tokens::make(engine, scope, confirmed, &name, &grants, lifetime).await?;
    Ok(respond::html(shown_once(&chrome, &name, &made)))
}

/// `POST /studio/tokens/{id}/revoke`
pub async fn revoke(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    if !tokens::revoke(&portal.engine, &visit.scope, id).await? {
        return Err(Trouble::NotFound);
    }
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_TOKENS)))
}

fn list(visit: &Visit, tokens: &[Token]) -> String {
    let chrome = &visit.chrome_in_all();
    let words = chrome.words;
    let title = words.text("tokens-title");
    let manages = visit.scope.permit(Permission::ManageSettings).is_ok();
    page(chrome, &title, || {
        let rows = tokens.iter().map(|token| row(visit, token, manages)).collect_view();
        let rows = if tokens.is_empty() {
            view! { <p class="quiet">{words.text("tokens-none")}</p> }.into_any()
        } else {
            view! { <ul class="own-requests">{rows}</ul> }.into_any()
        };
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("tokens-intro")}</p>
                <p><a href=chrome.href(paths::API)>{words.text("tokens-docs")}</a></p>
                {rows}
                {manages.then(|| button_link(chrome.href(paths::STUDIO_TOKEN_NEW), words.text("tokens-new")))}
            </div>
        }
    })
}

fn row(visit: &Visit, token: &Token, manages: bool) -> AnyView {
    let chrome = &visit.chrome_in_all();
    let words = chrome.words;
    let date = |time| words.date(visit.scope.date_of(time));
    let until = if token.expires_at <= visit.scope.now {
        view! { <span class="state overdue">{words.text("tokens-expired")}</span> }.into_any()
    } else {
        let until = words.with("tokens-until", &[("date", date(token.expires_at).into())]);
        view! { <span>{until}</span> }.into_any()
    };
    let used = token.used_at.map_or_else(
        || words.text("tokens-unused"),
        |used| words.with("tokens-used", &[("date", date(used).into())]),
    );
    let old = token.old_until.filter(|until| *until > visit.scope.now);
    let old = old.map(|until| words.with("tokens-old", &[("date", date(until).into())]));
    let revoke = manages.then(|| {
        let path = paths::STUDIO_TOKEN_REVOKE.of(token.id);
        let label = words.with("tokens-revoke-named", &[("name", token.name.clone().into())]);
        view! {
            <form class="inline" method="post" action=chrome.href(&path)>
                <button type="submit" aria-label=label>{words.text("tokens-revoke")}</button>
            </form>
        }
    });
    let grants: Vec<String> = token.grants.iter().map(|grant| words.text(&named(grant))).collect();
    view! {
        <li>
            <b>{token.name.clone()}</b>
            {until}
            <span class="quiet">{grants.join(", ")}". "{used}" "{revoke}</span>
            {old.map(|old| view! { <span class="quiet">{old}</span> })}
        </li>
    }
    .into_any()
}

fn making(chrome: &Chrome, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("tokens-new");
    page(chrome, &form.title(words, &title), || {
        let grants = Grant::ALL
            .into_iter()
            .map(|grant| ChoiceOption {
                value: grant.name().to_owned(),
                label: words.text(&named(grant)),
                note: Some(words.text(&format!("tokens-grant-{}-about", grant.name()))),
            })
            .collect();
        let lifetimes = Lifetime::ALL
            .into_iter()
            .map(|lifetime| ChoiceOption {
                value: lifetime.days().to_string(),
                label: words.with("tokens-days", &[("count", lifetime.days().into())]),
                note: None,
            })
            .collect();
        let grants = Choice {
            name: "grants",
            legend: words.text("tokens-grants"),
            hint: Some(words.text("tokens-grants-hint")),
            options: grants,
            several: true,
        };
        let lifetime = Choice {
            name: "lifetime",
            legend: words.text("tokens-lifetime"),
            hint: None,
            options: lifetimes,
            several: false,
        };
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::STUDIO_TOKENS)>{words.text("tokens-title")}</a></p>
                <h1>{title.clone()}</h1>
                <form method="post" action=chrome.href(paths::STUDIO_TOKEN_NEW) novalidate=true>
                    {Field::new("name", Kind::Text, words.text("tokens-name"))
                        .hint(words.text("tokens-name-hint")).autocomplete("off").view(words, form)}
                    {grants.view(words, form)}
                    {lifetime.view(words, form)}
                    {send(words.text("tokens-make"))}
                </form>
            </div>
        }
    })
}

/// The token itself is nowhere but on this page.
fn shown_once(chrome: &Chrome, name: &str, made: &Made) -> String {
    let words = chrome.words;
    let title = words.text("tokens-made");
    page(chrome, &title, || {
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::STUDIO_TOKENS)>{words.text("tokens-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with("tokens-made-about", &[("name", name.to_owned().into())])}</p>
                <p><code class="copy" id="token">{made.bearer.text()}</code></p>
                {button_link(chrome.href(paths::STUDIO_TOKENS), words.text("tokens-kept"))}
            </div>
        }
    })
}

/// The message that names what a token may do.
fn named(grant: Grant) -> String {
    format!("tokens-grant-{}", grant.name())
}
