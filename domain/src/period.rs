//! A length of time as a policy states it: "90 days", "10 years".

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The unit in which a period is stated. They are not interchangeable: 30 days
/// and one month end on different dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// A period of whole days, months or years, at least one and at most 100 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Period {
    amount: u16,
    unit: Unit,
}

/// Why a string is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a period: write a number and a unit, such as “90 days”, “14 months” or “10 years”"
)]
pub struct MalformedPeriod(String);

impl Period {
    /// So many calendar days.
    pub const fn days(amount: u16) -> Period {
        Period { amount, unit: Unit::Days }
    }

    /// So much of a unit.
    pub(crate) const fn new(amount: u16, unit: Unit) -> Period {
        Period { amount, unit }
    }

    /// The number before the unit.
    pub fn amount(self) -> u16 {
        self.amount
    }

    /// The unit.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// The date on which the period, started on `start`, has run.
    ///
    /// Months and years end on the same date of the later month, else on that
    /// month's last day (Reg. 1182/71, art. 3(2)(c)).
    pub fn after(self, start: Date) -> Date {
        start.saturating_add(self.span())
    }

    /// Whether the period, started on `start`, has run by `today`. It is the one answer
    /// to that question; [`Period::cutoff`] is the same answer for many dates at once.
    pub fn has_run(self, start: Date, today: Date) -> bool {
        self.after(start) <= today
    }

    /// The last start whose period has run by `today`: it has for every date up to this
    /// one and for none after it.
    pub fn cutoff(self, today: Date) -> Date {
        let start = today.saturating_sub(self.span());
        // Several last days of a longer month end on the last day of a shorter one.
        if self.unit != Unit::Days && today == today.last_of_month() {
            start.last_of_month()
        } else {
            start
        }
    }

    /// The period counted in days from a fixed date, to compare two periods.
    pub fn approximate_days(self) -> u32 {
        u32::from(self.amount)
            * match self.unit {
                Unit::Days => 1,
                Unit::Months => 30,
                Unit::Years => 365,
            }
    }

    pub(crate) fn span(self) -> Span {
        let amount = i64::from(self.amount);
        match self.unit {
            Unit::Days => Span::new().days(amount),
            Unit::Months => Span::new().months(amount),
            Unit::Years => Span::new().years(amount),
        }
    }
}

impl FromStr for Period {
    type Err = MalformedPeriod;
    fn from_str(text: &str) -> Result<Self, MalformedPeriod> {
        let malformed = || MalformedPeriod(text.chars().take(60).collect());
        let (amount, unit) = text.trim().split_once(' ').ok_or_else(malformed)?;
        let amount: u16 = amount.parse().map_err(|_| malformed())?;
        let (unit, most) = match unit.trim() {
            "day" | "days" => (Unit::Days, 36_500),
            "month" | "months" => (Unit::Months, 1_200),
            "year" | "years" => (Unit::Years, 100),
            _ => return Err(malformed()),
        };
        if amount == 0 || amount > most {
            return Err(malformed());
        }
        Ok(Period { amount, unit })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => "day",
            Unit::Months => "month",
            Unit::Years => "year",
        };
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.amount)
    }
}

impl TryFrom<String> for Period {
    type Error = MalformedPeriod;
    fn try_from(text: String) -> Result<Self, MalformedPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn months_end_on_the_last_day_where_there_is_no_same_date() {
        let month: Period = "1 month".parse().expect("a period");
        let cases = [
            (date(2026, 9, 3), date(2026, 10, 3)),
            (date(2027, 1, 31), date(2027, 2, 28)),
            (date(2028, 1, 31), date(2028, 2, 29)),
            (date(2026, 3, 31), date(2026, 4, 30)),
        ];
        for (start, end) in cases {
            assert_eq!(month.after(start), end);
        }
        assert_eq!(Period::days(30).after(date(2027, 1, 30)), date(2027, 3, 1));
    }

    #[test]
    fn refuses_what_is_no_period() {
        for bad in ["", "90", "days", "0 days", "-1 days", "101 years", "9 weeks", "1.5 days"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    /// E13, E17, L10: what is shown as due and what is deleted are one set.
    #[test]
    fn a_due_date_and_a_cutoff_are_two_views_of_one_definition_on_every_day_of_20_years() {
        let days = [1, 28, 29, 30, 31, 90, 365, 366, 3_653].map(|n| (n, Unit::Days));
        let months = [1, 2, 11, 12, 14, 18, 120].map(|n| (n, Unit::Months));
        let years = [1, 2, 4, 7, 10].map(|n| (n, Unit::Years));
        for (amount, unit) in days.into_iter().chain(months).chain(years) {
            let period = Period::new(amount, unit);
            for today in date(2023, 12, 1).series(1.day()).take(20 * 366) {
                let cutoff = period.cutoff(today);
                let next = cutoff.tomorrow().expect("a day");
                assert!(period.has_run(cutoff, today), "{period} from {cutoff} by {today}");
                assert!(!period.has_run(next, today), "{period} from {next} by {today}");
                // The other way round: a start is cut off from the day on which it is due.
                let due = period.after(today);
                assert!(period.cutoff(due) >= today, "{period} from {today}");
                let before = due.yesterday().expect("a day");
                assert!(period.cutoff(before) < today, "{period} from {today}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_start_has_run_exactly_if_it_is_not_after_the_cutoff(
            amount in 1u16..=100, unit in 0..3, start in 0i64..9_000, until in 0i64..40_000,
        ) {
            let unit = [Unit::Days, Unit::Months, Unit::Years][unit as usize];
            let period = Period::new(amount, unit);
            let start = date(2019, 1, 1) + start.days();
            let today = start + until.days();
            for today in [today, period.after(start), period.after(start) - 1.day()] {
                prop_assert_eq!(period.has_run(start, today), start <= period.cutoff(today));
            }
        }

        #[test]
        fn a_written_period_reads_back(amount in 1u16..=100, unit in 0..3) {
            let unit = ["days", "months", "years"][unit as usize];
            let period: Period = format!("{amount} {unit}").parse().expect("a period");
            prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        }
    }
}
