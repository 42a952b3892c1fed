//! Of several lines with one id in a batch, the last that can be taken is what is meant.

use std::collections::HashMap;

use super::Numbered;
use crate::data::imports::line::LineError;
use crate::data::imports::outcome::{Outcome, Outcomes};

/// How many lines with one id are tried: who sends a thousand of which each is refused
/// holds up nobody for longer than that.
const TRIED: usize = 8;

/// Lines of one type, of which each id is written once in a round: the last line first,
/// and where that is refused, in the next round the one before it.
pub(super) struct Rounds<T, I> {
    lines: Vec<Numbered<T>>,
    id: I,
    /// The line of each id that this round tries.
    last: HashMap<String, u64>,
    tried: usize,
}

impl<T, I: Fn(&T) -> String> Rounds<T, I> {
    pub fn of(lines: Vec<Numbered<T>>, id: I) -> Rounds<T, I> {
        Rounds { lines, id, last: HashMap::new(), tried: 0 }
    }

    /// The lines of the next round, if there is one.
    pub fn next(&mut self) -> Option<Vec<Numbered<T>>> {
        if self.lines.is_empty() {
            return None;
        }
        let id = &self.id;
        self.tried += 1;
        self.last = self.lines.iter().map(|(number, line)| (id(line), *number)).collect();
        let last = &self.last;
        let (meant, earlier): (Vec<_>, Vec<_>) = std::mem::take(&mut self.lines)
            .into_iter()
            .partition(|(number, line)| last.get(&id(line)) == Some(number));
        self.lines = earlier;
        Some(meant)
    }

    /// Takes in what became of a round.
    pub fn judge(&mut self, round: Outcomes, done: &mut Outcomes) {
        let refused: HashMap<u64, LineError> = round.refused().collect();
        done.extend(round);
        for (number, line) in std::mem::take(&mut self.lines) {
            match self.last.get(&(self.id)(&line)).and_then(|last| refused.get(last)) {
                None => done.note(number, Outcome::Superseded),
                Some(reason) if self.tried == TRIED => done.refuse(number, reason.clone()),
                Some(_) => self.lines.push((number, line)),
            }
        }
    }
}
