//! When a retention rule makes a record due.

use jiff::civil::Date;

use crate::erasure::hold_for;
use crate::identifiers::Slug;
use crate::policy::Facts;
use crate::policy::facts::{Hold, RECORD, RetentionRule};
use crate::policy::said::Said;

/// Something that happened to a subject or organisation, as the company's
/// systems reported it: `subscription-cancelled`, `account-cancelled`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Which event.
    pub name: Slug,
    /// The day on which it happened.
    pub on: Date,
}

/// When a record's time is up by its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// The period has run on this date.
    On(Date),
    /// The period has not begun: it starts with this event.
    WaitsFor(Slug),
    /// The rule states no period.
    AsLongAsNeeded,
    /// The rule's period is only assumed, so nothing becomes due by it.
    NotStated,
}

impl Due {
    /// Whether the period has run by a day.
    pub fn has_run(&self, today: Date) -> bool {
        matches!(self, Due::On(date) if *date <= today)
    }
}

/// The rule that governs a category. There is one at most: the policy's check
/// refuses a category with two.
pub fn rule_for<'a>(facts: &'a Facts, category: &Slug) -> Option<&'a RetentionRule> {
    facts.retention.iter().find(|rule| rule.categories.contains(category))
}

/// When a record of `record_on` is due under a rule, given what has happened.
///
/// The latest starting event counts. A cancelling event on the same day or later
/// undoes it: events carry no time of day, and keeping a little longer can be
/// put right while erasing cannot.
pub fn due(rule: &RetentionRule, record_on: Date, events: &[Event]) -> Due {
    let period = match rule.period() {
        Said::Stated(period) => period,
        Said::Assumed => return Due::NotStated,
        Said::Nothing => return Due::AsLongAsNeeded,
    };
    if rule.starts.as_str() == RECORD {
        return Due::On(period.after(record_on));
    }
    let latest = |name: &Slug| events.iter().filter(|e| e.name == *name).map(|e| e.on).max();
    let cancelled = rule.cancelled_by.as_ref().and_then(latest);
    match latest(&rule.starts) {
        Some(started) if cancelled.is_none_or(|on| on < started) => Due::On(period.after(started)),
        _ => Due::WaitsFor(rule.starts.clone()),
    }
}

/// When a record goes, by its rule and by what a law demands. Every record has an
/// answer, so that none is listed without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes<'a> {
    /// Its period has run on this date.
    On(Date),
    /// Its period runs before, and a law demands the record until this date.
    ByLaw(Date, &'a Hold),
    /// Its period has no end yet, and a law demands the record until this date at
    /// least.
    NotBefore(Date, &'a Hold),
    /// Its period has no end yet, and since this date the law demands it no longer.
    NoLongerByLaw(Date, &'a Hold),
    /// A law demands it, the policy says no more than that.
    AsLongAsLaw(&'a Hold),
    /// It is kept by a hold of which the company has yet to confirm how long.
    Unconfirmed(&'a Hold),
    /// Nothing sets a date: it waits for an event, or is kept as long as needed.
    NotSet,
}

impl Goes<'_> {
    /// The date on which it goes, if one is set.
    pub fn ends(self) -> Option<Date> {
        match self {
            Goes::On(date) | Goes::ByLaw(date, _) => Some(date),
            Goes::NotBefore(..)
            | Goes::NoLongerByLaw(..)
            | Goes::AsLongAsLaw(_)
            | Goes::Unconfirmed(_)
            | Goes::NotSet => None,
        }
    }
}

/// When a record of `record_on` in a category goes.
pub fn goes<'a>(
    facts: &'a Facts,
    category: &Slug,
    record_on: Date,
    events: &[Event],
    today: Date,
) -> Goes<'a> {
    let by_rule = match rule_for(facts, category).map(|rule| due(rule, record_on, events)) {
        Some(Due::On(date)) => Some(date),
        _ => None,
    };
    let Some(hold) = hold_for(facts, category) else {
        return by_rule.map_or(Goes::NotSet, Goes::On);
    };
    let by_law = match hold.period() {
        Said::Stated(period) => period.after(record_on),
        Said::Assumed => return Goes::Unconfirmed(hold),
        Said::Nothing if hold.ground().is_assumed() => return Goes::Unconfirmed(hold),
        Said::Nothing => return Goes::AsLongAsLaw(hold),
    };
    match by_rule {
        Some(rule) if rule < by_law => Goes::ByLaw(by_law, hold),
        Some(rule) => Goes::On(rule),
        None if today < by_law => Goes::NotBefore(by_law, hold),
        None => Goes::NoLongerByLaw(by_law, hold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;
    use crate::policy::facts::{ErasureMethod, KeptBy};
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 9, 30);

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn rule(period: Option<Period>, starts: &str, cancelled_by: Option<&str>) -> RetentionRule {
        RetentionRule {
            id: slug("rule"),
            categories: vec![slug("things")],
            period: period.map(Into::into),
            starts: slug(starts),
            cancelled_by: cancelled_by.map(slug),
            wording: String::new(),
            action: ErasureMethod::Erase,
            kept_by: KeptBy::Executed,
            assumed: Default::default(),
        }
    }

    fn ago(days: i32) -> Date {
        TODAY - days.days()
    }

    fn event(name: &str, days: i32) -> Event {
        Event { name: slug(name), on: ago(days) }
    }

    /// E13: recordings are kept 90 days from the call.
    #[test]
    fn a_recording_is_due_after_90_days() {
        let rule = rule(Some(Period::days(90)), RECORD, None);
        for (age, has_run) in [(89, false), (90, true), (91, true)] {
            assert_eq!(due(&rule, ago(age), &[]).has_run(TODAY), has_run, "{age}");
        }
    }

    /// E12: ERP data stays 30 days after the subscription's cancellation, which a renewal undoes.
    #[test]
    fn erp_data_is_due_30_days_after_an_unrenewed_cancellation() {
        let rule =
            rule(Some(Period::days(30)), "subscription-cancelled", Some("subscription-renewed"));
        let waits = Due::WaitsFor(slug("subscription-cancelled"));
        let cancelled = |days| event("subscription-cancelled", days);
        let renewed = |days| event("subscription-renewed", days);
        let cases = [
            ("never cancelled", vec![], waits.clone()),
            ("day 12", vec![cancelled(12)], Due::On(ago(-18))),
            ("day 31", vec![cancelled(31)], Due::On(ago(1))),
            ("renewed", vec![cancelled(40), renewed(20)], waits.clone()),
            ("renewed the same day", vec![cancelled(40), renewed(40)], waits),
            (
                "cancelled again, reported out of order",
                vec![cancelled(10), renewed(20), cancelled(40)],
                Due::On(ago(-20)),
            ),
            ("renewed once before", vec![renewed(50), cancelled(31)], Due::On(ago(1))),
        ];
        for (case, events, expected) in cases {
            assert_eq!(due(&rule, ago(400), &events), expected, "{case}");
        }
    }

    /// E14: transcripts stay while the account is active, and 30 days more.
    #[test]
    fn a_transcript_waits_for_the_account_to_be_cancelled() {
        let rule = rule(Some(Period::days(30)), "account-cancelled", None);
        assert_eq!(due(&rule, ago(900), &[]), Due::WaitsFor(slug("account-cancelled")));
        assert!(!due(&rule, ago(900), &[event("account-cancelled", 29)]).has_run(TODAY));
        assert!(due(&rule, ago(900), &[event("account-cancelled", 30)]).has_run(TODAY));
    }

    #[test]
    fn without_a_period_nothing_becomes_due() {
        let rule = rule(None, RECORD, None);
        assert_eq!(due(&rule, ago(9_000), &[]), Due::AsLongAsNeeded);
    }

    /// L10, E13: what the company has not stated deletes nothing.
    #[test]
    fn l10_and_e13_an_assumed_period_never_deletes() {
        let stated = rule(Some(Period::days(90)), RECORD, None);
        assert!(due(&stated, ago(9_000), &[]).has_run(TODAY));
        for field in ["all", "period", "starts", "cancelled-by", "categories"] {
            let mut assumed = stated.clone();
            assumed.assumed.insert(field.to_owned());
            assert_eq!(due(&assumed, ago(9_000), &[]), Due::NotStated, "{field}");
        }
        let mut worded = stated.clone();
        worded.assumed.insert("wording".to_owned());
        assert!(due(&worded, ago(9_000), &[]).has_run(TODAY));
    }

    proptest! {
        #[test]
        fn a_longer_period_is_never_due_sooner(age in 0i32..4_000, short in 1u16..900, more in 0u16..900) {
            let of = |days| due(&rule(Some(Period::days(days)), RECORD, None), ago(age), &[]);
            prop_assert!(!of(short + more).has_run(TODAY) || of(short).has_run(TODAY));
        }
    }

    #[test]
    fn a_law_moves_the_end_and_never_sets_one_alone() {
        let category: Slug = slug("payment");
        let on = date(2020, 1, 1);
        let years = |years: i32| -> Period { format!("{years} years").parse().expect("a period") };
        let rule = |period: Option<i32>| RetentionRule {
            categories: vec![category.clone()],
            ..rule(period.map(years), RECORD, None)
        };
        let hold = |period: Option<i32>| Hold {
            id: slug("tax"),
            categories: vec![category.clone()],
            ground: "tax law".into(),
            period: period.map(|period| years(period).into()),
            assumed: Default::default(),
        };
        let assumed = |period, field: &str| {
            let mut hold = hold(period);
            hold.assumed.insert(field.to_owned());
            hold
        };
        let ends = |year: i16| Some(date(year, 1, 1));
        let of_on = |today: Date, rule: Option<RetentionRule>, hold: Option<Hold>| {
            let facts = Facts {
                retention: rule.into_iter().collect(),
                holds: hold.into_iter().collect(),
                ..Facts::default()
            };
            match goes(&facts, &category, on, &[], today) {
                Goes::On(date) => ("on", Some(date)),
                Goes::ByLaw(date, _) => ("by law", Some(date)),
                Goes::NotBefore(date, _) => ("not before", Some(date)),
                Goes::NoLongerByLaw(date, _) => ("no longer by law", Some(date)),
                Goes::AsLongAsLaw(_) => ("as long as law", None),
                Goes::Unconfirmed(_) => ("unconfirmed", None),
                Goes::NotSet => ("not set", None),
            }
        };
        let of = |rule, hold| of_on(TODAY, rule, hold);
        assert_eq!(of(None, None), ("not set", None));
        assert_eq!(of(Some(rule(None)), None), ("not set", None));
        assert_eq!(of(Some(rule(Some(3))), None), ("on", ends(2023)));
        assert_eq!(of(Some(rule(Some(3))), Some(hold(Some(10)))), ("by law", ends(2030)));
        assert_eq!(of(Some(rule(Some(12))), Some(hold(Some(10)))), ("on", ends(2032)));
        assert_eq!(of(Some(rule(None)), Some(hold(Some(10)))), ("not before", ends(2030)));
        assert_eq!(of(Some(rule(Some(3))), Some(hold(None))), ("as long as law", None));
        assert_eq!(of(None, Some(hold(Some(10)))), ("not before", ends(2030)));
        let over = of_on(date(2030, 1, 1), Some(rule(None)), Some(hold(Some(10))));
        assert_eq!(over, ("no longer by law", ends(2030)));
        let by_law = of_on(date(2031, 1, 1), Some(rule(Some(3))), Some(hold(Some(10))));
        assert_eq!(by_law, ("by law", ends(2030)));
        // What is only assumed keeps, and sets no date.
        for field in ["all", "period", "categories"] {
            let found = of(Some(rule(Some(3))), Some(assumed(Some(2), field)));
            assert_eq!(found, ("unconfirmed", None), "{field}");
        }
        assert_eq!(of(None, Some(assumed(None, "ground"))), ("unconfirmed", None));
        assert_eq!(of(None, Some(assumed(Some(10), "ground"))), ("not before", ends(2030)));
    }
}
