//! Passwords and their hashes, which never belong among what is held (L1).

use serde_json::Value;

use crate::json::{Step, find};

/// Where in some JSON a password or its hash stands, as a JSON pointer.
///
/// A field named like a password counts whatever it holds, and a text that looks
/// like a bcrypt, Argon2 or scrypt hash counts wherever it stands.
pub fn find_password(value: &Value) -> Option<String> {
    let found = find(value, |step, value| {
        let named = matches!(step, Step::Field(name) if is_named_so(name)) && !value.is_null();
        let secret = named || value.as_str().is_some_and(is_hash);
        secret.then_some(())
    });
    found.map(|(place, ())| place)
}

fn is_named_so(name: &str) -> bool {
    let name: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    ["password", "passwordhash", "passwd", "passwort", "hashedpassword"].contains(&name.as_str())
}

fn is_hash(text: &str) -> bool {
    let bcrypt =
        text.len() == 60 && ["$2a$", "$2b$", "$2x$", "$2y$"].iter().any(|p| text.starts_with(p));
    bcrypt || text.starts_with("$argon2") || text.starts_with("$scrypt$")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn l1_a_password_is_found_wherever_it_stands() {
        let hash = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";
        for (value, place) in [
            (json!({ "Password": "x" }), "/Password"),
            (json!({ "a": [{ "password-hash": 1 }] }), "/a/0/password-hash"),
            (json!({ "a": ["b", hash] }), "/a/1"),
            (json!({ "x": "$argon2id$v=19$m=1" }), "/x"),
        ] {
            assert_eq!(find_password(&value).as_deref(), Some(place));
        }
        for harmless in [
            json!({ "subject": "I forgot my password" }),
            json!({ "password": null, "text": "$2b$ is a price" }),
        ] {
            assert_eq!(find_password(&harmless), None, "{harmless}");
        }
    }
}
