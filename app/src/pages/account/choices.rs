//! What one's data must not be used for.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::policy::facts::named;
use engine::choices::{self, Choice, ChoiceError, SALE_OR_SHARING, Why};
use engine::policies;
use leptos::prelude::*;
use serde::Deserialize;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::facts::data::capitalised;
use crate::ui::forms::hidden;
use crate::ui::reader::Reader;
use crate::visit::{Visit, sends_signal};

/// A choice, as it is sent.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    refused: bool,
}

/// `GET /account/choices`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let policy = policies::in_force(&portal.engine, &visit.scope).await?;
    let policy = policy.ok_or(Trouble::NotFound)?;
    let choices = choices::own_choices(&portal.engine, &visit.scope).await?;
    let reader = Reader { document: &policy.document, words: visit.words() };
    Ok(respond::html(view_of(&visit, reader, &choices, sends_signal(&headers))))
}

/// `POST /account/choices`
pub async fn choose(
    State(portal): State<Portal>,
    visit: Visit,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(chosen) = chosen.map_err(|_| Trouble::Unprocessable)?;
    match choices::choose(&portal.engine, &visit.scope, &chosen.purpose, chosen.refused).await {
        Ok(()) => {
            let chrome = visit.chrome_in_all();
            let to = format!("{}#{}", paths::CHOICES, chosen.purpose);
            Ok(respond::redirect(&chrome.href(&to)))
        }
        Err(ChoiceError::NoChoice) => Err(Trouble::Unprocessable),
        Err(ChoiceError::Failure(failure)) => Err(failure.into()),
    }
}

fn view_of(visit: &Visit, reader: Reader<'_>, choices: &[Choice], signal: bool) -> String {
    let chrome = &visit.chrome_in_all();
    let words = chrome.words;
    let title = words.text("choices-title");
    let company = || ("company", reader.document.controller.name.clone().into());
    page(chrome, &title, || {
        let rows = choices.iter().map(|choice| row(visit, chrome, reader, choice)).collect_view();
        let signal = signal.then(|| {
            view! { <p class="notice" role="status">{words.with("choices-signal", &[company()])}</p> }
        });
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with("choices-intro", &[company()])}</p>
                {signal}
                <ul class="purposes">{rows}</ul>
                <p class="quiet">{words.text("choices-rest")}</p>
            </div>
        }
    })
}

fn row(visit: &Visit, chrome: &Chrome, reader: Reader<'_>, choice: &Choice) -> AnyView {
    let words = chrome.words;
    let sale = choice.purpose == SALE_OR_SHARING;
    let about = if sale {
        words.text("choices-sale")
    } else {
        let id = choice.purpose.parse().ok();
        capitalised(&id.map(|id| reader.purpose(&id)).unwrap_or_default())
    };
    let about_in = choice.purpose.parse().ok().filter(|_| !sale);
    let about_in = about_in.and_then(|id| reader.foreign_purpose(&id));
    let consent = choice.by_consent;
    let interest = interest(reader, choice)
        .map(|interest| words.with("choices-interest", &[("interest", interest.into())]));
    let state = words.text(match choice.why {
        Why::Refused if consent => "choices-withdrawn",
        Why::Refused if sale => "choices-opted-out",
        Why::Refused => "choices-objected",
        Why::Signal => "choices-by-signal",
        Why::Given => "choices-given",
        Why::NotGiven => "choices-not-given",
        Why::NotDone => "choices-not-done",
        Why::Frozen => "choices-frozen",
        Why::NotRefused | Why::NoChoice => "choices-allowed",
    });
    let since = choice.chosen_at.map(|at| {
        let date = words.date(visit.scope.date_of(at));
        words.with("choices-since", &[("date", date.into())])
    });
    let refuse = match choice.why {
        Why::Refused | Why::Signal | Why::NotGiven => false,
        Why::Frozen => return frozen(about, state),
        _ => true,
    };
    let button = words.text(match (refuse, consent, sale) {
        (true, true, _) => "choices-withdraw",
        (true, _, true) => "choices-opt-out",
        (true, ..) => "choices-object",
        (false, true, _) => "choices-give",
        (false, ..) => "choices-take-back",
    });
    let anchor = choice.purpose.clone();
    let class = if choice.allowed { "state" } else { "state done" };
    view! {
        <li id=anchor.clone()>
            <h2 id=format!("{anchor}-name") lang=about_in>{about}</h2>
            <p class="quiet">{interest}</p>
            <p><span class=class>{state}</span>" "<span class="quiet">{since}</span></p>
            <form method="post" action=chrome.href(paths::CHOICES)>
                {hidden("purpose", choice.purpose.clone())}
                {hidden("refused", refuse.to_string())}
                <button type="submit" class="button plain" aria-describedby=format!("{anchor}-name")>{button}</button>
            </form>
        </li>
    }
    .into_any()
}

fn frozen(about: String, state: String) -> AnyView {
    view! { <li><h2>{about}</h2><p class="quiet">{state}</p></li> }.into_any()
}

/// The interest that a purpose rests on, for whoever wants to object to it.
fn interest(reader: Reader<'_>, choice: &Choice) -> Option<String> {
    let id = choice.purpose.parse().ok()?;
    let purpose = named(&reader.document.facts.purposes, &id)?;
    let interest = purpose.interest().stated()?;
    Some(reader.label(format_args!("purpose.{id}.interest"), interest))
}
