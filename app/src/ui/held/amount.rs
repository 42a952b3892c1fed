//! Amounts of money and of bytes.

use domain::identifiers::Language;
use domain::words::Words;

/// Currencies that have no smaller unit.
const WHOLE: [&str; 6] = ["jpy", "krw", "vnd", "clp", "isk", "ugx"];

/// An amount that is given in the currency's smallest unit: "€79.00", "79,00 €".
pub fn amount(words: Words, minor: i64, currency: &str) -> String {
    let code = currency.to_ascii_lowercase();
    let (sign, size) = (if minor < 0 { "−" } else { "" }, minor.unsigned_abs());
    let number = if WHOLE.contains(&code.as_str()) {
        words.number(size)
    } else {
        let point = match words.language() {
            Language::En => '.',
            Language::De => ',',
        };
        format!("{}{point}{:02}", words.number(size / 100), size % 100)
    };
    match (symbol(&code), words.language()) {
        (Some(symbol), Language::En) => format!("{sign}{symbol}{number}"),
        (Some(symbol), Language::De) => format!("{sign}{number} {symbol}"),
        (None, _) => format!("{sign}{number} {}", code.to_ascii_uppercase()),
    }
}

fn symbol(code: &str) -> Option<&'static str> {
    match code {
        "eur" => Some("€"),
        "usd" => Some("$"),
        "gbp" => Some("£"),
        _ => None,
    }
}

/// The size of a file: "1.2 MB", "40 KB".
pub fn megabytes(words: Words, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} KB", words.number(bytes.div_ceil(1000)));
    }
    let point = match words.language() {
        Language::En => '.',
        Language::De => ',',
    };
    let tenths = bytes / 100_000;
    format!("{}{point}{} MB", words.number(tenths / 10), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_does() {
        let (en, de) = (Words::new(Language::En), Words::new(Language::De));
        assert_eq!(amount(en, 7900, "eur"), "€79.00");
        assert_eq!(amount(de, 7900, "eur"), "79,00 €");
        assert_eq!(amount(de, 12_345_605, "usd"), "123.456,05 $");
        assert_eq!(amount(en, -5, "chf"), "−0.05 CHF");
        assert_eq!(amount(en, 1200, "JPY"), "1,200 JPY");
    }
}
