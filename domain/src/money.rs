//! How many digits of an amount stand behind the point.

use iso_currency::Currency;

/// Currencies that Stripe writes otherwise than ISO 4217 does, and how many digits
/// stand behind the point there (docs.stripe.com/currencies).
const STRIPE: [(&str, u32); 3] = [
    // Without a smaller unit since they were reformed, and still written with two digits.
    ("ISK", 2),
    ("UGX", 2),
    // With a smaller unit, of which five make one, and written without.
    ("MGA", 0),
];

/// How many digits of an amount in a currency's smallest unit stand behind the point,
/// as Stripe counts; none where the currency is not known, or has no amounts.
///
/// 5000 of XOF are 5,000, of KWD 5.000, of EUR 50.00.
pub fn digits(currency: &str) -> Option<u32> {
    let code = currency.to_ascii_uppercase();
    if let Some((_, digits)) = STRIPE.into_iter().find(|(known, _)| *known == code) {
        return Some(digits);
    }
    Currency::from_code(&code)?.exponent().map(u32::from)
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn digits_are_those_of_iso_4217_and_of_stripe() {
        for (currencies, expected) in [
            // Stripe's list of currencies without a smaller unit.
            ("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF", Some(0)),
            ("EUR usd Gbp CHF HUF TWD ISK UGX", Some(2)),
            ("BHD JOD KWD OMR TND", Some(3)),
            ("XXX XAU AAA € euro", None),
        ] {
            for currency in currencies.split(' ') {
                assert_eq!(digits(currency), expected, "{currency}");
            }
        }
    }
}
