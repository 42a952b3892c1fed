//! What endpoints can be told of: every type and its payload. They are published
//! in docs/WEBHOOKS.md; a test holds the two together.
//!
//! A person is named by the tenant's own id, the only one that its systems know.

use domain::identifiers::Slug;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::platform::failure::Failure;
use crate::platform::storage::Timestamp;

/// A type of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    /// A person, or staff for them, corrected something.
    CorrectionMade,
    /// A person asked to be erased: nothing is done with their data any more.
    ErasureAsked,
    /// The erasure was carried out here.
    ErasureDone,
    /// A person gave, withdrew or refused something per purpose.
    ConsentChanged,
    /// An admin tries the endpoint out.
    Test,
}

impl EventType {
    /// Every type.
    pub const ALL: [EventType; 5] = [
        EventType::CorrectionMade,
        EventType::ErasureAsked,
        EventType::ErasureDone,
        EventType::ConsentChanged,
        EventType::Test,
    ];

    /// Those that an endpoint chooses from: a test goes to every one.
    pub fn to_choose() -> impl Iterator<Item = EventType> {
        EventType::ALL.into_iter().filter(|each| *each != EventType::Test)
    }

    /// Its published name.
    pub fn name(self) -> &'static str {
        match self {
            EventType::CorrectionMade => "correction.made",
            EventType::ErasureAsked => "erasure.asked",
            EventType::ErasureDone => "erasure.done",
            EventType::ConsentChanged => "consent.changed",
            EventType::Test => "test",
        }
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<EventType> {
        EventType::ALL.into_iter().find(|each| each.name() == name)
    }

    /// What the receiver must do, in a word.
    pub fn asks_to(self) -> &'static str {
        match self {
            EventType::CorrectionMade => "correct",
            EventType::ErasureAsked => "stop-using",
            EventType::ErasureDone => "erase",
            EventType::ConsentChanged => "respect",
            EventType::Test => "nothing",
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// See [`EventType::CorrectionMade`].
    CorrectionMade(CorrectionMade),
    /// See [`EventType::ErasureAsked`].
    ErasureAsked(ErasureAsked),
    /// See [`EventType::ErasureDone`].
    ErasureDone(ErasureDone),
    /// See [`EventType::ConsentChanged`].
    ConsentChanged(ConsentChanged),
    /// See [`EventType::Test`].
    Test {},
}

/// Which fields of which record are to be set to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionMade {
    /// The tenant's own id of the person.
    pub subject: String,
    /// Where the record came from.
    pub source: String,
    /// The source's own id of the record.
    pub record: String,
    /// The record's category.
    pub category: String,
    /// The new values, by field.
    pub set: Map<String, Value>,
    /// The reference of the request.
    pub request: String,
}

/// Whose data is not used any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErasureAsked {
    /// The tenant's own id of the person.
    pub subject: String,
    /// The reference of the request.
    pub request: String,
    /// By when it is done at the latest.
    pub due: Date,
}

/// Whose data is to be erased everywhere else too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErasureDone {
    /// The tenant's own id of the person.
    pub subject: String,
    /// The reference of the request.
    pub request: String,
    /// Whether nothing was kept because the law demands it.
    pub complete: bool,
}

/// What a person allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentChanged {
    /// The tenant's own id of the person.
    pub subject: String,
    /// The category, if it is about one alone.
    pub category: Option<Slug>,
    /// The purpose, as the policy names it.
    pub purpose: Slug,
    /// Whether the data may be used for it from now on.
    pub granted: bool,
}

impl Event {
    /// Its type.
    pub fn kind(&self) -> EventType {
        match self {
            Event::CorrectionMade(_) => EventType::CorrectionMade,
            Event::ErasureAsked(_) => EventType::ErasureAsked,
            Event::ErasureDone(_) => EventType::ErasureDone,
            Event::ConsentChanged(_) => EventType::ConsentChanged,
            Event::Test {} => EventType::Test,
        }
    }

    /// What is sent.
    pub(super) fn payload(&self, at: Timestamp) -> Result<String, Failure> {
        // What serde says of it could quote it.
        let data = serde_json::to_value(self).map_err(|_| Failure::corrupt("an event"))?;
        Ok(json!({
            "type": self.kind().name(),
            "timestamp": jiff::Timestamp::from(at).to_string(),
            "do": self.kind().asks_to(),
            "data": data,
        })
        .to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of_each() -> Vec<Event> {
        let text = |text: &str| text.to_owned();
        vec![
            Event::CorrectionMade(CorrectionMade {
                subject: text("u-ada"),
                source: text("you"),
                record: text("r-1"),
                category: text("account"),
                set: Map::from_iter([(text("name"), json!("Ada Summer"))]),
                request: text("7F3K-2QX9-M4"),
            }),
            Event::ErasureAsked(ErasureAsked {
                subject: text("u-ada"),
                request: text("7F3K-2QX9-M4"),
                due: jiff::civil::date(2026, 12, 21),
            }),
            Event::ErasureDone(ErasureDone {
                subject: text("u-ada"),
                request: text("7F3K-2QX9-M4"),
                complete: false,
            }),
            Event::ConsentChanged(ConsentChanged {
                subject: text("u-ada"),
                category: None,
                purpose: "analytics".parse().unwrap(),
                granted: false,
            }),
            Event::Test {},
        ]
    }

    #[test]
    fn names_read_back() {
        for each in EventType::ALL {
            assert_eq!(EventType::named(each.name()), Some(each));
        }
        assert!(EventType::to_choose().all(|each| each != EventType::Test));
    }

    /// Whoever receives them reads docs/WEBHOOKS.md: every payload stands there
    /// as it is sent.
    #[test]
    fn every_payload_is_published() {
        let page = include_str!("../../../docs/WEBHOOKS.md");
        let examples: Vec<Value> = page
            .split("```json\n")
            .skip(1)
            .filter_map(|rest| serde_json::from_str(rest.split("```").next()?).ok())
            .collect();
        let at = Timestamp(1_795_262_400_000);
        for event in one_of_each() {
            let sent: Value = serde_json::from_str(&event.payload(at).unwrap()).unwrap();
            assert!(examples.contains(&sent), "{sent} is not in docs/WEBHOOKS.md");
        }
        assert_eq!(one_of_each().len(), EventType::ALL.len());
    }
}
