//! The receipt of an erasure, for whoever holds its link (L10).

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::erasure::Outcome;
use domain::policy::facts::named;
use domain::words::Words;
use engine::erasure::{LineBody, Receipt, ReceiptCode, SignedLine, receipt as find};
use engine::storage::Timestamp;
use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::pages::account::delete::{Tense, reason};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::held::kept::is_unconfirmed;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// The receipt.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, Trouble> {
    let (code, found) = opened(&portal, &visit, &code).await?;
    let page = receipt(&visit.chrome_in_all(), &found, &code, &visit.scope.zone);
    let mut answer = secret(respond::html(page));
    if found.is_pending() {
        answer.headers_mut().insert(header::REFRESH, HeaderValue::from_static("2"));
    }
    Ok(answer.into_response())
}

/// The receipt of that code.
pub async fn opened(
    portal: &Portal,
    visit: &Visit,
    code: &str,
) -> Result<(ReceiptCode, Receipt), Trouble> {
    let code = ReceiptCode::parse(code).ok_or(Trouble::NotFound)?;
    let Some(found) = find(&portal.engine, &visit.scope, &code).await? else {
        // Nobody finds one of 2^128 by trying; whoever tries all the same waits.
        portal.limits.knocking(visit)?;
        return Err(Trouble::NotFound);
    };
    Ok((code, found))
}

/// Its address is its key: neither a cache nor another site may learn it.
pub fn secret(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    answer
}

/// The page.
fn receipt(chrome: &Chrome, receipt: &Receipt, code: &ReceiptCode, zone: &TimeZone) -> String {
    let words = chrome.words;
    let title = words.text("receipt-title");
    let date = jiff::Timestamp::from(receipt.created_at).to_zoned(zone.clone()).date();
    page(chrome, &title, || {
        let reader = Reader { document: &receipt.version.document, words };
        let lines = receipt
            .lines
            .iter()
            .filter(|line| is_told(&line.body))
            .map(|line| line_view(reader, line, zone))
            .collect_view();
        let state = words.text(if receipt.is_pending() {
            "receipt-pending"
        } else if receipt.is_whole() {
            "receipt-done"
        } else {
            "receipt-done-in-part"
        });
        let class = if receipt.is_pending() { "state soon" } else { "state done" };
        let proof = proof(words, receipt);
        let company = reader.document.controller.name.clone();
        let keys = receipt
            .paper
            .public_keys
            .iter()
            .map(|key| {
                view! {
                    <p class="key"><span class="quiet">{words.text("receipt-key")}</span>
                        <code class="copy">{key.clone()}</code></p>
                }
            })
            .collect_view();
        view! {
            <div class="column">
                <article class="receipt">
                    <header>
                        <p class="eyebrow">{company}</p>
                        <h1>{title.clone()}</h1>
                        <dl class="fields">
                            <div><dt>{words.text("receipt-reference")}</dt>
                                <dd class="reference">{receipt.request.reference.clone()}</dd></div>
                            <div><dt>{words.text("receipt-date")}</dt>
                                <dd><time datetime=date.to_string()>{words.date(date)}</time></dd></div>
                            <div><dt>{words.text("receipt-state")}</dt>
                                <dd><span class=class role="status">{state}</span></dd></div>
                        </dl>
                    </header>
                    <ol class="lines">{lines}</ol>
                    <footer>
                        {proof}
                        <p>{words.text("receipt-signed")}</p>
                        {keys}
                        <p class="onscreen"><a href=paths::RECEIPT_FILE.of(code.as_str())>{words.text("receipt-file")}</a>
                            {words.text("receipt-file-check")}</p>
                        <p class="quiet">{words.text("receipt-proves")}</p>
                    </footer>
                </article>
                <p class="notice">{words.text("receipt-keep")}</p>
                <h2>{words.text("receipt-next")}</h2>
                {next(reader, receipt)}
            </div>
        }
    })
}

/// A receipt tells what was done; that nothing was held needs no line.
fn is_told(body: &LineBody) -> bool {
    !matches!(body, LineBody::Category { outcome: Outcome::Nothing | Outcome::NotLinked, .. })
}

/// Whether the receipt as a whole is what was signed.
fn proof(words: Words, receipt: &Receipt) -> AnyView {
    let (class, text) = match (receipt.is_genuine(), receipt.is_sealed()) {
        (false, _) => ("state late", "receipt-broken"),
        (true, true) => ("state done", "receipt-whole"),
        (true, false) => ("state", "receipt-without-end"),
    };
    view! { <p><span class=class>{words.text(text)}</span></p> }.into_any()
}

/// "21 November 2026, 12:00", where the company is.
fn moment(words: Words, at: Timestamp, zone: &TimeZone) -> AnyView {
    let at = jiff::Timestamp::from(at);
    let there = at.to_zoned(zone.clone());
    let shown = format!("{}, {:02}:{:02}", words.date(there.date()), there.hour(), there.minute());
    view! { <time class="quiet" datetime=at.to_string()>{shown}</time> }.into_any()
}

fn line_view(reader: Reader<'_>, line: &SignedLine, zone: &TimeZone) -> AnyView {
    let words = reader.words;
    let name_in = match &line.body {
        LineBody::Category { category, .. } => reader.foreign_category(category),
        _ => None,
    };
    let (name, count, reason) = match &line.body {
        LineBody::Category { category, count, outcome } => (
            reader.category(category),
            words.with("account-count", &[("count", (*count).into())]),
            reason(reader, outcome, Tense::After),
        ),
        LineBody::KeysDestroyed { keys } => (
            words.text("receipt-keys"),
            words.with("receipt-keys-count", &[("count", (*keys).into())]),
            words.text("receipt-keys-why"),
        ),
        LineBody::AskedAtStripe => {
            (words.text("receipt-stripe"), String::new(), words.text("receipt-stripe-why"))
        }
        LineBody::Newer => {
            (words.text("receipt-newer"), String::new(), words.text("receipt-newer-why"))
        }
    };
    let (class, mark) = if line.genuine {
        ("state done", "receipt-genuine")
    } else {
        ("state late", "receipt-not-genuine")
    };
    let at = line.at.map(|at| moment(words, at, zone));
    view! {
        <li>
            <b lang=name_in>{name}</b>
            <span class="figure">{count}</span>
            <span class="reason">{reason}" "{at}</span>
            <span class=class title=line.signed.clone()>{words.text(mark)}</span>
        </li>
    }
    .into_any()
}

fn next(reader: Reader<'_>, receipt: &Receipt) -> AnyView {
    let words = reader.words;
    let first =
        words.text(if receipt.is_pending() { "receipt-next-pending" } else { "receipt-next-done" });
    let kept = receipt.kept_until().map(|until| {
        let date = ("date", words.date(until).into());
        view! { <p>{words.with("receipt-next-kept", &[date])}</p> }
    });
    let outcomes = || {
        receipt.lines.iter().filter_map(|line| match &line.body {
            LineBody::Category { outcome, .. } => Some(outcome),
            _ => None,
        })
    };
    let holds = &reader.document.facts.holds;
    let unconfirmed = |outcome: &Outcome| match outcome {
        Outcome::Retained { hold, until: None } => named(holds, hold).is_some_and(is_unconfirmed),
        _ => false,
    };
    let open = outcomes().any(unconfirmed).then(|| {
        let company = ("company", reader.document.controller.name.clone().into());
        view! { <p>{words.with("receipt-next-open", &[company])}</p> }
    });
    let passed_on = outcomes()
        .any(|outcome| *outcome == Outcome::PassedOn)
        .then(|| view! { <p>{words.text("receipt-next-passed-on")}</p> });
    let at_stripe = receipt
        .lines
        .iter()
        .any(|line| line.body == LineBody::AskedAtStripe)
        .then(|| view! { <p>{words.text("stripe-erasure-keeps")}</p> });
    let contact = reader.document.privacy_contact().map(|contact| {
        let email = contact.email.to_string();
        view! {
            <p>{words.text("receipt-question")}" "<a href=format!("mailto:{email}")>{email.clone()}</a></p>
        }
    });
    view! { <p>{first}</p>{kept}{open}{passed_on}{at_stripe}{contact} }.into_any()
}
