//! One's second factor: setting it up, its recovery codes, and turning it off.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use engine::accounts::{self, Factor, FactorError, RecoveryCode, Secret, SetUp, Task};
use leptos::prelude::*;
use serde::Deserialize;

use crate::cookie;
use crate::next::{encoded, home};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, button_link, send};
use crate::ui::qr::qr;
use crate::visit::Visit;

/// The first code of the app.
#[derive(Deserialize)]
pub struct FirstCodeForm {
    #[serde(default)]
    code: String,
}

/// `GET /account/sign-in/second-factor`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let page = shown(&portal, &visit, &FormState::default()).await?;
    Ok(respond::html(page))
}

/// `POST /account/sign-in/second-factor`: makes a secret, which the page shows.
pub async fn begin(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Credentials)?;
    let token = token(&visit)?;
    let begun = accounts::begin_factor(&portal.engine, &visit.scope, token, confirmed).await;
    begun.map_err(trouble)?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::SECOND_FACTOR)))
}

/// `POST /account/sign-in/second-factor/code`: turns it on.
pub async fn turn_on(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<FirstCodeForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    let _booked = portal.limits.trying(&portal.engine, &visit).await?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    let added = accounts::add_factor(engine, scope, token(&visit)?, confirmed, &typed.code).await;
    let message = match added {
        Ok(added) => {
            let mut response = respond::html(codes(&visit.chrome_in_all(), true, &added.codes));
            cookie::set(&portal, &mut response, &added.token);
            return Ok(response);
        }
        Err(FactorError::Mismatch) => "factor-code-wrong",
        Err(FactorError::Over) => "factor-over",
        Err(error) => return Err(trouble(error)),
    };
    let form = FormState::default().wrong("code", visit.words().text(message));
    Ok(respond::unprocessable(shown(&portal, &visit, &form).await?))
}

/// `POST /account/sign-in/second-factor/recovery`: makes new recovery codes.
///
/// They are in the answer itself, since nothing that could show them later is
/// stored; whoever loses the answer makes others.
pub async fn recovery(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Credentials)?;
    let made = accounts::make_recovery(&portal.engine, &visit.scope, confirmed).await;
    let chrome = visit.chrome_in_all();
    match made {
        Ok(made) => Ok(respond::html(codes(&chrome, false, &made))),
        Err(FactorError::Off) => Ok(respond::redirect(&chrome.href(paths::SECOND_FACTOR))),
        Err(error) => Err(trouble(error)),
    }
}

/// `POST /account/sign-in/second-factor/off`
pub async fn turn_off(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Credentials)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    match accounts::remove_factor(engine, scope, token(&visit)?, confirmed).await {
        Ok(()) | Err(FactorError::Off) => {
            Ok(respond::redirect(&visit.chrome_in_all().href(paths::SECOND_FACTOR)))
        }
        Err(error) => Err(trouble(error)),
    }
}

fn trouble(error: FactorError) -> Trouble {
    match error {
        FactorError::Failure(failure) => failure.into(),
        FactorError::NotConfirmed | FactorError::Required => Trouble::Forbidden,
        FactorError::Mismatch | FactorError::Over | FactorError::Off => Trouble::Unprocessable,
    }
}

fn token(visit: &Visit) -> Result<&Secret, Trouble> {
    visit.cookie.as_ref().ok_or(Trouble::Forbidden)
}

async fn shown(portal: &Portal, visit: &Visit, form: &FormState) -> Result<String, Trouble> {
    let factor = accounts::own_factor(&portal.engine, &visit.scope).await?;
    let set_up = accounts::factor_begun(&portal.engine, &visit.scope, token(visit)?).await?;
    let held = factor.required && visit.session.as_ref().is_some_and(|session| !session.strong);
    let chrome = visit.chrome_in_all();
    Ok(match set_up {
        Some(set_up) => setting_up(&chrome, &set_up, form),
        None => second_factor(&chrome, factor, held, form),
    })
}

fn second_factor(chrome: &Chrome, factor: Factor, held: bool, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("factor-title");
    page(chrome, &form.title(words, &title), || {
        let wrong = form.error("code").map(|_| form.summary(words));
        let body = if factor.on { on(chrome, factor) } else { off(chrome) };
        let held = held.then(|| {
            view! { <p class="notice">{words.text("factor-held")}</p> }
        });
        view! {
            <div class="column factor" id="code">
                {back(chrome)}
                {wrong}
                <h1>{title.clone()}</h1>
                {held}
                {body}
            </div>
        }
    })
}

fn off(chrome: &Chrome) -> AnyView {
    let words = chrome.words;
    view! {
        <p class="lede">{words.text("factor-intro")}</p>
        <p>{words.text("factor-app")}</p>
        <form method="post" action=chrome.href(paths::SECOND_FACTOR)>
            {send(words.text("factor-begin"))}
        </form>
        <p class="quiet">{words.text("factor-passkey")}" "
            <a href=chrome.href(paths::PASSKEYS)>{words.text("factor-passkey-link")}</a></p>
    }
    .into_any()
}

fn on(chrome: &Chrome, factor: Factor) -> AnyView {
    let words = chrome.words;
    let left = words.with("recovery-left", &[("count", factor.recovery_left.into())]);
    let off = if factor.required {
        view! { <p class="quiet">{words.text("factor-required")}</p> }.into_any()
    } else {
        view! {
            <section>
                <h2>{words.text("factor-off-title")}</h2>
                <p>{words.text("factor-off-text")}</p>
                <form method="post" action=chrome.href(paths::SECOND_FACTOR_OFF)>
                    <button type="submit" class="button plain">{words.text("factor-off")}</button>
                </form>
            </section>
        }
        .into_any()
    };
    view! {
        <p class="lede">{words.text("factor-on")}</p>
        <section>
            <h2>{words.text("recovery-title")}</h2>
            <p>{left}" "{words.text("recovery-text")}</p>
            <form method="post" action=chrome.href(paths::RECOVERY)>
                <button type="submit" class="button plain">{words.text("recovery-make")}</button>
            </form>
        </section>
        <section>
            <h2>{words.text("factor-move-title")}</h2>
            <p>{words.text("factor-move-text")}</p>
            <form method="post" action=chrome.href(paths::SECOND_FACTOR)>
                <button type="submit" class="button plain">{words.text("factor-move")}</button>
            </form>
        </section>
        {off}
    }
    .into_any()
}

fn setting_up(chrome: &Chrome, set_up: &SetUp, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("factor-set-up-title");
    page(chrome, &form.title(words, &title), || {
        view! {
            <div class="column factor">
                {back(chrome)}
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <section>
                    <h2>{words.text("factor-scan-title")}</h2>
                    <p>{words.text("factor-scan")}</p>
                    {qr(&set_up.to_open, words.text("factor-qr"))}
                    <p><a href=set_up.to_open.clone()>{words.text("factor-open")}</a></p>
                    <p>{words.text("factor-type")}</p>
                    <p><code class="secret">{grouped(&set_up.to_type)}</code></p>
                </section>
                <section>
                    <h2>{words.text("factor-code-title")}</h2>
                    <form method="post" action=chrome.href(paths::SECOND_FACTOR_CODE) novalidate=true>
                        {Field::new("code", Kind::Code, words.text("field-code"))
                            .hint(words.text("factor-code-hint"))
                            .autocomplete("one-time-code").view(words, form)}
                        {send(words.text("factor-turn-on"))}
                    </form>
                </section>
            </div>
        }
    })
}

/// The codes, this once.
fn codes(chrome: &Chrome, just_on: bool, codes: &[RecoveryCode]) -> String {
    let words = chrome.words;
    let title = words.text("recovery-shown-title");
    page(chrome, &title, || {
        let list = codes
            .iter()
            .map(|code| view! { <li><code>{code.to_string()}</code></li> })
            .collect_view();
        let lines: String = codes.iter().map(|code| format!("{code}\n")).collect();
        // In the link itself: nothing that could be asked for later holds them.
        let file = format!("data:text/plain;charset=utf-8,{}", encoded(&lines));
        let on = just_on.then(|| view! { <p class="lede">{words.text("factor-now-on")}</p> });
        let role = chrome.viewer.map_or(domain::roles::Role::Customer, |viewer| viewer.role);
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                {on}
                <p>{words.text("recovery-shown")}</p>
                <ol class="recovery">{list}</ol>
                <p class="onscreen"><a href=file download="recovery-codes.txt">
                    {words.text("recovery-save")}</a></p>
                <p class="buttons">{button_link(chrome.href(home(role)), words.text("continue"))}</p>
            </div>
        }
    })
}

/// In fours, as people read it out.
fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

fn back(chrome: &Chrome) -> AnyView {
    view! {
        <p class="eyebrow"><a href=chrome.href(paths::OWN_SIGN_IN)>
            {chrome.words.text("factor-back")}</a></p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_in_fours() {
        assert_eq!(grouped("GEZDGNBVGY"), "GEZD GNBV GY");
    }
}
