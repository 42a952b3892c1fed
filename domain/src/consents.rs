//! What a company's systems know of a person's consent, and when it counts.

use jiff::civil::Date;
use serde_json::Value;

/// The kind of records that say it, see [`crate::kinds`].
pub const KIND: &str = "consent";

/// That somebody agreed to a purpose on a day, or no longer does, as a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The purpose, as the policy names it.
    pub purpose: String,
    /// Whether they agree.
    pub given: bool,
    /// When they said so: the record's own date, if it says no other.
    pub on: Date,
    /// What they were asked.
    pub wording: Option<String>,
    /// Where they were asked.
    pub place: Option<String>,
}

impl Consent {
    /// Reads the data of a record of this kind, of that date; `None` if it does not
    /// look like one.
    pub fn read(data: &Value, date: Date) -> Option<Consent> {
        let text = |name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Consent {
            purpose: text("purpose")?,
            given: data.get("given")?.as_bool()?,
            on: text("on").and_then(|on| on.parse().ok()).unwrap_or(date),
            wording: text("wording"),
            place: text("where"),
        })
    }

    /// Whether this counts before another word on the same purpose: it is the later one.
    /// Of one day, that they no longer agree counts.
    pub fn is_before(&self, other: &Consent) -> bool {
        (self.on, !self.given) > (other.on, !other.given)
    }

    /// Whether this counts although the person has chosen here, on that day: it is later.
    /// Of one day, what the person has said here themselves counts.
    pub fn is_later_than(&self, chosen: Option<Date>) -> bool {
        chosen.is_none_or(|chosen| self.on > chosen)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn consent(given: bool, on: &str) -> Consent {
        let data = json!({ "purpose": "newsletter", "given": given, "on": on });
        Consent::read(&data, date(2020, 1, 1)).expect("a consent")
    }

    #[test]
    fn the_later_word_counts_and_of_one_day_the_careful_one() {
        for (one, other, counts) in [
            (consent(true, "2026-02-01"), consent(false, "2026-01-01"), true),
            (consent(false, "2026-01-01"), consent(true, "2026-02-01"), false),
            (consent(false, "2026-01-01"), consent(true, "2026-01-01"), true),
            (consent(true, "2026-01-01"), consent(false, "2026-01-01"), false),
            (consent(true, "2026-01-01"), consent(true, "2026-01-01"), false),
        ] {
            assert_eq!(one.is_before(&other), counts, "{one:?} {other:?}");
        }
        let january = consent(true, "2026-01-10");
        for (chosen, later) in [
            (None, true),
            (Some(date(2026, 1, 9)), true),
            (Some(date(2026, 1, 10)), false),
            (Some(date(2026, 1, 11)), false),
        ] {
            assert_eq!(january.is_later_than(chosen), later, "{chosen:?}");
        }
    }

    #[test]
    fn a_record_without_a_day_of_its_own_has_its_date() {
        let read = |data: Value| Consent::read(&data, date(2026, 3, 1));
        let plain = read(json!({ "purpose": "p", "given": true, "where": "shop" })).unwrap();
        assert_eq!((plain.on, plain.place.as_deref()), (date(2026, 3, 1), Some("shop")));
        for none in [json!({}), json!({ "purpose": "p" }), json!({ "purpose": 1, "given": true })] {
            assert_eq!(read(none), None);
        }
    }
}
