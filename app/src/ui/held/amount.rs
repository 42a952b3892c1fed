//! Amounts of money and of bytes.

use domain::identifiers::Language;
use domain::words::Words;

/// An amount that is given in the currency's smallest unit: "€79.00", "79,00 €". In a
/// currency that is not known, as it is held.
pub fn amount(words: Words, minor: i64, currency: &str) -> String {
    let code = currency.to_ascii_lowercase();
    let (sign, size) = (if minor < 0 { "−" } else { "" }, minor.unsigned_abs());
    let number = match domain::money::digits(&code) {
        None => size.to_string(),
        Some(0) => words.number(size),
        Some(digits) => {
            let unit = 10_u64.pow(digits);
            let (whole, rest) = (words.number(size / unit), size % unit);
            format!("{whole}{}{rest:0width$}", point(words), width = digits as usize)
        }
    };
    match (symbol(&code), words.language()) {
        (Some(symbol), Language::En) => format!("{sign}{symbol}{number}"),
        (Some(symbol), Language::De) => format!("{sign}{number} {symbol}"),
        (None, _) => format!("{sign}{number} {}", code.to_ascii_uppercase()),
    }
}

fn point(words: Words) -> char {
    match words.language() {
        Language::En => '.',
        Language::De => ',',
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
    let tenths = bytes / 100_000;
    format!("{}{}{} MB", words.number(tenths / 10), point(words), tenths % 10)
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
        assert_eq!(amount(en, 5000, "xof"), "5,000 XOF");
        assert_eq!(amount(de, 5005, "kwd"), "5,005 KWD");
        assert_eq!(amount(en, 50_000, "isk"), "500.00 ISK");
        assert_eq!(amount(en, 5000, "???"), "5000 ???");
        assert_eq!(amount(en, i64::MIN, "eur"), "−€92,233,720,368,547,758.08");
    }
}
