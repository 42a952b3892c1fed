//! Kinds of records: what a record of each looks like, as published JSON Schemas.
//!
//! What a schema does not name is kept too, and shown as labelled fields.

/// How the name of a kind begins that a tenant has made up itself. It has no
/// schema.
pub const OWN: &str = "x-";

/// A kind of records with its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// Its JSON Schema (draft 2020-12).
    pub schema: &'static str,
}

macro_rules! kinds {
    ($($name:literal),+ $(,)?) => {
        /// Every kind that has a schema.
        pub const KINDS: &[Kind] = &[
            $(Kind { name: $name, schema: include_str!(concat!($name, ".schema.json")) }),+
        ];
    };
}

kinds![
    "profile",
    "stripe-customer",
    "stripe-payment",
    "subscription",
    "billing-details",
    "invoice",
    "course-progress",
    "message",
    "call-recording",
    "transcript",
    "consent",
    "technical-log",
    "usage-event",
    "erp-data-set",
    "trained-model",
];

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// Whether a record may have a kind of that name.
pub fn is_allowed(name: &str) -> bool {
    name.starts_with(OWN) || kind(name).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_schema_is_json_that_says_what_each_field_is() {
        for kind in KINDS {
            let schema: Value = serde_json::from_str(kind.schema).expect(kind.name);
            assert_eq!(schema["$id"], format!("kinds/{}.schema.json", kind.name));
            let fields = schema["properties"].as_object().expect(kind.name);
            assert!(!fields.is_empty(), "{}", kind.name);
            for (name, field) in fields {
                assert!(field["description"].is_string(), "{} {name}", kind.name);
            }
        }
    }

    #[test]
    fn made_up_kinds_say_so() {
        assert!(is_allowed("profile") && is_allowed("x-loyalty-card"));
        assert!(!is_allowed("loyalty-card") && !is_allowed(""));
    }
}
