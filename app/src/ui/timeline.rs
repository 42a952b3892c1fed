//! How long something is kept, as a thin line with today marked on it.

use domain::words::Words;
use jiff::civil::Date;
use leptos::prelude::*;

/// A stretch of time that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeline {
    /// When it began.
    pub from: Date,
    /// When it ends.
    pub until: Date,
    /// Today.
    pub today: Date,
}

impl Timeline {
    /// The line, and under it the message `said` with the date of its end.
    pub fn view(self, words: Words, said: &str) -> AnyView {
        let share = percent(self.from, self.until, self.today);
        let description = words.with(
            "timeline-described",
            &[
                ("from", words.date(self.from).into()),
                ("until", words.date(self.until).into()),
                ("today", words.date(self.today).into()),
                ("share", share.into()),
            ],
        );
        let here = format!("{share}%");
        view! {
            <span class="drawn">
                <svg class="timeline" role="img" aria-label=description>
                    <line class="track" x1="0" x2="100%" y1="6" y2="6"/>
                    <line class="past" x1="0" x2=here.clone() y1="6" y2="6"/>
                    <line class="end" x1="100%" x2="100%" y1="1" y2="11"/>
                    <circle class="now" cx=here cy="6" r="4"/>
                </svg>
                <span>{words.with(said, &[("date", words.date(self.until).into())])}</span>
            </span>
        }
        .into_any()
    }
}

/// Where `day` lies between two dates, in whole percent from 0 to 100.
pub fn percent(from: Date, until: Date, day: Date) -> u8 {
    let days = |end: Date| from.until(end).map_or(0, |span| i64::from(span.get_days()));
    let whole = days(until).max(1);
    let share = days(day).clamp(0, whole) * 100 / whole;
    u8::try_from(share).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn percents() {
        let (from, until) = (date(2026, 1, 1), date(2026, 1, 11));
        let cases = [
            (date(2025, 1, 1), 0),
            (date(2026, 1, 1), 0),
            (date(2026, 1, 6), 50),
            (date(2026, 1, 11), 100),
            (date(2030, 1, 1), 100),
        ];
        for (day, expected) in cases {
            assert_eq!(percent(from, until, day), expected, "{day}");
        }
        assert_eq!(percent(from, from, from), 0);
        assert_eq!(percent(date(2016, 1, 1), date(2026, 1, 1), date(2021, 1, 1)), 50);
    }
}
