//! Numbers of other kinds that a part of may look like a card's.

use super::plain::BREAK;

/// The lengths of a UUID's parts (RFC 9562, section 4).
const UUID: [usize; 5] = [8, 4, 4, 4, 12];
/// The lengths of the parts of an order's number at the largest of shops.
const ORDER: [usize; 3] = [3, 7, 7];
/// How many characters an IBAN has (ISO 13616).
const IBAN: std::ops::RangeInclusive<usize> = 15..=34;

/// The plain text with breaks instead of them.
pub(super) fn without(text: String) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut inside = false;
    while let Some(first) = rest.chars().next() {
        let found = if inside { None } else { other_number(rest) };
        if found.is_some() {
            kept.push(BREAK);
        } else {
            kept.push(first);
        }
        inside = found.is_none() && first.is_ascii_alphanumeric();
        rest = rest.get(found.unwrap_or(first.len_utf8())..).unwrap_or_default();
    }
    kept
}

/// How long the number of another kind is that a text begins with.
fn other_number(text: &str) -> Option<usize> {
    let hexadecimal = |byte: u8| byte.is_ascii_hexdigit();
    parts(text, &UUID, hexadecimal)
        .or_else(|| parts(text, &ORDER, |byte| byte.is_ascii_digit()))
        .or_else(|| iban(text))
}

/// The length of what a text begins with, if that is parts of these lengths with a
/// hyphen between two of them.
fn parts(text: &str, lengths: &[usize], belongs: impl Fn(u8) -> bool) -> Option<usize> {
    let length = lengths.iter().sum::<usize>() + lengths.len() - 1;
    let whole = text.get(..length)?;
    let fits = whole.split('-').map(str::len).eq(lengths.iter().copied())
        && whole.bytes().all(|byte| byte == b'-' || belongs(byte));
    let ends = text.as_bytes().get(length).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (fits && ends).then_some(length)
}

/// The length of the longest IBAN that a text begins with, as it is written on paper:
/// in groups of four, of which the remainder by 97 is one.
fn iban(text: &str) -> Option<usize> {
    let [a, b, c, d] = *text.as_bytes().first_chunk()?;
    let begins =
        [a, b].iter().all(u8::is_ascii_alphabetic) && [c, d].iter().all(u8::is_ascii_digit);
    if !begins {
        return None;
    }
    let (mut compact, mut found) = (String::new(), None);
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() && compact.len() < *IBAN.end() {
            compact.push(c);
        } else if c != ' ' {
            break;
        }
        let end = at + c.len_utf8();
        let ends = text.as_bytes().get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if ends && c != ' ' && IBAN.contains(&compact.len()) && remainder_of(&compact) == Some(1) {
            found = Some(end);
        }
    }
    found
}

/// The remainder by 97, the first four characters put last and letters counted from 10.
fn remainder_of(iban: &str) -> Option<u32> {
    let (first, rest) = iban.split_at_checked(4)?;
    rest.chars().chain(first.chars()).try_fold(0_u32, |sum, c| {
        let value = c.to_digit(36)?;
        Some((sum * if value < 10 { 10 } else { 100 } + value) % 97)
    })
}
