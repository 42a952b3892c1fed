//! A text as the digits in it would be read: in ASCII, without what is not seen.

use icu::normalizer::ComposingNormalizerBorrowed;
use icu::properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu::properties::{CodePointMapData, CodePointSetData};

/// What stands for a break between two numbers.
pub(super) const BREAK: char = ',';

/// Whether a text has at least so many digits of any kind. Most have not, and are
/// looked at no further.
pub(super) fn may_hold_digits(text: &str, least: usize) -> bool {
    let is_digit = |c: char| {
        c.is_ascii_digit()
            || !c.is_ascii()
                && matches!(
                    category(c),
                    GeneralCategory::DecimalNumber | GeneralCategory::OtherNumber
                )
    };
    text.len() >= least && text.chars().filter(|c| is_digit(*c)).take(least).count() == least
}

/// The text with digits and letters of ASCII, a space or a hyphen where any of the kind
/// stands, a point for other marks that set groups apart, and [`BREAK`] for the rest.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().map(plain_ascii).collect();
    }
    let unseen = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    // Full-width, raised and circled digits become digits of ASCII (Unicode TR 15).
    let folded = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    folded
        .chars()
        .filter(|c| !unseen.contains(*c))
        .filter_map(|c| match category(c) {
            _ if c.is_ascii() => Some(plain_ascii(c)),
            GeneralCategory::DecimalNumber => Some(digit(c)),
            GeneralCategory::DashPunctuation => Some('-'),
            // What is put over a digit leaves it one.
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark => None,
            _ if c.is_whitespace() => Some(' '),
            // The sign of minus.
            _ if c == '\u{2212}' => Some('-'),
            _ if matches!(c, '·' | '•' | '∙' | '⁄' | '∕') => Some('.'),
            _ => Some(BREAK),
        })
        .collect()
}

fn plain_ascii(c: char) -> char {
    match c {
        '/' | '\\' | '|' | '.' => '.',
        '~' | '-' => '-',
        _ if c.is_ascii_whitespace() || c == '\u{b}' => ' ',
        '_' | '+' => c,
        _ if c.is_ascii_alphanumeric() => c,
        _ => BREAK,
    }
}

/// A decimal digit in ASCII: every script has its ten in a row, from zero on (The
/// Unicode Standard, 4.6).
fn digit(c: char) -> char {
    let before = (1..60).take_while(|back| {
        let earlier = u32::from(c).checked_sub(*back).and_then(char::from_u32);
        earlier.is_some_and(|c| category(c) == GeneralCategory::DecimalNumber)
    });
    let value = u32::try_from(before.count() % 10).unwrap_or_default();
    char::from_digit(value, 10).unwrap_or(BREAK)
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}
