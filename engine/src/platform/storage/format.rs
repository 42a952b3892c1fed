//! In which format something is stored, and reading what another version wrote.
//!
//! Nodes of this version and the next serve side by side, and somebody may go back
//! to this one. So whatever is stored as JSON says by a small number how it is
//! written. **The number grows only by a change that whoever does not know it must
//! not overlook**; all else is one more field, which earlier versions ignore.
//! What has a greater number, or what this version has no words for, is left to
//! the newer one ([`Failure::Newer`]); it is never read by halves, and never
//! written back with something lost.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::platform::failure::Failure;

/// How something is stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Format {
    /// What it is, for messages.
    what: &'static str,
    number: i64,
    /// Brings what has that earlier number to this one.
    upgrade: fn(i64, Value) -> Value,
}

/// The one field that is looked at first. Without it, the format is the first.
#[derive(Deserialize)]
struct Head {
    format: i64,
}

impl Format {
    /// The first format of something.
    pub const fn first(what: &'static str) -> Format {
        Format { what, number: 1, upgrade: |_, value| value }
    }

    /// A later one, and how it is reached from those before it.
    #[cfg(test)]
    pub const fn later(self, number: i64, upgrade: fn(i64, Value) -> Value) -> Format {
        Format { number, upgrade, ..self }
    }

    /// Writes it, with its number if it is an object.
    pub fn write(self, it: &impl Serialize) -> Result<Vec<u8>, Failure> {
        // What serde says of it could quote it.
        let mut value = serde_json::to_value(it).map_err(|_| Failure::corrupt(self.what))?;
        if let Value::Object(fields) = &mut value {
            fields.insert("format".to_owned(), self.number.into());
        }
        serde_json::to_vec(&value).map_err(|_| Failure::corrupt(self.what))
    }

    /// The same as text.
    pub fn write_text(self, it: &impl Serialize) -> Result<String, Failure> {
        String::from_utf8(self.write(it)?).map_err(|_| Failure::corrupt(self.what))
    }

    /// Reads it, to be looked at.
    pub fn read<T: DeserializeOwned>(self, stored: &[u8]) -> Result<T, Failure> {
        let number = serde_json::from_slice(stored).map_or(1, |Head { format }| format);
        if number > self.number {
            return Err(Failure::Newer(self.what));
        }
        if number < self.number {
            let value = (self.upgrade)(number, self.json(stored)?);
            return serde_json::from_value(value).map_err(|_| Failure::Newer(self.what));
        }
        match serde_json::from_slice(stored) {
            Ok(it) => Ok(it),
            // A field, a name or a value that this version does not know.
            Err(_) => self.json(stored).and(Err(Failure::Newer(self.what))),
        }
    }

    /// Reads it, to be written again: nothing of it may be unknown here.
    pub fn read_to_change<T: DeserializeOwned + Serialize>(
        self,
        stored: &[u8],
    ) -> Result<T, Failure> {
        let it = self.read(stored)?;
        let known: Value = serde_json::from_slice(&self.write(&it)?).unwrap_or_default();
        if loses(&self.json(stored)?, &known) {
            return Err(Failure::Newer(self.what));
        }
        Ok(it)
    }

    fn json(self, stored: &[u8]) -> Result<Value, Failure> {
        serde_json::from_slice(stored).map_err(|_| Failure::corrupt(self.what))
    }
}

/// Whether a field of what is stored is missing in what would be written.
fn loses(stored: &Value, written: &Value) -> bool {
    match (stored, written) {
        (Value::Object(stored), Value::Object(written)) => stored
            .iter()
            .filter(|(_, value)| !value.is_null())
            .any(|(name, value)| written.get(name).is_none_or(|other| loses(value, other))),
        (Value::Array(stored), Value::Array(written)) => {
            stored.len() > written.len()
                || stored.iter().zip(written).any(|(value, other)| loses(value, other))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CARD: Format = Format::first("a card");

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Card {
        name: String,
        inks: Vec<Ink>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Ink {
        colour: Colour,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Colour {
        Red,
    }

    fn card() -> Card {
        Card { name: "A".into(), inks: vec![Ink { colour: Colour::Red }] }
    }

    fn stored(value: Value) -> Vec<u8> {
        value.to_string().into_bytes()
    }

    #[test]
    fn what_is_written_reads_back_with_its_number_and_without() {
        let written = CARD.write(&card()).unwrap();
        let value: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(value["format"], 1);
        assert_eq!(CARD.read::<Card>(&written).unwrap(), card());
        assert_eq!(CARD.read_to_change::<Card>(&written).unwrap(), card());
        let before = stored(json!({ "name": "A", "inks": [{ "colour": "Red" }] }));
        assert_eq!(CARD.read_to_change::<Card>(&before).unwrap(), card());
    }

    #[test]
    fn what_a_newer_version_added_is_ignored_and_never_lost() {
        for further in [
            json!({ "name": "A", "inks": [{ "colour": "Red" }], "size": 3 }),
            json!({ "name": "A", "inks": [{ "colour": "Red", "gloss": true }], "format": 1 }),
        ] {
            let further = stored(further);
            assert_eq!(CARD.read::<Card>(&further).unwrap(), card());
            let changed = CARD.read_to_change::<Card>(&further);
            assert!(matches!(changed, Err(Failure::Newer("a card"))), "{changed:?}");
        }
    }

    #[test]
    fn what_must_not_be_overlooked_is_left_to_the_newer_version() {
        for newer in [
            json!({ "name": "A", "inks": [{ "colour": "Red" }], "format": 2 }),
            json!({ "name": "A", "inks": [{ "colour": "Blue" }] }),
            json!({ "title": "A" }),
            json!(["A"]),
        ] {
            let read = CARD.read::<Card>(&stored(newer));
            assert!(matches!(read, Err(Failure::Newer("a card"))), "{read:?}");
        }
        let broken = CARD.read::<Card>(b"{\"name\":");
        assert!(matches!(broken, Err(Failure::Corrupt(_))), "{broken:?}");
    }

    #[test]
    fn what_an_earlier_version_wrote_is_brought_up() {
        let second = CARD.later(2, |_, mut value| {
            let name = value["title"].take();
            json!({ "name": name, "inks": [] })
        });
        let read: Card = second.read(&stored(json!({ "title": "A", "format": 1 }))).unwrap();
        assert_eq!(read, Card { name: "A".into(), inks: vec![] });
    }
}
