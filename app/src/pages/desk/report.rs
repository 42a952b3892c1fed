//! The desk decides about a report that data is a child's (L13, E22).

use axum::extract::State;
use axum::response::Response;
use domain::harmless::harmless;
use domain::roles::Permission;
use domain::words::Words;
use engine::accounts::Task;
use engine::contact::{self, Concerned, DecideError, Message, Standing};
use leptos::prelude::*;
use uuid::Uuid;

use super::messages::{decided_by, message_page};
use crate::part::Path;
use crate::paths::{self, PathOf};
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::decided::Already;
use crate::ui::forms::{Choice, ChoiceOption, FormState, button_link, hidden, send, send_as};
use crate::visit::Visit;

/// The field that says who is meant.
const PERSON: &str = "person";

/// `POST /desk/messages/{id}/agree`: use stops.
pub async fn agree(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let done = contact::agree(&portal.engine, &visit.scope, id, chosen(&sent)).await;
    decided(&portal, &visit, id, done).await
}

/// `POST /desk/messages/{id}/release`: it was wrong.
pub async fn release(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    contact::report(&portal.engine, &visit.scope, id).await?.ok_or(Trouble::NotFound)?;
    let confirmed = visit.confirmed(Task::Release)?;
    if contact::release(&portal.engine, &visit.scope, confirmed, &[id]).await? == 0 {
        return too_late(&portal, &visit, id).await;
    }
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::DESK_REPORTS)))
}

/// `GET /desk/messages/{id}/delete`
pub async fn ask_delete(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let report = contact::report(&portal.engine, &visit.scope, id).await?;
    let report = report.ok_or(Trouble::NotFound)?;
    if !report.open {
        return Ok(respond::redirect(&visit.chrome_in_all().href(&paths::DESK_MESSAGE.of(id))));
    }
    Ok(respond::html(deleting(&visit.chrome_in_all(), id, &report, &FormState::default())))
}

/// `POST /desk/messages/{id}/delete`: it was right.
pub async fn delete(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Deletion)?;
    let done = contact::delete(&portal.engine, &visit.scope, confirmed, id, chosen(&sent)).await;
    decided(&portal, &visit, id, done).await
}

/// What a report holds up, whom it is about, and what can be decided.
pub fn decision(chrome: &Chrome, message: &Message, report: &Standing) -> AnyView {
    let words = chrome.words;
    let request = message.request.map(|request| {
        let href = chrome.href(&paths::DESK_REQUEST.of(request));
        view! { " "<a href=href>{words.text("message-child-request")}</a> }
    });
    let people = report
        .concerned
        .iter()
        .map(|one| view! { <li><bdi>{harmless(&person(words, one))}</bdi></li> })
        .collect_view();
    let about = (!report.concerned.is_empty()).then(|| {
        view! { <h3>{words.text("message-child-about")}</h3><ul>{people}</ul> }
    });
    let whom = report.open.then(|| whom(report)).flatten();
    let whom = whom.map(|whom| view! { <p>{words.text(whom)}</p> });
    let may = chrome.may(Permission::AnswerRequests) && report.open;
    view! {
        <section>
            <h2>{words.text("message-child-title")}</h2>
            <p>{words.text(effect(report))}{request}</p>
            {about}
            {whom}
            {may.then(|| answers(chrome, message.id, report))}
        </section>
    }
    .into_any()
}

/// A person whom a report is about, as the desk calls them.
pub fn person(words: Words, concerned: &Concerned) -> String {
    match (&concerned.called, &concerned.id) {
        _ if concerned.gone => words.text("reports-gone"),
        (Some(called), Some(id)) if called != id => format!("{called} ({id})"),
        (called, id) => {
            called.clone().or_else(|| id.clone()).unwrap_or_else(|| words.text("reports-gone"))
        }
    }
}

/// What a report does.
fn effect(report: &Standing) -> &'static str {
    match report {
        Standing { open: false, .. } => "message-child-closed",
        Standing { freezes: true, .. } => "message-child-frozen",
        Standing { delays: true, .. } => "message-child-delayed",
        _ => "message-child-waits",
    }
}

/// What is to be known of whom it is about.
fn whom(report: &Standing) -> Option<&'static str> {
    match report.concerned.as_slice() {
        [] => Some("message-child-nobody"),
        people if people.iter().all(|one| one.gone) => Some("message-child-gone"),
        [_] => None,
        _ => Some("message-child-several"),
    }
}

fn living(report: &Standing) -> Vec<&Concerned> {
    report.concerned.iter().filter(|one| !one.gone).collect()
}

/// The three answers; where somebody is meant, or is gone already.
fn answers(chrome: &Chrome, id: Uuid, report: &Standing) -> AnyView {
    let words = chrome.words;
    let living = living(report);
    let action = |decision: PathOf| chrome.href(&decision.of(id));
    let agree = (!living.is_empty() && !report.freezes).then(|| {
        view! {
            <form method="post" action=action(paths::DESK_REPORT_AGREE)>
                {who_is_meant(words, &living, &FormState::default())}
                <p class="buttons">{send_as("by", "desk", words.text("message-child-agree"))}</p>
            </form>
        }
    });
    let delete = (!report.concerned.is_empty()).then(|| {
        let label = if living.is_empty() { "message-child-close" } else { "message-child-delete" };
        view! { <p class="buttons">{button_link(action(paths::DESK_REPORT_DELETE), words.text(label))}</p> }
    });
    view! {
        {agree}
        {delete}
        <p>{words.text("message-child-release-about")}</p>
        <form method="post" action=action(paths::DESK_REPORT_RELEASE)>
            <p class="buttons">{send_as("by", "desk", words.text("message-child-release"))}</p>
        </form>
    }
    .into_any()
}

/// Asks who is meant, where several share an address.
fn who_is_meant(words: Words, living: &[&Concerned], form: &FormState) -> AnyView {
    if let [only] = living {
        return hidden(PERSON, only.subject.to_string());
    }
    let options = living
        .iter()
        .map(|one| ChoiceOption {
            value: one.subject.to_string(),
            label: harmless(&person(words, one)).to_string(),
            note: None,
        })
        .collect();
    let legend = words.text("report-who");
    Choice { name: PERSON, legend, hint: None, options, several: false }.view(words, form)
}

fn deleting(chrome: &Chrome, id: Uuid, report: &Standing, form: &FormState) -> String {
    let words = chrome.words;
    let living = living(report);
    let (title, text, button) = if living.is_empty() {
        ("message-child-close", "message-child-gone", "message-child-close")
    } else {
        ("report-delete-title", "report-delete-text", "report-delete-send")
    };
    let title = words.text(title);
    page(chrome, &form.title(words, &title), || {
        let named = match living.as_slice() {
            [only] => {
                Some(view! { <p class="lede"><bdi>{harmless(&person(words, only))}</bdi></p> })
            }
            _ => None,
        };
        let who = (!living.is_empty()).then(|| who_is_meant(words, &living, form));
        view! {
            <div class="column">
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                {named}
                <p>{words.text(text)}</p>
                <form method="post" action=chrome.href(&paths::DESK_REPORT_DELETE.of(id))>
                    {who}
                    <div class="buttons">
                        {send(words.text(button))}
                        {button_link(chrome.href(&paths::DESK_MESSAGE.of(id)), words.text("report-delete-back"))}
                    </div>
                </form>
            </div>
        }
    })
}

fn chosen(sent: &SentForm) -> Option<Uuid> {
    sent.one(PERSON).parse().ok()
}

async fn open(portal: &Portal, visit: &Visit, id: Uuid) -> Result<Standing, Trouble> {
    let report = contact::report(&portal.engine, &visit.scope, id).await?;
    report.filter(|report| report.open).ok_or(Trouble::NotFound)
}

/// Somebody else was faster: who and when, on the page of the message.
async fn too_late(portal: &Portal, visit: &Visit, id: Uuid) -> Result<Response, Trouble> {
    let decided = decided_by(portal, visit, id).await?.ok_or(Trouble::NotFound)?;
    let already = Already::sent(decided, String::new());
    Ok(respond::conflict(message_page(portal, visit, id, Some(already)).await?))
}

/// To the reports that are left, or to the page that asks who is meant.
async fn decided(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    done: Result<(), DecideError>,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    match done {
        Ok(()) => Ok(respond::redirect(&chrome.href(paths::DESK_REPORTS))),
        Err(DecideError::Over) => too_late(portal, visit, id).await,
        Err(DecideError::WhoIsMeant) => {
            let report = open(portal, visit, id).await?;
            let mut form = FormState::default();
            // Whose data is gone meanwhile is nobody to choose; the page says so.
            if !living(&report).is_empty() {
                form = form.wrong(PERSON, chrome.text("report-who-missing"));
            }
            Ok(respond::unprocessable(deleting(&chrome, id, &report, &form)))
        }
        Err(DecideError::NotDeleted(engine::erasure::AskError::Failure(failure))) => {
            Err(failure.into())
        }
        Err(DecideError::NotDeleted(_)) => Err(Trouble::Forbidden),
        Err(DecideError::Failure(failure)) => Err(failure.into()),
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::*;

    #[test]
    fn everything_that_a_report_can_be_has_its_words() {
        let one = |gone: bool| Concerned {
            subject: Uuid::nil(),
            called: (!gone).then(|| "Ben".into()),
            id: (!gone).then(|| "u-ben".into()),
            gone,
        };
        for language in Language::ALL {
            let chrome = Chrome {
                words: Words::new(language),
                tenant: None,
                path: "/desk".into(),
                languages: Language::ALL.to_vec(),
                explicit_language: false,
                viewer: Some(crate::ui::chrome::Viewer { role: domain::roles::Role::Support }),
                css_href: String::new(),
                script_href: None,
            };
            for concerned in
                [vec![], vec![one(false)], vec![one(true)], vec![one(false), one(false)]]
            {
                for (open, delays, freezes) in [
                    (false, false, false),
                    (true, false, false),
                    (true, true, false),
                    (true, true, true),
                ] {
                    let report = Standing { open, delays, freezes, concerned: concerned.clone() };
                    let id = Uuid::nil();
                    let html = deleting(&chrome, id, &report, &FormState::default());
                    assert!(!html.contains("Unknown localization"), "{html}");
                    let html = Owner::new().with(|| answers(&chrome, id, &report).to_html());
                    assert!(!html.contains("Unknown localization"), "{html}");
                    let living = concerned.iter().filter(|one| !one.gone).count();
                    assert_eq!(html.contains("/agree"), living > 0 && !freezes, "{html}");
                    assert_eq!(html.contains("type=\"radio\""), living > 1 && !freezes);
                    for words in [effect(&report)].into_iter().chain(whom(&report)) {
                        assert!(chrome.words.find(words).is_some(), "{words}");
                    }
                }
            }
        }
    }
}
