//! What the desk decides about reports that data is a child's (L13, E22).

use std::collections::BTreeSet;

use domain::requests::State;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::concerned::concerned;
use super::report::{of_a_report, one_by_one};
use super::vouch::{meant, to_decide};
use crate::data::holds;
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{holds as table, requests};
use crate::platform::tenancy::{WriteTx, retrying};
use crate::rights::erasure::{self, AskError};
use crate::rights::requests::step;

/// Why the desk has decided nothing.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// No report that waits for a decision.
    #[error("there is no such report, or it is decided")]
    Over,
    /// Nobody whose data is here is meant, or it has to be said who of several.
    #[error("it is not certain who is meant")]
    WhoIsMeant,
    /// Nothing was deleted.
    #[error(transparent)]
    NotDeleted(#[from] AskError),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for DecideError {
    fn from(error: DbErr) -> DecideError {
        DecideError::Failure(error.into())
    }
}

/// Ends what reports hold up that turned out to be wrong, and closes a request as
/// refused once none of its reports is left. What others have reported goes on. The
/// answer is how many were let go.
pub async fn release(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    messages: &[Uuid],
) -> Result<u64, Failure> {
    let permit = confirmed.permits(scope, Task::Release, Permission::AnswerRequests)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        one_by_one(&tx).await?;
        let mut released = 0;
        for message in messages.iter().copied().collect::<BTreeSet<_>>() {
            let Some(row) = to_decide(engine, &tx, scope, message).await? else { continue };
            holds::end(&tx, scope, std::slice::from_ref(&row)).await?;
            audit::enter(&tx, scope, "report.released", message, json!({})).await?;
            close(&tx, scope, row.request_id, State::Refused).await?;
            released += 1;
        }
        if released > 0 {
            tell_admins(engine, &tx, scope, &Deed::Released).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(released)
    })
    .await
}

/// Begins the erasure of the child whose data it is, as the person could, and closes
/// every report about them: it was right. Where the erasure is under way already,
/// there is only that left to do. `person` says who is meant, where several have the
/// address.
pub async fn delete(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    message: Uuid,
    person: Option<Uuid>,
) -> Result<(), DecideError> {
    let permit = scope.permit(Permission::AnswerRequests)?;
    if confirmed.task() != Task::Deletion {
        return Err(AskError::NotConfirmed.into());
    }
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        one_by_one(&tx).await?;
        let row = to_decide(engine, &tx, scope, message).await?.ok_or(DecideError::Over)?;
        let mut decided = vec![row.clone()];
        let begun = match meant(engine, &tx, &row, person).await? {
            Some(person) => {
                let about = table::Entity::find()
                    .filter(table::Column::SubjectId.eq(person))
                    .filter(table::Column::Id.ne(row.id))
                    .filter(of_a_report());
                decided.extend(tx.all(about).await?);
                match erasure::begin(engine, &tx, scope, person).await {
                    Ok(begun) => Some(begun.reference),
                    // They were faster.
                    Err(AskError::UnderWay) => None,
                    Err(error) => return Err(error.into()),
                }
            }
            None if is_gone(engine, &tx, &row).await? => None,
            None => return Err(DecideError::WhoIsMeant),
        };
        holds::end(&tx, scope, &decided).await?;
        let details = json!({ "request": begun });
        let messages: BTreeSet<Uuid> =
            decided.iter().filter_map(|row| row.message_id).chain([message]).collect();
        for message in messages {
            audit::enter(&tx, scope, "report.confirmed", message, details.clone()).await?;
        }
        tell_admins(engine, &tx, scope, &Deed::ChildDeleted).await?;
        let requests: BTreeSet<Uuid> = decided.iter().filter_map(|row| row.request_id).collect();
        for request in requests {
            close(&tx, scope, Some(request), State::Fulfilled).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}

/// Closes a request for which nothing is held up any more.
async fn close(
    tx: &WriteTx,
    scope: &Scope,
    request: Option<Uuid>,
    as_what: State,
) -> Result<(), Failure> {
    let Some(request) = request else { return Ok(()) };
    if is_held(tx, request).await? || is_closed(tx, request).await? {
        return Ok(());
    }
    if as_what == State::Fulfilled {
        step(tx, scope, request, State::InProgress).await?;
    }
    step(tx, scope, request, as_what).await
}

async fn is_held(tx: &WriteTx, request: Uuid) -> Result<bool, Failure> {
    let held = table::Entity::find().filter(table::Column::RequestId.eq(request));
    Ok(tx.count(held).await? > 0)
}

async fn is_closed(tx: &WriteTx, request: Uuid) -> Result<bool, Failure> {
    let open = requests::Entity::find()
        .filter(requests::Column::Id.eq(request))
        .filter(requests::Column::ClosedAt.is_null());
    Ok(tx.count(open).await? == 0)
}

/// Whether the person whom a report was about is deleted, or about to be.
async fn is_gone(engine: &Engine, tx: &WriteTx, row: &table::Model) -> Result<bool, Failure> {
    let people = concerned(engine, tx, row.subject_id, row.address_hash.as_deref()).await?;
    Ok(!people.is_empty() && people.iter().all(|person| person.gone))
}
