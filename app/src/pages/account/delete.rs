//! Deleting what is held: what goes, what must stay and why, then one button.

use axum::extract::State;
use axum::response::Response;
use domain::erasure::{LEGAL_CLAIM, Line, Outcome};
use domain::policy::facts::named;
use engine::accounts::Task;
use engine::erasure::{self, AskError, Preview};
use engine::stripe;
use leptos::prelude::*;

use crate::cookie;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{button_link, send};
use crate::ui::held::kept::{ground, is_unconfirmed, unconfirmed};
use crate::ui::held::stripe::deleting_at_stripe;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// What deleting would do.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let preview = preview(&portal, &visit).await?;
    let document = &preview.version.document;
    let at_stripe = stripe::connection(&portal.engine, &visit.scope).await?.is_some()
        && document.privacy_contact().is_some();
    Ok(respond::html(delete(&visit.chrome_in_all(), &preview, at_stripe)))
}

/// Deletes.
pub async fn carry_out(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Deletion)?;
    let receipt = match erasure::ask(&portal.engine, &visit.scope, confirmed).await {
        Ok(asked) => asked.receipt,
        // Pressed twice: what the browser shows is the last answer.
        Err(AskError::UnderWay) => {
            erasure::asked_before(&portal.engine, &visit.scope).await?.ok_or(Trouble::Forbidden)?
        }
        Err(AskError::NotConfirmed) => return Err(Trouble::Forbidden),
        Err(AskError::Failure(failure)) => return Err(failure.into()),
    };
    let to = visit.chrome_in_all().href(&paths::RECEIPT.of(receipt.as_str()));
    let mut response = respond::redirect(&to);
    // The session ended with the account; the browser may forget it too.
    cookie::clear(&portal, &mut response);
    Ok(response)
}

async fn preview(portal: &Portal, visit: &Visit) -> Result<Preview, Trouble> {
    erasure::preview(&portal.engine, &visit.scope).await?.ok_or(Trouble::NotFound)
}

/// The page. `at_stripe`: whether payments are looked at there.
pub fn delete(chrome: &Chrome, preview: &Preview, at_stripe: bool) -> String {
    let words = chrome.words;
    let title = words.text("delete-title");
    page(chrome, &title, || {
        let reader = Reader { document: &preview.version.document, words };
        let (stays, goes): (Vec<&Line>, Vec<&Line>) = preview
            .lines
            .iter()
            .filter(|line| !matches!(line.outcome, Outcome::Nothing | Outcome::NotLinked))
            .partition(|line| {
                use Outcome::{PassedOn, Retained, TakenOut};
                matches!(line.outcome, Retained { .. } | PassedOn | TakenOut)
            });
        let list = |lines: Vec<&Line>, class: &'static str, empty: &str| {
            if lines.is_empty() {
                return view! { <p class="quiet">{words.text(empty)}</p> }.into_any();
            }
            let lines = lines.into_iter().map(|line| line_view(reader, line)).collect_view();
            view! { <ul class=class>{lines}</ul> }.into_any()
        };
        let not_linked = preview
            .lines
            .iter()
            .filter(|line| line.outcome == Outcome::NotLinked)
            .map(|line| {
                let category = ("category", reader.category(&line.category).into());
                view! { <p class="quiet">{words.with("delete-not-linked", &[category])}</p> }
            })
            .collect_view();
        let at_stripe = at_stripe.then(|| deleting_at_stripe(words));
        let after = ["delete-after-account", "delete-after-mail", "delete-after-receipt"]
            .map(|line| view! { <li>{words.text(line)}</li> })
            .collect_view();
        view! {
            <div class="column delete">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("delete-intro")}</p>
                <div class="parts">
                    <section>
                        <h2>{words.text("delete-goes")}</h2>
                        {list(goes, "lines goes", "delete-goes-nothing")}
                    </section>
                    <section>
                        <h2>{words.text("delete-stays")}</h2>
                        {list(stays, "lines stays", "delete-stays-nothing")}
                    </section>
                </div>
                {not_linked}
                {at_stripe}
                <h2>{words.text("delete-after")}</h2>
                <div class="prose"><ul>{after}</ul></div>
                <form method="post" action=chrome.href(paths::DELETE)>
                    <div class="buttons equal">
                        {send(words.text("delete-now"))}
                        {button_link(chrome.href(paths::ACCOUNT), words.text("delete-keep"))}
                    </div>
                </form>
            </div>
        }
    })
}

/// A line with its reason, as the page before an erasure and the receipt after
/// it print it.
fn line_view(reader: Reader<'_>, line: &Line) -> AnyView {
    let count = reader.words.with("account-count", &[("count", line.count.into())]);
    let reason = reason(reader, &line.outcome, Tense::Before);
    view! {
        <li>
            <b lang=reader.foreign_category(&line.category)>{reader.category(&line.category)}</b>
            <span class="figure">{count}</span>
            <span class="reason quiet">{reason}</span>
        </li>
    }
    .into_any()
}

/// Whether an erasure is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It is previewed.
    Before,
    /// It was done.
    After,
}

/// What happens to some records, and why.
pub fn reason(reader: Reader<'_>, outcome: &Outcome, tense: Tense) -> String {
    let words = reader.words;
    match (outcome, tense) {
        (Outcome::Erased, Tense::Before) => words.text("outcome-erased-before"),
        (Outcome::Erased, Tense::After) => words.text("outcome-erased-after"),
        (Outcome::Counted, Tense::Before) => words.text("outcome-counted-before"),
        (Outcome::Counted, Tense::After) => words.text("outcome-counted-after"),
        (Outcome::TakenOut, Tense::Before) => words.text("outcome-taken-out-before"),
        (Outcome::TakenOut, Tense::After) => words.text("outcome-taken-out-after"),
        (Outcome::Retained { hold, until }, _) => {
            let policys = named(&reader.document.facts.holds, hold);
            let because = match policys {
                Some(hold) => ground(reader, hold),
                None if hold.as_str() == LEGAL_CLAIM => words.text("hold-legal-claim"),
                None => hold.to_string(),
            };
            let because = ("ground", because.into());
            match (until, policys.filter(|hold| is_unconfirmed(hold))) {
                (Some(until), _) => {
                    let date = ("date", words.date(*until).into());
                    words.with("outcome-retained-until", &[because, date])
                }
                (None, Some(hold)) => {
                    words.with("outcome-retained-unconfirmed", &unconfirmed(reader, hold))
                }
                (None, None) => words.with("outcome-retained", &[because]),
            }
        }
        (Outcome::PassedOn, Tense::Before) => words.text("outcome-passed-on-before"),
        (Outcome::PassedOn, Tense::After) => words.text("outcome-passed-on-after"),
        (Outcome::NotLinked, _) => words.text("not-linked"),
        (Outcome::Nothing, _) => words.text("held-nothing"),
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::words::Words;
    use engine::storage::Timestamp;
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn preview(assumed: &[&str], until: Option<jiff::civil::Date>) -> Preview {
        let document = serde_json::from_value(json!({
            "title": "Policy", "language": "en",
            "controller": { "name": "Acme", "site": "acme.example", "contacts": [] },
            "facts": {
                "categories": [
                    { "id": "account", "label": "Account data", "description": "" },
                    { "id": "payment", "label": "Payments", "description": "" }],
                "holds": [{ "id": "tax", "categories": ["payment"], "ground": "tax law", "period": "10 years", "assumed": assumed }]
            }
        }))
        .expect("a document");
        let slug = |name: &str| name.parse().expect("a name");
        let retained = Outcome::Retained { hold: slug("tax"), until };
        Preview {
            version: std::sync::Arc::new(engine::policies::Version {
                number: 1,
                state: engine::policies::State::Published,
                document,
                parsed: Default::default(),
                content_hash: Vec::new(),
                revision: 1,
                saved_at: Timestamp(0),
                published_at: None,
            }),
            lines: vec![
                Line { category: slug("account"), count: 2, outcome: Outcome::Erased },
                Line { category: slug("account"), count: 1, outcome: Outcome::TakenOut },
                Line { category: slug("payment"), count: 3, outcome: retained },
            ],
        }
    }

    fn html(language: Language, preview: &Preview, at_stripe: bool) -> String {
        let chrome = Chrome {
            words: Words::new(language),
            tenant: None,
            path: "/account/delete".into(),
            languages: Vec::new(),
            explicit_language: false,
            viewer: None,
            css_href: String::new(),
            script_href: None,
        };
        delete(&chrome, preview, at_stripe)
    }

    #[test]
    fn l10_and_e17_what_stays_has_its_ground_and_its_date_and_both_buttons_weigh_the_same() {
        let preview = preview(&[], Some(date(2035, 3, 1)));
        let page = html(Language::En, &preview, true);
        assert!(page.contains("nothing is deleted at Stripe by itself"), "{page}");
        assert!(!html(Language::En, &preview, false).contains("Stripe"));
        assert!(page.contains("stays until 1 March 2035, because tax law demands it"), "{page}");
        assert!(page.find("Account data") < page.find("Must stay"), "{page}");
        assert!(page.contains("buttons equal"), "{page}");
        // What stays with others is not among what goes.
        let others = page.find("about other people too: stays with them");
        assert!(others > page.find("Must stay"), "{page}");
        let german = html(Language::De, &preview, false);
        assert!(german.contains("betrifft auch andere Personen: bleibt bei ihnen"), "{german}");
    }

    /// E17: nothing that is assumed is promised, be it the time or the ground.
    #[test]
    fn e17_an_assumed_hold_stays_until_the_company_confirms_it() {
        for (assumed, ground) in [
            (vec!["period"], "tax law"),
            (vec!["categories"], "tax law"),
            (vec!["all"], "a ground that is not stated yet"),
            (vec!["period", "ground"], "a ground that is not stated yet"),
        ] {
            let page = html(Language::En, &preview(&assumed, None), false);
            let said = format!("stays until Acme confirms how long {ground} demands it");
            assert!(page.contains(&said), "{said}: {page}");
            assert!(!page.contains("10 years"), "{page}");
        }
        let german = html(Language::De, &preview(&["period"], None), false);
        assert!(
            german
                .contains("bleibt, bis Acme bestätigt, wie lange es vorgeschrieben ist (tax law)"),
            "{german}"
        );
    }
}
