//! The document's JSON Schema, for editors and integrators, and its hash.

use schemars::schema_for;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Document;

/// The JSON Schema of a policy document, under a name relative to where it is served.
pub fn json_schema() -> Value {
    let mut schema = schema_for!(Document);
    schema.insert("$id".to_owned(), json!("policy-document.schema.json"));
    schema.to_value()
}

/// SHA-256 over the document's canonical JSON: keys in order, no white space.
///
/// Two documents with the same content have the same hash, however they were
/// written; a published version proves with it that it was not changed since.
pub fn content_hash(document: &Document) -> [u8; 32] {
    // A document serialises whatever it holds: it has only text keys.
    hash_of(&serde_json::to_value(document).unwrap_or_default())
}

/// The same over a document that is JSON already.
pub fn hash_of(document: &Value) -> [u8; 32] {
    Sha256::digest(document.to_string().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::document;

    #[test]
    fn the_schema_asks_for_what_a_minimal_document_has() {
        let schema = json_schema();
        assert_eq!(schema["$id"], "policy-document.schema.json");
        let minimal = json!({
            "title": "Privacy",
            "language": "en",
            "controller": { "name": "Acme", "site": "acme.example", "contacts": [] },
        });
        assert!(serde_json::from_value::<Document>(minimal.clone()).is_ok());
        let has_required = |schema: &Value, value: &Value| {
            schema["required"]
                .as_array()
                .expect("a list")
                .iter()
                .all(|key| value.get(key.as_str().expect("a name")).is_some())
        };
        assert!(has_required(&schema, &minimal));
        assert!(has_required(&schema["$defs"]["Controller"], &minimal["controller"]));
        assert!(!has_required(&schema, &json!({"title": "Privacy"})));
    }

    #[test]
    fn a_document_survives_json_and_toml_with_the_same_hash() {
        let document = document();
        let json = serde_json::to_string(&document).expect("JSON");
        let from_json: Document = serde_json::from_str(&json).expect("a document");
        let toml = toml::to_string(&document).expect("TOML");
        let from_toml: Document = toml::from_str(&toml).expect("a document");
        assert_eq!(from_json, document);
        assert_eq!(content_hash(&from_toml), content_hash(&document));
    }

    #[test]
    fn any_change_changes_the_hash() {
        let mut changed = document();
        changed.facts.retention[0].wording.push('!');
        assert_ne!(content_hash(&changed), content_hash(&document()));
    }

    /// The hash relies on it: a dependency that turns on `preserve_order` would
    /// change the hash of every published version.
    #[test]
    fn keys_are_in_order() {
        assert_eq!(json!({"b": 1, "a": 2}).to_string(), r#"{"a":2,"b":1}"#);
    }
}
