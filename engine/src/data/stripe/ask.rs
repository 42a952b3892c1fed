//! What Stripe holds, asked now.

use domain::identifiers::EmailAddress;
use miniserde::Deserialize;
use serde::Serialize;

use super::answers::{Anything, Customer, Invoice, Page, PaymentIntent, Subscription};
use super::client::Client;
use super::error::{Asking, StripeError};
use super::picture::{Entry, Picture, is_reference};

/// How many of each kind are listed at most, the newest first. An invoice is
/// long, and all answers have a limit of size.
const MOST: u8 = 25;

#[derive(Serialize)]
struct Of<'a> {
    customer: &'a str,
    limit: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

#[derive(Serialize)]
struct ByAddress<'a> {
    email: &'a str,
    limit: u8,
}

#[derive(Serialize)]
struct One {
    limit: u8,
}

#[derive(Serialize)]
struct Nothing {}

/// All that is known about a customer there.
pub(super) async fn picture_of(
    client: &Client<'_>,
    customer: &str,
) -> Result<Picture, StripeError> {
    let path = format!("/customers/{customer}");
    let found: Customer = client.read((Asking::Customers, path), &Nothing {}).await?;
    let deleted = found.deleted == Some(true);
    let (payments, subscriptions, invoices) = tokio::try_join!(
        entries::<PaymentIntent>(client, (Asking::Payments, "/payment_intents"), customer, None),
        entries::<Subscription>(
            client,
            (Asking::Subscriptions, "/subscriptions"),
            customer,
            Some("all")
        ),
        entries::<Invoice>(client, (Asking::Invoices, "/invoices"), customer, None),
    )?;
    Ok(Picture {
        customer: customer.to_owned(),
        deleted,
        more: payments.1 || subscriptions.1 || invoices.1,
        payments: payments.0,
        subscriptions: subscriptions.0,
        invoices: invoices.0,
    })
}

async fn entries<T>(
    client: &Client<'_>,
    (asking, path): (Asking, &str),
    customer: &str,
    status: Option<&'static str>,
) -> Result<(Vec<Entry>, bool), StripeError>
where
    T: Deserialize + TryInto<Entry, Error = StripeError> + Send,
{
    let query = Of { customer, limit: MOST, status };
    match client.read::<Page<T>>((asking, path.to_owned()), &query).await {
        Ok(page) => {
            let entries = page.data.into_iter().map(TryInto::try_into);
            Ok((entries.collect::<Result<_, _>>()?, page.has_more == Some(true)))
        }
        // Of a customer that was deleted there may be nothing to list.
        Err(StripeError::Unknown) => Ok((Vec::new(), false)),
        Err(error) => Err(error),
    }
}

/// The customers that have this address: with a second one nobody could say
/// which is meant. Stripe tells "Ada@" from "ada@", and people do not, so it is
/// asked for both.
pub(super) async fn customers_at(
    client: &Client<'_>,
    address: &EmailAddress,
) -> Result<Vec<String>, StripeError> {
    let folded = address.folded();
    let mut spellings = vec![address.as_str()];
    spellings.extend((folded != address.as_str()).then_some(folded.as_str()));
    let mut ids: Vec<String> = Vec::new();
    for email in spellings {
        let asked = (Asking::Customers, "/customers".to_owned());
        let page: Page<Customer> = client.read(asked, &ByAddress { email, limit: 2 }).await?;
        for Customer { id, email, .. } in page.data {
            // Whoever answers is not taken at their word.
            let at = email.and_then(|email| email.parse::<EmailAddress>().ok());
            if at.is_none_or(|at| at.folded() != folded) {
                continue;
            }
            if !is_reference("cus_", &id) {
                return Err(StripeError::NotUnderstood);
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

/// Whether the key may read all that is shown. The first refusal is told.
pub(super) async fn may_read(client: &Client<'_>) -> Result<(), StripeError> {
    for asked in [
        (Asking::Customers, "/customers"),
        (Asking::Payments, "/payment_intents"),
        (Asking::Subscriptions, "/subscriptions"),
        (Asking::Invoices, "/invoices"),
    ] {
        let (asking, path) = asked;
        let query = One { limit: 1 };
        let page: Anything = client.read((asking, path.to_owned()), &query).await?;
        if page.object.as_deref() != Some("list") {
            return Err(StripeError::NotUnderstood);
        }
    }
    Ok(())
}
