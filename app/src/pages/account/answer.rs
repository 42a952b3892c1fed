//! The answer to "what do you hold about me?" as one page to print (GDPR
//! art. 15(1) and (2); L6, L11, E18, E21).

use axum::extract::State;
use axum::response::Response;
use domain::policy::facts::Category;
use domain::policy::placeholders::FactList;
use engine::records::{Holding, Overview, overview};
use jiff::civil::Date;
use leptos::prelude::*;

use super::dashboard::{FirstRecords, beside_view, first_records, holds, undeclared};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::facts::fact_list;
use crate::ui::facts::table::Listed;
use crate::ui::held::category_facts::category_facts;
use crate::ui::held::record::records_view;
use crate::ui::held::standing::Standing;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// The answer.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let subject = visit.scope.own_subject()?;
    let overview =
        overview(&portal.engine, &visit.scope, subject).await?.ok_or(Trouble::NotFound)?;
    let first = first_records(&portal, &visit, &overview).await?;
    Ok(respond::html(answer(&visit.chrome_in_all(), &overview, &first, visit.today())))
}

/// The page.
pub fn answer(chrome: &Chrome, overview: &Overview, first: &[FirstRecords], today: Date) -> String {
    let words = chrome.words;
    let title = words.text("answer-title");
    page(chrome, &title, || {
        let reader = Reader { document: &overview.version.document, words };
        let categories = reader
            .document
            .facts
            .categories
            .iter()
            .map(|category| {
                let holding = overview.holding(&category.id);
                let said = standing(reader, overview, Some(category), holding);
                let records = listed(reader, first, category.id.as_str(), holding);
                view! {
                    <section>
                        <h2>{reader.category(&category.id)}</h2>
                        {said}
                        {category_facts(reader, category)}
                        {records}
                    </section>
                }
            })
            .collect_view();
        let undeclared = undeclared(overview)
            .map(|holding| {
                view! {
                    <section>
                        <h2>{holding.category.clone()}</h2>
                        <p class="quiet">{words.text("account-undeclared")}</p>
                        {standing(reader, overview, None, Some(holding))}
                        {listed(reader, first, &holding.category, Some(holding))}
                    </section>
                }
            })
            .collect_view();
        view! {
            <article class="column held answer">
                <h1>{title.clone()}</h1>
                {preamble(reader, overview, today)}
                <p class="quiet">{words.text("answer-records")}" "
                    <a class="onscreen" href=chrome.href(paths::EXPORTS)>{words.text("account-download")}</a></p>
                {categories}
                {undeclared}
                {rights(reader)}
            </article>
        }
    })
}

/// Why nothing is listed in a category, where nothing is.
fn standing(
    reader: Reader<'_>,
    overview: &Overview,
    category: Option<&Category>,
    holding: Option<&Holding>,
) -> Option<AnyView> {
    let standing = Standing::of(category, holding);
    let said = standing.said(reader, overview.organisation.as_ref())?;
    Some(view! { <p>{said}</p> }.into_any())
}

/// The first records of a category, and what is held beside them.
fn listed(
    reader: Reader<'_>,
    first: &[FirstRecords],
    category: &str,
    holding: Option<&Holding>,
) -> Option<AnyView> {
    let words = reader.words;
    let first = first.iter().find(|first| first.category.as_str() == category)?;
    let more = first.more.then(|| view! { <p class="quiet">{words.text("answer-more")}</p> });
    let beside = holding.map(|holding| beside_view(reader, holding));
    let records = records_view(words, Some(reader), &first.records);
    Some(view! { {records}{beside}{more} }.into_any())
}

/// Who answers, to whom, when, and what it comes to.
pub fn preamble(reader: Reader<'_>, overview: &Overview, today: Date) -> AnyView {
    let words = reader.words;
    let person = overview.profile.called().into_owned();
    let made =
        words.with("answer-for", &[("person", person.into()), ("date", words.date(today).into())]);
    view! {
        <p class="imprint">{made}</p>
        <p class="lede">{holds(words, overview, None)}</p>
        <section>
            <h2>{words.text("fact-controller")}</h2>
            {fact_list(reader, FactList::Controller).map(Listed::view)}
            {fact_list(reader, FactList::Contacts).map(Listed::view)}
        </section>
    }
    .into_any()
}

/// What the person can do, whom to complain to, and which decisions a machine
/// makes (art. 15(1)(e), (f) and (h)).
pub fn rights(reader: Reader<'_>) -> AnyView {
    let words = reader.words;
    let authority = match &reader.document.controller.authority {
        Some(authority) => view! {
            <p>{words.text("answer-complaint-to")}" "
                <a href=authority.url.clone() rel="noopener">{authority.name.clone()}</a>"."</p>
        }
        .into_any(),
        None => view! { <p>{words.text("answer-complaint")}</p> }.into_any(),
    };
    view! {
        <section>
            <h2>{words.text("fact-rights")}</h2>
            {fact_list(reader, FactList::Rights).map(Listed::view)}
            {authority}
        </section>
        <section>
            <h2>{words.text("fact-automated-decisions")}</h2>
            {fact_list(reader, FactList::AutomatedDecisions).map(Listed::view)}
        </section>
    }
    .into_any()
}
