//! The receipt of an erasure, for whoever holds its link (L10).

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::erasure::Outcome;
use engine::erasure::{LineBody, Receipt, ReceiptCode, SignedLine, receipt as find};
use jiff::civil::Date;
use leptos::prelude::*;

use super::delete::{Tense, reason};
use super::errors::Trouble;
use crate::portal::Portal;
use crate::respond;
use crate::ui::chrome::{Chrome, page};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// The receipt.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, Trouble> {
    let code = ReceiptCode::parse(&code).ok_or(Trouble::NotFound)?;
    let Some(found) = find(&portal.engine, &visit.scope, &code).await? else {
        // Nobody finds one of 2^128 by trying; whoever tries all the same waits.
        portal.limits.knocking(&visit)?;
        return Err(Trouble::NotFound);
    };
    let date = visit.scope.date_of(found.created_at);
    let mut answer = respond::html(receipt(&visit.chrome_in_all(), &found, date));
    let headers = answer.headers_mut();
    // Its address is its key: neither a cache nor another site may learn it.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    if found.is_pending() {
        headers.insert(header::REFRESH, HeaderValue::from_static("2"));
    }
    Ok(answer.into_response())
}

/// The page.
pub fn receipt(chrome: &Chrome, receipt: &Receipt, date: Date) -> String {
    let words = chrome.words;
    let title = words.text("receipt-title");
    page(chrome, &title, || {
        let reader = Reader { document: &receipt.version.document, words };
        let lines = receipt
            .lines
            .iter()
            .filter(|line| is_told(&line.body))
            .map(|line| line_view(reader, line))
            .collect_view();
        let state = words.text(if receipt.is_pending() {
            "receipt-pending"
        } else if receipt.is_whole() {
            "receipt-done"
        } else {
            "receipt-done-in-part"
        });
        let class = if receipt.is_pending() { "state soon" } else { "state done" };
        let company = reader.document.controller.name.clone();
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
                        <p>{words.text("receipt-signed")}</p>
                        <p class="key"><span class="quiet">{words.text("receipt-key")}</span>
                            <code class="copy">{receipt.public_key.clone()}</code></p>
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

fn line_view(reader: Reader<'_>, line: &SignedLine) -> AnyView {
    let words = reader.words;
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
    };
    let (class, mark) = if line.genuine {
        ("state done", "receipt-genuine")
    } else {
        ("state late", "receipt-not-genuine")
    };
    view! {
        <li>
            <b>{name}</b>
            <span class="figure">{count}</span>
            <span class="reason">{reason}</span>
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
    let passed_on = receipt
        .lines
        .iter()
        .any(|line| matches!(&line.body, LineBody::Category { outcome: Outcome::PassedOn, .. }))
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
    view! { <p>{first}</p>{kept}{passed_on}{at_stripe}{contact} }.into_any()
}
