//! What somebody calls a passkey.

use std::str::FromStr;

/// The longest name, in characters.
const LONGEST: usize = 60;

/// A name with which its owner recognises a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyName(String);

/// Not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name has one to sixty characters")]
pub struct NotAName;

impl PasskeyName {
    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PasskeyName {
    type Err = NotAName;
    fn from_str(text: &str) -> Result<PasskeyName, NotAName> {
        let name = text.trim();
        let fits = (1..=LONGEST).contains(&name.chars().count());
        let clean = !name.chars().any(char::is_control);
        (fits && clean).then(|| PasskeyName(name.to_owned())).ok_or(NotAName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_in_one_line() {
        assert_eq!("  My phone ".parse::<PasskeyName>().unwrap().as_str(), "My phone");
        assert!("ü".repeat(60).parse::<PasskeyName>().is_ok());
        for wrong in ["", "  ", "a\nb", &"a".repeat(61)] {
            assert!(wrong.parse::<PasskeyName>().is_err(), "{wrong:?}");
        }
    }
}
