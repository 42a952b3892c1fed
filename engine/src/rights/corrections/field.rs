//! The fields of a record that can be corrected, and what may be written into
//! them.

use domain::cards::find_card;
use domain::passwords::find_password;
use domain::policy::facts::Category;
use domain::texts::{Limit, Unfit};
use serde_json::{Map, Value, json};

/// What may be typed as a value.
const VALUE: Limit = Limit::text(2000);

/// A field of a record, as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the record.
    pub name: String,
    /// Its value as text; empty if the record has none.
    pub value: String,
    /// Whether a change of it is made at once.
    pub at_once: bool,
    is_number: bool,
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Too long.
    #[error("write at most 2000 characters")]
    Long,
    /// Characters that are not seen, or turn the text around.
    #[error("write visible characters only")]
    Characters,
    /// The field holds a number.
    #[error("write a number")]
    Number,
    /// What looks like card details (L2).
    #[error("card details are not held here")]
    Card,
    /// What looks like a password or its hash (L1).
    #[error("passwords are not held here")]
    Password,
}

/// The fields of a record with one value each, those that the policy lets people
/// fill in where they are missing among them.
pub(super) fn fields(category: Option<&Category>, data: &Map<String, Value>) -> Vec<Field> {
    let lets_edit = |name: &str| category.is_some_and(|category| category.lets_edit(name));
    let held = data.iter().filter_map(|(name, value)| {
        let text = text(value)?;
        // A source that sent a password by mistake does not have it shown (L1).
        let secret = find_password(&json!({ name: value })).is_some();
        (!secret).then(|| Field {
            name: name.clone(),
            value: text,
            at_once: lets_edit(name),
            is_number: value.is_number(),
        })
    });
    let missing = category
        .into_iter()
        .flat_map(|category| &category.editable)
        .filter(|name| lets_edit(name) && data.get(*name).is_none_or(Value::is_null));
    let missing = missing.map(|name| Field {
        name: name.clone(),
        value: String::new(),
        at_once: true,
        is_number: false,
    });
    held.chain(missing).collect()
}

/// A value that stands in one line of a form.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Field {
    /// What was typed as a value of this field; nothing typed takes it away.
    pub(super) fn checked(&self, typed: &str) -> Result<Value, Wrong> {
        match VALUE.check(typed) {
            Err(Unfit::TooLong(_) | Unfit::Empty) => return Err(Wrong::Long),
            Err(Unfit::Control) => return Err(Wrong::Characters),
            Err(Unfit::Card(_) | Unfit::CardField(_)) => return Err(Wrong::Card),
            Ok(()) => {}
        }
        let value = match (typed, self.is_number) {
            ("", _) => Value::Null,
            (number, true) => number.parse().map(Value::Number).map_err(|_| Wrong::Number)?,
            (text, false) => Value::String(text.to_owned()),
        };
        let whole = json!({ self.name.as_str(): value });
        if find_card(&whole).is_some() {
            return Err(Wrong::Card);
        }
        if find_password(&whole).is_some() {
            return Err(Wrong::Password);
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(is_number: bool) -> Field {
        Field { name: "name".into(), value: String::new(), at_once: true, is_number }
    }

    #[test]
    fn l1_l2_what_is_never_held_is_not_written_either() {
        let bad = [
            ("4242 4242 4242 4242", Wrong::Card),
            ("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", Wrong::Password),
            ("Ada\u{202e}retniW", Wrong::Characters),
            ("Ada\0", Wrong::Characters),
        ];
        for (typed, wrong) in bad {
            assert_eq!(field(false).checked(typed), Err(wrong), "{typed:?}");
        }
        assert_eq!(field(false).checked(&"x".repeat(2001)), Err(Wrong::Long));
        assert_eq!(field(false).checked("Zoë 株"), Ok(json!("Zoë 株")));
        assert_eq!(field(false).checked(""), Ok(Value::Null));
        assert_eq!(field(true).checked("4900"), Ok(json!(4900)));
        assert_eq!(field(true).checked("many"), Err(Wrong::Number));
    }

    #[test]
    fn only_single_values_are_offered() {
        let data = json!({
            "name": "Ada", "amount": 4900, "modules": [], "done": true, "none": null,
            "password": "hush",
        });
        let Value::Object(data) = data else { panic!("an object") };
        let names: Vec<_> =
            fields(None, &data).into_iter().map(|field| (field.name, field.at_once)).collect();
        assert_eq!(names, [("amount".to_owned(), false), ("name".to_owned(), false)]);
    }
}
