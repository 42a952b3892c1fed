//! Days used and days left of a request, on a time axis that all rows of a
//! list have in common, so that the eye finds the urgent ones.

use domain::words::Words;
use jiff::civil::Date;
use leptos::prelude::*;

use super::timeline::percent;

/// From how many days left a request is due soon.
const SOON: i32 = 7;

/// The time that all rows of a list show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    /// The left end.
    pub from: Date,
    /// The right end.
    pub until: Date,
}

impl Axis {
    /// The axis that shows all of these requests, and today.
    pub fn of(today: Date, spans: impl IntoIterator<Item = (Date, Date)>) -> Axis {
        spans.into_iter().fold(Axis { from: today, until: today }, |axis, (received, due)| Axis {
            from: axis.from.min(received),
            until: axis.until.max(due),
        })
    }
}

/// How urgent something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// There is time.
    Calm,
    /// Due within a week.
    Soon,
    /// The due date has passed.
    Late,
}

impl Urgency {
    /// How urgent it is to be done by `due`.
    pub fn of(today: Date, due: Date) -> Urgency {
        match days_left(today, due) {
            ..0 => Urgency::Late,
            0..=SOON => Urgency::Soon,
            _ => Urgency::Calm,
        }
    }

    /// The class that colours it.
    pub fn class(self) -> &'static str {
        match self {
            Urgency::Calm => "",
            Urgency::Soon => "soon",
            Urgency::Late => "late",
        }
    }
}

/// "12 days left", "2 days overdue".
pub fn days_left_in_words(words: Words, today: Date, due: Date) -> String {
    let left = days_left(today, due);
    let id = if left < 0 { "deadline-over" } else { "deadline-left" };
    words.with(id, &[("count", left.abs().into())])
}

/// The bar of one request.
pub fn deadline_bar(words: Words, axis: Axis, received: Date, due: Date, today: Date) -> AnyView {
    let at = |day| percent(axis.from, axis.until, day);
    let (start, end, now) = (at(received), at(due), at(today));
    let class = format!("used {}", Urgency::of(today, due).class());
    let percents = |share: u8| format!("{share}%");
    view! {
        <div class="drawn">
            <svg class="deadline" aria-hidden="true">
                <rect class="track" x=percents(start) width=percents(end.saturating_sub(start)) y="4" height="6"/>
                <rect class=class x=percents(start) width=percents(now.saturating_sub(start)) y="4" height="6"/>
                <line class="due" x1=percents(end) x2=percents(end) y1="0" y2="14"/>
                <line class="today" x1=percents(now) x2=percents(now) y1="0" y2="14"/>
            </svg>
            <span>{days_left_in_words(words, today, due)}</span>
        </div>
    }
    .into_any()
}

fn days_left(today: Date, due: Date) -> i32 {
    today.until(due).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn urgency_is_said_in_words_too() {
        let today = date(2026, 3, 10);
        let cases = [
            (date(2026, 3, 8), Urgency::Late, "2 days overdue"),
            (date(2026, 3, 10), Urgency::Soon, "due today"),
            (date(2026, 3, 11), Urgency::Soon, "1 day left"),
            (date(2026, 3, 30), Urgency::Calm, "20 days left"),
        ];
        for (due, urgency, said) in cases {
            assert_eq!(Urgency::of(today, due), urgency);
            assert_eq!(days_left_in_words(Words::new(Language::En), today, due), said);
        }
    }
}
