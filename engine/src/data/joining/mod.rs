//! Joining two rows that are one person.
//!
//! Earlier versions could make two people of one address when it was told by many at
//! once. Whoever joins them says who stays. All that is held about the other is then
//! theirs, in one transaction; of the other there is left a row that leads to them.

mod by_id;
mod held;
mod look;
mod rest;

use domain::holds::Reason;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::ForgetKeys;
use crate::platform::scope::Scope;
use crate::platform::storage::subjects;
use crate::platform::tenancy::{Permit, WriteTx, retrying};

pub use by_id::join_by_id;
pub use look::{Side, Sides, sides};

/// How many records, events and disclosures of a person can be joined: all of it is one
/// transaction, for which others wait.
pub const MOST: u64 = 1000;
/// How many bytes of records.
const BYTES: u64 = 8_000_000;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They are one now.
    Now,
    /// They were one before.
    Before,
}

/// Why two people were not joined. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// There is no such person.
    #[error("there is no such person")]
    Unknown,
    /// Both are the same.
    #[error("both are the same person: name two")]
    Same,
    /// One of them was joined with somebody before.
    #[error("one of them was joined with somebody else before: name the one whom they are now")]
    Elsewhere,
    /// One of them was erased.
    #[error("one of them was erased")]
    Erased,
    /// Something about one of them stands still.
    #[error(
        "the data of one of them stands still ({}): join them once that is over", .0.name()
    )]
    StandsStill(Reason),
    /// One address is what shows that they are one person.
    #[error(
        "they do not have the same address: only who has one address can be joined. Tell the \
         address of one of them anew, and join them once it counts"
    )]
    Addresses,
    /// There can be one account.
    #[error(
        "both have an account, and one person has one: ask them which one they use, and have \
         what is held under the other told anew for that person and then erased"
    )]
    Accounts,
    /// They work for two organisations.
    #[error(
        "they work for two organisations: tell both of one organisation, or of none, and join them then"
    )]
    Organisations,
    /// A download is being made, of what would change meanwhile.
    #[error("a download is being made for one of them: join them in a few minutes")]
    Download,
    /// More is held than can be joined at once.
    #[error(
        "more than {MOST} things, or {} MB, are held about the one who goes: tell their records \
         and events anew for the one who stays, and join them then",
        BYTES / 1_000_000
    )]
    TooMuch,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for JoinError {
    fn from(error: DbErr) -> JoinError {
        JoinError::Failure(error.into())
    }
}

/// Joins `goes` with `stays`, by a person at the desk who has looked at both.
pub async fn join(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    (goes, stays): (Uuid, Uuid),
) -> Result<Joined, JoinError> {
    let permit = confirmed.permits(scope, Task::Joining, Permission::AnswerRequests)?;
    let joined = retrying(|| join_once(engine, scope, permit, (goes, stays))).await?;
    engine.work.notify_one();
    Ok(joined)
}

async fn join_once(
    engine: &Engine,
    scope: &Scope,
    permit: Permit,
    people: (Uuid, Uuid),
) -> Result<Joined, JoinError> {
    let tx = engine.tenant(permit).write().await?;
    let joined = join_in(engine, &tx, scope, people).await?;
    if joined == Joined::Now {
        tell_admins(engine, &tx, scope, &Deed::Joined).await?;
    }
    tx.commit().await?;
    Ok(joined)
}

/// Joins two people in a transaction that may do more.
pub(crate) async fn join_in(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    (goes, stays): (Uuid, Uuid),
) -> Result<Joined, JoinError> {
    let Some((goes, stays)) = both(tx, goes, stays).await? else {
        return Ok(Joined::Before);
    };
    let sides = look::look(engine, tx, scope, &goes, &stays).await?;
    sides.refused()?;

    let held = held::pass(engine, tx, &goes, &stays).await?;
    rest::pass(engine, tx, scope, &goes, &stays).await?;
    // Its rows are gone: with the commit its keys open nothing any more.
    jobs::enqueue(tx, &ForgetKeys(goes.id), scope.now).await?;
    let details = json!({ "joined": goes.id, "records": held });
    audit::enter(tx, scope, "subject.joined", stays.id, details).await?;
    Ok(Joined::Now)
}

/// Both rows, which nobody else is at; `None` if they are one already. Imports, erasures
/// and whoever else writes about one of them are waited for, and wait.
async fn both(
    tx: &WriteTx,
    goes: Uuid,
    stays: Uuid,
) -> Result<Option<(subjects::Model, subjects::Model)>, JoinError> {
    if goes == stays {
        return Err(JoinError::Same);
    }
    let row = |id| subjects::Entity::find().filter(subjects::Column::Id.eq(id));
    let mut hashes = Vec::new();
    for id in [goes, stays] {
        hashes.push((tx.one(row(id)).await?.ok_or(JoinError::Unknown)?.source_hash, id));
    }
    // In the order in which everybody locks.
    hashes.sort();
    let mut found = Vec::new();
    for (_, id) in hashes {
        found.extend(tx.one(row(id).lock_exclusive()).await?);
    }
    let mut take = |id| {
        let at = found.iter().position(|row| row.id == id).ok_or(JoinError::Unknown)?;
        Ok::<_, JoinError>(found.swap_remove(at))
    };
    let (goes, stays) = (take(goes)?, take(stays)?);
    match (goes.joined_into, stays.joined_into) {
        (Some(now), _) if now == stays.id => Ok(None),
        (Some(_), _) | (_, Some(_)) => Err(JoinError::Elsewhere),
        _ if goes.erased_at.is_some() || stays.erased_at.is_some() => Err(JoinError::Erased),
        _ => Ok(Some((goes, stays))),
    }
}
