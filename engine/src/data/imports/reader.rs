//! Reading lines without trusting their length or number.

use std::io::{self, BufRead};

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// The longest line that is read, in bytes.
pub const MAX_LINE: usize = 1_000_000;
/// How many lines go into one transaction.
const LINES: usize = 1000;
/// How many bytes, at the most but for its last line.
const BYTES: usize = 2_000_000;
/// How many fields and elements, at the most but for its last line: a short piece
/// of JSON takes a hundred times its length once it is read.
const PARTS: usize = 40_000;

/// A line as it was read.
#[derive(Debug, PartialEq, Eq)]
pub enum RawLine {
    /// Its bytes, without the line end.
    Whole(Vec<u8>),
    /// Too long; it was skipped without being kept in memory.
    TooLong,
    /// The same of what has returns within, and perhaps is many lines.
    Returns,
}

/// Lines that go into one transaction, with their numbers.
#[derive(Debug, Default)]
pub struct RawBatch {
    lines: Vec<(u64, RawLine)>,
    bytes: usize,
    parts: usize,
}

impl RawBatch {
    fn add(&mut self, number: u64, line: RawLine) {
        if let RawLine::Whole(line) = &line {
            self.bytes += line.len();
            // Each stands behind one of these; a text may have some more of them.
            self.parts += line.iter().filter(|byte| b",[{".contains(byte)).count();
        }
        self.lines.push((number, line));
    }

    fn is_full(&self) -> bool {
        self.lines.len() >= LINES || self.bytes >= BYTES || self.parts >= PARTS
    }

    /// The lines.
    pub fn into_lines(self) -> Vec<(u64, RawLine)> {
        self.lines
    }
}

/// The lines of an input, from the first on.
#[derive(Debug, Default)]
pub struct Lines {
    number: u64,
    bytes: u64,
}

impl Lines {
    /// Reads as many lines as go into one transaction, and says whether there may be
    /// more.
    pub fn batch(&mut self, input: &mut impl BufRead) -> io::Result<(RawBatch, bool)> {
        let mut batch = RawBatch::default();
        while !batch.is_full() {
            let Some((line, bytes)) = read_line(input)? else { return Ok((batch, false)) };
            self.number += 1;
            self.bytes += bytes;
            batch.add(self.number, line);
        }
        Ok((batch, true))
    }

    /// The same from an input that is waited for. What was read before it broke off
    /// comes with the error.
    pub async fn batch_async(
        &mut self,
        input: &mut (impl AsyncBufRead + Unpin),
    ) -> (RawBatch, io::Result<bool>) {
        let mut batch = RawBatch::default();
        while !batch.is_full() {
            let mut line = Unfinished::default();
            loop {
                let (consumed, ended) = match input.fill_buf().await {
                    Ok(buffer) => line.add(buffer),
                    Err(error) => return (batch, Err(error)),
                };
                input.consume(consumed);
                if ended {
                    break;
                }
            }
            let Some((line, bytes)) = line.finish() else { return (batch, Ok(false)) };
            self.number += 1;
            self.bytes += bytes;
            batch.add(self.number, line);
        }
        (batch, Ok(true))
    }

    /// How many bytes were read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// Reads the next line and says how many bytes that took; `None` at the end.
pub fn read_line(input: &mut impl BufRead) -> io::Result<Option<(RawLine, u64)>> {
    let mut line = Unfinished::default();
    loop {
        let (consumed, ended) = line.add(input.fill_buf()?);
        input.consume(consumed);
        if ended {
            return Ok(line.finish());
        }
    }
}

/// A line of which more may come.
#[derive(Default)]
struct Unfinished {
    line: Vec<u8>,
    taken: u64,
    too_long: bool,
    returns: bool,
}

impl Unfinished {
    /// Takes what belongs to the line, and says how much that was and whether the line
    /// has ended. An empty buffer is the end of the input.
    fn add(&mut self, buffer: &[u8]) -> (usize, bool) {
        let newline = buffer.iter().position(|byte| *byte == b'\n');
        let part = buffer.get(..newline.unwrap_or(buffer.len())).unwrap_or_default();
        if self.line.len() + part.len() > MAX_LINE {
            let is_inside = |bytes: &[u8]| {
                bytes.split_last().is_some_and(|(_, inside)| inside.contains(&b'\r'))
            };
            self.returns |= is_inside(&self.line) || is_inside(part);
            self.too_long = true;
            self.line = Vec::new();
        } else if !self.too_long {
            self.line.extend_from_slice(part);
        }
        let consumed = part.len() + usize::from(newline.is_some());
        self.taken += consumed as u64;
        (consumed, newline.is_some() || buffer.is_empty())
    }

    fn finish(mut self) -> Option<(RawLine, u64)> {
        match (self.taken, self.too_long) {
            (0, _) => None,
            (taken, true) if self.returns => Some((RawLine::Returns, taken)),
            (taken, true) => Some((RawLine::TooLong, taken)),
            (taken, false) => {
                if self.line.last() == Some(&b'\r') {
                    self.line.pop();
                }
                // Many short lines wait for each other: none keeps room that it grew into.
                self.line.shrink_to_fit();
                Some((RawLine::Whole(self.line), taken))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    fn all(input: &[u8]) -> Vec<RawLine> {
        let mut reader = BufReader::with_capacity(7, input);
        std::iter::from_fn(|| read_line(&mut reader).unwrap().map(|(line, _)| line)).collect()
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_the_next_is_read() {
        let input = [vec![b'x'; MAX_LINE + 1], b"\nnext\r\n".to_vec()].concat();
        assert_eq!(all(&input), [RawLine::TooLong, RawLine::Whole(b"next".to_vec())]);
    }

    #[test]
    fn a_batch_ends_by_lines_bytes_or_parts() {
        let sizes = |line: &str| {
            let input = format!("{line}\n").repeat(3_000_000 / line.len());
            let mut lines = Lines::default();
            let (batch, more) = lines.batch(&mut input.as_bytes()).unwrap();
            assert!(more);
            batch.into_lines().len()
        };
        assert_eq!(sizes("{}"), 1000);
        assert_eq!(sizes(&"x".repeat(100_000)), 20);
        assert_eq!(sizes(&format!("[{}]", "{},".repeat(2_000))), 10);
    }

    #[tokio::test]
    async fn what_is_waited_for_is_read_the_same() {
        let input = [b"a\r\n\nb".to_vec(), vec![b'x'; MAX_LINE + 1], b"\nc\n".to_vec()].concat();
        let mut slow = tokio::io::BufReader::with_capacity(7, input.as_slice());
        let mut lines = Lines::default();
        let (batch, more) = lines.batch_async(&mut slow).await;
        let found: Vec<RawLine> = batch.into_lines().into_iter().map(|(_, line)| line).collect();
        assert_eq!((found, more.unwrap()), (all(&input), false));
        assert_eq!(lines.bytes(), input.len() as u64);
    }

    proptest! {
        #[test]
        fn reads_what_lines_reads(text in "[a-c\\n]{0,60}") {
            let expected: Vec<RawLine> =
                text.lines().map(|l| RawLine::Whole(l.as_bytes().to_vec())).collect();
            prop_assert_eq!(all(text.as_bytes()), expected);
        }
    }
}
