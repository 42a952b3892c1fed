//! Whom a report is about.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::subjects::locks_out;
use crate::people::subjects::{open_profile, with_address};
use crate::platform::failure::Failure;
use crate::platform::storage::subjects;
use crate::platform::tenancy::{ReadTx, WriteTx};

/// Somebody whom a report may be about, as the desk sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The person.
    pub subject: Uuid,
    /// By name, else by address, else by the tenant's own id; none once deleted.
    pub called: Option<String>,
    /// The tenant's own id; none once deleted.
    pub id: Option<String>,
    /// Whether the data is deleted, or about to be.
    pub gone: bool,
}

/// The one person with an address, by its keyed hash, unless their erasure is under
/// way. It waits until the transaction ends, and the other way round.
pub(super) async fn the_one(tx: &WriteTx, hash: &[u8]) -> Result<Option<Uuid>, Failure> {
    let people = with_address(tx, hash).await?;
    let [person] = people.into_iter().collect::<Vec<_>>()[..] else { return Ok(None) };
    let row = subjects::Entity::find().filter(subjects::Column::Id.eq(person)).lock_exclusive();
    Ok(tx.one(row).await?.filter(|row| !locks_out(row.frozen_at)).map(|row| row.id))
}

/// The person whom a report was about when it came, else everybody with the address
/// that it names.
pub(super) async fn concerned(
    engine: &Engine,
    tx: &ReadTx,
    subject: Option<Uuid>,
    hash: Option<&[u8]>,
) -> Result<Vec<Concerned>, Failure> {
    let people = match (subject, hash) {
        (Some(subject), _) => [subject].into(),
        (None, Some(hash)) => with_address(tx, hash).await?,
        (None, None) => Default::default(),
    };
    let mut found = Vec::new();
    for person in people {
        let row = subjects::Entity::find().filter(subjects::Column::Id.eq(person));
        let gone = tx.one(row).await?.is_none_or(|row| locks_out(row.frozen_at));
        let profile = open_profile(engine, tx, person).await?;
        found.push(Concerned {
            subject: person,
            called: profile.as_ref().map(|profile| profile.called().into_owned()),
            id: profile.map(|profile| profile.id),
            gone,
        });
    }
    Ok(found)
}
