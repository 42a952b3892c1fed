//! What was last seen at Stripe about a person: one sealed row, which goes with
//! the key of its category.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::picture::Picture;
use super::store;
use crate::engine::Engine;
use crate::people::subjects::locks_out;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, Place};
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, Timestamp, stripe_views, subjects};
use crate::platform::tenancy::{ReadTx, WriteTx};

/// How it is sealed. It is seen anew as a whole, never changed in parts.
const FORMAT: Format = Format::first("what was seen at Stripe");

/// A state that was seen earlier.
pub(super) struct View {
    pub category: String,
    pub picture: Picture,
    pub as_of: Timestamp,
    /// How many events have been heard since the first.
    pub changes: i64,
    /// How many of them the picture knows of.
    pub seen: i64,
}

/// What was seen last, if its key still opens it.
pub(super) async fn last(
    engine: &Engine,
    tx: &ReadTx,
    subject: Uuid,
) -> Result<Option<View>, Failure> {
    let Some(row) = tx.one(of(subject)).await? else { return Ok(None) };
    let Some(key) = engine.keyring.one(tx, subject, &row.category).await? else { return Ok(None) };
    let place = place(tx, subject, &row.category);
    let plain = key.open(place, &row.sealed).map_err(|e| Failure::Keyring(e.into()))?;
    let picture = FORMAT.read(&plain)?;
    let (as_of, changes, seen) = (row.as_of, row.changes, row.seen);
    Ok(Some(View { category: row.category, picture, as_of, changes, seen }))
}

/// What was last seen at Stripe about a person: it is held here until it is seen
/// anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it was.
    pub picture: Picture,
    /// When.
    pub as_of: Timestamp,
}

/// What is held here of what Stripe holds, without asking there.
pub(crate) async fn last_seen(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Seen>, Failure> {
    let tx = engine.tenant(scope.about(subject)?).read().await?;
    let seen = last(engine, &tx, subject).await?;
    Ok(seen.map(|View { picture, as_of, .. }| Seen { picture, as_of }))
}

/// What is asked for and when, so that an older answer never replaces a newer one.
pub(super) struct Asked<'a> {
    pub subject: Uuid,
    pub category: &'a str,
    /// By which connection.
    pub connected_at: Timestamp,
    /// How many events had been heard before.
    pub changes: i64,
}

/// Keeps what was seen just now, unless the person, the connection or the state
/// is another one by now.
pub(super) async fn keep(
    engine: &Engine,
    scope: &Scope,
    asked: &Asked<'_>,
    picture: &Picture,
) -> Result<(), Failure> {
    let subject = asked.subject;
    let tx = engine.tenant(scope.about(subject)?).write().await?;
    // An erasure waits until this is done, and the other way round.
    let person =
        subjects::Entity::find().filter(subjects::Column::Id.eq(subject)).lock(LockType::KeyShare);
    let is_there = tx.one(person).await?.is_some_and(|row| !locks_out(row.frozen_at));
    let connection = store::row(&tx).await?;
    let is_same = connection.is_some_and(|row| row.connected_at == asked.connected_at);
    if !is_there || !is_same {
        return Ok(());
    }
    let key = engine.keyring.ensure_one(&tx, subject, asked.category).await?;
    let sealed = seal(&tx, &key, asked, picture)?;
    let customer = customer_hash(engine, &tx, &picture.customer).await?;
    match tx.one(of(subject).lock_exclusive()).await? {
        Some(row) if row.as_of > scope.now => return Ok(()),
        Some(_) => {
            tx.update(
                stripe_views::Entity::update_many()
                    .col_expr(stripe_views::Column::Category, Expr::value(asked.category))
                    .col_expr(stripe_views::Column::CustomerHash, Expr::value(customer))
                    .col_expr(stripe_views::Column::Sealed, Expr::value(sealed))
                    .col_expr(stripe_views::Column::AsOf, Expr::value(scope.now))
                    .col_expr(stripe_views::Column::Seen, Expr::value(asked.changes))
                    .filter(stripe_views::Column::SubjectId.eq(subject)),
            )
            .await?;
        }
        None => {
            let row = stripe_views::ActiveModel {
                subject_id: Set(subject),
                category: Set(asked.category.to_owned()),
                customer_hash: Set(customer),
                sealed: Set(sealed),
                as_of: Set(scope.now),
                changes: Set(0),
                seen: Set(0),
                ..Default::default()
            };
            // Somebody else may have been faster, with the same.
            tx.insert_or(row, OnConflict::new().do_nothing().to_owned()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Forgets what was seen.
pub(super) async fn forget(tx: &WriteTx, subject: Uuid) -> Result<(), Failure> {
    let which = stripe_views::Column::SubjectId.eq(subject);
    tx.delete(stripe_views::Entity::delete_many().filter(which)).await?;
    Ok(())
}

pub(super) fn of(subject: Uuid) -> sea_orm::Select<stripe_views::Entity> {
    stripe_views::Entity::find().filter(stripe_views::Column::SubjectId.eq(subject))
}

/// How an event finds the people whom its customer is about.
pub(super) async fn customer_hash(
    engine: &Engine,
    tx: &ReadTx,
    customer: &str,
) -> Result<Vec<u8>, Failure> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    Ok(lookup.hash("stripe-customer", customer.as_bytes()))
}

fn seal(
    tx: &ReadTx,
    key: &DataKey,
    asked: &Asked<'_>,
    picture: &Picture,
) -> Result<Vec<u8>, Failure> {
    let plain = FORMAT.write(picture)?;
    let sealed = key.seal(place(tx, asked.subject, asked.category), &plain);
    sealed.map_err(|e| Failure::Keyring(e.into()))
}

pub(super) fn place<'a>(tx: &ReadTx, subject: Uuid, category: &'a str) -> Place<'a> {
    Place {
        tenant: tx.tenant(),
        owner: subject,
        label: category,
        row: subject,
        column: "stripe_views.sealed",
    }
}
