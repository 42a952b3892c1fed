//! All records of a category, a page at a time.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::identifiers::Slug;
use engine::records::{Cursor, Filter, Opened, Overview, Whose, overview};
use engine::stripe::{self, Look};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;

use super::dashboard::{begins, beside_view, records_after};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, hidden, send};
use crate::ui::held::record::{Own, own_records_view};
use crate::ui::held::stripe::stripe_view;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// So many records are read without narrowing them down.
const MANY: u64 = 10;

/// Where the page begins, and which records it is about.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    after: Option<String>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl From {
    /// Which records are meant. What cannot be read narrows nothing.
    fn filter(&self) -> Filter {
        Filter {
            source: self.source.parse().ok(),
            kind: self.kind.parse().ok(),
            from: self.from.parse().ok(),
            to: self.to.parse().ok(),
        }
    }

    /// The way to the next page of the same.
    fn next(&self, category: &Slug, after: Cursor) -> String {
        let filter = self.filter();
        let mut href = format!("{}?after={after}", paths::CATEGORY.of(category.as_str()));
        let parts = [
            ("source", filter.source.map(|it| it.to_string())),
            ("kind", filter.kind.map(|it| it.to_string())),
            ("from", filter.from.map(|it| it.to_string())),
            ("to", filter.to.map(|it| it.to_string())),
        ];
        for (name, value) in parts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            href.push_str(&format!("&{name}={value}"));
        }
        href
    }
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
    let after = begins(from.after.as_deref())?;
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
    let held = overview.holding(&category).is_some_and(|held| held.of_company().amount > 0);
    if !held && at_stripe.is_none() {
        return Err(Trouble::NotFound);
    }
    let filter = from.filter();
    let whose = Whose::Person(subject);
    let (records, more) =
        records_after(&portal, &visit, whose, (&category, &filter), after).await?;
    let shown = Shown {
        overview: &overview,
        category: &category,
        records: &records,
        more,
        asked: &from,
        today: visit.today(),
        at_stripe: at_stripe.map(|look| (look, visit.scope.zone.clone())),
    };
    Ok(respond::html(view_of(&visit.chrome_in_all(), &shown)))
}

/// What a page of a category shows.
struct Shown<'a> {
    overview: &'a Overview,
    category: &'a Slug,
    records: &'a [Opened],
    more: bool,
    asked: &'a From,
    today: Date,
    at_stripe: Option<(Look, TimeZone)>,
}

fn view_of(chrome: &Chrome, shown: &Shown<'_>) -> String {
    let words = chrome.words;
    let Shown { overview, category, records, .. } = *shown;
    let reader = Reader { document: &overview.version.document, words };
    let title = reader.category(category);
    page(chrome, &title, || {
        let back = format!("{}#kind-{category}", paths::ACCOUNT);
        let rest = records.last().filter(|_| shown.more).map(|last| {
            let href = shown.asked.next(category, Cursor::after(last));
            view! { <p><a href=chrome.href(&href)>{words.text("held-more")}</a></p> }
        });
        let none = match (&shown.at_stripe, shown.asked.filter() == Filter::default()) {
            (_, false) => "held-none-such",
            (Some(_), _) => "held-nothing",
            (None, _) => "held-no-more",
        };
        let at_stripe = shown.at_stripe.as_ref().map(|(look, zone)| stripe_view(words, look, zone));
        let waits = overview.holding(category).is_some_and(|held| held.shared.amount > 0);
        let empty = (records.is_empty() && (!waits || shown.asked.after.is_some()))
            .then(|| view! { <p class="quiet">{words.text(none)}</p> });
        let own = Own { chrome, overview, category, today: shown.today };
        let holding = overview.holding(category);
        let many = holding.is_some_and(|holding| holding.own.amount > MANY);
        let all = shown.asked.after.is_none() && shown.asked.filter() == Filter::default();
        let beside = holding.filter(|_| all).map(|holding| beside_view(reader, holding));
        view! {
            <div class="column held">
                <p class="eyebrow"><a href=chrome.href(&back)>{words.text("account-title")}</a></p>
                <h1 lang=reader.foreign_category(category)>{title.clone()}</h1>
                {at_stripe}
                {many.then(|| narrow(chrome, reader, shown))}
                {own_records_view(own, reader, records)}
                {empty}
                {beside}
                {rest}
            </div>
        }
    })
}

/// The form that narrows a long list down.
fn narrow(chrome: &Chrome, reader: Reader<'_>, shown: &Shown<'_>) -> AnyView {
    let words = chrome.words;
    let asked = shown.asked;
    let form = FormState::filled([("from", asked.from.clone()), ("to", asked.to.clone())]);
    let declared = reader.document.facts.categories.iter().find(|c| c.id == *shown.category);
    let sources: Vec<(String, String)> = declared
        .into_iter()
        .flat_map(|category| &category.sources)
        .map(|source| (source.to_string(), reader.source(source)))
        .collect();
    let mut kinds: Vec<(String, String)> = shown
        .records
        .iter()
        .map(|record| record.kind.clone())
        .chain((!asked.kind.is_empty()).then(|| asked.kind.clone()))
        .map(|kind| (kind.clone(), words.find(&format!("kind-{kind}")).unwrap_or(kind)))
        .collect();
    kinds.sort();
    kinds.dedup();
    let href = chrome.href(&paths::CATEGORY.of(shown.category.as_str()));
    let language = chrome.explicit_language.then(|| hidden("lang", words.language().tag()));
    view! {
        <details class="narrow" open=asked.filter() != Filter::default()>
            <summary>{words.text("held-narrow")}</summary>
            <form method="get" action=href>
                {language}
                {select("source", words.text("held-narrow-source"), words.text("held-narrow-any"), &sources, &asked.source)}
                {select("kind", words.text("held-narrow-kind"), words.text("held-narrow-any"), &kinds, &asked.kind)}
                {Field::new("from", Kind::Date, words.text("held-narrow-from")).view(words, &form)}
                {Field::new("to", Kind::Date, words.text("held-narrow-to")).view(words, &form)}
                {send(words.text("held-narrow-show"))}
            </form>
        </details>
    }
    .into_any()
}

fn select(
    name: &'static str,
    label: String,
    any: String,
    options: &[(String, String)],
    chosen: &str,
) -> Option<AnyView> {
    (options.len() > 1).then(|| {
        let options = options
            .iter()
            .map(|(value, label)| {
                let selected = value == chosen;
                view! { <option value=value.clone() selected=selected>{label.clone()}</option> }
            })
            .collect_view();
        view! {
            <div class="field">
                <label for=name>{label}</label>
                <select id=name name=name><option value="">{any}</option>{options}</select>
            </div>
        }
        .into_any()
    })
}
