//! One request of one's own: where it stands, until when, and why until then.

use axum::extract::State;
use axum::response::Response;
use domain::deadlines::{Basis, Deadline, deadlines};
use domain::policy::facts::named as fact_named;
use domain::requests::State as Stand;
use domain::words::Words;
use engine::corrections::{Proposal, proposal_of};
use engine::requests::{OwnRequest, Row, own_request};
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::before_after::before_after;
use crate::ui::chrome::{Chrome, page};
use crate::ui::deadline_bar::{Axis, Urgency, deadline_bar};
use crate::ui::facts::rights::{answered, named, regime};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// The dates of a request, where the company is.
struct Dates {
    received: Date,
    verified: Option<Date>,
    closed: Option<Date>,
    steps: Vec<(Stand, Date)>,
    today: Date,
}

/// The request.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let own = own_request(&portal.engine, &visit.scope, id).await?.ok_or(Trouble::NotFound)?;
    let date_of = |time| visit.scope.date_of(time);
    let dates = Dates {
        received: date_of(own.row.received_at),
        verified: own.verified_at.map(date_of),
        closed: own.row.closed_at.map(date_of),
        steps: own.steps.iter().map(|(state, at)| (*state, date_of(*at))).collect(),
        today: visit.today(),
    };
    let proposal = proposal_of(&portal.engine, &visit.scope, id).await?;
    Ok(respond::html(view_of(&visit.chrome_in_all(), &own, &dates, proposal.as_ref())))
}

/// Where a request stands: a word, and a colour if it is due.
pub fn state_view(words: Words, row: &Row, today: Date) -> AnyView {
    let class = match row.state {
        Stand::Fulfilled | Stand::PartlyFulfilled => "done",
        state if state.is_closed() => "",
        _ => Urgency::of(today, row.due_on).class(),
    };
    view! { <span class=format!("state {class}")>{words.text(&stand(row.state))}</span> }.into_any()
}

fn stand(state: Stand) -> String {
    format!("request-state-{}", state.name())
}

fn view_of(
    chrome: &Chrome,
    own: &OwnRequest,
    dates: &Dates,
    proposal: Option<&Proposal>,
) -> String {
    let words = chrome.words;
    let row = &own.row;
    let title = words.text(named(row.right));
    page(chrome, &title, || {
        let reader = Reader { document: &own.policy.document, words };
        let steps = dates
            .steps
            .iter()
            .map(|(state, on)| {
                view! { <li><time datetime=on.to_string()>{words.date(*on)}</time>{words.text(&stand(*state))}</li> }
            })
            .collect_view();
        let history = (!dates.steps.is_empty()).then(|| {
            view! { <h2>{words.text("request-history")}</h2><ol class="steps">{steps}</ol> }
        });
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::REQUESTS)>{words.text("nav-requests")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="imprint">
                    <span>{words.text("receipt-reference")}" "<span class="reference">{row.reference.clone()}</span></span>
                    {state_view(words, row, dates.today)}
                </p>
                {time_view(words, row, dates)}
                {proposal.map(|proposal| before_after(words, proposal))}
                <h2>{words.text("request-next")}</h2>
                {next(chrome, reader, row)}
                {(!row.state.is_closed()).then(|| why(reader, row, dates))}
                {history}
            </div>
        }
    })
}

/// Received, today and due, drawn; when it was closed, if it is.
fn time_view(words: Words, row: &Row, dates: &Dates) -> AnyView {
    let received = words.with("requests-received", &[("date", words.date(dates.received).into())]);
    if let Some(closed) = dates.closed {
        let closed = words.with("request-closed", &[("date", words.date(closed).into())]);
        return view! { <p>{received}" · "{closed}</p> }.into_any();
    }
    let due = words.with("request-due", &[("date", words.date(row.due_on).into())]);
    let axis = Axis::of(dates.today, [(dates.received, row.due_on)]);
    view! {
        <div class="span">
            {deadline_bar(words, axis, dates.received, row.due_on, dates.today)}
            <p class="ends"><span>{received}</span><span>{due}</span></p>
        </div>
    }
    .into_any()
}

/// What happens next, and who has to move.
fn next(chrome: &Chrome, reader: Reader<'_>, row: &Row) -> AnyView {
    let words = chrome.words;
    let company = ("company", reader.document.controller.name.clone().into());
    let said = words.with(&format!("request-next-{}", row.state.name()), &[company]);
    let contact = reader.document.privacy_contact().map(|contact| {
        let email = contact.email.to_string();
        let reference = ("reference", row.reference.clone().into());
        view! {
            <p>{words.with("request-write", &[reference])}" "<a href=format!("mailto:{email}")>{email.clone()}</a></p>
        }
    });
    view! { <p>{said}</p>{contact} }.into_any()
}

/// How the due date came about: every date that applies, the earliest first.
fn why(reader: Reader<'_>, row: &Row, dates: &Dates) -> AnyView {
    let words = reader.words;
    let rights = &reader.document.facts.rights;
    let all = deadlines(rights, row.right, row.regime, dates.received, dates.verified, &|_| false);
    let lines = all
        .iter()
        .map(|deadline| {
            let class = if deadline.on == row.due_on { "counts" } else { "quiet" };
            let on = deadline.on;
            view! {
                <li class=class><time datetime=on.to_string()>{words.date(on)}</time>{because(reader, deadline)}</li>
            }
        })
        .collect_view();
    view! {
        <h2>{words.text("request-why")}</h2>
        <p>{words.text("request-why-earliest")}</p>
        <ol class="steps">{lines}</ol>
    }
    .into_any()
}

fn because(reader: Reader<'_>, deadline: &Deadline) -> String {
    let words = reader.words;
    match &deadline.basis {
        Basis::Law(law) => {
            let law = ("law", words.text(regime(*law)).into());
            words.with("request-by-law", &[law])
        }
        Basis::Promise(id) => {
            let days = fact_named(&reader.document.facts.rights, id)
                .and_then(|promise| answered(reader, promise));
            match days {
                Some(days) => words.with("request-by-promise-of", &[("when", days.into())]),
                None => words.text("request-by-promise"),
            }
        }
    }
}
