//! Signing in.

use super::provider::button::button;
use crate::cookie;
use crate::next::{encoded, home, is_of_this_portal};
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;
use axum::extract::State;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query};
use axum::response::Response;
use domain::identifiers::EmailAddress;
use domain::roles::Role;
use engine::Actor;
use engine::accounts::{self, Begun, Purpose, Secret, SignInError};
use engine::providers;
use leptos::prelude::*;
use serde::Deserialize;

use crate::paths;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, hidden, send};

/// What the page for signing in shows.
#[derive(Debug, Clone, Default)]
pub struct SignInPage {
    /// What was typed and what is wrong. The fields are `email` and `password`.
    pub form: FormState,
    /// Where to go afterwards, as a path of this portal.
    pub next: Option<String>,
    /// Other places to sign in with, as slug and name.
    pub providers: Vec<(String, String)>,
    /// Whether customers may make an account.
    pub sign_up: bool,
    /// What was done before, as its message.
    pub done: Option<&'static str>,
    /// What became of a form that was sent without a session, as its message.
    pub unsent: Option<&'static str>,
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    /// A path; whoever uses it looks whether it is one of this portal.
    pub(super) next: Option<String>,
    done: Option<String>,
    unsent: Option<String>,
}

/// What is sent.
#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// `GET /sign-in`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    next: Result<Query<Next>, QueryRejection>,
) -> Result<Response, Trouble> {
    let asked = next.map(|Query(asked)| asked).unwrap_or_default();
    let next = asked.next.filter(|next| is_of_this_portal(next));
    if let Actor::Account { role, .. } = visit.scope.actor {
        let to = next.as_deref().unwrap_or_else(|| home(role));
        return Ok(respond::redirect(&visit.chrome_in_all().href(to)));
    }
    let done = told(asked.done.as_deref());
    let unsent = match asked.unsent.as_deref() {
        Some("kept") => Some("sign-in-unsent-kept"),
        Some("lost") => Some("sign-in-unsent-lost"),
        _ => None,
    };
    let shown = SignInPage { next, done, unsent, ..SignInPage::of(&portal, &visit).await? };
    Ok(respond::html(sign_in(&visit.chrome_in_all(), &shown)))
}

impl SignInPage {
    async fn of(portal: &Portal, visit: &Visit) -> Result<SignInPage, Trouble> {
        let providers = providers::list(&portal.engine, &visit.scope).await?;
        Ok(SignInPage {
            providers: providers.into_iter().map(|p| (p.slug, p.settings.name)).collect(),
            sign_up: visit.tenant.sign_up,
            ..SignInPage::default()
        })
    }
}

/// The message for what a mailed link has just done; anything else in the address
/// says nothing.
fn told(done: Option<&str>) -> Option<&'static str> {
    match Purpose::named(done?)? {
        Purpose::SignUp | Purpose::Invitation => Some("sign-in-done-account"),
        Purpose::Reset => Some("sign-in-done-reset"),
        Purpose::Address => Some("sign-in-done-address"),
        Purpose::KeepAddress => Some("sign-in-done-keep-address"),
        Purpose::Message | Purpose::Wish => None,
    }
}

/// `POST /sign-in`: a session, or the same answer for whatever was wrong.
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<SignInForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let next = typed.next.filter(|next| is_of_this_portal(next));
    let chrome = visit.chrome_in_all();
    let words = chrome.words;
    let mut form = FormState::filled([("email", typed.email.clone())]);
    let email = typed.email.parse::<EmailAddress>();
    if email.is_err() {
        form = form.wrong("email", words.text("sign-in-email-missing"));
    }
    if typed.password.is_empty() {
        form = form.wrong("password", words.text("sign-in-password-missing"));
    }
    let (Ok(email), true) = (email, form.is_right()) else {
        let shown = SignInPage { form, next, ..SignInPage::of(&portal, &visit).await? };
        return Ok(respond::unprocessable(sign_in(&chrome, &shown)));
    };
    let booked = portal.limits.signing_in(&portal.engine, &visit, &email).await?;
    let signed_in = accounts::sign_in(
        &portal.engine,
        &visit.scope,
        &email,
        typed.password.into(),
        &visit.caller(),
        next.as_deref(),
    )
    .await;
    match signed_in {
        Ok(begun) => {
            portal.limits.right(booked);
            go_on(&portal, &visit, begun, next).await
        }
        Err(SignInError::Mismatch) => {
            let form = form.wrong("email", words.text("sign-in-mismatch"));
            let shown = SignInPage { form, next, ..SignInPage::of(&portal, &visit).await? };
            Ok(respond::unprocessable(sign_in(&chrome, &shown)))
        }
        Err(SignInError::TooMany(seconds)) => Err(Trouble::TooMany { seconds }),
        Err(SignInError::Failure(failure)) => Err(failure.into()),
    }
}

/// On to where somebody was going, or first to their second factor.
pub async fn go_on(
    portal: &Portal,
    visit: &Visit,
    begun: Begun,
    next: Option<String>,
) -> Result<Response, Trouble> {
    // Whatever the browser was signed in to before ends with it.
    if let (Some(_), Some(before)) = (&visit.session, &visit.cookie) {
        accounts::end_session(&portal.engine, &visit.scope, before).await?;
    }
    match begun {
        Begun::SignedIn(token) => {
            let session = accounts::session(&portal.engine, &visit.scope, &token).await?;
            let role = session.map_or(Role::Customer, |session| session.role);
            Ok(enter(portal, visit, &token, role, next))
        }
        Begun::NeedsFactor(token) => {
            let to = visit.chrome_in_all().href(paths::SIGN_IN_FACTOR);
            let mut response = respond::redirect(&to);
            cookie::set(portal, &mut response, &token);
            Ok(response)
        }
    }
}

/// In: on to where somebody was going, or to where their role begins.
pub fn enter(
    portal: &Portal,
    visit: &Visit,
    token: &Secret,
    role: Role,
    next: Option<String>,
) -> Response {
    let to = next.unwrap_or_else(|| home(role).to_owned());
    let mut response = respond::redirect(&visit.chrome_in_all().href(&to));
    cookie::set(portal, &mut response, token);
    response
}

/// `POST /sign-out`
pub async fn sign_out(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    if let Some(token) = &visit.cookie {
        accounts::end_session(&portal.engine, &visit.scope, token).await?;
    }
    let mut response = respond::redirect(&visit.chrome_in_all().href(paths::CENTRE));
    cookie::clear(&portal, &mut response);
    Ok(response)
}

/// The page.
pub fn sign_in(chrome: &Chrome, sign_in: &SignInPage) -> String {
    let words = chrome.words;
    let title = words.text("sign-in");
    let form = &sign_in.form;
    page(chrome, &form.title(words, &title), || {
        let next = sign_in.next.as_deref().unwrap_or_default();
        let providers = sign_in
            .providers
            .iter()
            .map(|(slug, name)| {
                let action = chrome.href(&paths::SIGN_IN_WITH.of(slug));
                button(words, action, ("sign-in-with", name), &[("next", next)])
            })
            .collect_view();
        let providers = (!sign_in.providers.is_empty())
            .then_some(view! { <div class="buttons">{providers}</div> });
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                {sign_in.done.map(|done| view! { <p class="notice" role="status">{words.text(done)}</p> })}
                {sign_in.unsent.map(|unsent| view! { <p class="notice" role="status">{words.text(unsent)}</p> })}
                <p class="lede">{words.text("sign-in-intro")}</p>
                <form method="post" action=chrome.href(paths::SIGN_IN) novalidate=true>
                    {sign_in.next.clone().map(|next| hidden("next", next))}
                    {Field::new("email", Kind::Email, words.text("field-email"))
                        .autocomplete("username").view(words, form)}
                    {Field::new("password", Kind::Password, words.text("field-password"))
                        .autocomplete("current-password").view(words, form)}
                    {send(words.text("sign-in"))}
                </form>
                {providers}
                <p><a href=with_passkey(chrome, sign_in.next.as_deref())>
                    {words.text("sign-in-with-passkey")}</a></p>
                <p class="quiet"><a href=chrome.href(paths::FORGOT)>{words.text("sign-in-forgot")}</a></p>
                {sign_in.sign_up.then(|| view! {
                    <p class="quiet">{words.text("sign-in-no-account")}" "
                        <a href=chrome.href(paths::SIGN_UP)>{words.text("sign-up-title")}</a></p>
                })}
                <p class="quiet">{words.text("sign-in-without")}" "
                    <a href=chrome.href(paths::REQUESTS)>{words.text("sign-in-without-link")}</a></p>
            </div>
        }
    })
}

/// A page of its own, since it is the one that needs a script.
fn with_passkey(chrome: &Chrome, next: Option<&str>) -> String {
    let next = next.map(|next| format!("?next={}", encoded(next))).unwrap_or_default();
    chrome.href(&format!("{}{next}", paths::SIGN_IN_PASSKEY))
}
