//! The end of an erasure's steps: what was done is signed, and the keys of what is
//! gone are given up.

use data_encoding::HEXLOWER;
use domain::erasure::Line;
use domain::requests::State;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::keys::DestroyKeys;
use super::plan::Plan;
use super::receipt::{self, HeadState, LineBody};
use super::retained;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::ledger::Entry;
use crate::platform::scope::Scope;
use crate::platform::storage::{data_keys, erasures, exports, requests, subjects};
use crate::platform::tenancy::WriteTx;
use crate::rights::requests::step;

/// Ends an erasure whose rows are gone. Killed before the commit, it is done again;
/// after it, there is nothing left to do.
pub(super) async fn end(
    engine: &Engine,
    tx: WriteTx,
    scope: &Scope,
    row: &erasures::Model,
    plan: &Plan,
) -> Result<(), Failure> {
    let (request, subject) = (row.request_id, row.subject_id);
    // All but what opens the rest: also keys of earlier records and categories.
    let mut keys = take_keys(&tx, subject, &plan.kept()).await?;
    keys.extend(forget_exports(&tx, subject).await?);
    keys.extend(close_others(&tx, scope, subject, request).await?);
    let this = erasures::Column::RequestId.eq(request);
    tx.delete(erasures::Entity::delete_many().filter(this)).await?;
    let details = json!({ "request": request });
    if row.again {
        audit::enter(&tx, scope, "subject.erased-again", subject, details).await?;
        return give_up(engine, tx, scope, (request, subject), keys).await;
    }
    retained::keep(&tx, request, subject, &plan.lines).await?;
    let mut bodies = bodies(&plan.lines);
    bodies.extend(row.asked_at_stripe.then_some(LineBody::AskedAtStripe));
    receipt::add_lines(engine, &tx, scope, request, bodies, HeadState::Open).await?;
    jobs::enqueue(&tx, &DestroyKeys { request, keys }, scope.now).await?;
    audit::enter(&tx, scope, "subject.erased", subject, details).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Gives up the keys of somebody who was there again after a restore. Most are
/// destroyed already, as the ledger says; such as of a category that the law has let
/// go of since are not.
async fn give_up(
    engine: &Engine,
    tx: WriteTx,
    scope: &Scope,
    (request, subject): (Uuid, Uuid),
    keys: Vec<Uuid>,
) -> Result<(), Failure> {
    let there = engine.keyring.keys(scope.tenant, &keys).await?;
    let keys: Vec<Uuid> = keys.into_iter().filter(|key| there.contains_key(key)).collect();
    let by_id = subjects::Entity::find().filter(subjects::Column::Id.eq(subject));
    let source = tx.one(by_id).await?.map(|subject| HEXLOWER.encode(&subject.source_hash));
    if !keys.is_empty() {
        // In the ledger before the commit: killed after it, the next replay destroys them.
        let (tenant, at) = (scope.tenant, scope.now);
        let entry = Entry { tenant, request, subject, keys: keys.clone(), source, at };
        engine.ledger.append(&entry).await?;
    }
    tx.commit().await?;
    engine.keyring.destroy(scope.tenant, &keys).await?;
    Ok(())
}

/// Forgets which keys an owner has, but for those with these labels, and answers
/// them for their destruction.
async fn take_keys(tx: &WriteTx, owner: Uuid, kept: &[String]) -> Result<Vec<Uuid>, Failure> {
    let which = data_keys::Column::OwnerId.eq(owner).and(data_keys::Column::Label.is_not_in(kept));
    let keys = tx
        .all(data_keys::Entity::find().filter(which.clone()))
        .await?
        .into_iter()
        .map(|row| row.key_id)
        .collect();
    tx.delete(data_keys::Entity::delete_many().filter(which)).await?;
    Ok(keys)
}

async fn forget_exports(tx: &WriteTx, subject: Uuid) -> Result<Vec<Uuid>, Failure> {
    let mut keys = Vec::new();
    let of_subject = exports::Entity::find().filter(exports::Column::SubjectId.eq(subject));
    for export in tx.all(of_subject).await? {
        keys.extend(take_keys(tx, export.id, &[]).await?);
        tx.delete(exports::Entity::delete_many().filter(exports::Column::Id.eq(export.id))).await?;
    }
    Ok(keys)
}

/// Whatever else the person has asked for has nothing left to be done to. The
/// answer is what sealed the envelopes.
async fn close_others(
    tx: &WriteTx,
    scope: &Scope,
    subject: Uuid,
    this: Uuid,
) -> Result<Vec<Uuid>, Failure> {
    let mut keys = Vec::new();
    let open = requests::Entity::find()
        .filter(requests::Column::SubjectId.eq(subject))
        .filter(requests::Column::ClosedAt.is_null())
        .filter(requests::Column::Id.ne(this));
    for other in tx.all(open).await? {
        step(tx, scope, other.id, State::Withdrawn).await?;
        keys.extend(take_keys(tx, other.id, &[]).await?);
    }
    Ok(keys)
}

fn bodies(plan: &[Line]) -> Vec<LineBody> {
    let told = plan.iter().filter(|line| line.count > 0);
    told.map(|line| LineBody::Category {
        category: line.category.clone(),
        count: line.count,
        outcome: line.outcome.clone(),
    })
    .collect()
}
