//! Recognising card details, so that a write that carries them is refused
//! (promise L2: card number, CVV and expiry are never stored).
//!
//! Known false positives: an order or tracking number of 13 to 19 digits that
//! begins like a card and happens to have the right check digit (one in ten of
//! those). Numbers inside words (`pi_3Nx4242…`), telephone numbers, IBANs, UUIDs,
//! timestamps and measures are left alone.

mod alike;
mod groups;
mod number;
mod plain;

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

/// The first card number in a text: 13 to 19 digits of a known scheme with a valid
/// check digit, however they are spelt and set apart.
pub fn card_number_in(text: &str) -> Option<CardLike> {
    if !plain::may_hold_digits(text, number::SHORTEST) {
        return None;
    }
    let text = alike::without(plain::plain(text));
    groups::runs(&text).iter().find_map(|run| {
        (0..run.len()).find_map(|start| {
            let mut number = String::new();
            let groups = run.get(start..).unwrap_or_default();
            // No card has more digits than 19, however long the run goes on.
            (1..=groups.len().min(number::LONGEST)).find_map(|amount| {
                let some = groups.get(..amount).unwrap_or_default();
                number.push_str(some.last()?.digits);
                (number::is_of_a_card(&number) && groups::are_set_apart_as_one(some)).then(|| {
                    let last_four = number.get(number.len().saturating_sub(4)..);
                    CardLike::Number(last_four.unwrap_or_default().to_owned())
                })
            })
        })
    })
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
            // A measure or a price has a point; a card number has none.
            Value::Number(number) => {
                let number = number.to_string();
                number.bytes().all(|byte| byte.is_ascii_digit()).then(|| card_number_in(&number))?
            }
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
            // Whatever stands between the groups, or nothing that is seen.
            ("4242.4242.4242.4242", "4242"),
            ("4242/4242/4242/4242", "4242"),
            ("4242 / 4242 / 4242 / 4242", "4242"),
            ("4242\\4242\\4242\\4242", "4242"),
            ("4242_4242_4242_4242", "4242"),
            ("_4242424242424242_", "4242"),
            ("4242·4242·4242·4242", "4242"),
            ("4242.4242/4242-4242", "4242"),
            ("3782.822463.10005", "0005"),
            ("4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "4242"),
            ("4242—4242–4242‒4242", "4242"),
            ("4242\u{2212}4242\u{2212}4242\u{2212}4242", "4242"),
            ("4242\u{2009}4242\u{202f}4242\u{3000}4242", "4242"),
            ("4242\n4242\n4242\n4242", "4242"),
            ("4242\u{200b}4242\u{200b}4242\u{200b}4242", "4242"),
            ("4\u{ad}2\u{200d}4\u{2060}2\u{feff}424242424242", "4242"),
            ("4242\u{ad} 4242\u{200b}-4242\u{200e} 4242", "4242"),
            // Digits of other kinds.
            ("４２４２４２４２４２４２４２４２", "4242"),
            ("４２４２．４２４２．４２４２．４２４２", "4242"),
            ("４２４２／４２４２－４２４２　４２４２", "4242"),
            ("٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢", "4242"),
            ("४२४२४२४२४२४२४२४२", "4242"),
            ("𝟒𝟐𝟒𝟐𝟜𝟚𝟜𝟚𝟺𝟸𝟺𝟸𝟦𝟤𝟦𝟤", "4242"),
            ("⁴²⁴²⁴²⁴²④②④②₄₂₄₂", "4242"),
            ("卡号4242424242424242，谢谢", "4242"),
            ("+4242424242424242", "4242"),
            ("(4242424242424242)", "4242"),
            ("5555555555554444,4242424242424241", "4444"),
            ("DE00 4242 4242 4242 4242", "4242"),
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
            // Telephone numbers.
            "4915123456787",
            "49 151 23456787",
            "+49 (0) 4151 2345-678",
            "0049 4151 2345 678",
            "+1 415 555 2671, +1 415 555 2672",
            // IBANs whose bank begins like a card.
            "DE89 3704 0044 0532 0130 00",
            "DE60 5121 0800 0000 2662 99",
            "IBAN: DE93 4005 0150 0000 2662 99; BIC",
            "GB29NWBK60161331926819",
            // UUIDs, also those without letters.
            "550e8400-e29b-41d4-a716-446655440000",
            "42424242-4242-4242-4242-424242424242",
            // Orders, tracking, invoices.
            "302-1234567-1234565",
            "301-3612345-6123452",
            "00340434161094042557",
            "1Z999AA10123456784",
            "9400 1000 0000 0000 0000 00",
            "RE-2026/11/000123",
            // Times, addresses of machines, measures, money.
            "20261125164800",
            "1790000000000000000",
            "30.11.2026 16.48.11",
            "52.14.163.200 54.12.14.101",
            "2001:4860:4860:0000:0000:0000:0000:8888",
            "52.52000812345613, 13.404954",
            "4242424242.424242",
            "4.242.424.242.424.242",
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
            (json!({"measure": 4_242_424_242.424_242, "phone": 4_915_123_456_787_u64}), None),
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
            let card = (0..10).map(|d| format!("{digits}{d}")).find(|n| number::passes_luhn(n)).expect("one");
            let text = format!("{before} {card}");
            prop_assert!(card_number_in(&text).is_some());
        }

        #[test]
        fn no_input_panics(text in "\\PC{0,80}") {
            let _ = card_number_in(&text);
        }
    }
}
