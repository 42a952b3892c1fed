//! How much a piece of JSON may hold.

use std::collections::HashSet;
use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};

use super::encoding::{NotText, text};

/// What some JSON may measure. Lengths are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// How deep arrays and objects nest.
    pub depth: usize,
    /// How many fields and elements there are in all, at every depth.
    pub values: usize,
    /// How long the name of a field is.
    pub name: usize,
    /// How long the paths to all values are together: the names above a value count
    /// once for each value below them, as they do wherever they are shown.
    pub paths: usize,
}

/// For what is held: a record, a person, an event. A transcript of two hours in
/// sentences, with speaker and time each, is about half of it.
pub const DATA: Bounds = Bounds { depth: 32, values: 10_000, name: 200, paths: 2_000_000 };

/// For what another service answers or tells us of: lists of a hundred things, of
/// which we read a few fields.
pub const ANSWER: Bounds = Bounds { depth: 64, values: 100_000, name: 1_000, paths: 20_000_000 };

/// For a policy and its tenant, which people write.
pub const DOCUMENT: Bounds = Bounds { depth: 16, values: 50_000, name: 200, paths: 10_000_000 };

/// More than may be. Names nothing of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// It nests too deep.
    #[error("it nests deeper than {0} levels")]
    Depth(usize),
    /// It has too many fields and elements.
    #[error("it has more than {0} fields and elements")]
    Values(usize),
    /// A field's name is too long.
    #[error("the name of a field is longer than {0} bytes")]
    Name(usize),
    /// Long names stand above very many values.
    #[error(
        "the names of its fields, repeated for each value below them, are longer than {0} bytes"
    )]
    Paths(usize),
    /// One object says the same field twice, so that nobody knows what is meant
    /// (RFC 8259, section 4).
    #[error("an object has the same field twice")]
    Twice,
}

/// Why some JSON is not read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// There is too much of it.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// It is no JSON, or not what is expected.
    #[error(transparent)]
    Malformed(#[from] serde_json::Error),
}

/// Reads what is expected, if the text keeps within the bounds. It is measured
/// first, which takes no more memory than the names of the fields that are open.
pub fn read<T: DeserializeOwned>(json: &[u8], bounds: &Bounds) -> Result<T, Unreadable> {
    let json = text(json)?;
    if let Err(too_much) = measure(&mut serde_json::Deserializer::from_str(json), bounds) {
        return Err(too_much.into());
    }
    Ok(serde_json::from_str(json)?)
}

/// Walks through a value of any format and says where it goes out of bounds. One
/// that cannot be read has nothing more to be measured: reading it tells why.
pub fn measure<'de>(value: impl Deserializer<'de>, bounds: &Bounds) -> Result<(), TooMuch> {
    let mut walk = Walk { bounds, depth: 0, values: 0, path: 0, paths: 0, found: None };
    let _ = (&mut walk).deserialize(value);
    walk.found.map_or(Ok(()), Err)
}

struct Walk<'b> {
    bounds: &'b Bounds,
    depth: usize,
    values: usize,
    /// How long the path to where the walk stands is.
    path: usize,
    /// How long the paths until here are together.
    paths: usize,
    found: Option<TooMuch>,
}

impl Walk<'_> {
    fn within<E: Error>(&mut self, fits: bool, otherwise: TooMuch) -> Result<(), E> {
        if fits {
            return Ok(());
        }
        self.found = Some(otherwise);
        Err(E::custom(otherwise))
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        self.within(self.depth <= self.bounds.depth, TooMuch::Depth(self.bounds.depth))
    }

    /// One more value, behind a step of that many bytes.
    fn step<E: Error>(&mut self, length: usize) -> Result<(), E> {
        let bounds = self.bounds;
        self.values += 1;
        self.within(self.values <= bounds.values, TooMuch::Values(bounds.values))?;
        self.path += length + 1;
        self.paths += self.path;
        self.within(self.paths <= bounds.paths, TooMuch::Paths(bounds.paths))
    }
}

impl<'de> DeserializeSeed<'de> for &mut Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// A value that is measured and dropped.
macro_rules! passes {
    ($($visit:ident: $type:ty),+) => {
        $(fn $visit<E: Error>(self, _: $type) -> Result<(), E> { Ok(()) })+
    };
}

impl<'de> Visitor<'de> for &mut Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    passes!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128);
    passes!(visit_u128: u128, visit_f64: f64, visit_str: &str, visit_bytes: &[u8]);

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.enter()?;
        let path = self.path;
        let mut number = 0_usize;
        while items.next_element_seed(Element { walk: self, number })?.is_some() {
            self.path = path;
            number += 1;
        }
        self.depth -= 1;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        self.enter()?;
        let path = self.path;
        let mut seen = HashSet::new();
        while let Some(name) = fields.next_key_seed(Name(self))? {
            self.step(name.len())?;
            self.within(seen.insert(name), TooMuch::Twice)?;
            fields.next_value_seed(&mut *self)?;
            self.path = path;
        }
        self.depth -= 1;
        Ok(())
    }
}

/// An element of an array. It counts once it is there.
struct Element<'w, 'b> {
    walk: &'w mut Walk<'b>,
    number: usize,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let digits = self.number.checked_ilog10().map_or(1, |log| log as usize + 1);
        self.walk.step(digits)?;
        deserializer.deserialize_any(self.walk)
    }
}

/// The name of a field, looked at before it is copied.
struct Name<'w, 'b>(&'w mut Walk<'b>);

impl<'de> DeserializeSeed<'de> for Name<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<String, E> {
        let longest = self.0.bounds.name;
        self.0.within(name.len() <= longest, TooMuch::Name(longest))?;
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const SMALL: Bounds = Bounds { depth: 3, values: 6, name: 4, paths: 30 };

    fn of(json: &str) -> Result<Value, TooMuch> {
        read(json.as_bytes(), &SMALL).map_err(|error| match error {
            Unreadable::TooMuch(too_much) => too_much,
            other => panic!("{other}: {json}"),
        })
    }

    #[test]
    fn each_bound_holds_and_what_is_just_within_it_is_read() {
        for (json, expected) in [
            (r#"[[[1]]]"#, Ok(())),
            (r#"[[[[1]]]]"#, Err(TooMuch::Depth(3))),
            (r#"{"a":{"b":{"c":{}}}}"#, Err(TooMuch::Depth(3))),
            (r#"[1,2,3,4,5,6]"#, Ok(())),
            (r#"[1,2,3,4,5,6,7]"#, Err(TooMuch::Values(6))),
            (r#"{"a":[1,2],"b":[3,4]}"#, Ok(())),
            (r#"{"a":[1,2],"b":[3,4,5]}"#, Err(TooMuch::Values(6))),
            (r#"{"abcd":1}"#, Ok(())),
            (r#"{"abcde":1}"#, Err(TooMuch::Name(4))),
            (r#"{"\u0061bcde":1}"#, Err(TooMuch::Name(4))),
            (r#"{"ääa":1}"#, Err(TooMuch::Name(4))),
            // 5 for the field, and 7 for each element.
            (r#"{"abcd":[1,2,3]}"#, Ok(())),
            (r#"{"abcd":[1,2,3,4]}"#, Err(TooMuch::Paths(30))),
            (r#"{"a":1,"b":{"a":1}}"#, Ok(())),
            (r#"{"a":1,"a":1}"#, Err(TooMuch::Twice)),
            (r#"[{"a":1,"\u0061":2}]"#, Err(TooMuch::Twice)),
        ] {
            assert_eq!(of(json).map(drop), expected, "{json}");
        }
    }

    /// A name of half a megabyte above a quarter of a million elements: a path for
    /// each would be 125 GB.
    #[test]
    fn hostile_data_is_refused_before_anything_is_built_of_it() {
        let zeros = |many: usize| vec!["0"; many].join(",");
        let wide = (0..50_000).map(|n| format!("\"{n}\":0")).collect::<Vec<_>>().join(",");
        let name = "k".repeat(200);
        for (json, expected) in [
            (format!(r#"{{"{}":[{}]}}"#, "k".repeat(500_000), zeros(9)), TooMuch::Name(200)),
            (format!(r#"{{"{name}":[{}]}}"#, zeros(9_999)), TooMuch::Paths(2_000_000)),
            (format!("[{}]", zeros(250_000)), TooMuch::Values(10_000)),
            (format!("{{{wide}}}"), TooMuch::Values(10_000)),
            ("[".repeat(500_000), TooMuch::Depth(32)),
            (r#"{"a":"#.repeat(100_000), TooMuch::Depth(32)),
            (format!("[{}]", vec!["[]"; 100_000].join(",")), TooMuch::Values(10_000)),
            (format!("[{}]", vec!["{}"; 100_000].join(",")), TooMuch::Values(10_000)),
        ] {
            let found = read::<Value>(json.as_bytes(), &DATA).map_err(|error| error.to_string());
            assert_eq!(found, Err(expected.to_string()), "{}", &json[..40]);
        }
    }

    #[test]
    fn what_is_no_json_is_told_by_its_reader() {
        for json in ["", "{", "[1,", r#"{"a" 1}"#, "nothing", &"9".repeat(500_000), "1e999"] {
            let found = read::<Value>(json.as_bytes(), &DATA);
            assert!(matches!(found, Err(Unreadable::Malformed(_))), "{found:?}");
        }
    }

    #[test]
    fn a_value_that_is_there_already_is_measured_too() {
        assert_eq!(measure(json!({"a": [1, null, "x", 1.5, true]}), &SMALL), Ok(()));
        assert_eq!(measure(json!([[[[]]]]), &SMALL), Err(TooMuch::Depth(3)));
    }

    proptest! {
        #[test]
        fn what_passes_is_what_serde_reads(json in "[\\[\\]{}:,\"a-c0-9 ]{0,40}") {
            let wide = Bounds { depth: 100, values: 100, name: 100, paths: 10_000 };
            match read::<Value>(json.as_bytes(), &wide) {
                Ok(value) => prop_assert_eq!(serde_json::from_str::<Value>(&json).ok(), Some(value)),
                Err(Unreadable::Malformed(_)) => {
                    prop_assert!(serde_json::from_str::<Value>(&json).is_err());
                }
                Err(Unreadable::TooMuch(too_much)) => prop_assert_eq!(too_much, TooMuch::Twice),
                Err(Unreadable::NotText(not)) => prop_assert!(false, "{}", not),
            }
        }
    }
}
