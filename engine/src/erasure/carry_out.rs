//! Carrying an erasure out.

use domain::erasure::{Line, Outcome, hold_cutoff, hold_for};
use domain::identifiers::Slug;
use domain::policy::facts::Facts;
use domain::requests::State;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

use super::preview::lines;
use super::receipt::{self, HeadState, LineBody};
use crate::audit;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::jobs::{self, Job};
use crate::policies;
use crate::requests::step;
use crate::scope::Scope;
use crate::storage::{
    Day, accounts, anonymous_counts, choices, data_keys, disclosures, events, exports,
    record_parties, records, requests, subjects, tombstones,
};
use crate::stripe;
use crate::tenancy::WriteTx;

/// Does what the preview said, by the policy version under which it was asked.
///
/// All rows go in one transaction, which also writes the receipt's lines and
/// promises the destruction of the keys. Killed before its commit, nothing has
/// happened and the job begins again; after it, the subject is erased and the
/// job has nothing left to do.
pub async fn carry_out(engine: &Engine, scope: &Scope, request: Uuid) -> Result<(), Failure> {
    let db = engine.tenant(scope.tenant);
    let tx = db.read().await?;
    let row = tx
        .one(requests::Entity::find().filter(requests::Column::Id.eq(request)))
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {request}")))?;
    drop(tx);
    let subject_id = row
        .subject_id
        .ok_or_else(|| Failure::corrupt(format!("request {request} has no subject")))?;
    let version = policies::version(engine, scope, row.policy_number)
        .await?
        .ok_or_else(|| Failure::corrupt(format!("policy version {}", row.policy_number)))?;
    let facts = &version.document.facts;

    let tx = db.write().await?;
    let subject = tx
        // Waits for an import that touches the person, and lets none in until it is done.
        .one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject_id)).lock_exclusive())
        .await?
        .ok_or_else(|| Failure::corrupt(format!("subject {subject_id}")))?;
    if subject.erased_at.is_some() {
        return Ok(());
    }
    // While the references can still be read.
    let about = (subject_id, &version, row.reference.as_str());
    let asked_at_stripe = stripe::pass_on(engine, &tx, scope, about).await?;
    let (plan, keys) = remove(&tx, scope, facts, &subject, request).await?;
    let mut bodies = bodies(&plan);
    bodies.extend(asked_at_stripe.then_some(LineBody::AskedAtStripe));
    receipt::add_lines(engine, &tx, scope, request, bodies, HeadState::Open).await?;
    jobs::enqueue(&tx, &Job::DestroyKeys { request, keys }, scope.now).await?;
    audit::enter(&tx, scope, "subject.erased", subject_id, json!({ "request": request })).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(())
}

/// Deletes every row about a person but what the plan keeps, and forgets who it
/// was. The answer is the plan, and the keys to destroy after the commit.
pub(super) async fn remove(
    tx: &WriteTx,
    scope: &Scope,
    facts: &Facts,
    subject: &subjects::Model,
    request: Uuid,
) -> Result<(Vec<Line>, Vec<Uuid>), Failure> {
    let today = scope.today();
    let plan = lines(tx, facts, subject.id, today).await?;
    stripe::forget_view(tx, subject.id).await?;
    for line in &plan {
        erase_category(tx, facts, subject.id, line, today).await?;
    }
    let kept: Vec<String> = plan
        .iter()
        .filter(|line| matches!(line.outcome, Outcome::Retained { .. }))
        .map(|line| line.category.to_string())
        .collect();
    // All but what opens the rest: also keys of earlier records and categories.
    let mut keys = take_keys(tx, subject.id, &kept).await?;
    keys.extend(forget_exports(tx, subject.id).await?);
    keys.extend(close_others(tx, scope, subject.id, request).await?);
    forget_subject(tx, scope, subject).await?;
    Ok((plan, keys))
}

async fn erase_category(
    tx: &WriteTx,
    facts: &Facts,
    subject: Uuid,
    line: &Line,
    today: Date,
) -> Result<(), Failure> {
    let counted = match line.outcome {
        Outcome::Erased => false,
        Outcome::Counted => true,
        _ => return Ok(()),
    };
    let mut ours = records::Column::SubjectId
        .eq(subject)
        .and(records::Column::Category.eq(line.category.as_str()))
        .and(records::Column::OrganisationId.is_null());
    let cutoff = hold_for(facts, &line.category).and_then(|hold| hold_cutoff(hold, today));
    if let Some(cutoff) = cutoff {
        ours = ours.and(records::Column::OccurredOn.lte(Day::from(cutoff)));
    }
    if counted {
        count(tx, &line.category, ours.clone()).await?;
    }
    tx.delete(records::Entity::delete_many().filter(ours)).await?;
    leave_shared(tx, subject, &line.category, cutoff).await
}

/// Adds what is about to be deleted to the anonymous counts, per kind and month.
async fn count(
    tx: &WriteTx,
    category: &Slug,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<(), Failure> {
    #[derive(FromQueryResult)]
    struct Dated {
        kind: String,
        occurred_on: Day,
    }
    let query = records::Entity::find()
        .select_only()
        .columns([records::Column::Kind, records::Column::OccurredOn])
        .filter(which);
    let mut amounts: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in tx.rows::<_, Dated>(query).await? {
        let month = Date::from(row.occurred_on).strftime("%Y-%m").to_string();
        *amounts.entry((row.kind, month)).or_default() += 1;
    }
    for ((kind, month), amount) in amounts {
        let row = anonymous_counts::ActiveModel {
            category: Set(category.to_string()),
            kind: Set(kind),
            month: Set(month),
            amount: Set(amount),
            ..Default::default()
        };
        let key = [
            anonymous_counts::Column::TenantId,
            anonymous_counts::Column::Category,
            anonymous_counts::Column::Kind,
            anonymous_counts::Column::Month,
        ];
        let before = Expr::col((anonymous_counts::Entity, anonymous_counts::Column::Amount));
        let add = OnConflict::columns(key)
            .value(anonymous_counts::Column::Amount, before.add(amount))
            .to_owned();
        tx.insert_or(row, add).await?;
    }
    Ok(())
}

/// Takes the person out of records that are about others too; those about
/// nobody else are deleted.
async fn leave_shared(
    tx: &WriteTx,
    subject: Uuid,
    category: &Slug,
    cutoff: Option<Date>,
) -> Result<(), Failure> {
    let parties =
        record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(subject));
    for party in tx.all(parties).await? {
        let mut which = records::Column::Id
            .eq(party.record_id)
            .and(records::Column::Category.eq(category.as_str()))
            .and(records::Column::OrganisationId.is_null());
        if let Some(cutoff) = cutoff {
            which = which.and(records::Column::OccurredOn.lte(Day::from(cutoff)));
        }
        let shared = tx.one(records::Entity::find().filter(which)).await?;
        let Some(record) = shared else { continue };
        tx.delete(
            record_parties::Entity::delete_many()
                .filter(record_parties::Column::RecordId.eq(record.id))
                .filter(record_parties::Column::SubjectId.eq(subject)),
        )
        .await?;
        let others = tx
            .count(
                record_parties::Entity::find()
                    .filter(record_parties::Column::RecordId.eq(record.id)),
            )
            .await?;
        if others == 0 {
            tx.delete(records::Entity::delete_many().filter(records::Column::Id.eq(record.id)))
                .await?;
        }
    }
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

/// What is left of the subject: an id without a name. The tombstone keeps
/// tonight's import from bringing the person back.
async fn forget_subject(
    tx: &WriteTx,
    scope: &Scope,
    subject: &subjects::Model,
) -> Result<(), Failure> {
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
    tx.delete(accounts::Entity::delete_many().filter(accounts::Column::SubjectId.eq(subject.id)))
        .await?;
    tx.delete(events::Entity::delete_many().filter(events::Column::SubjectId.eq(subject.id)))
        .await?;
    tx.delete(
        disclosures::Entity::delete_many().filter(disclosures::Column::SubjectId.eq(subject.id)),
    )
    .await?;
    tx.delete(choices::Entity::delete_many().filter(choices::Column::SubjectId.eq(subject.id)))
        .await?;
    tx.update(
        subjects::Entity::update_many()
            .col_expr(subjects::Column::Sealed, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::EmailHash, Expr::value(None::<Vec<u8>>))
            .col_expr(subjects::Column::ErasedAt, Expr::value(Some(scope.now)))
            .filter(subjects::Column::Id.eq(subject.id)),
    )
    .await?;
    Ok(())
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
