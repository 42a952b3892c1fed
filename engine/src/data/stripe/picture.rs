//! What Stripe holds about a person, as far as it comes here.

use serde::{Deserialize, Serialize};

use super::answers::{Invoice, PaymentIntent, Subscription};
use super::error::StripeError;
use crate::platform::storage::Timestamp;

/// What was seen there at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The customer's reference.
    pub customer: String,
    /// Whether the customer was deleted there. The payments stay all the same.
    pub deleted: bool,
    /// The newest payments.
    pub payments: Vec<Entry>,
    /// Subscriptions, those that have ended included.
    pub subscriptions: Vec<Entry>,
    /// The newest invoices.
    pub invoices: Vec<Entry>,
    /// Whether there is more of some kind than is listed.
    pub more: bool,
}

/// One payment, subscription or invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name at Stripe.
    pub reference: String,
    /// How much, in the currency's smallest unit; a subscription may have no one amount.
    pub amount: Option<i64>,
    /// Of which currency.
    pub currency: String,
    /// When it was made.
    pub at: Timestamp,
    /// How it stands, as Stripe calls it.
    pub state: String,
}

impl Picture {
    /// Whether there is nothing but the customer.
    pub fn is_empty(&self) -> bool {
        self.payments.is_empty() && self.subscriptions.is_empty() && self.invoices.is_empty()
    }
}

impl TryFrom<PaymentIntent> for Entry {
    type Error = StripeError;

    fn try_from(payment: PaymentIntent) -> Result<Entry, StripeError> {
        let PaymentIntent { id, amount, currency, created, status } = payment;
        entry(("pi_", id), (Some(amount), currency), created, status)
    }
}

impl TryFrom<Subscription> for Entry {
    type Error = StripeError;

    fn try_from(subscription: Subscription) -> Result<Entry, StripeError> {
        let items = subscription.items.map(|page| page.data).unwrap_or_default();
        let mut sum = Some(0_i64);
        let mut currency = String::new();
        for item in items {
            let price = item.price.or(item.plan);
            let each = price.as_ref().and_then(|price| price.unit_amount.or(price.amount));
            currency = price.and_then(|price| price.currency).unwrap_or(currency);
            // By tiers or by use: there is no one amount.
            sum = sum.zip(each).and_then(|(sum, each)| {
                each.checked_mul(item.quantity.unwrap_or(1))?.checked_add(sum)
            });
        }
        let amount = sum.filter(|_| !currency.is_empty());
        let currency = if amount.is_some() { currency } else { String::new() };
        let (created, status) = (subscription.created, subscription.status);
        entry(("sub_", subscription.id), (amount, currency), created, status)
    }
}

impl TryFrom<Invoice> for Entry {
    type Error = StripeError;

    fn try_from(invoice: Invoice) -> Result<Entry, StripeError> {
        let Invoice { id, total, currency, created, status } = invoice;
        let status = status.unwrap_or_else(|| "draft".to_owned());
        entry(("in_", id), (Some(total), currency), created, status)
    }
}

/// Texts are taken only where they look like what they should be, so that
/// nothing else comes in under their names.
fn entry(
    (prefix, id): (&str, String),
    (amount, currency): (Option<i64>, String),
    created: i64,
    state: String,
) -> Result<Entry, StripeError> {
    let currency = currency.to_ascii_lowercase();
    let known = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_lowercase());
    let state_is_one = (1..=40).contains(&state.len())
        && state.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let right = is_reference(prefix, &id) && (known || amount.is_none()) && state_is_one;
    if !right {
        return Err(StripeError::NotUnderstood);
    }
    let at = Timestamp(created.checked_mul(1000).ok_or(StripeError::NotUnderstood)?);
    Ok(Entry { reference: id, amount, currency, at, state })
}

/// Whether a text is a reference of that kind.
pub(super) fn is_reference(prefix: &str, text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let rest = text.strip_prefix(prefix);
    rest.is_some_and(|rest| !rest.is_empty() && text.len() <= 255 && rest.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use miniserde::json::from_str;

    use super::*;

    #[test]
    fn l2_of_a_payment_only_reference_amount_date_and_state_come_in() {
        let payment: PaymentIntent = from_str(
            r#"{"id":"pi_1","object":"payment_intent","amount":4900,"currency":"eur","created":1795262400,
                "status":"succeeded","last_payment_error":{"payment_method":{"card":{"last4":"4242"}}},
                "number":"4242424242424242","charges":{"data":[{"payment_method_details":{"card":{"brand":"visa"}}}]}}"#,
        )
        .unwrap();
        let entry = Entry::try_from(payment).unwrap();
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(
            text,
            r#"{"reference":"pi_1","amount":4900,"currency":"eur","at":1795262400000,"state":"succeeded"}"#
        );
    }

    #[test]
    fn l2_nothing_comes_in_under_another_name() {
        let payment = |id: &str, currency: &str, status: &str| PaymentIntent {
            id: id.into(),
            amount: 1,
            currency: currency.into(),
            created: 0,
            status: status.into(),
        };
        assert!(Entry::try_from(payment("pi_1", "eur", "succeeded")).is_ok());
        for wrong in [
            payment("4242424242424242", "eur", "succeeded"),
            payment("pi_4242 4242", "eur", "succeeded"),
            payment("pi_1", "4242", "succeeded"),
            payment("pi_1", "eur", "4242424242424242"),
            payment("pi_", "eur", "succeeded"),
        ] {
            assert!(Entry::try_from(wrong).is_err());
        }
    }

    #[test]
    fn a_subscription_costs_the_sum_of_its_items_if_there_is_one() {
        let of = |items: &str| {
            let text = format!(
                r#"{{"id":"sub_1","status":"active","created":1,"items":{{"data":[{items}]}}}}"#
            );
            let entry = Entry::try_from(from_str::<Subscription>(&text).unwrap()).unwrap();
            (entry.amount, entry.currency)
        };
        let price = r#"{"quantity":2,"price":{"unit_amount":500,"currency":"eur"}}"#;
        let plan = r#"{"plan":{"amount":300,"currency":"eur"}}"#;
        assert_eq!(of(&format!("{price},{plan}")), (Some(1300), "eur".to_owned()));
        let by_use = r#"{"price":{"unit_amount":null,"currency":"eur"}}"#;
        assert_eq!(of(by_use), (None, String::new()));
        assert_eq!(of(""), (None, String::new()));
    }
}
