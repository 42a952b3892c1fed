//! The desk: what a claim needs, and so must not be deleted (GDPR art. 17(3)(e)).

use axum::extract::State;
use axum::response::Response;
use domain::harmless::harmless;
use domain::identifiers::Slug;
use domain::roles::Permission;
use engine::accounts::{Decided, Task, decided};
use engine::holds::{self, LegalError, Recorded};
use engine::policies::{self, Version};
use engine::storage::Timestamp;
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
use crate::ui::decided::Already;
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, button_link, send};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// How many are listed.
const AT_ONCE: u64 = 200;
/// What is sent for every category.
const EVERY: &str = "every";

/// `GET /desk/holds`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let form = FormState::filled([("category", EVERY)]);
    Ok(respond::html(shown(&portal, &visit, &form, None).await?))
}

/// `POST /desk/holds`: records one.
pub async fn record(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let words = visit.words();
    let refused = async |field: &str, message: &str| {
        let form = sent.state().wrong(field, words.text(message));
        Ok(respond::unprocessable(shown(&portal, &visit, &form, None).await?))
    };
    let subject = match sent.one("person") {
        "" => None,
        id => match subjects::find(&portal.engine, &visit.scope, id).await? {
            Some(subject) => Some(subject),
            None => return refused("person", "holds-person-unknown").await,
        },
    };
    let category: Option<Slug> = match sent.one("category") {
        EVERY | "" => None,
        id => Some(id.parse().map_err(|_| Trouble::Unprocessable)?),
    };
    let until = match sent.one("until") {
        "" => None,
        day => match day.parse().ok().and_then(|day| end_of(&visit, day)) {
            Some(until) => Some(until),
            None => return refused("until", "holds-until-wrong").await,
        },
    };
    match holds::record(&portal.engine, &visit.scope, subject, category, until).await {
        Ok(_) => Ok(respond::redirect(&visit.chrome_in_all().href(paths::DESK_HOLDS))),
        Err(LegalError::Nothing) => refused("person", "holds-nothing").await,
        Err(LegalError::UnknownPerson) => refused("person", "holds-person-unknown").await,
        Err(LegalError::UnknownCategory) => Err(Trouble::Unprocessable),
        Err(LegalError::Over) => refused("until", "holds-until-wrong").await,
        Err(LegalError::Failure(failure)) => Err(failure.into()),
    }
}

/// `GET /desk/holds/{id}/lift`
pub async fn ask_lift(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let all = holds::recorded(&portal.engine, &visit.scope, AT_ONCE).await?;
    let Some(found) = all.into_iter().find(|one| one.hold.id == id) else {
        return lifted_before(&portal, &visit, id, Already::seen).await.map(respond::html);
    };
    let version = policies::in_force(&portal.engine, &visit.scope).await?;
    Ok(respond::html(lifting(&visit.chrome_in_all(), &found, version.as_deref())))
}

/// `POST /desk/holds/{id}/lift`
pub async fn lift(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Release)?;
    if !holds::lift(&portal.engine, &visit.scope, confirmed, id).await? {
        let late = |decided| Already::sent(decided, String::new());
        return lifted_before(&portal, &visit, id, late).await.map(respond::conflict);
    }
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::DESK_HOLDS)))
}

/// The list, with who has lifted this one, and when.
async fn lifted_before(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    already: impl FnOnce(Decided) -> Already,
) -> Result<String, Trouble> {
    let decided = decided(&portal.engine, &visit.scope, id, &["hold.ended"], None).await?;
    let already = already(decided.ok_or(Trouble::NotFound)?);
    shown(portal, visit, &FormState::default(), Some(already)).await
}

/// When a day is over, where the tenant is.
fn end_of(visit: &Visit, day: Date) -> Option<Timestamp> {
    let after = day.tomorrow().ok()?.to_zoned(visit.scope.zone.clone()).ok()?;
    Some(after.timestamp().into())
}

async fn shown(
    portal: &Portal,
    visit: &Visit,
    form: &FormState,
    already: Option<Already>,
) -> Result<String, Trouble> {
    let scope = &visit.scope;
    let found = holds::recorded(&portal.engine, scope, AT_ONCE).await?;
    let version = policies::in_force(&portal.engine, scope).await?;
    let rows = found
        .into_iter()
        .map(|one| {
            // The day before the one on which it is over.
            let until = one.hold.until.map(|until| scope.date_of(until.plus_seconds(-1)));
            (scope.date_of(one.hold.since), until, one)
        })
        .collect();
    let already = already.map(|already| already.view(visit.words(), &scope.zone));
    Ok(list(&visit.chrome_in_all(), rows, version.as_deref(), (form, already)))
}

/// Since when, until when, and what.
type Line = (Date, Option<Date>, Recorded);

fn list(
    chrome: &Chrome,
    rows: Vec<Line>,
    version: Option<&Version>,
    (form, already): (&FormState, Option<AnyView>),
) -> String {
    let words = chrome.words;
    let title = words.text("holds-title");
    page(chrome, &form.title(words, &title), || {
        let table = if rows.is_empty() {
            view! { <p class="lede">{words.text("holds-none")}</p> }.into_any()
        } else {
            table(chrome, rows, version)
        };
        let recording =
            chrome.may(Permission::AnswerRequests).then(|| recording(chrome, version, form));
        view! {
            <div class="desk">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::DESK)>{words.text("desk-title")}</a></p>
                <header><h1>{title.clone()}</h1></header>
                {already}
                <p>{words.text("holds-about")}</p>
                {table}
                {recording}
            </div>
        }
    })
}

fn table(chrome: &Chrome, rows: Vec<Line>, version: Option<&Version>) -> AnyView {
    let words = chrome.words;
    let may = chrome.may(Permission::AnswerRequests);
    let date = |day: Date| view! { <time datetime=day.to_string()>{words.date_short(day)}</time> };
    let rows = rows
        .into_iter()
        .map(|(since, until, one)| {
            let until = match until {
                Some(until) => date(until).into_any(),
                None => words.text("holds-until-lifted").into_any(),
            };
            let lift = may.then(|| {
                let href = chrome.href(&paths::DESK_HOLD_LIFT.of(one.hold.id));
                view! { <a href=href>{words.text("holds-lift")}</a> }
            });
            view! {
                <tr>
                    <th scope="row"><bdi>{harmless(&person(chrome, &one))}</bdi></th>
                    <td data-label=words.text("holds-what")>{what(chrome, &one, version)}</td>
                    <td data-label=words.text("holds-since")>{date(since)}</td>
                    <td data-label=words.text("holds-until")>{until}</td>
                    <td>{lift}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="facts queue">
            <thead><tr>
                <th scope="col">{words.text("desk-person")}</th>
                <th scope="col">{words.text("holds-what")}</th>
                <th scope="col">{words.text("holds-since")}</th>
                <th scope="col">{words.text("holds-until")}</th>
                <td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn recording(chrome: &Chrome, version: Option<&Version>, form: &FormState) -> AnyView {
    let words = chrome.words;
    let every =
        ChoiceOption { value: EVERY.to_owned(), label: words.text("holds-everything"), note: None };
    let categories = version.into_iter().flat_map(|version| {
        let reader = Reader { document: &version.document, words };
        let linked = version.document.facts.categories.iter().filter(|category| category.linked);
        linked.map(move |category| ChoiceOption {
            value: category.id.to_string(),
            label: reader.category(&category.id),
            note: None,
        })
    });
    let category = Choice {
        name: "category",
        legend: words.text("holds-what"),
        hint: None,
        options: [every].into_iter().chain(categories).collect(),
        several: false,
    };
    view! {
        <section aria-labelledby="record">
            <h2 id="record">{words.text("holds-record")}</h2>
            <form method="post" action=chrome.href(paths::DESK_HOLDS) novalidate=true>
                {Field::new("person", Kind::Text, words.text("holds-person"))
                    .hint(words.text("holds-person-hint")).optional().view(words, form)}
                {category.view(words, form)}
                {Field::new("until", Kind::Date, words.text("holds-until-day"))
                    .hint(words.text("holds-until-hint")).optional().view(words, form)}
                {send(words.text("holds-record"))}
            </form>
        </section>
    }
    .into_any()
}

fn lifting(chrome: &Chrome, one: &Recorded, version: Option<&Version>) -> String {
    let words = chrome.words;
    let title = words.text("holds-lift-title");
    page(chrome, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede"><bdi>{harmless(&person(chrome, one))}</bdi>", "{what(chrome, one, version)}</p>
                <p>{words.text("holds-lift-text")}</p>
                <form method="post" action=chrome.href(&paths::DESK_HOLD_LIFT.of(one.hold.id))>
                    <div class="buttons">
                        {send(words.text("holds-lift"))}
                        {button_link(chrome.href(paths::DESK_HOLDS), words.text("holds-keep"))}
                    </div>
                </form>
            </div>
        }
    })
}

fn person(chrome: &Chrome, one: &Recorded) -> String {
    match (&one.person, one.subject) {
        (Some(profile), _) if profile.called() == profile.id => profile.id.clone(),
        (Some(profile), _) => format!("{} ({})", profile.called(), profile.id),
        (None, Some(_)) => chrome.words.text("desk-nobody"),
        (None, None) => chrome.words.text("holds-everybody"),
    }
}

fn what(chrome: &Chrome, one: &Recorded, version: Option<&Version>) -> String {
    let Some(category) = &one.hold.category else { return chrome.words.text("holds-everything") };
    let document = version.map(|version| &version.document);
    match (document, category.parse::<Slug>()) {
        (Some(document), Ok(id)) => Reader { document, words: chrome.words }.category(&id),
        _ => category.clone(),
    }
}

#[cfg(test)]
mod tests {
    use domain::holds::Reason;
    use domain::identifiers::Language;
    use domain::roles::Role;
    use domain::words::Words;
    use jiff::civil::date;

    use super::*;
    use crate::ui::chrome::Viewer;

    #[test]
    fn who_may_not_answer_only_reads() {
        let one = |category: Option<&str>, subject: Option<Uuid>| Recorded {
            hold: holds::Hold {
                id: Uuid::nil(),
                reason: Reason::Legal,
                category: category.map(str::to_owned),
                request: None,
                message: None,
                since: Timestamp(0),
                until: None,
            },
            subject,
            person: None,
        };
        for language in Language::ALL {
            for (role, may) in [(Role::Support, true), (Role::Auditor, false)] {
                let chrome = Chrome {
                    words: Words::new(language),
                    tenant: None,
                    path: "/desk/holds".into(),
                    languages: Language::ALL.to_vec(),
                    explicit_language: false,
                    viewer: Some(Viewer { role }),
                    css_href: String::new(),
                    script_href: None,
                };
                let day = date(2026, 5, 1);
                let rows = vec![
                    (day, None, one(Some("payment"), None)),
                    (day, Some(day), one(None, Some(Uuid::nil()))),
                ];
                let html = list(&chrome, rows, None, (&FormState::default(), None));
                assert_eq!(html.contains("/lift"), may, "{html}");
                assert_eq!(html.contains("name=\"until\""), may, "{html}");
                let asked = lifting(&chrome, &one(Some("payment"), None), None);
                for html in [html, asked] {
                    assert!(!html.contains("Unknown localization"), "{html}");
                }
                for message in ["holds-nothing", "holds-person-unknown", "holds-until-wrong"] {
                    assert!(chrome.words.find(message).is_some(), "{message}");
                }
            }
        }
    }
}
