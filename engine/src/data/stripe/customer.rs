//! Which customer at Stripe a person is.

use domain::identifiers::EmailAddress;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::ask::customers_at;
use super::client::Client;
use super::error::StripeError;
use super::picture::is_reference;
use crate::data::records::{PAYLOAD, Payload, record_place};
use crate::engine::Engine;
use crate::people::subjects::open_profile;
use crate::platform::failure::Failure;
use crate::platform::keyring::DataKey;
use crate::platform::storage::{records, subjects};
use crate::platform::tenancy::ReadTx;

/// How many references are looked at, the newest first.
const MOST: u64 = 5;

/// Why no customer could be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCustomer {
    /// Neither a reference nor an address is held.
    NothingToGoBy,
    /// Nobody there has the person's address.
    Nobody,
    /// Several customers there have it.
    SeveralThere,
    /// Several people here have it.
    SeveralHere,
    /// Stripe does not know the reference that is held.
    ReferenceUnknown,
}

/// By what a person's customer can be found.
pub(super) enum Clue {
    /// A reference that is held about them.
    Reference(String),
    /// Their address, which is nobody else's here.
    Address(EmailAddress),
    /// Nothing.
    None(NoCustomer),
}

impl Clue {
    /// What is held here that leads to the customer: the newest reference, else
    /// the person's own address.
    pub async fn of(
        engine: &Engine,
        tx: &ReadTx,
        subject: Uuid,
        category: &str,
    ) -> Result<Clue, Failure> {
        if let Some(reference) = references(engine, tx, subject, category).await?.into_iter().next()
        {
            return Ok(Clue::Reference(reference));
        }
        let profile = open_profile(engine, tx, subject).await?;
        let Some(address) = profile.and_then(|profile| profile.email) else {
            return Ok(Clue::None(NoCustomer::NothingToGoBy));
        };
        // A mailbox that two people share says nothing about whose payments these are.
        let hash = engine.keyring.of_tenant(tx).await?.lookup;
        let hash = hash.hash("email", address.folded().as_bytes());
        let people =
            tx.count(subjects::Entity::find().filter(subjects::Column::EmailHash.eq(hash))).await?;
        if people > 1 {
            return Ok(Clue::None(NoCustomer::SeveralHere));
        }
        Ok(Clue::Address(address))
    }

    /// The customer that it leads to.
    pub async fn follow(
        self,
        client: &Client<'_>,
    ) -> Result<Result<String, NoCustomer>, StripeError> {
        let address = match self {
            Clue::Reference(reference) => return Ok(Ok(reference)),
            Clue::None(why) => return Ok(Err(why)),
            Clue::Address(address) => address,
        };
        let mut found = customers_at(client, &address).await?;
        Ok(match (found.pop(), found.is_empty()) {
            (None, _) => Err(NoCustomer::Nobody),
            (Some(only), true) => Ok(only),
            (Some(_), false) => Err(NoCustomer::SeveralThere),
        })
    }
}

/// The references of customers that are held about a person alone, the newest first.
pub(super) async fn references(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
    category: &str,
) -> Result<Vec<String>, Failure> {
    let rows = tx
        .all(
            records::Entity::find()
                .filter(records::Column::SubjectId.eq(subject))
                // Written out, so that the databases use the index of just these.
                .filter(Expr::cust("kind = 'stripe-customer'"))
                .filter(records::Column::Category.eq(category))
                .filter(records::Column::OrganisationId.is_null())
                .order_by_desc(records::Column::OccurredOn)
                .order_by_desc(records::Column::Id)
                .limit(MOST),
        )
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let Some(key) = engine.keyring.one(tx, subject, category).await? else {
        return Ok(Vec::new());
    };
    let mut found: Vec<String> = Vec::new();
    for row in rows {
        let customer = customer_in(tx, &key, (subject, category), &row)?;
        found.extend(customer.filter(|customer| !found.contains(customer)));
    }
    Ok(found)
}

fn customer_in(
    tx: &ReadTx,
    key: &DataKey,
    (subject, category): (Uuid, &str),
    row: &records::Model,
) -> Result<Option<String>, Failure> {
    let place = record_place(tx.tenant(), subject, category, row.id);
    let plain = key.open(place, &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let payload: Payload = PAYLOAD.read(&plain)?;
    let customer = payload.data.get("customer").and_then(Value::as_str);
    Ok(customer.filter(|customer| is_reference("cus_", customer)).map(str::to_owned))
}
