//! Whether a record looks as its kind says.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::kinds::{KINDS, is_allowed};
use domain::nearest::nearest;
use jsonschema::Validator;
use serde_json::Value;

use super::line::LineError;

static VALIDATORS: LazyLock<HashMap<&'static str, Validator>> = LazyLock::new(|| {
    let compiled = KINDS.iter().filter_map(|kind| {
        let schema = serde_json::from_str(kind.schema).ok()?;
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).ok()?;
        Some((kind.name, validator))
    });
    compiled.collect()
});

/// Checks the data of a record against the schema of its kind; a kind that the
/// tenant made up has none. What is told never quotes the data.
pub(super) fn check(kind: &str, data: &Value) -> Result<(), LineError> {
    if !is_allowed(kind) {
        let meant = nearest(kind, KINDS.iter().map(|kind| kind.name));
        return Err(LineError::UnknownKind(kind.to_owned(), meant));
    }
    let Some(validator) = VALIDATORS.get(kind) else { return Ok(()) };
    let Err(error) = validator.validate(data) else { return Ok(()) };
    let place = match error.instance_path().to_string() {
        place if place.is_empty() => "data".to_owned(),
        place => place,
    };
    Err(LineError::Schema { kind: kind.to_owned(), place, mistake: error.masked().to_string() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_has_a_validator() {
        assert_eq!(VALIDATORS.len(), KINDS.len());
    }

    #[test]
    fn data_is_checked_by_its_kind_and_not_quoted() {
        let told = |kind: &str, data| check(kind, &data).map_err(|error| error.to_string());
        assert_eq!(told("profile", json!({"name": "Ada", "shoe-size": 39})), Ok(()));
        assert_eq!(told("x-loyalty", json!({"anything": [1]})), Ok(()));
        for (kind, data, place) in [
            ("profile", json!({"name": 4711}), "/name"),
            ("course-progress", json!({"course": "C", "modules": [{"title": "t"}]}), "/modules/0"),
            (
                "stripe-payment",
                json!({"payment-intent": "4711", "amount": 1, "currency": "eur"}),
                "/payment-intent",
            ),
            (
                "invoice",
                json!({"invoice": "in_1", "amount": 1, "currency": "eur", "date": "4711"}),
                "/date",
            ),
        ] {
            let told = told(kind, data).unwrap_err();
            assert!(told.contains(place) && !told.contains("4711"), "{told}");
        }
        assert!(told("loyalty", json!({})).unwrap_err().contains("x-"));
    }

    #[test]
    fn e8_a_trained_model_names_its_sources() {
        assert!(check("trained-model", &json!({"model": "M", "trained-on": ["erp-1"]})).is_ok());
        assert!(check("trained-model", &json!({"model": "M", "trained-on": []})).is_err());
        assert!(check("trained-model", &json!({"model": "M"})).is_err());
    }
}
