//! Tries that every node counts: at an account, at its codes, of mails to an
//! address.
//!
//! A try is booked, and that is committed, before anything is looked at; if it was
//! right the booking is taken back in the transaction of what it opens. Whatever
//! happens in between, a try that was not right stays counted.

use domain::roles::Permission;
use std::time::Duration;

use domain::identifiers::EmailAddress;
use domain::networks::Network;
use domain::tries::{
    CODES, CODES_OF_SESSION, CONFIRM, Rule, SIGN_IN_ANYWHERE, SIGN_IN_HERE, Tally,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::address_of;
use super::confirm::own_account;
use super::secret::Secret;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, tries};
use crate::platform::tenancy::WriteTx;

/// How many rows a tenant has at most. Whoever would push others out of it has to
/// make as many tries, which the limits on networks and tenants spread over more
/// time than anything is remembered for at an account.
const MOST: u64 = 50_000;

/// Takes out what was tried long ago.
#[derive(Serialize, Deserialize)]
pub(crate) struct SweepTries;

impl Job for SweepTries {
    const NAME: &'static str = "sweep-tries";
    const LANE: Lane = Lane::Tidying;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        sweep(with.engine, with.scope).await
    }
}

/// Why a try was not looked at.
#[derive(Debug, thiserror::Error)]
pub enum NotBooked {
    /// There were too many.
    #[error("too many tries; the next one in {seconds} seconds")]
    TooMany {
        /// Of which kind.
        kind: &'static str,
        /// How long to wait.
        seconds: u32,
    },
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sea_orm::DbErr> for NotBooked {
    fn from(error: sea_orm::DbErr) -> NotBooked {
        NotBooked::Failure(error.into())
    }
}

/// Something that is tried.
pub(crate) struct Try {
    kind: &'static str,
    what: Vec<u8>,
    rule: Rule,
}

impl Try {
    /// The password of whoever has this address, from a network.
    pub fn sign_in_here(email: &EmailAddress, network: Network) -> Try {
        let what = [&network.bytes()[..], email.folded().as_bytes()].concat();
        Try { kind: "sign-in-here", what, rule: SIGN_IN_HERE }
    }

    /// The same from wherever.
    pub fn sign_in(email: &EmailAddress) -> Try {
        let what = email.folded().into_bytes();
        Try { kind: "sign-in", what, rule: SIGN_IN_ANYWHERE }
    }

    /// The same from a browser in which they were signed in before: neither
    /// strangers nor neighbours make it wait.
    pub fn sign_in_again(token: &Secret) -> Try {
        Try { kind: "sign-in-again", what: token.hash(), rule: SIGN_IN_HERE }
    }

    /// The password of an account whose session is open.
    pub fn password(account: Uuid) -> Try {
        Try { kind: "password", what: account.as_bytes().to_vec(), rule: CONFIRM }
    }

    /// A code of an account's app, or a recovery code.
    pub fn factor(account: Uuid) -> Try {
        Try { kind: "factor", what: account.as_bytes().to_vec(), rule: CODES }
    }

    /// The same in one session.
    pub fn factor_of_session(token: &Secret) -> Try {
        Try { kind: "factor-of-session", what: token.hash(), rule: CODES_OF_SESSION }
    }

    /// A code that was mailed to an account.
    pub fn code(account: Uuid) -> Try {
        Try { kind: "code", what: account.as_bytes().to_vec(), rule: CODES }
    }

    fn mail(email: &EmailAddress, rule: Rule) -> Try {
        Try { kind: "mail", what: email.folded().into_bytes(), rule }
    }

    /// Which kind this is.
    pub fn kind(&self) -> &'static str {
        self.kind
    }
}

/// Tries that were booked, and not yet found right or wrong.
#[derive(Clone)]
pub(crate) struct Booked(Vec<(Row, Rule, i64)>);

type Row = (&'static str, Vec<u8>);

impl Booked {
    /// Whether it is the last of a kind that is looked at for a while.
    pub fn is_last(&self, kind: &str) -> bool {
        self.0.iter().any(|((of, _), rule, number)| match rule {
            Rule::Times { most, .. } => *of == kind && *number >= i64::from(*most),
            _ => false,
        })
    }
}

/// Books tries, all of them or none, in a transaction of its own.
pub(crate) async fn book<const N: usize>(
    engine: &Engine,
    scope: &Scope,
    tries: [Try; N],
) -> Result<Booked, NotBooked> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let lookup = engine.keyring.of_tenant(&tx).await?.lookup;
    let mut rows: Vec<(Row, Rule)> = tries
        .into_iter()
        .map(|one| ((one.kind, lookup.hash(one.kind, &one.what)), one.rule))
        .collect();
    // Everybody takes them in the same order, so that nobody waits in a circle.
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut booked = Vec::with_capacity(rows.len());
    let (mut refused, mut grown) = (None, false);
    for (row, rule) in rows {
        let (before, new) = lock(&tx, &row).await?;
        grown |= new;
        match rule.book(before, scope.now.0) {
            Ok(after) => {
                write(&tx, &row, rule, after).await?;
                booked.push((row, rule, after.count));
            }
            Err(wait) => {
                let longer = Some((wait.seconds(), row.0));
                refused = std::cmp::max(refused, longer);
            }
        }
    }
    if let Some((seconds, kind)) = refused {
        return Err(NotBooked::TooMany { kind, seconds });
    }
    // Last: whoever else promises it at this moment waits until this commits.
    if grown {
        make_room(&tx, scope).await?;
        jobs::enqueue_hourly(&tx, &SweepTries, scope.now).await?;
    }
    tx.commit().await?;
    Ok(Booked(booked))
}

/// What was tried was right.
pub(crate) async fn refund(tx: &WriteTx, booked: Booked) -> Result<(), Failure> {
    for (row, rule, _) in booked.0 {
        let of_row = tries::Entity::find().filter(is(&row)).lock_exclusive();
        if let Some(now) = tx.one(of_row).await? {
            write(tx, &row, rule, rule.refund(tally(&now))).await?;
        }
    }
    Ok(())
}

/// Forgets the tries at something: who made them can make no more use of it.
pub(crate) async fn forget(engine: &Engine, tx: &WriteTx, one: Try) -> Result<(), Failure> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let row = (one.kind, lookup.hash(one.kind, &one.what));
    tx.delete(tries::Entity::delete_many().filter(is(&row))).await?;
    Ok(())
}

/// Books a mail to an address that somebody typed, known or not.
pub async fn book_mail(
    engine: &Engine,
    scope: &Scope,
    email: &EmailAddress,
    rule: Rule,
) -> Result<(), NotBooked> {
    book(engine, scope, [Try::mail(email, rule)]).await.map(|_| ())
}

/// Books a mail to whoever acts.
pub async fn book_own_mail(engine: &Engine, scope: &Scope, rule: Rule) -> Result<(), NotBooked> {
    let Some(account) = own_account(engine, scope).await? else { return Ok(()) };
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).read().await?;
    let email = address_of(engine, &tx, &account).await?;
    drop(tx);
    match email {
        Some(email) => book_mail(engine, scope, &email, rule).await,
        None => Ok(()),
    }
}

/// Takes out what makes no difference any more; while something is left, it comes
/// again.
async fn sweep(engine: &Engine, scope: &Scope) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    take_out(&tx, scope.now).await?;
    if tx.count(tries::Entity::find()).await? > 0 {
        jobs::enqueue_hourly(&tx, &SweepTries, scope.now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The row as nobody else changes it until the transaction ends, and whether it had
/// to be made.
async fn lock(tx: &WriteTx, row: &Row) -> Result<(Tally, bool), Failure> {
    let none = tries::ActiveModel {
        kind: Set(row.0.to_owned()),
        about: Set(row.1.clone()),
        number: Set(0),
        at: Set(Timestamp(0)),
        // Written below, in the same transaction.
        expires_at: Set(Timestamp(i64::MAX)),
        ..Default::default()
    };
    let made = tx.insert_or(none, OnConflict::new().do_nothing().to_owned()).await?;
    let found = tx.one(tries::Entity::find().filter(is(row)).lock_exclusive()).await?;
    Ok((found.map(|row| tally(&row)).unwrap_or_default(), made == 1))
}

/// Beyond the most, those go that would be forgotten first.
async fn make_room(tx: &WriteTx, scope: &Scope) -> Result<(), Failure> {
    if tx.count(tries::Entity::find()).await? <= MOST {
        return Ok(());
    }
    take_out(tx, scope.now).await?;
    let kept = tries::Entity::find()
        .order_by_desc(tries::Column::ExpiresAt)
        .offset(MOST - MOST / 10)
        .limit(1);
    if let Some(first) = tx.one(kept).await? {
        take_out(tx, first.expires_at).await?;
    }
    Ok(())
}

async fn take_out(tx: &WriteTx, until: Timestamp) -> Result<(), Failure> {
    tx.delete(tries::Entity::delete_many().filter(tries::Column::ExpiresAt.lt(until))).await?;
    Ok(())
}

async fn write(tx: &WriteTx, row: &Row, rule: Rule, tally: Tally) -> Result<(), Failure> {
    let until = Timestamp(rule.forgotten_at(tally));
    tx.update(
        tries::Entity::update_many()
            .col_expr(tries::Column::Number, Expr::value(tally.count))
            .col_expr(tries::Column::At, Expr::value(Timestamp(tally.at)))
            .col_expr(tries::Column::ExpiresAt, Expr::value(until))
            .filter(is(row)),
    )
    .await?;
    Ok(())
}

fn is(row: &Row) -> SimpleExpr {
    tries::Column::Kind.eq(row.0).and(tries::Column::About.eq(row.1.clone()))
}

fn tally(row: &tries::Model) -> Tally {
    Tally { count: row.number, at: row.at.0 }
}
