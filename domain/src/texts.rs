//! Text from outside: the one check that all of it passes before any of it is kept.
//!
//! How long a text may be is its field's own matter, a [`Limit`]. What no text may
//! hold is the same for all: characters that nobody sees and that change how others are
//! read, and card numbers (L2).

use serde_json::Value;

use crate::cards::{CardLike, card_number_in, find_card};
use crate::harmless::has_controls;
use crate::json::{Step, find};

/// How long a text may be, and whether it goes over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    characters: usize,
    several_lines: bool,
    empty: bool,
}

/// A tenant's own id of something.
pub const ID: Limit = Limit { characters: 200, several_lines: false, empty: false };
/// The name of a person, an organisation or whatever else is called something.
pub const NAME: Limit = Limit::line(300);

/// Why a text is not taken. Never holds the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// There is none where there has to be one.
    #[error("is empty")]
    Empty,
    /// It has more characters than that.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// It has characters that nobody sees, and that text does not need.
    #[error("has control characters, or marks that turn the direction of text")]
    Control,
    /// It has something that looks like card details (L2).
    #[error("has {0}; if it is another number, such as an order’s, put a letter before it")]
    Card(CardLike),
    /// It has a field for card details (L2).
    #[error("has {0}")]
    CardField(CardLike),
}

impl Limit {
    /// A text of one line.
    pub const fn line(characters: usize) -> Limit {
        Limit { characters, several_lines: false, empty: true }
    }

    /// A text of several lines.
    pub const fn text(characters: usize) -> Limit {
        Limit { characters, several_lines: true, empty: true }
    }

    /// Whether a text can be taken.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(self, text: &str) -> Result<(), Unfit> {
        if text.is_empty() && !self.empty {
            return Err(Unfit::Empty);
        }
        // Counted no further than to where it is too long.
        if text.chars().nth(self.characters).is_some() {
            return Err(Unfit::TooLong(self.characters));
        }
        if has_controls(text, self.several_lines) {
            return Err(Unfit::Control);
        }
        card_number_in(text).map_or(Ok(()), |card| Err(Unfit::Card(card)))
    }
}

/// Whether all texts, names and numbers of a JSON value can be taken, which are as long
/// as the whole allows.
///
/// # Errors
/// The first that cannot, with the JSON pointer to it (RFC 6901).
pub fn check_all(value: &Value) -> Result<(), (String, Unfit)> {
    if let Some((place, card)) = find_card(value) {
        let unfit = match card {
            CardLike::Number(_) => Unfit::Card(card),
            CardLike::Field(_) => Unfit::CardField(card),
        };
        return Err((place, unfit));
    }
    let has = |text: &str| has_controls(text, true);
    let found = find(value, |step, value| match (step, value) {
        (Step::Field(name), _) if has(name) => Some(true),
        (_, Value::String(text)) if has(text) => Some(false),
        _ => None,
    });
    found.map_or(Ok(()), |(place, in_name)| {
        let place = match place.rsplit_once('/').filter(|_| in_name) {
            Some((above, _)) => format!("{above}/…"),
            None => place,
        };
        Err((place, Unfit::Control))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_limit_holds_and_what_is_just_within_it_is_taken() {
        let long = |of: char, many: usize| of.to_string().repeat(many);
        let card = || Unfit::Card(CardLike::Number("4242".into()));
        for (limit, text, expected) in [
            (ID, long('x', 200), None),
            (ID, long('ä', 200), None),
            (ID, long('ä', 201), Some(Unfit::TooLong(200))),
            (ID, long('x', 300_000), Some(Unfit::TooLong(200))),
            (ID, String::new(), Some(Unfit::Empty)),
            (ID, "a\nb".into(), Some(Unfit::Control)),
            (ID, "a\0b".into(), Some(Unfit::Control)),
            (ID, "a\u{202e}b".into(), Some(Unfit::Control)),
            (ID, "a\u{2067}b".into(), Some(Unfit::Control)),
            (ID, "a\u{2028}b".into(), Some(Unfit::Control)),
            (ID, "4242-4242-4242-4242".into(), Some(card())),
            (ID, "550e8400-e29b-41d4-a716-446655440000".into(), None),
            (NAME, String::new(), None),
            (NAME, "Zoë 株式会社 שלום".into(), None),
            // Joiners are a part of names and of flags.
            (NAME, "می\u{200c}خواهم 👩\u{200d}🔬".into(), None),
            (NAME, "Ada ４２４２４２４２４２４２４２４２".into(), Some(card())),
            (NAME, long('x', 300_000), Some(Unfit::TooLong(300))),
            (Limit::text(9), "a\r\n\tb".into(), None),
            (Limit::text(9), "a\u{1b}[2J".into(), Some(Unfit::Control)),
        ] {
            assert_eq!(limit.check(&text).err(), expected, "{text:.40}");
        }
    }

    #[test]
    fn a_value_is_looked_through_with_all_names_in_it() {
        let place = |value: Value| check_all(&value).err().map(|(place, _)| place);
        for (value, expected) in [
            (json!({"a": ["fine\n", {"b": "\u{202e}"}]}), Some("/a/1/b")),
            (json!({"a": {"\u{7}": 1}}), Some("/a/…")),
            (json!({"a": ["4242/4242/4242/4242"]}), Some("/a/0")),
            (json!({"cvv": "123"}), Some("/cvv")),
            (json!({"a": "\u{200f}שלום\u{200e}"}), None),
        ] {
            assert_eq!(place(value.clone()).as_deref(), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_is_short_and_seen(text: String, most in 0_usize..20) {
            if Limit::line(most).check(&text).is_ok() {
                prop_assert!(text.chars().count() <= most && !has_controls(&text, false));
            }
        }
    }
}
