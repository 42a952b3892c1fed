//! Where one is signed in, and ending it.

use axum::extract::State;
use axum::response::Response;
use engine::accounts::{self, Method, OwnSession};
use engine::storage::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::visit::Visit;

/// `POST /account/sign-in/sessions/{id}/end`
pub async fn end(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    end_some(&portal, &visit, Some(id)).await
}

/// `POST /account/sign-in/sessions/end`: all but the one that asks.
pub async fn end_others(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    end_some(&portal, &visit, None).await
}

async fn end_some(
    portal: &Portal,
    visit: &Visit,
    which: Option<Uuid>,
) -> Result<Response, Trouble> {
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    accounts::end_own(&portal.engine, &visit.scope, token, which).await?;
    let to = format!("{}?done=sessions", paths::OWN_SIGN_IN);
    Ok(respond::redirect(&visit.chrome_in_all().href(&to)))
}

pub(super) fn sessions_view(visit: &Visit, chrome: &Chrome, sessions: &[OwnSession]) -> AnyView {
    let words = chrome.words;
    let several = sessions.len() > 1;
    let rows = sessions
        .iter()
        .map(|session| {
            let browser = if session.browser.is_empty() {
                words.text("own-session-unknown")
            } else {
                session.browser.clone()
            };
            let end = (!session.here).then(|| {
                let path = paths::END_SESSION.of(session.id);
                view! {
                    <form class="inline" method="post" action=chrome.href(&path)>
                        <button type="submit">{words.text("own-session-end")}</button>
                    </form>
                }
            });
            let here = session.here.then(
                || view! { <span class="state done">{words.text("own-session-here")}</span> },
            );
            let values = [
                ("how", words.text(how(session.method)).into()),
                ("begun", when(visit, session.begun).into()),
                ("seen", when(visit, session.seen).into()),
            ];
            view! {
                <li>
                    <b>{browser}</b>
                    {here}{end}
                    <span class="quiet">{words.with("own-session-about", &values)}</span>
                </li>
            }
        })
        .collect_view();
    let end_others = several.then(|| {
        view! {
            <form method="post" action=chrome.href(paths::END_SESSIONS)>
                <button type="submit" class="button plain">{words.text("own-sessions-end")}</button>
            </form>
        }
    });
    view! {
        <section>
            <h2>{words.text("own-sessions")}</h2>
            <p>{words.text("own-sessions-intro")}</p>
            <ul class="own-requests">{rows}</ul>
            {end_others}
        </section>
    }
    .into_any()
}

fn how(method: Option<Method>) -> &'static str {
    match method {
        Some(Method::Passkey) => "own-by-passkey",
        Some(Method::Provider) => "own-by-provider",
        Some(Method::Password) | None => "own-by-password",
    }
}

/// "19 May 2026, 10:42", where the tenant is.
fn when(visit: &Visit, time: Timestamp) -> String {
    let there = jiff::Timestamp::from(time).to_zoned(visit.scope.zone.clone());
    format!("{}, {:02}:{:02}", visit.words().date_short(there.date()), there.hour(), there.minute())
}
