//! What should not be so in the ledger, in words for the operator.

use std::fmt;

/// Lines that are told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// The keyring's ledger, or a file.
    pub place: String,
    /// What is the matter.
    pub kind: Kind,
    /// How many lines.
    pub lines: u64,
    /// The first of them: by its number in the keyring, by its line in a file.
    pub first: i64,
}

/// What is the matter with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It has no proof, or not the right one.
    Forged,
    /// It has none, as earlier versions wrote it, and that time is over.
    Unproven,
    /// It is there no more.
    Missing,
    /// It is not where it was written.
    Moved,
    /// The end is not the one that was sealed.
    End,
    /// A later version wrote it. Nothing is wrong.
    Newer,
}

impl Odd {
    /// Whether somebody has to look at it.
    pub fn is_wrong(&self) -> bool {
        self.kind != Kind::Newer
    }

    /// Notes some more lines, if any.
    pub(super) fn note(all: &mut Vec<Odd>, place: &str, kind: Kind, first: i64, lines: i64) {
        let Ok(lines @ 1..) = u64::try_from(lines) else { return };
        match all.iter_mut().find(|odd| odd.kind == kind && odd.place == place) {
            Some(odd) => odd.lines += lines,
            None => all.push(Odd { place: place.to_owned(), kind, lines, first }),
        }
    }
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Odd { place, lines, first, .. } = self;
        let from = if *lines == 1 {
            format!("line {first} of {place}")
        } else {
            format!("{lines} lines of {place}, the first of them {first},")
        };
        let are = if *lines == 1 { "is" } else { "are" };
        match self.kind {
            Kind::Forged => write!(
                f,
                "{from} {are} not genuine: forged, edited or cut off. Kept, and not obeyed"
            ),
            Kind::Unproven => write!(
                f,
                "{from} {are} not authenticated, as earlier versions wrote them, and unknown to \
                 the keyring. Kept, and not obeyed"
            ),
            Kind::Missing => write!(f, "{from} {are} missing: taken out by another hand"),
            Kind::Moved => write!(f, "{from} {are} out of place: moved by another hand"),
            Kind::End => write!(
                f,
                "the end of {place}, at line {first}, is not the one that was sealed: changed by \
                 another hand"
            ),
            Kind::Newer => {
                write!(f, "{from} {are} of a newer version. Kept for it, and passed over here")
            }
        }
    }
}
