//! All records of a category, a page at a time.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::identifiers::Slug;
use engine::records::{Cursor, Opened, overview};
use engine::stripe::{self, Look};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;

use super::account::records_after;
use super::errors::Trouble;
use crate::portal::Portal;
use crate::respond;
use crate::ui::chrome::{Chrome, page};
use crate::ui::held::record::own_records_view;
use crate::ui::held::stripe::stripe_view;
use crate::ui::paths;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// Where the page begins.
#[derive(Debug, Deserialize)]
pub struct From {
    after: Option<String>,
}

/// A page of a category's records.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(category): Path<String>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Trouble> {
    let category: Slug = category.parse().map_err(|_| Trouble::NotFound)?;
    let Query(from) = from.map_err(|_| Trouble::Unprocessable)?;
    let after = match from.after.as_deref().map(Cursor::parse) {
        Some(None) => return Err(Trouble::NotFound),
        Some(after) => after,
        None => None,
    };
    let subject = visit.scope.own_subject()?;
    let overview =
        overview(&portal.engine, &visit.scope, subject).await?.ok_or(Trouble::NotFound)?;
    let facts = &overview.version.document.facts;
    let of_stripe = stripe::category_in(facts).is_some_and(|of_stripe| of_stripe.id == category);
    // Only on the first page: older records are not seen anew there.
    let at_stripe = match after {
        None if of_stripe => stripe::look(&portal.engine, &visit.scope).await?,
        _ => None,
    };
    let held = overview.holding(&category).is_some_and(|holding| !holding.on_behalf(facts));
    if !held && at_stripe.is_none() {
        return Err(Trouble::NotFound);
    }
    let (records, more) = records_after(&portal, &visit, &overview, &category, after).await?;
    let reader = Reader { document: &overview.version.document, words: visit.words() };
    let at_stripe = at_stripe.map(|look| (look, visit.scope.zone.clone()));
    let chrome = visit.chrome_in_all();
    Ok(respond::html(view_of(&chrome, reader, &category, (&records, more), at_stripe.as_ref())))
}

fn view_of(
    chrome: &Chrome,
    reader: Reader<'_>,
    category: &Slug,
    (records, more): (&[Opened], bool),
    at_stripe: Option<&(Look, TimeZone)>,
) -> String {
    let words = chrome.words;
    let title = reader.category(category);
    page(chrome, &title, || {
        let back = format!("{}#kind-{category}", paths::ACCOUNT);
        let rest = records.last().filter(|_| more).map(|last| {
            let href =
                format!("{}?after={}", paths::category(category.as_str()), Cursor::after(last));
            view! { <p><a href=chrome.href(&href)>{words.text("held-more")}</a></p> }
        });
        let none = if at_stripe.is_some() { "held-nothing" } else { "held-no-more" };
        let at_stripe = at_stripe.map(|(look, zone)| stripe_view(words, look, zone));
        let empty = records.is_empty().then(|| view! { <p class="quiet">{words.text(none)}</p> });
        view! {
            <div class="column held">
                <p class="eyebrow"><a href=chrome.href(&back)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                {at_stripe}
                {own_records_view(chrome, reader, records)}
                {empty}
                {rest}
            </div>
        }
    })
}
