//! A calendar date in the database.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use sea_orm::DeriveValueType;

/// A calendar date as the number of days since 1970-01-01, so that both
/// databases compare and index it alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveValueType)]
pub struct Day(pub i64);

const EPOCH: Date = date(1970, 1, 1);

impl From<Date> for Day {
    fn from(day: Date) -> Day {
        // Dates of the calendar lie within 9999 years of the epoch.
        Day(EPOCH.until(day).map_or(0, |span| i64::from(span.get_days())))
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        EPOCH.saturating_add(day.0.clamp(-4_000_000, 2_900_000).days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_back() {
        for day in [date(1970, 1, 1), date(2026, 11, 21), date(1899, 12, 31), date(2100, 2, 28)] {
            assert_eq!(Date::from(Day::from(day)), day);
        }
        assert_eq!(Day::from(date(1970, 2, 1)), Day(31));
    }
}
