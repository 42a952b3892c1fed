//! Why Stripe did not answer as it should, in words for those who can mend it.

use domain::words::Words;
use engine::egress::EgressError;
use engine::stripe::{Asking, StripeError};

/// What went wrong.
pub fn said(words: Words, error: &StripeError) -> String {
    let id = match error {
        StripeError::Permission(asking) => {
            let what = words.text(match asking {
                Asking::Customers => "stripe-asking-customers",
                Asking::Payments => "stripe-asking-payments",
                Asking::Subscriptions => "stripe-asking-subscriptions",
                Asking::Invoices => "stripe-asking-invoices",
            });
            return words.with("stripe-fail-permission", &[("what", what.into())]);
        }
        StripeError::Unreachable(EgressError::Private(_)) => "stripe-fail-private",
        StripeError::Unreachable(EgressError::Unknown(_)) => "stripe-fail-unknown-host",
        StripeError::Unreachable(EgressError::Address(_)) => "stripe-fail-address",
        StripeError::Slow | StripeError::Unreachable(EgressError::Slow(_)) => "stripe-fail-slow",
        StripeError::Unreachable(EgressError::TooLarge(_) | EgressError::Unreachable { .. }) => {
            "stripe-fail-unreachable"
        }
        StripeError::Key => "stripe-fail-key",
        StripeError::Busy => "stripe-fail-busy",
        StripeError::Down(_) => "stripe-fail-down",
        StripeError::Unknown | StripeError::NotUnderstood => "stripe-fail-not-understood",
    };
    words.text(id)
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::*;

    #[test]
    fn everything_that_can_go_wrong_has_words() {
        let host = || "stripe.example".to_owned();
        for language in Language::ALL {
            let all = [
                StripeError::Unreachable(EgressError::Private(host())),
                StripeError::Unreachable(EgressError::Unknown(host())),
                StripeError::Unreachable(EgressError::Address(host())),
                StripeError::Unreachable(EgressError::Slow(host())),
                StripeError::Unreachable(EgressError::TooLarge(host())),
                StripeError::Slow,
                StripeError::Key,
                StripeError::Permission(Asking::Customers),
                StripeError::Permission(Asking::Payments),
                StripeError::Permission(Asking::Subscriptions),
                StripeError::Permission(Asking::Invoices),
                StripeError::Unknown,
                StripeError::Busy,
                StripeError::Down(503),
                StripeError::NotUnderstood,
            ];
            for error in all {
                let said = said(Words::new(language), &error);
                assert!(!said.contains("Unknown localization"), "{error}: {said}");
            }
        }
    }
}
