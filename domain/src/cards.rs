//! Recognising card details, so that a write that carries them is refused
//! (promise L2: card number, CVV and expiry are never stored).
//!
//! Known false positives: an order or tracking number of 13 to 19 digits that
//! begins like a card and happens to have the right check digit (one in ten of
//! those). Numbers inside words (`pi_3Nx4242…`), phone numbers with a `+`, and
//! timestamps are left alone.

use std::fmt;

use serde_json::Value;

use crate::json::{Step, find};

/// Something that looks like card details. Never holds more than may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardLike {
    /// A card number, by its last four digits.
    Number(String),
    /// A field whose name says that it holds card details.
    Field(String),
}

impl CardLike {
    /// What an error may show: `…4242`, or the field's name.
    pub fn masked(&self) -> String {
        match self {
            CardLike::Number(last_four) => format!("…{last_four}"),
            CardLike::Field(name) => name.clone(),
        }
    }
}

impl fmt::Display for CardLike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CardLike::Number(_) => write!(f, "a card number ({})", self.masked()),
            CardLike::Field(name) => write!(f, "a field for card details (“{name}”)"),
        }
    }
}

/// The first card number in a text: 13 to 19 digits in groups between which one
/// or two spaces or hyphens may stand, of a known scheme, with a valid check digit.
pub fn card_number_in(text: &str) -> Option<CardLike> {
    runs(text).iter().find_map(|run| {
        (0..run.len()).find_map(|start| {
            let mut number = String::new();
            // No card has more digits than 19, however long the run goes on.
            run.iter().skip(start).take(19).find_map(|group| {
                number.push_str(group);
                is_card_number(&number).then(|| {
                    let last_four = number.get(number.len().saturating_sub(4)..);
                    CardLike::Number(last_four.unwrap_or_default().to_owned())
                })
            })
        })
    })
}

/// Groups of digits that belong together, without those that are part of a word.
fn runs(text: &str) -> Vec<Vec<&str>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '+';
    let mut runs: Vec<Vec<&str>> = Vec::new();
    let mut gap_allowed = false;
    for word in text.split_inclusive(|c: char| !is_word(c)) {
        let group = word.trim_end_matches(|c: char| !is_word(c));
        let separator = word.chars().next_back().filter(|c| !is_word(*c));
        let joins = separator.is_some_and(|c| c.is_whitespace() || "-‐‑–".contains(c));
        if group.is_empty() {
            // A second separator in a row is allowed, a third is not.
            if !(gap_allowed && joins) {
                runs.push(Vec::new());
            }
            gap_allowed = false;
            continue;
        }
        if group.bytes().all(|b| b.is_ascii_digit()) && group.len() <= 19 {
            match runs.last_mut() {
                Some(run) => run.push(group),
                None => runs.push(vec![group]),
            }
        } else {
            runs.push(Vec::new());
        }
        if !joins {
            runs.push(Vec::new());
        }
        gap_allowed = joins;
    }
    runs
}

fn is_card_number(digits: &str) -> bool {
    let prefix = |length: usize| {
        digits.get(..length).and_then(|start| start.parse::<u32>().ok()).unwrap_or(0)
    };
    let length = digits.len();
    if !(13..=19).contains(&length) {
        return false;
    }
    let known = match (prefix(1), prefix(2), prefix(3), prefix(4)) {
        // Visa.
        (4, ..) => matches!(length, 13 | 16 | 19),
        // Mastercard.
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => length == 16,
        // American Express.
        (_, 34 | 37, ..) => length == 15,
        // Diners Club.
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => length == 14 || length >= 16,
        // JCB, Discover, UnionPay.
        (_, _, _, 3528..=3589 | 6011) | (_, _, 644..=649, _) | (_, 62 | 65, ..) => length >= 16,
        // Maestro.
        (_, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763) => true,
        _ => false,
    };
    known && passes_luhn(digits)
}

/// The check digit of ISO/IEC 7812-1.
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The first card details in a JSON value, with the JSON pointer to them
/// (RFC 6901): numbers in texts, integers and keys, and fields named like them.
pub fn find_card(value: &Value) -> Option<(String, CardLike)> {
    find(value, |step, value| {
        let named = match step {
            Step::Field(name) => field(name, value),
            Step::Whole | Step::Element(_) => None,
        };
        named.or_else(|| match value {
            Value::String(text) => card_number_in(text),
            Value::Number(number) => card_number_in(&number.to_string()),
            _ => None,
        })
    })
}

fn field(key: &str, value: &Value) -> Option<CardLike> {
    if let Some(card) = card_number_in(key) {
        return Some(card);
    }
    let empty = match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Number(_) => false,
        _ => true,
    };
    let folded: String =
        key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let names_card = match folded.as_str() {
        "cvv"
        | "cvv2"
        | "cvc"
        | "cvc2"
        | "csc"
        | "cardcvv"
        | "cardcvc"
        | "cardcsc"
        | "cardverificationvalue"
        | "cardverificationcode"
        | "cardsecuritycode"
        | "cardnumber"
        | "cardno"
        | "cardnum"
        | "ccnumber"
        | "ccnum"
        | "creditcard"
        | "creditcardnumber"
        | "debitcardnumber"
        | "cardexpiry"
        | "cardexpirydate"
        | "cardexpiration"
        | "cardexpirationdate"
        | "cardexp"
        | "ccexp"
        | "ccexpiry"
        | "expmonth"
        | "expyear" => true,
        // Subscriptions and vouchers expire too: only a card says month and year.
        "expiry" | "expirydate" | "expiration" | "expirationdate" | "exp" => {
            value.as_str().is_some_and(is_month_and_year)
        }
        _ => false,
    };
    (names_card && !empty).then(|| CardLike::Field(key.chars().take(60).collect()))
}

fn is_month_and_year(text: &str) -> bool {
    let Some((month, year)) = text.trim().split_once(['/', '-', ' ']) else {
        return false;
    };
    let number = |part: &str| part.trim().parse::<u16>().ok();
    matches!(number(month), Some(1..=12)) && matches!(number(year), Some(0..=99 | 2000..=2099))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// L2: what looks like a card number is found however it is written.
    #[test]
    fn card_numbers_are_found() {
        let cases = [
            ("4242424242424242", "4242"),
            ("my card: 4242 4242 4242 4242, thanks", "4242"),
            ("5555-5555-5555-4444", "4444"),
            ("3782 822463 10005", "0005"),
            ("6011 1111 1111 1117", "1117"),
            ("2223003122003222", "3222"),
            ("3530111333300000", "0000"),
            ("30569309025904", "5904"),
            ("4222222222222", "2222"),
            ("order 12 4242 4242 4242 4242 12 28 123", "4242"),
            ("4242\u{a0}4242\u{a0}4242\u{a0}4242", "4242"),
            ("4242 - 4242", ""),
            ("4242  4242  4242  4242.", "4242"),
        ];
        for (text, last_four) in cases {
            let found = card_number_in(text).map(|card| card.masked()).unwrap_or_default();
            let expected =
                if last_four.is_empty() { String::new() } else { format!("…{last_four}") };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "4242424242424241",
            "pi_4242424242424242",
            "4242424242424242x",
            "+4915112345678",
            "1790000000000",
            "2026-05-19 10:30:00",
            "0000000000000000",
            "42424242424242424242424242",
            "4242,4242,4242,4242",
            "",
        ] {
            assert_eq!(card_number_in(text), None, "{text}");
        }
    }

    #[test]
    fn json_is_searched_everywhere() {
        let cases = [
            (json!({"a": [1, {"b/c": "4242 4242 4242 4242"}]}), Some("/a/1/b~1c")),
            (json!({"n": 4_242_424_242_424_242_u64}), Some("/n")),
            (json!({"4242424242424242": true}), Some("/4242424242424242")),
            (json!({"card": {"CVV": 123}}), Some("/card/CVV")),
            (json!({"Card-Number": "x"}), Some("/Card-Number")),
            (json!({"expiry": "04/29"}), Some("/expiry")),
            (json!({"expiry": "2027-01-01"}), None),
            (json!({"cvc": null, "card_number": ""}), None),
            (json!({"payment_intent": "pi_3NabcDEF", "amount": 4200}), None),
        ];
        for (value, expected) in cases {
            let found = find_card(&value).map(|(pointer, _)| pointer);
            assert_eq!(found.as_deref(), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn an_error_shows_four_digits_at_most(text in "[0-9 -]{0,60}") {
            if let Some(card) = card_number_in(&text) {
                let shown = card.to_string();
                prop_assert!(shown.chars().filter(char::is_ascii_digit).count() <= 4);
            }
        }

        #[test]
        fn a_valid_visa_is_found_in_any_text(digits in "4[0-9]{14}", before in "[a-z .,]{0,9}") {
            let card = (0..10).map(|d| format!("{digits}{d}")).find(|n| passes_luhn(n)).expect("one");
            let text = format!("{before} {card}");
            prop_assert!(card_number_in(&text).is_some());
        }

        #[test]
        fn no_input_panics(text in "\\PC{0,80}") {
            let _ = card_number_in(&text);
        }
    }
}
