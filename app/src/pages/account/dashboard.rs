//! Your data: what is held, why, who receives it and until when.

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Slug;
use domain::policy::facts::{Category, Fact};
use domain::words::Words;
use engine::Failure;
use engine::records::{
    Cursor, Filter, Holding, Most, Opened, Overview, Part, Whose, open_filtered, overview,
};
use engine::{stripe, subjects};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::send;
use crate::ui::held::category_facts::category_facts;
use crate::ui::held::kept::{kept_view, runs_out};
use crate::ui::held::next_address::next_address;
use crate::ui::held::record::{Own, own_records_view};
use crate::ui::held::standing::{Standing, beside};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// How many records a category opens at first, and a page of them holds.
pub const PAGE: u64 = 50;
/// How many bytes of them.
const PAGE_BYTES: u64 = 500_000;

/// The first records of a category.
#[derive(Debug, Clone)]
pub struct FirstRecords {
    /// The category.
    pub category: Slug,
    /// Its newest records, at most [`PAGE`].
    pub records: Vec<Opened>,
    /// Whether there are more.
    pub more: bool,
}

/// The dashboard.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    let subject = visit.scope.own_subject()?;
    let Some(overview) = overview(&portal.engine, &visit.scope, subject).await? else {
        return Ok(respond::html(nothing(&chrome)));
    };
    let first = first_records(&portal, &visit, &overview).await?;
    let at_stripe = stripe::connection(&portal.engine, &visit.scope).await?.is_some();
    Ok(respond::html(account(&chrome, &overview, &first, (visit.today(), at_stripe))))
}

/// The first records of each category that the company itself holds.
pub async fn first_records(
    portal: &Portal,
    visit: &Visit,
    overview: &Overview,
) -> Result<Vec<FirstRecords>, Failure> {
    let mut all = Vec::new();
    let whose = Whose::Person(overview.subject);
    for holding in overview.holdings.iter().filter(|holding| holding.of_company().amount > 0) {
        let category: Slug = holding.category.parse().map_err(Failure::corrupt)?;
        let (records, more) =
            records_after(portal, visit, whose, (&category, &Filter::default()), None).await?;
        all.push(FirstRecords { category, records, more });
    }
    Ok(all)
}

/// A page of a category's records, and whether there are more.
pub async fn records_after(
    portal: &Portal,
    visit: &Visit,
    whose: Whose,
    (category, filter): (&Slug, &Filter),
    after: Option<Cursor>,
) -> Result<(Vec<Opened>, bool), Failure> {
    let (engine, scope) = (&portal.engine, &visit.scope);
    let page = (after, Most { records: PAGE, bytes: PAGE_BYTES });
    let page = open_filtered(engine, scope, whose, category, filter, page).await?;
    Ok((page.records, page.more))
}

/// Where a page of records begins, as a link says it.
pub fn begins(after: Option<&str>) -> Result<Option<Cursor>, Trouble> {
    after.map(|after| Cursor::parse(after).ok_or(Trouble::NotFound)).transpose()
}

/// The page where there is no policy, or nobody any more.
fn nothing(chrome: &Chrome) -> String {
    let title = chrome.text("account-title");
    page(chrome, &title, || {
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{chrome.text("account-nothing-yet")}</p>
            </div>
        }
    })
}

/// The page. `at_stripe`: whether payments can be looked at there.
pub fn account(
    chrome: &Chrome,
    overview: &Overview,
    first: &[FirstRecords],
    (today, at_stripe): (Date, bool),
) -> String {
    let words = chrome.words;
    let title = words.text("account-title");
    page(chrome, &title, || {
        let reader = Reader { document: &overview.version.document, words };
        let at_stripe = stripe::category_in(&reader.document.facts)
            .filter(|_| at_stripe)
            .map(|category| &category.id);
        let kinds = reader
            .document
            .facts
            .categories
            .iter()
            .map(|category| {
                let first = first.iter().find(|first| first.category == category.id);
                let at_stripe = at_stripe == Some(&category.id);
                kind(chrome, reader, overview, (category, at_stripe), first, today)
            })
            .collect_view();
        let undeclared = undeclared(overview)
            .map(|holding| undeclared_kind(chrome, overview, holding, first, today))
            .collect_view();
        let organisation = overview.organisation.as_ref().filter(|it| it.administered).map(|it| {
            let label =
                words.with("account-organisation", &[("organisation", it.name.clone().into())]);
            view! { <p class="onscreen apart"><a href=chrome.href(paths::ORGANISATION)>{label}</a></p> }
        });
        view! {
            <div class="account">
                <p class="eyebrow">{title.clone()}</p>
                <h1 class="opening">{holds(words, overview, Some(today))}</h1>
                {acts(chrome)}
                <p class="quiet">{words.text("account-intro")}</p>
                {waiting(chrome, reader, overview)}
                <ul class="kinds">{kinds}{undeclared}</ul>
                {organisation}
                {more(chrome)}
            </div>
        }
    })
}

/// `POST /account/address/keep`: the address that waits is not theirs.
pub async fn keep_address(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    subjects::keep_own_address(&portal.engine, &visit.scope).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::ACCOUNT)))
}

/// An address that waits to be theirs, and a way to take it back.
fn waiting(chrome: &Chrome, reader: Reader<'_>, overview: &Overview) -> Option<AnyView> {
    let said = next_address(reader, overview)?;
    let keep = reader.words.text("next-address-keep");
    Some(
        view! {
            <div class="notice">
                <p>{said}</p>
                <form class="onscreen" method="post" action=chrome.href(paths::KEEP_ADDRESS)>
                    <p class="buttons">{send(keep)}</p>
                </form>
            </div>
        }
        .into_any(),
    )
}

/// What is held in categories that the policy does not declare.
pub fn undeclared(overview: &Overview) -> impl Iterator<Item = &Holding> {
    let declared = &overview.version.document.facts.categories;
    overview
        .holdings
        .iter()
        .filter(|held| declared.iter().all(|category| category.id.as_str() != held.category))
}

/// "Lumaire holds 74 things about you, in 4 kinds." What is held on behalf of an
/// organisation is counted apart, as it is everywhere.
pub fn holds(words: Words, overview: &Overview, today: Option<Date>) -> String {
    let company = || ("company", overview.version.document.controller.name.clone().into());
    let of_company = |holding: &&Holding| holding.of_company().amount > 0;
    let kinds = overview.holdings.iter().filter(of_company).count();
    let total = overview.of_company();
    let holds = match (total.amount, total.more) {
        (0, _) => words.with("account-holds-nothing", &[company()]),
        (count, more) => {
            let message = if more { "account-holds-more" } else { "account-holds" };
            words.with(message, &[company(), ("count", count.into()), ("kinds", kinds.into())])
        }
    };
    let theirs = overview.on_behalf();
    let on_behalf = (theirs.amount > 0).then(|| {
        let message = match theirs.more {
            true => "account-holds-on-behalf-more",
            false => "account-holds-on-behalf",
        };
        words.with(message, &[("count", theirs.amount.into())])
    });
    let runs_out = today.and_then(|today| runs_out(overview, today)).unwrap_or_default();
    let of_all = |count: u64, some: &str, all: &str| match count {
        0 => None,
        1 if total.amount == 1 => Some(words.text(all)),
        _ => Some(words.with(some, &[("count", count.into())])),
    };
    let over = of_all(runs_out.over, "account-over", "account-over-all");
    let due = of_all(runs_out.this_year, "account-due", "account-due-all");
    [Some(holds), on_behalf, over, due].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "3 items", "more than 10,000 items".
pub fn count(words: Words, part: Part) -> String {
    let message = if part.more { "account-count-more" } else { "account-count" };
    words.with(message, &[("count", part.amount.into())])
}

fn kind(
    chrome: &Chrome,
    reader: Reader<'_>,
    overview: &Overview,
    (category, at_stripe): (&Category, bool),
    first: Option<&FirstRecords>,
    today: Date,
) -> AnyView {
    let words = chrome.words;
    let holding = overview.holding(&category.id);
    let standing = Standing::of(Some(category), holding);
    let (ours, theirs) =
        holding.map(|held| (held.of_company(), held.on_behalf)).unwrap_or_default();
    let count = match standing {
        Standing::NotLinked => words.text("not-linked"),
        Standing::OnBehalf if theirs.amount == 0 => words.text("account-on-behalf"),
        Standing::OnBehalf => {
            format!("{} {}", count(words, theirs), words.text("account-on-behalf"))
        }
        Standing::Held | Standing::Nothing => count(words, ours),
    };
    let why = category
        .purposes
        .first()
        .filter(|_| category.states("purposes"))
        .map(|purpose| reader.purpose(purpose));
    let why_in = category.purposes.first().and_then(|purpose| reader.foreign_purpose(purpose));
    let kept =
        (ours.amount + theirs.amount > 0).then(|| kept_view(reader, overview, category, today));
    let said = standing
        .said(reader, overview.organisation.as_ref())
        .map(|said| view! { <p class="notice">{said}</p> });
    let records = first.map(|first| {
        let own = Own { chrome, overview, category: &first.category, today };
        listed(own, reader, first, holding)
    });
    // What is there now is asked on a page of its own: this one waits for nobody.
    let at_stripe = at_stripe.then(|| {
        let href = chrome.href(&paths::CATEGORY.of(category.id.as_str()));
        view! { <p><a href=href>{words.text("stripe-look")}</a></p> }
    });
    view! {
        <li id=format!("kind-{}", category.id)>
            <details>
                <summary>
                    <h2 lang=reader.foreign_category(&category.id)>{reader.category(&category.id)}</h2>
                    <span class="count figure">{count}</span>
                    <span class="why quiet" lang=why_in>{why}</span>
                    <span class="until">{kept}</span>
                </summary>
                <div class="inside">
                    {said}
                    {category_facts(reader, category)}
                    {at_stripe}
                    {records}
                </div>
            </details>
        </li>
    }
    .into_any()
}

/// The first records, what is not among them, and the way to the rest.
fn listed(
    own: Own<'_>,
    reader: Reader<'_>,
    first: &FirstRecords,
    holding: Option<&Holding>,
) -> AnyView {
    let words = own.chrome.words;
    let rest = first.records.last().filter(|_| first.more).map(|last| {
        let after = Cursor::after(last);
        let href = format!("{}?after={after}", paths::CATEGORY.of(first.category.as_str()));
        view! { <p><a href=own.chrome.href(&href)>{words.text("held-more")}</a></p> }
    });
    view! {
        <h3>{words.text("held-records")}</h3>
        {own_records_view(own, reader, &first.records)}
        {holding.map(|holding| beside_view(reader, holding))}
        {rest}
    }
    .into_any()
}

/// What is held beside what is listed, and why it is not.
pub fn beside_view(reader: Reader<'_>, holding: &Holding) -> AnyView {
    let said = beside(reader, holding).into_iter();
    said.map(|said| view! { <p class="notice">{said}</p> }).collect_view().into_any()
}

/// What is held although the policy does not say so: it is shown all the same.
fn undeclared_kind(
    chrome: &Chrome,
    overview: &Overview,
    holding: &Holding,
    first: &[FirstRecords],
    today: Date,
) -> AnyView {
    let words = chrome.words;
    let reader = Reader { document: &overview.version.document, words };
    let standing = Standing::of(None, Some(holding));
    let part = match standing {
        Standing::OnBehalf => holding.on_behalf,
        _ => holding.of_company(),
    };
    let said = standing
        .said(reader, overview.organisation.as_ref())
        .map(|said| view! { <p class="notice">{said}</p> });
    let records = first.iter().find(|it| it.category.as_str() == holding.category).map(|first| {
        let own = Own { chrome, overview, category: &first.category, today };
        listed(own, reader, first, Some(holding))
    });
    view! {
        <li>
            <details>
                <summary>
                    <h2>{holding.category.clone()}</h2>
                    <span class="count figure">{count(words, part)}</span>
                    <span class="why quiet">{words.text("account-undeclared")}</span>
                </summary>
                <div class="inside">{said}{records}</div>
            </details>
        </li>
    }
    .into_any()
}

/// Four things to do, of equal weight, where nobody has to look for them.
fn acts(chrome: &Chrome) -> AnyView {
    let acts = links(
        chrome,
        [
            (paths::EXPORTS, "account-download"),
            (paths::CORRECT, "account-correct"),
            ("/requests#right-restriction", "account-limit"),
            (paths::DELETE, "account-delete"),
        ],
    );
    view! { <nav class="acts onscreen" aria-label=chrome.text("account-do")>{acts}</nav> }
        .into_any()
}

/// Other pages about the same data.
fn more(chrome: &Chrome) -> AnyView {
    let more = links(
        chrome,
        [
            (paths::ANSWER, "account-answer"),
            (paths::CHOICES, "account-choices"),
            (paths::TIMELINE, "account-timeline"),
        ],
    );
    view! {
        <section class="what-next" aria-labelledby="what-next">
            <h2 id="what-next">{chrome.text("account-more")}</h2>
            {more}
        </section>
    }
    .into_any()
}

fn links<const N: usize>(chrome: &Chrome, links: [(&'static str, &str); N]) -> AnyView {
    let links = links
        .map(|(path, label)| view! { <li><a href=chrome.href(path)>{chrome.text(label)}</a></li> })
        .collect_view();
    view! { <ul class="links">{links}</ul> }.into_any()
}
