//! Who has an address.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::storage::{accounts, subjects};
use crate::platform::tenancy::ReadTx;

/// Everybody with an address, by its keyed hash: told so by the company, or shown by
/// signing in with it. Two people who share a mailbox are never taken for one.
pub(crate) async fn with_address(tx: &ReadTx, hash: &[u8]) -> Result<BTreeSet<Uuid>, Failure> {
    let told = subjects::Entity::find().filter(subjects::Column::EmailHash.eq(hash));
    let mut people: BTreeSet<Uuid> = tx.all(told).await?.into_iter().map(|row| row.id).collect();
    let signs_in = accounts::Entity::find().filter(accounts::Column::EmailHash.eq(hash));
    people.extend(tx.one(signs_in).await?.and_then(|account| account.subject_id));
    Ok(people)
}
