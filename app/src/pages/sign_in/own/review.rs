//! After a reset: which of the other ways in are theirs?

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use engine::accounts::{self, Mine, Review};
use engine::storage::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

use crate::next::home;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Choice, ChoiceOption, FormState, send, send_as};
use crate::visit::Visit;

/// The second factor among the answers; the others are ids.
const FACTOR: &str = "factor";

/// `GET /account/sign-in/review`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    match accounts::review(&portal.engine, &visit.scope).await? {
        Some(review) => Ok(respond::html(asking(&visit, &visit.chrome_in_all(), &review))),
        None => Ok(go_on(&visit)),
    }
}

/// `POST /account/sign-in/review`
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let token = visit.cookie.as_ref().ok_or(Trouble::Forbidden)?;
    let mine = match sent.one("mine-all") {
        "yes" => Mine::All,
        _ => Mine::Only {
            ids: sent.all("mine").filter_map(|id| id.parse::<Uuid>().ok()).collect::<BTreeSet<_>>(),
            factor: sent.all("mine").any(|id| id == FACTOR),
        },
    };
    accounts::answer_review(&portal.engine, &visit.scope, token, &mine).await?;
    Ok(go_on(&visit))
}

fn go_on(visit: &Visit) -> Response {
    let role = visit.session.as_ref().map(|session| session.role);
    let to = role.map_or(paths::CENTRE, home);
    respond::redirect(&visit.chrome_in_all().href(to))
}

fn asking(visit: &Visit, chrome: &Chrome, review: &Review) -> String {
    let date = |time: Timestamp| visit.scope.date_of(time);
    reviewing(chrome, review, &date)
}

fn reviewing(
    chrome: &Chrome,
    review: &Review,
    date: &dyn Fn(Timestamp) -> jiff::civil::Date,
) -> String {
    let words = chrome.words;
    let title = words.text("review-title");
    page(chrome, &title, || {
        let since = |time: Timestamp| {
            Some(words.with("review-since", &[("date", words.date(date(time)).into())]))
        };
        let passkeys = review.passkeys.iter().map(|passkey| ChoiceOption {
            value: passkey.id.to_string(),
            label: words.with("review-passkey", &[("name", passkey.name.clone().into())]),
            note: since(passkey.added),
        });
        let providers = review.providers.iter().map(|(id, name, at)| ChoiceOption {
            value: id.to_string(),
            label: words.with("review-provider", &[("name", name.clone().into())]),
            note: since(*at),
        });
        let factor = review.factor.map(|left| ChoiceOption {
            value: FACTOR.to_owned(),
            label: words.text("review-factor"),
            note: Some(words.with("review-factor-left", &[("count", left.into())])),
        });
        let ways = Choice {
            name: "mine",
            legend: words.text("review-legend"),
            hint: Some(words.text("review-hint")),
            options: passkeys.chain(providers).chain(factor).collect(),
            several: true,
        };
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("review-text")}</p>
                <p>{words.text("review-done")}</p>
                <form method="post" action=chrome.href(paths::REVIEW)>
                    {ways.view(words, &FormState::default())}
                    <div class="buttons">
                        {send(words.text("review-keep"))}
                        {send_as("mine-all", "yes", words.text("review-all"))}
                    </div>
                </form>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::accounts::OwnPasskey;
    use jiff::civil::date;

    use super::*;
    use crate::pages::studio::policy::tests::chrome;

    #[test]
    fn every_way_in_is_asked_about_and_none_is_ticked() {
        let review = Review {
            passkeys: vec![OwnPasskey {
                id: Uuid::from_u128(1),
                name: "<Phone>".to_owned(),
                added: Timestamp(0),
                used: None,
            }],
            providers: vec![(Uuid::from_u128(2), "Acme".to_owned(), Timestamp(0))],
            factor: Some(9),
        };
        for language in Language::ALL {
            let html = reviewing(&chrome(language), &review, &|_| date(2026, 11, 21));
            assert!(!html.contains("Unknown localization") && !html.contains("<Phone>"), "{html}");
            assert_eq!(html.matches("name=\"mine\"").count(), 3, "{html}");
            assert!(!html.contains("checked"), "{html}");
            assert!(html.contains("Acme") && html.contains("2026"), "{html}");
        }
    }
}
