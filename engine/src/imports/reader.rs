//! Reading lines without trusting their length.

use std::io::{self, BufRead};

/// The longest line that is read, in bytes.
pub const MAX_LINE: usize = 1_000_000;

/// A line as it was read.
#[derive(Debug, PartialEq, Eq)]
pub enum RawLine {
    /// Its bytes, without the line end.
    Whole(Vec<u8>),
    /// Too long; it was skipped without being kept in memory.
    TooLong,
}

/// Reads the next line and says how many bytes that took; `None` at the end.
pub fn read_line(input: &mut impl BufRead) -> io::Result<Option<(RawLine, u64)>> {
    let mut line = Vec::new();
    let mut taken = 0_u64;
    let mut too_long = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let newline = buffer.iter().position(|byte| *byte == b'\n');
        let part = buffer.get(..newline.unwrap_or(buffer.len())).unwrap_or_default();
        if line.len() + part.len() > MAX_LINE {
            too_long = true;
            line = Vec::new();
        } else if !too_long {
            line.extend_from_slice(part);
        }
        let consumed = part.len() + usize::from(newline.is_some());
        taken += consumed as u64;
        input.consume(consumed);
        if newline.is_some() {
            break;
        }
    }
    Ok(match (taken, too_long) {
        (0, _) => None,
        (_, true) => Some((RawLine::TooLong, taken)),
        (_, false) => {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            Some((RawLine::Whole(line), taken))
        }
    })
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

    proptest! {
        #[test]
        fn reads_what_lines_reads(text in "[a-c\\n]{0,60}") {
            let expected: Vec<RawLine> =
                text.lines().map(|l| RawLine::Whole(l.as_bytes().to_vec())).collect();
            prop_assert_eq!(all(text.as_bytes()), expected);
        }
    }
}
