//! One record, drawn as its kind deserves.

use domain::harmless::harmless;
use domain::identifiers::Slug;
use domain::words::Words;
use engine::records::{Opened, Overview};
use jiff::civil::Date;
use leptos::prelude::*;
use serde_json::Value;

use super::fields::{date, fields};
use super::kept::goes_in_words;
use crate::paths;
use crate::ui::chrome::Chrome;
use crate::ui::reader::Reader;
use crate::ui::segments::segments;

/// The kinds that carry references of Stripe (L2).
const STRIPE: [&str; 4] = ["stripe-customer", "stripe-payment", "subscription", "invoice"];

/// Where a person reads about their own records.
#[derive(Clone, Copy)]
pub struct Own<'a> {
    /// What surrounds the page.
    pub chrome: &'a Chrome,
    /// What is held about them.
    pub overview: &'a Overview,
    /// The category of the records.
    pub category: &'a Slug,
    /// Today.
    pub today: Date,
}

/// Some records as a list, with one sentence where their kind needs it. Sources
/// are named where the policy is at hand.
pub fn records_view(words: Words, reader: Option<Reader<'_>>, records: &[Opened]) -> AnyView {
    list(words, reader, records, None)
}

/// The same on the person's own pages, with the way to correct each.
pub fn own_records_view(own: Own<'_>, reader: Reader<'_>, records: &[Opened]) -> AnyView {
    list(own.chrome.words, Some(reader), records, Some(own))
}

fn list(
    words: Words,
    reader: Option<Reader<'_>>,
    records: &[Opened],
    own: Option<Own<'_>>,
) -> AnyView {
    let about = records
        .iter()
        .any(|record| STRIPE.contains(&record.kind.as_str()))
        .then(|| view! { <p class="quiet">{words.text("held-stripe")}</p> });
    view! { {about}<ol class="records">{items(words, reader, records, own)}</ol> }.into_any()
}

/// The records alone, as items of a list.
pub fn record_items(words: Words, reader: Option<Reader<'_>>, records: &[Opened]) -> AnyView {
    items(words, reader, records, None)
}

fn items(
    words: Words,
    reader: Option<Reader<'_>>,
    records: &[Opened],
    own: Option<Own<'_>>,
) -> AnyView {
    records
        .iter()
        .map(|record| {
            let source = reader.zip(record.source.parse::<Slug>().ok()).map(|(reader, source)| {
                let from = ("source", reader.source(&source).into());
                view! { <span>{words.with("held-from", &[from])}</span> }
            });
            let goes = own.zip(reader).and_then(|(own, reader)| {
                let goes =
                    goes_in_words(reader, own.overview, own.category, record.on, own.today)?;
                Some(view! { <span>{goes}</span> })
            });
            let correct = own.map(|own| {
                let href = own.chrome.href(&paths::CORRECT_RECORD.of(record.id));
                // Read alone, every one of them would sound the same.
                let which = words.with("correct-this-of", &[("date", words.date(record.on).into())]);
                view! { <a class="onscreen" href=href aria-label=which>{words.text("correct-this")}</a> }
            });
            view! {
                <li>
                    <p class="when"><time datetime=record.on.to_string()>{words.date(record.on)}</time>{source}{goes}{correct}</p>
                    {record_view(words, record)}
                </li>
            }
        })
        .collect_view()
        .into_any()
}

fn record_view(words: Words, record: &Opened) -> AnyView {
    match record.kind.as_str() {
        "course-progress" => course(words, &record.data),
        "message" => message(words, &record.data),
        _ => fields(words, &record.data),
    }
}

/// A course with its modules, those that are done filled (L3).
fn course(words: Words, data: &Value) -> AnyView {
    let Some(modules) = data.get("modules").and_then(Value::as_array) else {
        return fields(words, data);
    };
    let is_done = |module: &Value| module.get("done").and_then(Value::as_bool) == Some(true);
    let done = modules.iter().filter(|module| is_done(module)).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let items = modules
        .iter()
        .map(|module| {
            let class = if is_done(module) { "state done" } else { "state" };
            let on = text_of(module, "on").and_then(date).map(|on| {
                view! { " "<span class="quiet">{words.date(on)}</span> }
            });
            let said =
                words.text(if is_done(module) { "held-module-done" } else { "held-module-open" });
            view! {
                <li class=class>{text_of(module, "title").unwrap_or_default().to_owned()}
                    <span class="unseen">", "{said}</span>{on}</li>
            }
        })
        .collect_view();
    view! {
        <p class="called">{text_of(data, "course").unwrap_or_default().to_owned()}</p>
        {segments(words, count(done), count(modules.len()))}
        <ol class="modules">{items}</ol>
    }
    .into_any()
}

/// A message as a letter, not as a table.
fn message(words: Words, data: &Value) -> AnyView {
    let Some(text) = text_of(data, "text") else { return fields(words, data) };
    let mut rest = data.clone();
    if let Some(map) = rest.as_object_mut() {
        map.retain(|name, _| !matches!(name.as_str(), "text" | "subject"));
    }
    let subject = text_of(data, "subject")
        .map(|subject| view! { <p class="called"><bdi>{harmless(subject)}</bdi></p> });
    view! { {subject}<blockquote class="message" dir="auto">{harmless(text)}</blockquote>{fields(words, &rest)} }
        .into_any()
}

fn text_of<'a>(data: &'a Value, field: &str) -> Option<&'a str> {
    data.get(field).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::storage::Timestamp;
    use jiff::civil::{Date, date};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn html(kind: &str, data: Value) -> String {
        let on: Date = date(2026, 3, 1);
        let record = Opened {
            id: Uuid::nil(),
            kind: kind.into(),
            source: "you".into(),
            source_id: "r".into(),
            on,
            recorded_at: Timestamp(0),
            data,
        };
        let words = Words::new(Language::En);
        Owner::new().with(|| records_view(words, None, &[record]).to_html())
    }

    #[test]
    fn l1_no_password_or_hash_is_shown() {
        let html = html(
            "profile",
            json!({ "name": "Ada <i>", "password": "p4ss", "password-hash": "h4sh",
                "notes": ["$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"] }),
        );
        assert!(html.contains("Ada &lt;i&gt;"), "{html}");
        assert!(
            !html.contains("p4ss") && !html.contains("h4sh") && !html.contains("$2b$"),
            "{html}"
        );
    }

    #[test]
    fn l2_a_payment_is_a_reference_and_an_amount() {
        let html = html(
            "stripe-payment",
            json!({ "payment-intent": "pi_8cE5", "amount": 7900, "currency": "eur", "state": "succeeded" }),
        );
        assert!(html.contains("<code class=\"copy\">pi_8cE5</code>"), "{html}");
        assert!(html.contains("€79.00") && html.contains("card"), "{html}");
        assert!(!html.contains(">eur<") && !html.contains("7900"), "{html}");
    }

    #[test]
    fn l3_course_progress_is_drawn() {
        let html = html(
            "course-progress",
            json!({ "course": "Letterpress", "modules": [
                { "title": "Tools", "done": true, "on": "2026-02-01" }, { "title": "Ink", "done": false }] }),
        );
        assert!(html.contains("1 of 2") && html.contains("class=\"segments\""), "{html}");
        assert!(html.contains("Letterpress") && html.contains("1 February 2026"), "{html}");
    }
}
