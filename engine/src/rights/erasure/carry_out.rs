//! Carrying an erasure out, in steps that are small enough for others to write
//! between them, and that any node can take up where another was killed.
//!
//! 1. *Hide* ([`hide`]): in one transaction the person is nobody any more, no import
//!    brings them back, and the day and the policy version are fixed by which all the
//!    rest is done.
//! 2. *Count* (`plan.rs`): from then on nothing can be added, so what is counted is
//!    what will be erased.
//! 3. *Delete* (`batch.rs`): a few rows per transaction, which also says how far it is.
//! 4. *End* (`end.rs`): the receipt's lines are signed, the keys' names forgotten, and
//!    the destruction of the keys promised.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::batch::{self, Stage};
use super::plan::{self, Plan};
use super::{end, plan::FORMAT};
use crate::data::stripe;
use crate::engine::Engine;
use crate::people::subjects::bury_joined;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, accounts, choices, erasures, requests, subjects, tombstones};
use crate::platform::tenancy::WriteTx;
use crate::policies;

/// After so many steps, some hundred thousand records, it is another's turn.
const TURN: u32 = 200;
/// For how long others may write between two steps.
const BREATH: Duration = Duration::from_millis(5);

/// Begins an erasure.
#[derive(Serialize, Deserialize)]
pub(crate) struct Erase(pub Uuid);

impl Job for Erase {
    const NAME: &'static str = "erase";
    const LANE: Lane = Lane::Erasures;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        hide(with.engine, with.scope, self.0).await
    }
}

/// Carries on with an erasure that was begun.
#[derive(Serialize, Deserialize)]
pub(crate) struct GoOnErasing(pub Uuid);

impl Job for GoOnErasing {
    const NAME: &'static str = "go-on-erasing";
    const LANE: Lane = Lane::Erasures;
    const LIMIT: Duration = Duration::from_secs(3600);

    async fn run(self, With { engine, scope, .. }: With<'_>) -> Result<(), Failure> {
        for _ in 0..TURN {
            if !step(engine, scope, self.0).await? {
                engine.work.notify_one();
                return Ok(());
            }
            tokio::time::sleep(BREATH).await;
        }
        let tx = engine.tenant(scope.portal()?).write().await?;
        jobs::enqueue(&tx, &self, scope.now).await?;
        Ok(tx.commit().await?)
    }
}

/// Does what the preview said, by the policy version under which it was asked,
/// from wherever it is to the promise that the keys are destroyed.
pub async fn carry_out(engine: &Engine, scope: &Scope, request: Uuid) -> Result<(), Failure> {
    hide(engine, scope, request).await?;
    go_on(engine, scope, request).await
}

/// The first step of an erasure that was asked for. To do it again changes nothing.
/// What a claim needs stays behind, as the preview said, also if that is everything
/// (GDPR art. 17(3)(e)).
pub async fn hide(engine: &Engine, scope: &Scope, request: Uuid) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    let row = tx
        .one(requests::Entity::find().filter(requests::Column::Id.eq(request)))
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {request}")))?;
    drop(tx);
    let subject = row
        .subject_id
        .ok_or_else(|| Failure::corrupt(format!("request {request} has no subject")))?;
    let version = policies::version(engine, scope, row.policy_number)
        .await?
        .ok_or_else(|| Failure::corrupt(format!("policy version {}", row.policy_number)))?;

    let tx = engine.tenant(scope.portal()?).write().await?;
    let Some(subject) = still_there(&tx, subject).await? else { return Ok(()) };
    // While the references can still be read.
    let about = (subject.id, &version, row.reference.as_str());
    let asked_at_stripe = stripe::pass_on(engine, &tx, scope, about).await?;
    let begun =
        Begun { request, again: false, policy_number: Some(row.policy_number), asked_at_stripe };
    begin(&tx, scope, &subject, begun).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// The first step of one that is repeated after a restore, by the policy in force.
pub(super) async fn hide_again(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    request: Uuid,
) -> Result<(), Failure> {
    let version = policies::in_force(engine, scope).await?;
    let tx = engine.tenant(scope.portal()?).write().await?;
    let Some(subject) = still_there(&tx, subject).await? else { return Ok(()) };
    let policy_number = version.map(|version| version.number);
    let begun = Begun { request, again: true, policy_number, asked_at_stripe: false };
    begin(&tx, scope, &subject, begun).await?;
    tx.commit().await?;
    Ok(())
}

/// What is known when an erasure is begun.
struct Begun {
    request: Uuid,
    again: bool,
    policy_number: Option<i64>,
    asked_at_stripe: bool,
}

/// The person, kept from imports: one that touches them is waited for, and none is
/// let in until this is done.
async fn still_there(tx: &WriteTx, subject: Uuid) -> Result<Option<subjects::Model>, Failure> {
    let subject = tx
        .one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject)).lock_exclusive())
        .await?
        .ok_or_else(|| Failure::corrupt(format!("subject {subject}")))?;
    Ok(Some(subject).filter(|subject| subject.erased_at.is_none()))
}

async fn begin(
    tx: &WriteTx,
    scope: &Scope,
    subject: &subjects::Model,
    begun: Begun,
) -> Result<(), Failure> {
    let request = begun.request;
    stripe::forget_view(tx, subject.id).await?;
    forget_who(tx, scope, subject).await?;
    let row = erasures::ActiveModel {
        request_id: Set(request),
        subject_id: Set(subject.id),
        format: Set(FORMAT),
        again: Set(begun.again),
        begun_at: Set(scope.now),
        erased_on: Set(Day::from(scope.today())),
        policy_number: Set(begun.policy_number),
        asked_at_stripe: Set(begun.asked_at_stripe),
        plan: Set(None),
        stage: Set(Stage::first().name().to_owned()),
        step: Set(0),
        after_day: Set(batch::NO_DAY),
        after_id: Set(Uuid::nil()),
        ..Default::default()
    };
    tx.insert(row).await?;
    // Its kind is one that earlier versions do not know: they would take the rest for
    // done.
    jobs::enqueue(tx, &GoOnErasing(request), scope.now).await?;
    let details = json!({ "request": request });
    audit::enter(tx, scope, "subject.erasure-begun", subject.id, details).await?;
    Ok(())
}

/// What is left of the subject: an id without a name. The tombstone keeps
/// tonight's import from bringing the person back.
async fn forget_who(tx: &WriteTx, scope: &Scope, subject: &subjects::Model) -> Result<(), Failure> {
    let row = tombstones::ActiveModel {
        source_hash: Set(subject.source_hash.clone()),
        erased_at: Set(scope.now),
        ..Default::default()
    };
    let key = [tombstones::Column::TenantId, tombstones::Column::SourceHash];
    tx.insert_or(
        row,
        OnConflict::columns(key).update_column(tombstones::Column::ErasedAt).to_owned(),
    )
    .await?;
    bury_joined(tx, scope, subject.id).await?;
    tx.delete(accounts::Entity::delete_many().filter(accounts::Column::SubjectId.eq(subject.id)))
        .await?;
    tx.delete(choices::Entity::delete_many().filter(choices::Column::SubjectId.eq(subject.id)))
        .await?;
    tx.update(
        subjects::Entity::update_many()
            .col_expr(subjects::Column::Sealed, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::EmailHash, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::NextAddress, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::NextEmailHash, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::StoppedEmailHash, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::ErasedAt, Expr::value(Some(scope.now)))
            .filter(subjects::Column::Id.eq(subject.id)),
    )
    .await?;
    Ok(())
}

/// Goes on with an erasure until it is at its end. Several nodes may do it at once:
/// each step is one's or the other's.
pub async fn go_on(engine: &Engine, scope: &Scope, request: Uuid) -> Result<(), Failure> {
    while step(engine, scope, request).await? {
        tokio::time::sleep(BREATH).await;
    }
    engine.work.notify_one();
    Ok(())
}

/// One step of an erasure that was begun, in one transaction; the answer is whether
/// there may be more.
pub async fn step(engine: &Engine, scope: &Scope, request: Uuid) -> Result<bool, Failure> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    let which = erasures::Entity::find().filter(erasures::Column::RequestId.eq(request));
    let Some(row) = tx.one(which.lock_exclusive()).await? else { return Ok(false) };
    let newer = || Failure::corrupt(format!("erasure {request}: a newer version has begun it"));
    if row.format > FORMAT {
        return Err(newer());
    }
    let Some(text) = &row.plan else {
        drop(tx);
        plan::fix(engine, scope, &row).await?;
        return Ok(true);
    };
    let plan: Plan = serde_json::from_str(text).map_err(Failure::corrupt)?;
    match Stage::named(&row.stage).ok_or_else(newer)? {
        Stage::End => {
            end::end(engine, tx, scope, &row, &plan).await?;
            Ok(false)
        }
        stage => {
            batch::delete_some(&tx, &row, stage, &plan).await?;
            tx.commit().await?;
            Ok(true)
        }
    }
}
