//! A request in a line, as the list and its own page show it.

use domain::requests::{Right, State as Stands};
use domain::words::Words;
use engine::requests::Row;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::visit::Visit;

/// A request with its dates on the tenant's calendar.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub row: Row,
    pub received: Date,
    pub closed: Option<Date>,
}

impl Line {
    pub fn of(visit: &Visit, row: &Row) -> Line {
        Line {
            received: visit.scope.date_of(row.received_at),
            closed: row.closed_at.map(|at| visit.scope.date_of(at)),
            row: row.clone(),
        }
    }
}

pub(super) fn person(words: Words, row: &Row) -> String {
    row.person.clone().unwrap_or_else(|| words.text("desk-nobody"))
}

pub(super) fn date(words: Words, day: Date) -> AnyView {
    view! { <time datetime=day.to_string()>{words.date_short(day)}</time> }.into_any()
}

/// Who has to move next. What a machine can do it does by itself.
pub(super) fn mover(words: Words, row: &Row) -> String {
    words.text(match (row.state, row.right) {
        (Stands::WaitingForPerson | Stands::Verifying, _) => "desk-moves-person",
        (Stands::InProgress, Right::Access | Right::Erasure) => "desk-moves-portal",
        (state, _) if state.is_closed() => "desk-moves-nobody",
        _ => "desk-moves-team",
    })
}

pub(super) fn state_name(state: Stands) -> &'static str {
    match state {
        Stands::Received => "desk-state-received",
        Stands::Verifying => "desk-state-verifying",
        Stands::InProgress => "desk-state-in-progress",
        Stands::WaitingForPerson => "desk-state-waiting-for-person",
        Stands::Fulfilled => "desk-state-fulfilled",
        Stands::PartlyFulfilled => "desk-state-partly-fulfilled",
        Stands::Refused => "desk-state-refused",
        Stands::Withdrawn => "desk-state-withdrawn",
        Stands::Lapsed => "desk-state-lapsed",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use domain::identifiers::Language;
    use domain::requests::Regime;
    use engine::storage::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::{Date, Line, Right, Row, Stands, Words};
    use crate::ui::chrome::{Chrome, TenantLook};

    pub fn chrome(language: Language) -> Chrome {
        Chrome {
            words: Words::new(language),
            tenant: Some(TenantLook {
                name: "Acme".into(),
                tagline: None,
                theme_href: None,
                suspended: false,
            }),
            path: "/desk".into(),
            languages: Language::ALL.to_vec(),
            explicit_language: false,
            viewer: None,
            css_href: "/assets/candor.css".into(),
            script_href: None,
        }
    }

    pub fn line(due: Date, state: Stands) -> Line {
        let closed = state.is_closed().then_some(date(2026, 5, 1));
        Line {
            row: Row {
                id: Uuid::from_u128(7),
                reference: "R-1".into(),
                person: Some("<b>Ann".into()),
                right: Right::Correction,
                regime: Regime::Gdpr,
                state,
                received_at: Timestamp(0),
                due_on: due,
                closed_at: closed.map(|_| Timestamp(0)),
            },
            received: date(2026, 4, 10),
            closed,
        }
    }
}
