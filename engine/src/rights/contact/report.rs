//! A report that data is a child's, as it arrives (L13, E22).
//!
//! Anybody can send one, so alone it only keeps rules from deleting what is to be
//! looked at. It goes to the desk at once, and has its own hold: another report about
//! the same person joins its request, and is decided for itself.

use domain::holds::Reason;
use domain::identifiers::EmailAddress;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::concerned::the_one;
use super::draft;
use crate::data::holds::{self, About, Origin};
use crate::engine::Engine;
use crate::people::accounts::address_hash;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{holds as table, messages, requests as requests_table, tenants};
use crate::platform::tenancy::{ReadTx, WriteTx};
use crate::rights::requests;

/// How many reports from one address act in a day. Those whose sender has shown that
/// the address is theirs are counted apart: nobody uses up another's by typing it.
pub(super) const PER_SENDER: u64 = 3;
/// How many reports act at one tenant in an hour before their sender has shown that.
pub(super) const PER_TENANT: u64 = 20;
const DAY: i64 = 24 * 3600;
const HOUR: i64 = 3600;

/// A report, and whom it is about.
pub(super) struct Report<'a> {
    pub message: Uuid,
    pub reference: &'a str,
    pub policy_number: i64,
    pub about: &'a EmailAddress,
    /// The request that it has opened before.
    pub request: Option<Uuid>,
}

/// Takes a report whose sender may be anybody. The counts are in the database, so that
/// all nodes share them, and reports of a tenant are taken one after the other. The
/// answer is whether there is a request that was not there before.
pub(super) async fn take(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    report: &Report<'_>,
    sender: &[u8],
) -> Result<bool, Failure> {
    one_by_one(tx).await?;
    let unproven = messages::Column::VerifiedAt.is_null();
    let by_all = acting(scope, HOUR).filter(unproven.clone());
    if has_had_theirs(tx, scope, sender, unproven).await? || tx.count(by_all).await? >= PER_TENANT {
        return Ok(false);
    }
    act(engine, tx, scope, report, Reason::ChildReported).await
}

/// Takes a report once its sender has shown that the address is theirs, which did not
/// act before.
pub(super) async fn take_proven(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    report: &Report<'_>,
    sender: &[u8],
) -> Result<bool, Failure> {
    if has_had_theirs(tx, scope, sender, messages::Column::VerifiedAt.is_not_null()).await? {
        return Ok(false);
    }
    act(engine, tx, scope, report, Reason::ChildVouched).await
}

/// Whether as many reports from a sender have acted today as may, among those with proof
/// or those without.
async fn has_had_theirs(
    tx: &WriteTx,
    scope: &Scope,
    sender: &[u8],
    proof: SimpleExpr,
) -> Result<bool, Failure> {
    let by_sender =
        acting(scope, DAY).filter(proof).filter(messages::Column::SenderHash.eq(sender));
    Ok(tx.count(by_sender).await? >= PER_SENDER)
}

/// Gives a report its effect: a request of its own, or the open one about the same
/// person, and the hold. The answer is whether the request is a new one.
pub(super) async fn act(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    report: &Report<'_>,
    reason: Reason,
) -> Result<bool, Failure> {
    let hash = address_hash(engine, tx, report.about).await?;
    let subject = the_one(tx, &hash).await?;
    let before = match report.request {
        Some(request) => Some(request),
        None => open_request(tx, subject, &hash).await?,
    };
    let request = match before {
        Some(request) => request,
        None => requests::report(tx, scope, report.reference, report.policy_number).await?,
    };
    let about = subject.map_or(About::Address(hash), About::Person);
    let origin = Origin { request: Some(request), message: Some(report.message) };
    holds::begin(tx, scope, reason, about, origin, None).await?;
    tx.update(
        messages::Entity::update_many()
            .col_expr(messages::Column::RequestId, Expr::value(Some(request)))
            .col_expr(messages::Column::PausedSubject, Expr::value(subject))
            .filter(messages::Column::Id.eq(report.message)),
    )
    .await?;
    Ok(before.is_none())
}

/// Whether a report holds nothing up though nobody has decided it: it was one of too
/// many, or a node of the version before has taken it.
pub(super) async fn is_undecided(tx: &ReadTx, row: &messages::Model) -> Result<bool, Failure> {
    if row.reason != draft::Reason::Child.name() {
        return Ok(false);
    }
    let Some(request) = row.request_id else { return Ok(true) };
    let held = table::Entity::find().filter(table::Column::RequestId.eq(request));
    let open = requests_table::Entity::find()
        .filter(requests_table::Column::Id.eq(request))
        .filter(requests_table::Column::ClosedAt.is_null());
    Ok(tx.count(held).await? == 0 && tx.count(open).await? > 0)
}

/// Whoever takes or decides a report of this tenant waits for who does so already.
pub(super) async fn one_by_one(tx: &WriteTx) -> Result<(), Failure> {
    // A lock that other rows' foreign keys do not wait for.
    tx.one(tenants::Entity::find().lock(LockType::NoKeyUpdate)).await?;
    Ok(())
}

/// The reports that have acted within so many seconds.
fn acting(scope: &Scope, within: i64) -> Select<messages::Entity> {
    messages::Entity::find()
        .filter(messages::Column::Reason.eq(draft::Reason::Child.name()))
        .filter(messages::Column::ReceivedAt.gt(scope.now.plus_seconds(-within)))
        .filter(messages::Column::RequestId.is_not_null())
}

/// The request that waits for a look at the same person, or the same address.
async fn open_request(
    tx: &WriteTx,
    subject: Option<Uuid>,
    hash: &[u8],
) -> Result<Option<Uuid>, Failure> {
    let about = match subject {
        Some(subject) => {
            table::Column::SubjectId.eq(subject).or(table::Column::AddressHash.eq(hash))
        }
        None => table::Column::AddressHash.eq(hash),
    };
    let open = table::Entity::find().filter(about).filter(of_a_report());
    Ok(tx.all(open).await?.into_iter().find_map(|row| row.request_id))
}

/// The holds that reports have begun.
pub(super) fn of_a_report() -> SimpleExpr {
    table::Column::Reason.is_in([Reason::ChildReported.name(), Reason::ChildVouched.name()])
}
