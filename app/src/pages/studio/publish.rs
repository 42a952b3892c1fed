//! Putting the draft into force, after a look at what that changes.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::policy::check::{Finding, Severity};
use domain::roles::Permission;
use engine::accounts::Task;
use engine::policies::{PublishError, publish as put_into_force};
use leptos::prelude::*;
use serde::Deserialize;

use super::bar::studio_page;
use super::check::list;
use super::compare::{facts, sentences, texts};
use super::working::{self, Stamp, Working};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{button_link, hidden, send};
use crate::visit::Visit;

/// Why nothing was published, as the page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    NoDraft,
    Stale,
    Unchanged,
    Errors,
}

impl Refused {
    #[cfg(test)]
    const ALL: [Refused; 4] =
        [Refused::NoDraft, Refused::Stale, Refused::Unchanged, Refused::Errors];

    fn text(self) -> &'static str {
        match self {
            Refused::NoDraft => "publish-refused-no-draft",
            Refused::Stale => "publish-refused-stale",
            Refused::Unchanged => "publish-refused-unchanged",
            Refused::Errors => "publish-refused-errors",
        }
    }
}

/// What the address says was just published.
#[derive(Debug, Default, Deserialize)]
pub struct PublishedQuery {
    published: Option<String>,
}

/// `GET /studio/policy/publish`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    query: Result<Query<PublishedQuery>, QueryRejection>,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let chrome = visit.chrome_in_all();
    let said = query.ok().and_then(|Query(query)| query.published);
    // An address can say anything: the page says what is in force.
    let done =
        working.in_force.as_ref().map(|version| version.number).filter(|number| {
            said.is_some_and(|said| said == number.to_string()) && !working.waits()
        });
    Ok(respond::html(match done {
        Some(number) => published(&chrome, &working, number),
        None => page(&chrome, &working, None),
    }))
}

/// `POST /studio/policy/publish`.
pub async fn publish(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    let working = working::load(&portal, &visit).await?;
    let answer = match Stamp::of(&sent) {
        // The page that was read is of another draft or another state of it.
        stamp if stamp != Some(working.stamp) => Err(PublishError::Stale),
        _ => {
            let confirmed = visit.confirmed(Task::Publication)?;
            let (engine, scope) = (&portal.engine, &visit.scope);
            put_into_force(engine, scope, confirmed, working.stamp.revision).await
        }
    };
    let refused = match answer {
        Ok(number) => {
            let done = format!("{}?published={number}", paths::STUDIO_PUBLISH);
            return Ok(respond::redirect(&chrome.href(&done)));
        }
        Err(PublishError::NoDraft) => Refused::NoDraft,
        // The studio publishes over whatever is in force.
        Err(PublishError::Stale | PublishError::Newer(_)) => Refused::Stale,
        Err(PublishError::Unchanged) => Refused::Unchanged,
        Err(PublishError::Errors(_)) => Refused::Errors,
        Err(PublishError::Failure(failure)) => return Err(failure.into()),
    };
    let working = working::load(&portal, &visit).await?;
    Ok(respond::unprocessable(page(&chrome, &working, Some(refused))))
}

fn page(chrome: &Chrome, working: &Working, refused: Option<Refused>) -> String {
    let words = chrome.words;
    let number = working.number.to_string();
    let title = words.with("publish-title", &[("number", number.clone().into())]);
    studio_page(chrome, working, &title, || {
        let refused = refused.map(|refused| {
            view! {
                <div class="summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="refused">
                    <h2 id="refused">{words.text("publish-refused")}</h2>
                    <p>{words.text(refused.text())}</p>
                </div>
            }
        });
        let errors: Vec<&Finding> =
            working.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        let body = if !working.waits() { nothing(chrome) } else { ready(chrome, working, &errors) };
        view! {
            <div class="column">
                {refused}
                <h1>{title.clone()}</h1>
                {body}
            </div>
        }
    })
}

/// What is said once it is done.
fn published(chrome: &Chrome, working: &Working, number: i64) -> String {
    let words = chrome.words;
    let title = words.with("published-title", &[("number", number.to_string().into())]);
    studio_page(chrome, working, &title, || {
        view! {
            <div class="column">
                <div class="notice" role="status" tabindex="-1" autofocus=true>
                    <h1><span class="state done"></span>{title.clone()}</h1>
                    <p>{words.text("published-about")}</p>
                </div>
                <div class="buttons">
                    {button_link(chrome.href(paths::POLICY), words.text("published-read"))}
                    {button_link(chrome.href(paths::STUDIO), words.text("published-today"))}
                </div>
            </div>
        }
    })
}

fn nothing(chrome: &Chrome) -> AnyView {
    view! {
        <p class="lede">{chrome.text("publish-nothing")}</p>
        <p class="buttons">{button_link(chrome.href(paths::STUDIO_POLICY), chrome.text("publish-edit"))}</p>
    }
    .into_any()
}

fn ready(chrome: &Chrome, working: &Working, errors: &[&Finding]) -> AnyView {
    let words = chrome.words;
    let changed: usize = texts(working).iter().map(|(_, sections)| sections.len()).sum();
    let summary = match working.in_force {
        None => view! { <p>{words.text("publish-first")}</p> }.into_any(),
        Some(_) => view! {
            {sentences(chrome, working, &facts(working))}
            <p>{words.with("publish-sections", &[("count", changed.into())])}" "
                <a href=chrome.href(paths::STUDIO_COMPARE)>{words.text("publish-compare")}</a></p>
        }
        .into_any(),
    };
    let open = working.count(Severity::OpenPoint);
    let open = (open > 0).then(|| {
        view! {
            <p class="notice">{words.with("publish-open-points", &[("count", open.into())])}" "
                <a href=chrome.href(paths::STUDIO_CHECK)>{words.text("publish-open-points-look")}</a></p>
        }
    });
    let behind = working.is_behind().then(|| {
        view! {
            <p class="notice">{words.text("publish-behind")}" "
                <a href=chrome.href(paths::STUDIO_COMPARE)>{words.text("publish-compare")}</a></p>
        }
    });
    let action = if errors.is_empty() {
        let not_yet =
            if chrome.may(Permission::EditPolicy) { "publish-not-yet" } else { "studio-back" };
        let label = words.with("publish-button", &[("number", working.number.to_string().into())]);
        view! {
            <p>{words.text("publish-at-once")}</p>
            <form method="post" action=chrome.href(paths::STUDIO_PUBLISH)>
                {hidden("revision", working.stamp.to_string())}
                <div class="buttons">{send(label)}{button_link(chrome.href(paths::STUDIO_POLICY), words.text(not_yet))}</div>
            </form>
        }
        .into_any()
    } else {
        view! {
            <section class="found">
                <h2><span class="state late"></span>{words.with("publish-errors", &[("count", errors.len().into())])}</h2>
                {list(chrome, working, errors)}
            </section>
        }
        .into_any()
    };
    view! {
        <section class="means" aria-labelledby="means">
            <h2 id="means">{words.text("publish-means")}</h2>{summary}
        </section>
        {behind}
        {open}
        {action}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::check::check;

    use super::super::compare::tests::changed;
    use super::super::policy::tests::{chrome, working};
    use super::*;

    #[test]
    fn errors_stand_in_the_place_of_the_button() {
        for language in Language::ALL {
            let with_errors = page(&chrome(language), &changed(), None);
            assert!(!with_errors.contains("method=\"post\" action=\"/studio/policy/publish\""));
            let mut right = changed();
            right.document.facts.rights.clear();
            right.findings = check(&right.document);
            assert_eq!(right.count(Severity::Error), 0, "{:?}", right.findings);
            let html = page(&chrome(language), &right, None);
            assert!(
                html.contains("action=\"/studio/policy/publish\"") && html.contains("2.3"),
                "{html}"
            );
            assert!(!html.contains("Unknown localization"), "{html}");
        }
    }

    #[test]
    fn without_a_draft_there_is_no_button() {
        let mut none = working();
        none.stamp.revision = 0;
        assert!(
            !page(&chrome(Language::En), &none, None).contains("action=\"/studio/policy/publish\"")
        );
    }

    #[test]
    fn every_refusal_is_said() {
        for language in Language::ALL {
            for refused in Refused::ALL {
                let html = page(&chrome(language), &changed(), Some(refused));
                assert!(html.contains("role=\"alert\"") && !html.contains("Unknown localization"));
            }
        }
    }
}
