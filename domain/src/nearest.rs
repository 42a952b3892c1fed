//! What somebody has meant who wrote a name that is not known.

use std::fmt;

/// The known name that is meant, if one is near enough. Shown behind an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meant(Option<String>);

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(name) => write!(f, ": did you mean “{name}”?"),
            None => Ok(()),
        }
    }
}

/// The known name that is nearest to another, if only about a quarter of its letters are
/// different, or two neighbours are the other way round.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Meant {
    let apart = |known: &str| strsim::damerau_levenshtein(name, known);
    let enough = (name.chars().count() / 4).max(1);
    let near = known.into_iter().map(|known| (apart(known), known));
    let near = near.filter(|(apart, _)| *apart <= enough).min();
    Meant(near.map(|(_, known)| known.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_meant() {
        let known = ["subscription-cancelled", "subscription-renewed", "account-closed", "crm"];
        for (name, expected) in [
            ("subscription-canceled", ": did you mean “subscription-cancelled”?"),
            ("subscription-cancelled-2", ": did you mean “subscription-cancelled”?"),
            ("acount-closed", ": did you mean “account-closed”?"),
            ("cmr", ": did you mean “crm”?"),
            ("logged-in", ""),
            ("", ""),
        ] {
            assert_eq!(nearest(name, known).to_string(), expected, "{name}");
        }
    }
}
