//! The clocks: when an answer is due, by law and by promise.

use jiff::civil::{Date, Weekday};

use crate::identifiers::Slug;
use crate::period::{Period, Unit};
use crate::policy::facts::{CountsFrom, RightPromise};
use crate::requests::{Regime, Right};

/// A date by which a request has to be answered, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    /// The last day.
    pub on: Date,
    /// Where it comes from.
    pub basis: Basis,
}

/// What makes a deadline binding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A statute.
    Law(Regime),
    /// A promise in the published policy, by its name.
    Promise(Slug),
}

/// All deadlines of a request, the earliest first.
///
/// `verified` is the day on which the person's identity was proven, if it was. A
/// promise that counts from that day has no date before it, and one that is only
/// assumed none at all.
pub fn deadlines(
    facts: &[RightPromise],
    right: Right,
    regime: Regime,
    received: Date,
    verified: Option<Date>,
    is_holiday: &dyn Fn(Date) -> bool,
) -> Vec<Deadline> {
    let law = by_law(right, regime, received, verified, is_holiday)
        .map(|on| Deadline { on, basis: Basis::Law(regime) });
    let promises = facts
        .iter()
        .filter(|p| p.right == right && (p.regime == regime || p.regime == Regime::Promise))
        .filter_map(|promise| {
            let start = match promise.counts_from {
                CountsFrom::Receipt => received,
                CountsFrom::Verification => verified?,
            };
            let on = Period::days(promise.days().stated()?).after(start);
            Some(Deadline { on, basis: Basis::Promise(promise.id.clone()) })
        });
    let mut deadlines: Vec<_> = law.into_iter().chain(promises).collect();
    deadlines.sort();
    deadlines
}

/// The day on which a request is due: the earliest deadline.
pub fn due(
    facts: &[RightPromise],
    right: Right,
    regime: Regime,
    received: Date,
    verified: Option<Date>,
    is_holiday: &dyn Fn(Date) -> bool,
) -> Option<Date> {
    deadlines(facts, right, regime, received, verified, is_holiday)
        .first()
        .map(|deadline| deadline.on)
}

/// The statute's date after an extension, told with reasons in time: three months
/// (GDPR art. 12(3)) or 90 days (CCPA 1798.130(a)(2)(A)), from the same start.
/// Opting out, limiting and complaining cannot be extended.
pub fn extended(
    right: Right,
    regime: Regime,
    received: Date,
    verified: Option<Date>,
    is_holiday: &dyn Fn(Date) -> bool,
) -> Option<Date> {
    if matches!(right, Right::OptOut | Right::Limit | Right::Complaint) {
        return None;
    }
    match regime {
        Regime::Gdpr => Some(months(3, received, is_holiday)),
        Regime::UkGdpr => Some(months(3, verified.unwrap_or(received), is_holiday)),
        Regime::Ccpa => Some(Period::days(90).after(received)),
        Regime::Promise => None,
    }
}

fn by_law(
    right: Right,
    regime: Regime,
    received: Date,
    verified: Option<Date>,
    is_holiday: &dyn Fn(Date) -> bool,
) -> Option<Date> {
    match (regime, right) {
        // A GDPR complaint goes to the authority; no clock runs for the company.
        (Regime::Gdpr | Regime::Ccpa, Right::Complaint) | (Regime::Promise, _) => None,
        // Data (Use and Access) Act 2025: acknowledged in 30 days.
        (Regime::UkGdpr, Right::Complaint) => Some(Period::days(30).after(received)),
        // CCPA regulations, 7026(f) and 7027(g).
        (_, Right::OptOut | Right::Limit) => Some(working_days(15, received, is_holiday)),
        // Art. 12(3) with Reg. 1182/71, art. 3.
        (Regime::Gdpr, _) => Some(months(1, received, is_holiday)),
        (Regime::UkGdpr, _) => Some(months(1, verified.unwrap_or(received), is_holiday)),
        // CCPA 1798.130(a)(2)(A): verifying does not stop the clock.
        (Regime::Ccpa, _) => Some(Period::days(45).after(received)),
    }
}

fn months(amount: u16, start: Date, is_holiday: &dyn Fn(Date) -> bool) -> Date {
    let end = Period::new(amount, Unit::Months).after(start);
    if is_working_day(end, is_holiday) { end } else { working_days(1, end, is_holiday) }
}

/// The `count`th working day after `start`.
fn working_days(count: usize, start: Date, is_holiday: &dyn Fn(Date) -> bool) -> Date {
    // A calendar in which every day is a holiday must not hang the portal: after
    // a year without enough working days the last one looked at is taken.
    let next_year = || start.series(Period::days(1).span()).skip(1).take(366);
    next_year()
        .filter(|day| is_working_day(*day, is_holiday))
        .nth(count.saturating_sub(1))
        .or_else(|| next_year().last())
        .unwrap_or(start)
}

fn is_working_day(day: Date, is_holiday: &dyn Fn(Date) -> bool) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn promise(right: Right, regime: Regime, days: u16, counts_from: CountsFrom) -> RightPromise {
        RightPromise {
            id: "promise".parse().expect("a slug"),
            right,
            regime,
            description: String::new(),
            days: Some(days.into()),
            counts_from,
            assumed: Default::default(),
        }
    }

    fn no_holiday(_: Date) -> bool {
        false
    }

    #[test]
    fn the_law_under_each_regime() {
        use Regime::*;
        use Right::*;
        let verified = Some(date(2026, 9, 10));
        // 2026-09-03 is a Thursday; 2026-10-03 a Saturday and a German holiday.
        let cases = [
            (Gdpr, Access, date(2026, 9, 3), verified, Some(date(2026, 10, 5))),
            (Gdpr, Erasure, date(2026, 8, 3), None, Some(date(2026, 9, 3))),
            (Gdpr, Access, date(2027, 1, 31), None, Some(date(2027, 3, 1))),
            (Gdpr, Access, date(2028, 1, 31), None, Some(date(2028, 2, 29))),
            (Gdpr, Access, date(2026, 3, 31), None, Some(date(2026, 4, 30))),
            (Gdpr, Access, date(2027, 2, 1), None, Some(date(2027, 3, 1))),
            (Gdpr, Access, date(2026, 11, 25), None, Some(date(2026, 12, 28))),
            (Gdpr, Complaint, date(2026, 9, 3), None, None),
            (UkGdpr, Access, date(2026, 9, 3), verified, Some(date(2026, 10, 12))),
            (UkGdpr, Access, date(2026, 9, 3), None, Some(date(2026, 10, 5))),
            (UkGdpr, Complaint, date(2026, 9, 3), verified, Some(date(2026, 10, 3))),
            (Ccpa, Delete, date(2026, 9, 3), verified, Some(date(2026, 10, 18))),
            (Ccpa, KnowPieces, date(2026, 9, 3), None, Some(date(2026, 10, 18))),
            (Ccpa, OptOut, date(2026, 9, 3), None, Some(date(2026, 9, 24))),
            (Ccpa, Limit, date(2026, 9, 5), None, Some(date(2026, 9, 25))),
            (Promise, Erasure, date(2026, 9, 3), verified, None),
        ];
        let holidays = [date(2026, 12, 25), date(2026, 12, 26)];
        let is_holiday = |day: Date| holidays.contains(&day);
        for (regime, right, received, verified, expected) in cases {
            let found = due(&[], right, regime, received, verified, &is_holiday);
            assert_eq!(found, expected, "{regime:?} {right:?} {received}");
        }
    }

    /// The statute's vectors of the design, before rolling to a working day.
    #[test]
    fn one_month_and_30_days_differ() {
        let month = Period::new(1, Unit::Months);
        let cases = [
            (date(2026, 9, 3), date(2026, 10, 3), date(2026, 10, 3)),
            (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 2)),
            (date(2027, 1, 30), date(2027, 2, 28), date(2027, 3, 1)),
            (date(2026, 3, 31), date(2026, 4, 30), date(2026, 4, 30)),
            (date(2027, 2, 1), date(2027, 3, 1), date(2027, 3, 3)),
        ];
        for (received, law, promised) in cases {
            assert_eq!(month.after(received), law);
            let facts = [promise(Right::Access, Regime::Promise, 30, CountsFrom::Receipt)];
            let due = due(&facts, Right::Access, Regime::Promise, received, None, &no_holiday);
            assert_eq!(due, Some(promised));
        }
    }

    /// L10, L11: 30 days from verification, or from receipt; the earliest date counts.
    #[test]
    fn a_promise_runs_beside_the_law_and_is_never_rolled() {
        let received = date(2026, 9, 3);
        let facts = [promise(Right::Erasure, Regime::Promise, 30, CountsFrom::Verification)];
        let of = |verified| {
            deadlines(&facts, Right::Erasure, Regime::Gdpr, received, verified, &no_holiday)
                .into_iter()
                .map(|d| d.on)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(None), [date(2026, 10, 5)]);
        assert_eq!(of(Some(received)), [date(2026, 10, 3), date(2026, 10, 5)]);
        assert_eq!(of(Some(date(2026, 9, 9))), [date(2026, 10, 5), date(2026, 10, 9)]);

        let other = [promise(Right::Erasure, Regime::Gdpr, 10, CountsFrom::Receipt)];
        let due = |right, regime| due(&other, right, regime, received, None, &no_holiday);
        assert_eq!(due(Right::Erasure, Regime::Gdpr), Some(date(2026, 9, 13)));
        assert_eq!(due(Right::Access, Regime::Gdpr), Some(date(2026, 10, 5)));
        assert_eq!(due(Right::Erasure, Regime::UkGdpr), Some(date(2026, 10, 5)));
    }

    #[test]
    fn extensions() {
        let received = date(2026, 9, 3);
        let of = |right, regime| extended(right, regime, received, None, &no_holiday);
        assert_eq!(of(Right::Access, Regime::Gdpr), Some(date(2026, 12, 3)));
        assert_eq!(of(Right::Delete, Regime::Ccpa), Some(date(2026, 12, 2)));
        assert_eq!(of(Right::OptOut, Regime::Ccpa), None);
        assert_eq!(of(Right::Access, Regime::Promise), None);
    }

    #[test]
    fn a_calendar_of_holidays_only_ends() {
        let received = date(2026, 9, 3);
        assert!(due(&[], Right::OptOut, Regime::Ccpa, received, None, &|_| true).is_some());
        assert!(due(&[], Right::OptOut, Regime::Ccpa, Date::MAX, None, &|_| true).is_some());
    }

    proptest! {
        #[test]
        fn due_is_the_earliest_and_never_before_receipt(
            day in 0i32..4_000, days in 1u16..60, later in 0i32..30, right in 0usize..13, regime in 0usize..4,
        ) {
            use jiff::ToSpan;
            let received = date(2024, 1, 1) + day.days();
            let (right, regime) = (Right::ALL[right], Regime::ALL[regime]);
            let facts = [promise(right, Regime::Promise, days, CountsFrom::Verification)];
            let found = deadlines(&facts, right, regime, received, Some(received + later.days()), &no_holiday);
            prop_assert!(found.is_sorted());
            prop_assert!(found.iter().all(|deadline| deadline.on > received));
        }
    }
}
