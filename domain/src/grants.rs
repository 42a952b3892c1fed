//! What a token of the API may do: one table.
//!
//! Each thing that is told takes one grant, [`Telling::needs`]. What lets somebody
//! in, and what lets time run towards a deletion, are not among what `write` allows:
//! whoever may write everything could else read, or delete, everything.

use std::collections::BTreeSet;
use std::fmt;

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grant {
    /// Tell the portal of people, records, events and disclosures.
    Write,
    /// Tell it of what ends: events from which the time runs that something is kept.
    End,
    /// Tell it of what lets somebody in: accounts, changed addresses, and who
    /// administers an organisation.
    Access,
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
    pub const ALL: [Grant; 6] =
        [Grant::Write, Grant::End, Grant::Access, Grant::Read, Grant::Erase, Grant::Permissions];

    /// The name under which it is stored and shown to integrators.
    pub fn name(self) -> &'static str {
        match self {
            Grant::Write => "write",
            Grant::End => "end",
            Grant::Access => "access",
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

/// Something that a company's system tells the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Telling {
    /// An organisation and its name.
    Organisation,
    /// A person: somebody new with whatever is known of them, or another name or
    /// organisation of somebody who is known.
    Person,
    /// Another address of somebody who is known, a first one, or that there is none
    /// any more.
    Address,
    /// That somebody sees what is held on behalf of an organisation.
    Administrator,
    /// How somebody signs in.
    Account,
    /// Something that is held.
    Record,
    /// To whom a person's data was given.
    Disclosure,
    /// An event from which no time runs. That a time stops running is one, too.
    Event,
    /// An event from which the time runs that something is kept; or another word on
    /// an event that was told before and that a rule starts or stops at, since taking
    /// back what stops it lets it run.
    Ending,
}

impl Telling {
    /// Every one.
    pub const ALL: [Telling; 9] = [
        Telling::Organisation,
        Telling::Person,
        Telling::Address,
        Telling::Administrator,
        Telling::Account,
        Telling::Record,
        Telling::Disclosure,
        Telling::Event,
        Telling::Ending,
    ];

    /// What a token must allow, to tell it.
    pub fn needs(self) -> Grant {
        match self {
            Telling::Organisation
            | Telling::Person
            | Telling::Record
            | Telling::Disclosure
            | Telling::Event => Grant::Write,
            Telling::Address | Telling::Administrator | Telling::Account => Grant::Access,
            Telling::Ending => Grant::End,
        }
    }
}

impl Grants {
    /// What tokens of this wording allowed until `end` and `access` were taken out of
    /// `write`.
    pub fn as_of_old(mut self) -> Grants {
        if self.allow(Grant::Write) {
            self.0.extend([Grant::End, Grant::Access]);
        }
        self
    }

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

    /// The whole table, so that a change of it is a change of this test.
    #[test]
    fn what_lets_somebody_in_or_ends_something_is_not_among_what_write_allows() {
        let table = [
            (Telling::Organisation, "w--"),
            (Telling::Person, "w--"),
            (Telling::Address, "--a"),
            (Telling::Administrator, "--a"),
            (Telling::Account, "--a"),
            (Telling::Record, "w--"),
            (Telling::Disclosure, "w--"),
            (Telling::Event, "w--"),
            (Telling::Ending, "-e-"),
        ];
        assert_eq!(table.map(|(telling, _)| telling), Telling::ALL);
        for (telling, expected) in table {
            for grant in Grant::ALL {
                let letter = match grant {
                    Grant::Write => 'w',
                    Grant::End => 'e',
                    Grant::Access => 'a',
                    Grant::Read | Grant::Erase | Grant::Permissions => '?',
                };
                let allowed = Grants::from_iter([grant]).allow(telling.needs());
                assert_eq!(allowed, expected.contains(letter), "{telling:?} with {grant:?}");
            }
        }
    }

    #[test]
    fn only_what_could_write_could_do_more() {
        for grant in Grant::ALL {
            let before = Grants::from_iter([grant]);
            let of_old = before.clone().as_of_old();
            let more: Vec<Grant> = of_old.iter().filter(|it| !before.allow(*it)).collect();
            let expected: &[Grant] =
                if grant == Grant::Write { &[Grant::End, Grant::Access] } else { &[] };
            assert_eq!(more, expected, "{grant:?}");
        }
    }

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
