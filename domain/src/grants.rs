//! What a token of the API may do: one table.

use std::collections::BTreeSet;
use std::fmt;

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grant {
    /// Tell the portal of people, records, events and disclosures.
    Write,
    /// Read what the portal was told, without the data itself.
    Read,
    /// Open the erasure of a person.
    Erase,
    /// Ask what a person's data may be used for.
    Permissions,
}

/// What one token allows, together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants(BTreeSet<Grant>);

impl Grant {
    /// Every one.
    pub const ALL: [Grant; 4] = [Grant::Write, Grant::Read, Grant::Erase, Grant::Permissions];

    /// The name under which it is stored and shown to integrators.
    pub fn name(self) -> &'static str {
        match self {
            Grant::Write => "write",
            Grant::Read => "read",
            Grant::Erase => "erase",
            Grant::Permissions => "permissions",
        }
    }

    /// The grant of that name.
    pub fn named(name: &str) -> Option<Grant> {
        Grant::ALL.into_iter().find(|grant| grant.name() == name)
    }
}

impl Grants {
    /// Whether a grant is among them.
    pub fn allow(&self, grant: Grant) -> bool {
        self.0.contains(&grant)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Grant> {
        self.0.iter().copied()
    }

    /// Reads what [`Grants`] prints. A name that is not known allows nothing.
    pub fn parse(text: &str) -> Grants {
        text.split(' ').filter_map(Grant::named).collect()
    }
}

impl FromIterator<Grant> for Grants {
    fn from_iter<I: IntoIterator<Item = Grant>>(grants: I) -> Grants {
        Grants(grants.into_iter().collect())
    }
}

impl fmt::Display for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Grant::name).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_reads_back_and_the_unknown_allows_nothing() {
        for grant in Grant::ALL {
            let one = Grants::from_iter([grant]);
            assert_eq!(Grants::parse(&one.to_string()), one);
            for other in Grant::ALL {
                assert_eq!(one.allow(other), other == grant);
            }
        }
        let all: Grants = Grant::ALL.into_iter().collect();
        assert_eq!(Grants::parse(&all.to_string()), all);
        assert!(Grants::parse("everything Write *").is_empty());
    }
}
