//! One request, for those who answer it.

use axum::extract::State;
use axum::response::Response;
use domain::deadlines::{Basis, deadlines};
use domain::policy::facts::RightPromise;
use domain::requests::State as Stands;
use domain::roles::Permission;
use domain::words::Words;
use engine::accounts::{By, Decided, decided};
use engine::contact;
use engine::corrections::{self, Answer, AnswerError, Proposal, proposal_of};
use engine::policies::in_force;
use engine::requests::{request, request_rows, steps_of};
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

use super::correction::proposed;
use super::line::{Line, date, mover, person, state_name};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::deadline_bar::{Axis, Urgency, days_left_in_words, deadline_bar};
use crate::ui::decided::Already;
use crate::ui::facts::rights::named;
use crate::ui::forms::FormState;
use crate::visit::Visit;

/// `GET /desk/requests/{id}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    Ok(respond::html(request_page(&portal, &visit, id, &FormState::default(), None).await?))
}

/// `POST /desk/requests/{id}/correction`.
pub async fn answer_correction(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let answer = match sent.one("answer") {
        "accept" => Answer::Accept,
        "decline" => Answer::Decline(sent.lines("reason")),
        _ => return Err(Trouble::Unprocessable),
    };
    let chrome = visit.chrome_in_all();
    let done = corrections::answer(&portal.engine, &visit.scope, id, &answer).await;
    let (field, message) = match done {
        Ok(()) => return Ok(respond::redirect(&chrome.href(&paths::DESK_REQUEST.of(id)))),
        Err(AnswerError::NoReason) => ("reason", "desk-correction-no-reason"),
        Err(AnswerError::Stale) => ("correction", "desk-correction-stale"),
        Err(AnswerError::Frozen) => ("correction", "desk-correction-frozen"),
        Err(AnswerError::Unknown) => {
            let decided = closed_by(&portal, &visit, id).await?.ok_or(Trouble::NotFound)?;
            let already = Already::sent(decided, sent.lines("reason"));
            let none = FormState::default();
            let page = request_page(&portal, &visit, id, &none, Some(already)).await?;
            return Ok(respond::conflict(page));
        }
        Err(AnswerError::Failure(failure)) => return Err(failure.into()),
    };
    let form = sent.state().wrong(field, chrome.text(message));
    Ok(respond::unprocessable(request_page(&portal, &visit, id, &form, None).await?))
}

/// The decision that closed a request, if somebody has made one.
async fn closed_by(portal: &Portal, visit: &Visit, id: Uuid) -> Result<Option<Decided>, Trouble> {
    Ok(decided(&portal.engine, &visit.scope, id, &["request.stepped"], None).await?)
}

/// The page of a request, with the form on it as it was filled in, or with what was
/// decided before it was sent.
async fn request_page(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    form: &FormState,
    already: Option<Already>,
) -> Result<String, Trouble> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    scope.permit(Permission::ReadRequests)?;
    let found = request(engine, scope, id).await?.ok_or(Trouble::NotFound)?;
    // The desk's list knows the person; the row right behind the one before it
    // is this one.
    let before = (found.due_on, Uuid::from_u128(found.id.as_u128().saturating_sub(1)));
    let listed = request_rows(engine, scope, found.closed_at.is_none(), Some(before), 1).await?;
    let row = listed.rows.into_iter().find(|row| row.id == id).unwrap_or(found);
    let steps: Vec<(Stands, Date)> = steps_of(engine, scope, id)
        .await?
        .into_iter()
        .map(|(state, at)| (state, scope.date_of(at)))
        .collect();
    let promises = in_force(engine, scope)
        .await?
        .map(|version| version.document.facts.rights.clone())
        .unwrap_or_default();
    let proposal = proposal_of(engine, scope, id).await?;
    let proposal = proposal.as_ref().map(|proposal| (proposal, form));
    let line = Line::of(visit, &row);
    let why = why(visit.words(), &line, &steps, &promises);
    let told = (contact::of_request(engine, scope, id).await?, why);
    let already = match already {
        // What the portal has carried out by itself nobody has decided.
        None if row.closed_at.is_some() => closed_by(portal, visit, id)
            .await?
            .filter(|decided| decided.by != By::Portal)
            .map(Already::seen),
        already => already,
    };
    let already = already.map(|already| already.view(visit.words(), &scope.zone));
    let proposal = (proposal, already);
    Ok(one(&visit.chrome_in_all(), &line, &steps, told, (proposal, visit.today())))
}

/// Where the due date comes from; nothing if the policy has changed since.
fn why(
    words: Words,
    line: &Line,
    steps: &[(Stands, Date)],
    promises: &[RightPromise],
) -> Option<String> {
    let row = &line.row;
    let verified =
        steps.iter().find(|(state, _)| *state == Stands::InProgress).map(|(_, day)| *day);
    // No tenant has a calendar of public holidays yet.
    let all = deadlines(promises, row.right, row.regime, line.received, verified, &|_| false);
    let deadline = all.into_iter().find(|deadline| deadline.on == row.due_on)?;
    Some(match deadline.basis {
        Basis::Law(regime) => {
            let law = words.text(&format!("regime-{}", regime.name()));
            words.with("desk-why-law", &[("law", law.into())])
        }
        Basis::Promise(id) => {
            let days = promises.iter().find(|promise| promise.id == id)?.days().stated()?;
            words.with("desk-why-promise", &[("days", words.days(days).into())])
        }
    })
}

/// What is to be decided, with the form as it was filled in, and what was decided.
type Decision<'a> = (Option<(&'a Proposal, &'a FormState)>, Option<AnyView>);

fn one(
    chrome: &Chrome,
    line: &Line,
    steps: &[(Stands, Date)],
    (messages, why): (Vec<Uuid>, Option<String>),
    ((proposal, already), today): (Decision<'_>, Date),
) -> String {
    let words = chrome.words;
    let row = &line.row;
    let title = words.with("desk-request", &[("reference", row.reference.clone().into())]);
    page(chrome, &title, || {
        let drawn = line.closed.is_none().then(|| {
            let axis = Axis::of(today, [(line.received, row.due_on)]);
            deadline_bar(words, axis, line.received, row.due_on, today)
        });
        let left = line.closed.is_none().then(|| {
            let class = format!("state {}", Urgency::of(today, row.due_on).class());
            view! { " "<span class=class>{days_left_in_words(words, today, row.due_on)}</span> }
        });
        let steps = steps
            .iter()
            .map(|(state, day)| view! { <li>{date(words, *day)}" "{words.text(state_name(*state))}</li> })
            .collect::<Vec<_>>();
        let regime = words.text(&format!("regime-{}", row.regime.name()));
        let may = chrome.may(Permission::AnswerRequests);
        let read_only = (proposal.is_none() || !may)
            .then(|| view! { <p class="notice">{words.text("desk-read-only")}</p> });
        let summary = proposal.map(|(_, form)| form.summary(words));
        let proposed = proposal.map(|(proposal, form)| proposed(chrome, row.id, proposal, form));
        let messages = messages
            .iter()
            .map(|id| {
                let href = chrome.href(&paths::DESK_MESSAGE.of(*id));
                view! { <p class="notice"><a href=href>{words.text("desk-from-message")}</a></p> }
            })
            .collect_view();
        view! {
            <div class="column request">
                {summary}
                <p class="back"><a href=chrome.href(paths::DESK)>{words.text("desk-back")}</a></p>
                <h1>{words.text(named(row.right))}</h1>
                <p class="reference">{row.reference.clone()}</p>
                {already}
                {messages}
                {drawn}
                <dl class="particulars">
                    <div><dt>{words.text("desk-person")}</dt><dd>{person(words, row)}</dd></div>
                    <div><dt>{words.text("desk-state")}</dt><dd>{words.text(state_name(row.state))}</dd></div>
                    <div><dt>{words.text("desk-next-mover")}</dt><dd>{mover(words, row)}</dd></div>
                    <div><dt>{words.text("desk-regime")}</dt><dd>{regime}</dd></div>
                    <div><dt>{words.text("desk-received")}</dt><dd>{date(words, line.received)}</dd></div>
                    <div><dt>{words.text("desk-due")}</dt><dd>{date(words, row.due_on)}{left}
                        {why.map(|why| view! { <p class="quiet">{why}</p> })}</dd></div>
                </dl>
                {proposed}
                <h2>{words.text("desk-steps")}</h2>
                <ol class="steps">{steps}</ol>
                {read_only}
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::facts::CountsFrom;
    use domain::requests::{Regime, Right};
    use jiff::civil::date;

    use super::super::line::tests::{chrome, line};
    use super::*;

    #[test]
    fn every_state_has_its_words() {
        for language in Language::ALL {
            for state in Stands::ALL {
                let steps = [(state, date(2026, 5, 1))];
                let html = one(
                    &chrome(language),
                    &line(date(2026, 5, 8), state),
                    &steps,
                    (Vec::new(), None),
                    ((None, None), date(2026, 5, 10)),
                );
                assert!(!html.contains("Unknown localization"), "{html}");
            }
        }
    }

    #[test]
    fn a_due_date_is_explained() {
        let words = Words::new(Language::En);
        let by_law = line(date(2026, 5, 11), Stands::Received);
        assert!(why(words, &by_law, &[], &[]).is_some_and(|why| why.contains("GDPR")));
        let promise = RightPromise {
            id: "fast".parse().expect("a name"),
            right: Right::Correction,
            regime: Regime::Promise,
            description: String::new(),
            days: Some(10.into()),
            counts_from: CountsFrom::Receipt,
            assumed: Default::default(),
        };
        let promised = line(date(2026, 4, 20), Stands::Received);
        assert!(why(words, &promised, &[], &[promise]).is_some_and(|why| why.contains("10 days")));
        assert_eq!(why(words, &line(date(2026, 5, 2), Stands::Received), &[], &[]), None);
    }
}
