//! A person whom nobody else is at.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::storage::subjects;
use crate::platform::tenancy::WriteTx;

/// A person's row, which stays as it is until the transaction ends. Whoever decides
/// by what is there about a person whether to add something takes it first: of two
/// at the same time, the second sees what the first has done.
///
/// # Errors
/// [`Failure::Joined`] if they are somebody else's row since a moment ago.
pub(crate) async fn hold(tx: &WriteTx, id: Uuid) -> Result<Option<subjects::Model>, Failure> {
    let row =
        subjects::Entity::find().filter(subjects::Column::Id.eq(id)).lock(LockType::NoKeyUpdate);
    let row = tx.one(row).await?;
    match row {
        Some(row) if row.joined_into.is_some() => Err(Failure::Joined),
        row => Ok(row),
    }
}
