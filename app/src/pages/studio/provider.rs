//! One service to sign in with, as the studio sets it up.

use axum::extract::State;
use axum::response::Response;
use domain::words::Words;
use engine::accounts::Task;
use engine::providers::{self, Described, NewSecret, Provider, SaveError, Wrong};
use leptos::prelude::*;

use super::bar::studio_page;
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

/// What the page shows besides the form.
struct Shown<'a> {
    chrome: &'a Chrome,
    working: &'a Working,
    /// The one that is changed; none if it is new.
    provider: Option<&'a Provider>,
    /// Where the service sends people back to.
    back: String,
}

/// `GET /studio/sign-in/new`.
pub async fn show_new(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let usual = Described {
        kind: "openid".to_owned(),
        scopes: Described::usual_scopes("openid"),
        ..Described::default()
    };
    answer(&portal, &visit, None, &filled(&usual)).await
}

/// `POST /studio/sign-in/new`.
pub async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    save(&portal, &visit, None, &sent).await
}

/// `GET /studio/sign-in/{slug}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, Trouble> {
    let provider = find(&portal, &visit, &slug).await?;
    let form = filled(&provider.settings.described(&slug));
    answer(&portal, &visit, Some(&provider), &form).await
}

/// `POST /studio/sign-in/{slug}`.
pub async fn change(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let provider = find(&portal, &visit, &slug).await?;
    save(&portal, &visit, Some(&provider), &sent).await
}

/// `GET /studio/sign-in/{slug}/remove`.
pub async fn ask_remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, Trouble> {
    let provider = find(&portal, &visit, &slug).await?;
    let people = providers::linked_people(&portal.engine, &visit.scope, &slug).await?;
    let working = working::load(&portal, &visit).await?;
    Ok(respond::html(removing(&visit.chrome_in_all(), &working, &provider, people)))
}

/// The fields in the order of the page.
const FIELDS: [&str; 11] = [
    "slug",
    "name",
    "kind",
    "issuer",
    "authorize-url",
    "token-url",
    "userinfo-url",
    "emails-url",
    "client-id",
    "secret",
    "scopes",
];

/// `POST /studio/sign-in/{slug}/remove`.
pub async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, Trouble> {
    // What is gone already was to be gone.
    let confirmed = visit.confirmed(Task::Settings)?;
    providers::remove(&portal.engine, &visit.scope, confirmed, &slug).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_SIGN_IN)))
}

async fn find(portal: &Portal, visit: &Visit, slug: &str) -> Result<Provider, Trouble> {
    providers::find(&portal.engine, &visit.scope, slug).await?.ok_or(Trouble::NotFound)
}

async fn save(
    portal: &Portal,
    visit: &Visit,
    before: Option<&Provider>,
    sent: &SentForm,
) -> Result<Response, Trouble> {
    let words = visit.words();
    // A secret that was typed is not sent back to the page.
    let mut form = sent.state();
    form.values.remove("secret");
    let (slug, settings) = match described(sent, before).checked() {
        Ok(checked) => checked,
        Err(mistakes) => {
            for mistake in mistakes {
                form = form.wrong(mistake.field, words.text(wrong(mistake.wrong)));
            }
            let response = answer(portal, visit, before, &form.in_order(&FIELDS)).await?;
            return Ok(unprocessable(response));
        }
    };
    let typed = sent.one("secret");
    let secret = match (typed.is_empty(), before) {
        (false, _) => NewSecret::This(typed.to_owned().into()),
        (true, Some(_)) => NewSecret::Keep,
        (true, None) => NewSecret::None,
    };
    let new = before.is_none();
    let confirmed = visit.confirmed(Task::Settings)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    let saved = providers::save(engine, scope, confirmed, (&slug, &settings), secret, new).await;
    let (field, message) = match saved {
        Ok(()) => return Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_SIGN_IN))),
        Err(SaveError::Taken) => ("slug", "providers-wrong-taken"),
        Err(SaveError::Gone) => ("name", "providers-wrong-gone"),
        Err(SaveError::SecretNeeded) => ("secret", "providers-wrong-secret"),
        Err(SaveError::Failure(failure)) => return Err(failure.into()),
    };
    let form = form.wrong(field, words.text(message));
    Ok(unprocessable(answer(portal, visit, before, &form).await?))
}

fn unprocessable(mut response: Response) -> Response {
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// What was typed. The name in addresses stays as it was.
fn described(sent: &SentForm, before: Option<&Provider>) -> Described {
    let text = |name: &str| sent.one(name).to_owned();
    Described {
        slug: before.map_or_else(|| text("slug"), |provider| provider.slug.clone()),
        name: text("name"),
        kind: text("kind"),
        issuer: text("issuer"),
        authorize_url: text("authorize-url"),
        token_url: text("token-url"),
        userinfo_url: text("userinfo-url"),
        emails_url: text("emails-url"),
        client_id: text("client-id"),
        scopes: sent.one("scopes").split_whitespace().map(str::to_owned).collect(),
        trusted_email: sent.one("trusted-email") == "yes",
    }
}

fn filled(described: &Described) -> FormState {
    let mut scopes = described.scopes.clone();
    if described.kind == "openid" && !scopes.iter().any(|scope| scope == "openid") {
        scopes.insert(0, "openid".to_owned());
    }
    FormState::filled([
        ("slug", described.slug.clone()),
        ("name", described.name.clone()),
        ("kind", described.kind.clone()),
        ("issuer", described.issuer.clone()),
        ("authorize-url", described.authorize_url.clone()),
        ("token-url", described.token_url.clone()),
        ("userinfo-url", described.userinfo_url.clone()),
        ("emails-url", described.emails_url.clone()),
        ("client-id", described.client_id.clone()),
        ("scopes", scopes.join(" ")),
        ("trusted-email", if described.trusted_email { "yes" } else { "" }.to_owned()),
    ])
}

fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Missing => "providers-wrong-missing",
        Wrong::Slug => "providers-wrong-slug",
        Wrong::Kind => "providers-wrong-kind",
        Wrong::Url => "providers-wrong-url",
        Wrong::Scope => "providers-wrong-scope",
        Wrong::Long => "providers-wrong-long",
    }
}

async fn answer(
    portal: &Portal,
    visit: &Visit,
    provider: Option<&Provider>,
    form: &FormState,
) -> Result<Response, Trouble> {
    let working = working::load(portal, visit).await?;
    let back = providers::back_address(&portal.engine, &visit.scope)?;
    let chrome = visit.chrome_in_all();
    let shown = Shown { chrome: &chrome, working: &working, provider, back };
    Ok(respond::html(page(&shown, form)))
}

fn page(shown: &Shown<'_>, form: &FormState) -> String {
    let (chrome, words) = (shown.chrome, shown.chrome.words);
    let title = match shown.provider {
        Some(provider) => {
            words.with("providers-edit-title", &[("name", provider.settings.name.clone().into())])
        }
        None => words.text("providers-new-title"),
    };
    let action = shown.provider.map_or_else(
        || paths::STUDIO_PROVIDER_NEW.to_owned(),
        |it| paths::STUDIO_PROVIDER.of(&it.slug),
    );
    studio_page(chrome, shown.working, &form.title(words, &title), || {
        let text =
            |name: &'static str, label: &str| Field::new(name, Kind::Text, words.text(label));
        let slug = shown.provider.is_none().then(|| {
            text("slug", "providers-slug").hint(words.text("providers-slug-hint")).view(words, form)
        });
        let stored = shown.provider.is_some_and(|provider| provider.has_secret);
        let secret = if stored { "providers-secret-keep" } else { "providers-secret-hint" };
        let oauth2 = words.text("providers-oauth2-hint");
        view! {
            <div class="column">
                <p class="back"><a href=chrome.href(paths::STUDIO_SIGN_IN)>{words.text("providers-back")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p>{words.text("providers-redirect")}" "<span class="mono">{shown.back.clone()}</span></p>
                <form method="post" action=chrome.href(&action) novalidate=true autocomplete="off">
                    {slug}
                    {text("name", "providers-name").view(words, form)}
                    {kinds(words).view(words, form)}
                    {text("issuer", "providers-issuer").hint(words.text("providers-issuer-hint")).view(words, form)}
                    {text("authorize-url", "providers-authorize").hint(oauth2.clone()).view(words, form)}
                    {text("token-url", "providers-token").hint(oauth2).view(words, form)}
                    {text("userinfo-url", "providers-userinfo").hint(words.text("providers-userinfo-hint")).view(words, form)}
                    {text("emails-url", "providers-emails").hint(words.text("providers-emails-hint")).view(words, form)}
                    {text("client-id", "providers-client").view(words, form)}
                    {Field::new("secret", Kind::Password, words.text("providers-secret"))
                        .hint(words.text(secret)).autocomplete("off").view(words, form)}
                    {text("scopes", "providers-scopes").hint(words.text("providers-scopes-hint")).view(words, form)}
                    {trust(words).view(words, form)}
                    {send(words.text("providers-save"))}
                </form>
            </div>
        }
    })
}

fn kinds(words: Words) -> Choice {
    let option = |value: &str, label, note| ChoiceOption {
        value: value.to_owned(),
        label: words.text(label),
        note: Some(words.text(note)),
    };
    Choice {
        name: "kind",
        legend: words.text("providers-kind"),
        hint: None,
        options: vec![
            option("openid", "providers-openid", "providers-kind-openid-note"),
            option("oauth2", "providers-oauth2", "providers-kind-oauth2-note"),
        ],
        several: false,
    }
}

fn trust(words: Words) -> Choice {
    Choice {
        name: "trusted-email",
        legend: words.text("providers-trust"),
        hint: Some(words.text("providers-trust-hint")),
        options: vec![ChoiceOption {
            value: "yes".to_owned(),
            label: words.text("providers-trust-yes"),
            note: None,
        }],
        several: true,
    }
}

fn removing(chrome: &Chrome, working: &Working, provider: &Provider, people: u64) -> String {
    let words = chrome.words;
    let name = provider.settings.name.clone();
    let title = words.with("providers-remove-title", &[("name", name.into())]);
    studio_page(chrome, working, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with("providers-remove-text", &[("count", people.into())])}</p>
                <form method="post" action=chrome.href(&paths::STUDIO_PROVIDER_REMOVE.of(&provider.slug))>
                    <div class="buttons">
                        {send(words.text("providers-remove"))}
                        {button_link(chrome.href(paths::STUDIO_SIGN_IN), words.text("providers-keep"))}
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

    fn sent() -> SentForm {
        [
            ("slug", "acme"),
            ("name", "Acme"),
            ("kind", "openid"),
            ("issuer", " https://id.acme.example "),
            ("client-id", "portal"),
            ("secret", "hush"),
            ("scopes", "openid  email"),
            ("trusted-email", "yes"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn the_form_reads_back_and_never_shows_the_secret() {
        let (slug, settings) = described(&sent(), None).checked().expect("right");
        assert!(settings.trusted_email && settings.scopes == ["email"]);
        let provider =
            Provider { slug: slug.to_string(), settings, has_secret: true, trouble: None };
        let form = filled(&provider.settings.described(slug.as_str()));
        assert_eq!(form.value("scopes"), "openid email");
        for language in Language::ALL {
            let (chrome, working) = (chrome(language), working());
            let back = "https://a.example/sign-in/back".to_owned();
            let shown =
                Shown { chrome: &chrome, working: &working, provider: Some(&provider), back };
            let html = page(&shown, &form);
            assert!(!html.contains("hush") && !html.contains("Unknown localization"), "{html}");
            assert!(!html.contains("name=\"slug\""), "it cannot be changed");
            let html = removing(&chrome, &working, &provider, 2);
            assert!(!html.contains("Unknown localization"), "{html}");
        }
    }

    #[test]
    fn every_mistake_has_words() {
        let all = [Wrong::Missing, Wrong::Slug, Wrong::Kind, Wrong::Url, Wrong::Scope, Wrong::Long];
        for language in Language::ALL {
            for each in all {
                assert!(Words::new(language).find(wrong(each)).is_some(), "{each}");
            }
        }
    }
}
