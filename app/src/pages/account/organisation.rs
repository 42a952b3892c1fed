//! What is held on behalf of one's organisation, for its administrators.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::identifiers::Slug;
use engine::records::{
    Cursor, Filter, Holding, Opened, Overview, Whose, administered, organisation_holdings, overview,
};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::dashboard::{begins, count, records_after};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::held::category_facts::category_facts;
use crate::ui::held::record::records_view;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// Where the page begins.
#[derive(Debug, Deserialize)]
pub struct From {
    after: Option<String>,
}

/// `GET /account/organisation`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let (overview, organisation) = theirs(&portal, &visit).await?;
    let holdings = organisation_holdings(&portal.engine, &visit.scope, organisation).await?;
    Ok(respond::html(all(&visit.chrome_in_all(), &overview, &holdings)))
}

/// `GET /account/organisation/{slug}`
pub async fn show_category(
    State(portal): State<Portal>,
    visit: Visit,
    Path(category): Path<String>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Trouble> {
    let category: Slug = category.parse().map_err(|_| Trouble::NotFound)?;
    let Query(from) = from.map_err(|_| Trouble::NotFound)?;
    let after = begins(from.after.as_deref())?;
    let (overview, organisation) = theirs(&portal, &visit).await?;
    let whose = Whose::Organisation(organisation);
    let which = (&category, &Filter::default());
    let (records, more) = records_after(&portal, &visit, whose, which, after).await?;
    if records.is_empty() && after.is_none() {
        return Err(Trouble::NotFound);
    }
    Ok(respond::html(one(&visit.chrome_in_all(), &overview, &category, &records, more)))
}

/// Nobody else learns that there is such a page.
async fn theirs(portal: &Portal, visit: &Visit) -> Result<(Overview, Uuid), Trouble> {
    let organisation = administered(&portal.engine, &visit.scope).await?;
    let organisation = organisation.ok_or(Trouble::NotFound)?;
    let subject = visit.scope.own_subject()?;
    let overview = overview(&portal.engine, &visit.scope, subject).await?;
    Ok((overview.ok_or(Trouble::NotFound)?, organisation))
}

fn all(chrome: &Chrome, overview: &Overview, holdings: &[Holding]) -> String {
    let words = chrome.words;
    let reader = Reader { document: &overview.version.document, words };
    let title = name_of(overview);
    page(chrome, &title, || {
        let rows =
            holdings.iter().filter_map(|holding| row(chrome, reader, holding)).collect_view();
        let rows = if holdings.is_empty() {
            view! { <p class="quiet">{words.text("organisation-nothing")}</p> }.into_any()
        } else {
            view! { {rows} }.into_any()
        };
        let values = [
            ("company", reader.document.controller.name.clone().into()),
            ("organisation", title.clone().into()),
        ];
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with("organisation-intro", &values)}</p>
                {rows}
            </div>
        }
    })
}

fn row(chrome: &Chrome, reader: Reader<'_>, holding: &Holding) -> Option<AnyView> {
    let words = chrome.words;
    let id: Slug = holding.category.parse().ok()?;
    let facts = reader.document.facts.categories.iter().find(|category| category.id == id);
    let count = count(words, holding.on_behalf);
    let href = chrome.href(&paths::ORGANISATION_CATEGORY.of(&id));
    let label = words.with("organisation-open", &[("category", reader.category(&id).into())]);
    Some(
        view! {
            <section>
                <h2><span lang=reader.foreign_category(&id)>{reader.category(&id)}</span>" "<span class="count figure">{count}</span></h2>
                {facts.map(|category| category_facts(reader, category))}
                <p><a href=href>{label}</a></p>
            </section>
        }
        .into_any(),
    )
}

fn one(
    chrome: &Chrome,
    overview: &Overview,
    category: &Slug,
    records: &[Opened],
    more: bool,
) -> String {
    let words = chrome.words;
    let reader = Reader { document: &overview.version.document, words };
    let title = reader.category(category);
    page(chrome, &title, || {
        let rest = records.last().filter(|_| more).map(|last| {
            let after = Cursor::after(last);
            let href = chrome
                .href(&format!("{}?after={after}", paths::ORGANISATION_CATEGORY.of(category)));
            view! { <p><a href=href>{words.text("held-more")}</a></p> }
        });
        view! {
            <div class="column held">
                <p class="eyebrow"><a href=chrome.href(paths::ORGANISATION)>{name_of(overview)}</a></p>
                <h1 lang=reader.foreign_category(category)>{title.clone()}</h1>
                {records_view(words, Some(reader), records)}
                {rest}
            </div>
        }
    })
}

fn name_of(overview: &Overview) -> String {
    overview.organisation.as_ref().map(|it| it.name.clone()).unwrap_or_default()
}
