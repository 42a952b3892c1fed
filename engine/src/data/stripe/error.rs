//! Why Stripe has no answer.

use std::fmt::Display;

use stripe_client_core::StripeClientErr;

use crate::platform::egress::EgressError;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Customers.
    Customers,
    /// Payments, which Stripe calls payment intents.
    Payments,
    /// Subscriptions.
    Subscriptions,
    /// Invoices.
    Invoices,
}

/// Why there is no answer, or none that can be used.
#[derive(Debug, thiserror::Error)]
pub enum StripeError {
    /// Nobody answered.
    #[error(transparent)]
    Unreachable(#[from] EgressError),
    /// All of it together took longer than a page may wait.
    #[error("Stripe did not answer in time")]
    Slow,
    /// The key is not, or no longer, known there.
    #[error("Stripe does not know this key")]
    Key,
    /// The key may not read this.
    #[error("the key may not read {0:?}")]
    Permission(Asking),
    /// There is no such thing.
    #[error("Stripe does not know what was asked for")]
    Unknown,
    /// It was asked too often.
    #[error("Stripe is asked too often")]
    Busy,
    /// It is broken.
    #[error("Stripe answered with {0}")]
    Down(u16),
    /// It is not what Stripe answers.
    #[error("this is not what Stripe answers")]
    NotUnderstood,
}

impl StripeError {
    /// Whether asking again later could help.
    pub(super) fn passes(&self) -> bool {
        matches!(
            self,
            StripeError::Unreachable(_)
                | StripeError::Slow
                | StripeError::Busy
                | StripeError::Down(_)
        )
    }
}

impl StripeClientErr for StripeError {
    fn deserialize_err(_: impl Display) -> StripeError {
        // What the parser says of it could quote the person's data.
        StripeError::NotUnderstood
    }
}
