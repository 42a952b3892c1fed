//! Which events let time run towards a deletion.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::grants::Telling;
use crate::kinds::OWN;
use crate::policy::facts::RECORD;

/// The events that the retention rules of a company's policies wait for: of the one in
/// force, and of every earlier one, since what was asked under it is carried out by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endings {
    starts: BTreeSet<String>,
    stops: BTreeSet<String>,
}

/// Of a rule, only what names events: it is read also where another version of this
/// program has written more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stated {
    facts: StatedFacts,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StatedFacts {
    retention: Vec<StatedRule>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct StatedRule {
    starts: String,
    #[serde(default)]
    cancelled_by: Option<String>,
}

impl Endings {
    /// Adds the events of a version's document, as it is stored.
    ///
    /// # Errors
    /// If it is none.
    pub fn add(&mut self, document: &str) -> Result<(), serde_json::Error> {
        let stated: Stated = serde_json::from_str(document)?;
        for rule in stated.facts.retention {
            // A record's own date is nobody's event.
            self.starts.extend(Some(rule.starts).filter(|name| name != RECORD));
            self.stops.extend(rule.cancelled_by);
        }
        Ok(())
    }

    /// The names of the events that a rule waits for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.starts.union(&self.stops).map(String::as_str)
    }

    /// Whether an event of this name means anything here: a rule waits for it, or a
    /// company has named it for itself (see [`crate::kinds::OWN`]).
    pub fn know(&self, name: &str) -> bool {
        self.starts.contains(name) || self.stops.contains(name) || name.starts_with(OWN)
    }

    /// What an event of this name tells. `before` is how it was named when it was told
    /// before, if it now says something else.
    pub fn telling(&self, before: Option<&str>, name: &str) -> Telling {
        let waited_for = |name: &str| self.starts.contains(name) || self.stops.contains(name);
        if self.starts.contains(name) || before.is_some_and(waited_for) {
            Telling::Ending
        } else {
            Telling::Event
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endings() -> Endings {
        let mut endings = Endings::default();
        let first = r#"{"title":"T","facts":{"retention":[
            {"id":"a","starts":"record"},
            {"id":"b","starts":"subscription-cancelled","cancelled-by":"subscription-renewed"}]}}"#;
        // A later version, with fields that this program does not know.
        let second = r#"{"format":9,"facts":{"retention":[
            {"id":"c","starts":"trial-ended","new":true},
            {"id":"d","starts":"moved-away","cancelled-by":"trial-ended"}]},"more":1}"#;
        endings.add(first).unwrap();
        endings.add(second).unwrap();
        endings.add("{}").unwrap();
        endings
    }

    #[test]
    fn what_no_rule_waits_for_means_nothing() {
        let endings = endings();
        assert_eq!(
            endings.names().collect::<Vec<_>>(),
            ["moved-away", "subscription-cancelled", "subscription-renewed", "trial-ended"]
        );
        for known in ["moved-away", "subscription-renewed", "x-logged-in"] {
            assert!(endings.know(known), "{known}");
        }
        for unknown in ["subscription-canceled", "record", "logged-in", ""] {
            assert!(!endings.know(unknown), "{unknown}");
        }
    }

    #[test]
    fn an_event_ends_if_a_rule_starts_from_it_or_if_it_takes_back_what_one_waits_for() {
        let endings = endings();
        let table = [
            (None, "subscription-cancelled", Telling::Ending),
            (None, "subscription-renewed", Telling::Event),
            (None, "moved-away", Telling::Ending),
            // It stops one rule and starts another.
            (None, "trial-ended", Telling::Ending),
            (None, "logged-in", Telling::Event),
            (None, "record", Telling::Event),
            // Told before, now otherwise.
            (Some("logged-in"), "logged-in", Telling::Event),
            (Some("logged-in"), "subscription-renewed", Telling::Event),
            (Some("logged-in"), "subscription-cancelled", Telling::Ending),
            (Some("subscription-renewed"), "logged-in", Telling::Ending),
            (Some("subscription-renewed"), "subscription-renewed", Telling::Ending),
            (Some("subscription-cancelled"), "logged-in", Telling::Ending),
            (Some("subscription-cancelled"), "subscription-renewed", Telling::Ending),
        ];
        for (before, name, expected) in table {
            assert_eq!(endings.telling(before, name), expected, "{before:?} → {name}");
        }
    }
}
