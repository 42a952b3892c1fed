//! Which numbers are card numbers.

/// How many digits a card number has at least.
pub(super) const SHORTEST: usize = 13;
/// How many at most.
pub(super) const LONGEST: usize = 19;

/// Whether some digits are a card number: begin as a scheme's, are as many as it has,
/// and end with the right check digit.
pub(super) fn is_of_a_card(digits: &str) -> bool {
    let prefix = |length: usize| {
        digits.get(..length).and_then(|start| start.parse::<u32>().ok()).unwrap_or(0)
    };
    let length = digits.len();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return false;
    }
    let known = match (prefix(1), prefix(2), prefix(3), prefix(4)) {
        // Thirteen digits, which Visa gives out no more, are as many as a telephone
        // number of Germany or Austria has with its country.
        (_, 43 | 49, ..) if length == 13 => false,
        // Visa.
        (4, ..) => matches!(length, 13 | 16 | 19),
        // Mastercard.
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => length == 16,
        // American Express.
        (_, 34 | 37, ..) => length == 15,
        // Diners Club.
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => length == 14 || length >= 16,
        // JCB, Discover, UnionPay.
        (_, _, _, 3528..=3589 | 6011) | (_, _, 644..=649, _) | (_, 62 | 65, ..) => length >= 16,
        // Maestro.
        (_, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763) => true,
        _ => false,
    };
    known && passes_luhn(digits)
}

/// The check digit of ISO/IEC 7812-1.
pub(super) fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}
