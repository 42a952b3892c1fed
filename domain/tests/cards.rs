//! Which numbers are taken for card numbers (L2): every scheme, at the edges of what its
//! numbers begin with, in every length.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use domain::cards::{CardLike, card_number_in};

/// A number that begins so, of that length, with the right check digit (ISO/IEC 7812-1).
fn number(prefix: &str, length: usize) -> String {
    let body: String = prefix.chars().chain("1".repeat(20).chars()).take(length - 1).collect();
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = digit.to_digit(10).unwrap();
            let digit = if place % 2 == 0 { digit * 2 } else { digit };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn is_taken(text: &str) -> bool {
    card_number_in(text).is_some()
}

/// What numbers begin with, and which lengths of 12 to 20 are cards'.
const SCHEMES: [(&[&str], &[usize]); 8] = [
    // Visa.
    (&["40", "44", "48"], &[13, 16, 19]),
    // Mastercard.
    (&["51", "55", "2221", "2720"], &[16]),
    // American Express.
    (&["34", "37"], &[15]),
    // Diners Club.
    (&["36", "38", "39", "300", "305"], &[14, 16, 17, 18, 19]),
    // JCB, Discover.
    (&["3528", "3589", "6011", "644", "649", "65"], &[16, 17, 18, 19]),
    // UnionPay.
    (&["62"], &[16, 17, 18, 19]),
    // Maestro.
    (
        &["5018", "5020", "5038", "5893", "6304", "6759", "6761", "6763"],
        &[13, 14, 15, 16, 17, 18, 19],
    ),
    // Nobody's: just beside what is somebody's.
    (
        &[
            "50", "56", "2220", "2721", "33", "35", "3527", "3590", "306", "299", "6010", "6012",
            "643", "63", "66", "5017", "5019", "5021", "5037", "5039", "5892", "5894", "6303",
            "6305", "6758", "6760", "6764", "1", "7", "8", "9", "0",
        ],
        &[],
    ),
];

#[test]
fn l2_a_number_is_a_cards_by_how_it_begins_and_how_long_it_is() {
    for (prefixes, lengths) in SCHEMES {
        for prefix in prefixes {
            for length in 12..=20 {
                let number = number(prefix, length);
                assert_eq!(is_taken(&number), lengths.contains(&length), "{number}, {length}");
            }
        }
    }
}

#[test]
fn l2_one_wrong_digit_makes_it_another_number() {
    for (prefixes, lengths) in SCHEMES {
        for (prefix, length) in prefixes.iter().zip(lengths) {
            let number = number(prefix, *length);
            // The last, and those before it: doubled ones as well.
            for place in 0..length - prefix.len() {
                let at = length - 1 - place;
                let digit: u32 = number[at..=at].parse().unwrap();
                let wrong = format!("{}{}{}", &number[..at], (digit + 1) % 10, &number[at + 1..]);
                assert!(!is_taken(&wrong), "{wrong}");
            }
        }
    }
}

#[test]
fn what_is_told_of_one_says_what_it_is() {
    let found = card_number_in("4242 4242 4242 4242").unwrap();
    assert_eq!(found, CardLike::Number("4242".to_owned()));
    assert_eq!(found.to_string(), "a card number (…4242)");
    let field = CardLike::Field("cvv".to_owned());
    assert_eq!(
        (field.to_string(), field.masked()),
        ("a field for card details (“cvv”)".into(), "cvv".into())
    );
}
