//! What became of lines.

use super::line::LineError;

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It told of something new.
    Created,
    /// It changed something known.
    Updated,
    /// It said what was known already.
    Unchanged,
    /// A later line of the same batch is about the same thing, and counts.
    Superseded,
    /// It was not taken.
    Refused(LineError),
}

/// What became of several, by their numbers.
#[derive(Debug, Clone, Default)]
pub struct Outcomes(Vec<(u64, Outcome)>);

impl Outcomes {
    pub(super) fn note(&mut self, number: u64, outcome: Outcome) {
        self.0.push((number, outcome));
    }

    pub(super) fn refuse(&mut self, number: u64, reason: LineError) {
        self.note(number, Outcome::Refused(reason));
    }

    pub(super) fn extend(&mut self, more: Outcomes) {
        self.0.extend(more.0);
    }

    /// The lines that were not taken, each with why.
    pub(super) fn refused(&self) -> impl Iterator<Item = (u64, LineError)> {
        self.0.iter().filter_map(|(number, outcome)| match outcome {
            Outcome::Refused(reason) => Some((*number, reason.clone())),
            _ => None,
        })
    }

    /// Them, in the order of the lines.
    pub fn in_order(mut self) -> Vec<(u64, Outcome)> {
        self.0.sort_by_key(|(number, _)| *number);
        self.0
    }
}
