//! The fields of a record, with names that people know.

use domain::words::Words;
use jiff::civil::Date;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::amount::amount;

/// How references of Stripe begin.
const REFERENCES: [&str; 8] = ["cus_", "pi_", "sub_", "in_", "ch_", "re_", "si_", "price_"];

/// The fields of a record as labelled values.
pub fn fields(words: Words, data: &Value) -> AnyView {
    let rows = match data {
        Value::Object(map) => map
            .iter()
            .filter(|(name, value)| is_shown(map, name, value))
            .map(|(name, value)| field(words, map, name, value))
            .collect_view(),
        other => vec![view! { <div><dd>{text(words, other)}</dd></div> }.into_any()],
    };
    view! { <dl class="fields">{rows}</dl> }.into_any()
}

/// Whether a field leaves the portal at all. A source that sends a password or
/// its hash by mistake must not have it shown or handed out (L1).
fn is_shown(map: &Map<String, Value>, name: &str, value: &Value) -> bool {
    let small = name.to_ascii_lowercase();
    let secret = small.contains("password") || small.contains("passwd") || is_hash(value);
    // The currency stands with its amount, where there is one.
    let said = name == "currency" && money(map).is_some();
    !(secret || value.is_null() || said)
}

/// The amount of some fields, in its currency's smallest unit, with the currency.
fn money(map: &Map<String, Value>) -> Option<(i64, &str)> {
    map.get("amount").and_then(Value::as_i64).zip(map.get("currency").and_then(Value::as_str))
}

/// Whether a value looks like a bcrypt hash.
fn is_hash(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("$2") && text.len() == 60)
}

fn field(words: Words, map: &Map<String, Value>, name: &str, value: &Value) -> AnyView {
    let shown = match (money(map), value.as_str()) {
        (Some((minor, currency)), _) if name == "amount" => {
            view! { <span class="figure">{amount(words, minor, currency)}</span> }.into_any()
        }
        (_, Some(text)) if is_reference(text) => {
            view! { <code class="copy">{text.to_owned()}</code> }.into_any()
        }
        _ => text(words, value).into_any(),
    };
    view! { <div><dt dir="auto">{label(words, name)}</dt><dd dir="auto">{shown}</dd></div> }
        .into_any()
}

fn is_reference(text: &str) -> bool {
    REFERENCES.iter().any(|prefix| text.starts_with(prefix)) && !text.contains(' ')
}

/// A field's name in the reader's language; its own where there is none.
pub fn label(words: Words, name: &str) -> String {
    let own = || name.replace(['-', '_'], " ");
    if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        words.find(&format!("data-{name}")).unwrap_or_else(own)
    } else {
        own()
    }
}

/// A value in words.
pub fn text(words: Words, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => words.text("value-yes"),
        Value::Bool(false) => words.text("value-no"),
        // A year or a customer's number would be another if its digits were put in groups.
        Value::Number(number) => number.to_string(),
        Value::String(text) => string(words, text),
        Value::Array(values) => values
            .iter()
            .filter(|value| !is_hash(value))
            .map(|value| self::text(words, value))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(map) => map
            .iter()
            .filter(|(name, value)| is_shown(map, name, value))
            .map(|(name, value)| {
                let value = match money(map) {
                    Some((minor, currency)) if name == "amount" => amount(words, minor, currency),
                    _ => self::text(words, value),
                };
                format!("{}: {value}", label(words, name))
            })
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// Dates and the few words that our own kinds of records use are translated;
/// what people wrote is left as it is.
fn string(words: Words, text: &str) -> String {
    if let Some(date) = date(text) {
        return words.date(date);
    }
    match text {
        "from-you"
        | "to-you"
        | "form"
        | "email"
        | "active"
        | "cancelled"
        | "succeeded"
        | "requires-payment-method" => words.text(&format!("data-is-{text}")),
        _ => domain::harmless::harmless(text),
    }
}

/// The text as a date, if it is just one.
pub fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identifiers::Language;
    use serde_json::json;

    #[test]
    fn what_is_held_is_shown_as_it_is_held() {
        let words = Words::new(Language::En);
        for (value, expected) in [
            (json!(1987), "1987"),
            (json!(10_004_711), "10004711"),
            (json!(-12.5), "-12.5"),
            (json!({ "amount": 5000, "currency": "kwd" }), "amount: 5.000 KWD"),
            (json!({ "currency": "eur" }), "currency: eur"),
            (json!({ "amount": "5000", "currency": "eur" }), "amount: 5000; currency: eur"),
        ] {
            assert_eq!(text(words, &value).to_lowercase(), expected.to_lowercase(), "{value}");
        }
    }
}
