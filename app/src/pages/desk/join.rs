//! The desk joins two entries of one person, after it has looked at both.

use axum::extract::State;
use axum::response::Response;
use domain::harmless::harmless;
use engine::accounts::Task;
use engine::joining::{self, JoinError, MOST, Side, Sides};
use engine::subjects;
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, button_link, send};
use crate::visit::Visit;

/// `GET /desk/join`
pub async fn show(visit: Visit) -> Response {
    respond::html(asking(&visit.chrome_in_all(), &FormState::default()))
}

/// `POST /desk/join`: finds both. The tenant's ids are not for addresses, so it goes on
/// by the portal's own.
pub async fn find(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    let mut form = sent.state();
    let mut found = Vec::new();
    for field in ["goes", "stays"] {
        match subjects::find(&portal.engine, &visit.scope, sent.one(field)).await? {
            Some(subject) => found.push(subject),
            None => form = form.wrong(field, chrome.text("join-unknown")),
        }
    }
    match found[..] {
        [goes, stays] if goes != stays => {
            Ok(respond::redirect(&chrome.href(&desk_join(goes, stays))))
        }
        [_, _] => {
            let form = form.wrong("stays", chrome.text("join-same"));
            Ok(respond::unprocessable(asking(&chrome, &form)))
        }
        _ => Ok(respond::unprocessable(asking(&chrome, &form))),
    }
}

/// `GET /desk/join/{id}/{other}`: both sides, and what speaks against it.
pub async fn look(
    State(portal): State<Portal>,
    visit: Visit,
    Path(people): Path<(Uuid, Uuid)>,
) -> Result<Response, Trouble> {
    match joining::sides(&portal.engine, &visit.scope, people).await {
        Ok((sides, refused)) => Ok(respond::html(shown(&visit, &sides, refused.as_ref()))),
        Err(error) => not_joined(&visit, error),
    }
}

/// `POST /desk/join/{id}/{other}`
pub async fn join(
    State(portal): State<Portal>,
    visit: Visit,
    Path(people): Path<(Uuid, Uuid)>,
) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Joining)?;
    match joining::join(&portal.engine, &visit.scope, confirmed, people).await {
        Ok(_) => Ok(respond::redirect(&visit.chrome_in_all().href(paths::DESK))),
        Err(error @ (JoinError::Failure(_) | JoinError::Unknown | JoinError::Same)) => {
            not_joined(&visit, error)
        }
        Err(error) => match joining::sides(&portal.engine, &visit.scope, people).await {
            Ok((sides, _)) => Ok(respond::unprocessable(shown(&visit, &sides, Some(&error)))),
            Err(error) => not_joined(&visit, error),
        },
    }
}

fn desk_join(goes: Uuid, stays: Uuid) -> String {
    paths::DESK_JOIN_BOTH.of(goes).replace("{other}", &stays.to_string())
}

/// The answer where there are not both sides to show.
fn not_joined(visit: &Visit, error: JoinError) -> Result<Response, Trouble> {
    match error {
        JoinError::Failure(failure) => Err(failure.into()),
        JoinError::Unknown | JoinError::Same => Err(Trouble::NotFound),
        other => {
            let chrome = visit.chrome_in_all();
            let form = FormState::default().wrong("goes", why(&chrome, &other));
            Ok(respond::unprocessable(asking(&chrome, &form)))
        }
    }
}

fn shown(visit: &Visit, sides: &Sides, refused: Option<&JoinError>) -> String {
    let since = [&sides.goes, &sides.stays].map(|side| visit.scope.date_of(side.created_at));
    both(&visit.chrome_in_all(), sides, since, refused)
}

fn asking(chrome: &Chrome, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("join-title");
    page(chrome, &form.title(words, &title), || {
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::DESK)>{words.text("desk-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p>{words.text("join-about")}</p>
                <form method="post" action=chrome.href(paths::DESK_JOIN) novalidate=true>
                    {Field::new("goes", Kind::Text, words.text("join-goes")).view(words, form)}
                    {Field::new("stays", Kind::Text, words.text("join-stays"))
                        .hint(words.text("join-stays-hint")).view(words, form)}
                    {send(words.text("join-look"))}
                </form>
            </div>
        }
    })
}

fn both(
    chrome: &Chrome,
    sides: &Sides,
    [goes_since, stays_since]: [Date; 2],
    refused: Option<&JoinError>,
) -> String {
    let words = chrome.words;
    let title = words.text("join-look-title");
    page(chrome, &title, || {
        let back = || button_link(chrome.href(paths::DESK_JOIN), words.text("join-back"));
        let act = match refused {
            Some(error) => view! {
                <h2>{words.text("join-not")}</h2>
                <p>{why(chrome, error)}</p>
                <p class="buttons">{back()}</p>
            }
            .into_any(),
            None => {
                let to = desk_join(sides.goes.subject, sides.stays.subject);
                view! {
                    <p>{words.text("join-text")}</p>
                    <form method="post" action=chrome.href(&to)>
                        <div class="buttons">{send(words.text("join-send"))}{back()}</div>
                    </form>
                }
                .into_any()
            }
        };
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                {side(chrome, "join-goes-title", &sides.goes, goes_since)}
                {side(chrome, "join-stays-title", &sides.stays, stays_since)}
                {act}
            </div>
        }
    })
}

fn side(chrome: &Chrome, title: &str, side: &Side, since: Date) -> AnyView {
    let words = chrome.words;
    let profile = &side.profile;
    let named = profile.name.as_ref().map(|name| {
        view! { <p class="lede"><bdi>{harmless(name).to_string()}</bdi></p> }
    });
    let address = profile.email.as_ref().map(|email| email.as_str().to_owned());
    let address = address.unwrap_or_else(|| words.text("join-no-address"));
    let organisation = side.organisation.as_ref().map(|name| {
        view! {
            <div><dt>{words.text("join-organisation")}</dt>
                <dd><bdi>{harmless(name).to_string()}</bdi></dd></div>
        }
    });
    let records = if side.records > MOST {
        words.with("join-many", &[("most", MOST.into())])
    } else {
        words.number(side.records)
    };
    let signs_in = words.text(if side.signs_in { "join-yes" } else { "join-no" });
    view! {
        <section>
            <h2>{words.text(title)}</h2>
            {named}
            <dl class="facts">
                <div><dt>{words.text("join-id")}</dt>
                    <dd class="mono"><bdi>{harmless(&profile.id).to_string()}</bdi></dd></div>
                <div><dt>{words.text("join-address")}</dt>
                    <dd><bdi>{harmless(&address).to_string()}</bdi></dd></div>
                <div><dt>{words.text("join-since")}</dt>
                    <dd><time datetime=since.to_string()>{words.date_short(since)}</time></dd></div>
                {organisation}
                <div><dt>{words.text("join-signs-in")}</dt><dd>{signs_in}</dd></div>
                <div><dt>{words.text("join-records")}</dt><dd>{records}</dd></div>
                <div><dt>{words.text("join-requests")}</dt>
                    <dd>{words.number(side.requests)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// What speaks against it, for people.
fn why(chrome: &Chrome, error: &JoinError) -> String {
    let id = match error {
        JoinError::Elsewhere => "join-elsewhere",
        JoinError::Erased => "join-erased",
        JoinError::StandsStill(_) => "join-stands-still",
        JoinError::Addresses => "join-addresses",
        JoinError::Accounts => "join-accounts",
        JoinError::Organisations => "join-organisations",
        JoinError::Download => "join-download",
        JoinError::TooMuch => "join-too-much",
        JoinError::Same => "join-same",
        JoinError::Unknown | JoinError::Failure(_) => "join-unknown",
    };
    chrome.words.with(id, &[("most", MOST.into())])
}

#[cfg(test)]
mod tests {
    use domain::holds::Reason;
    use domain::identifiers::Language;
    use domain::words::Words;

    use super::*;

    #[test]
    fn whatever_speaks_against_it_has_its_words() {
        for language in Language::ALL {
            let chrome = Chrome {
                words: Words::new(language),
                tenant: None,
                path: "/desk/join".into(),
                languages: Language::ALL.to_vec(),
                explicit_language: false,
                viewer: Some(crate::ui::chrome::Viewer { role: domain::roles::Role::Support }),
                css_href: String::new(),
                script_href: None,
            };
            for error in [
                JoinError::Unknown,
                JoinError::Same,
                JoinError::Elsewhere,
                JoinError::Erased,
                JoinError::StandsStill(Reason::ChildVouched),
                JoinError::Addresses,
                JoinError::Accounts,
                JoinError::Organisations,
                JoinError::Download,
                JoinError::TooMuch,
            ] {
                let said = why(&chrome, &error);
                assert!(!said.starts_with("join-"), "{said}");
                assert!(!said.contains("Unknown localization"), "{said}");
            }
            let html = asking(&chrome, &FormState::default());
            assert!(!html.contains("Unknown localization"), "{html}");
        }
    }
}
