//! Leaving an endpoint alone that does not answer.
//!
//! Each of its messages would cost a worker five seconds in vain. So an endpoint
//! that has missed several in a row *rests*: what becomes due for it is *held*
//! (waiting, without a time of its own and without a job), and when the rest is
//! over one message is tried. If it is taken, the endpoint is itself again and
//! everything that was held goes out; if not, it rests longer. All of it stands in
//! the database, so that every node leaves it alone.
//!
//! Whoever changes a rest or holds a message does so with the endpoint's row locked
//! by an update of its own; and while anything is held, there is a job that looks
//! after it when the rest is over.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::deliver::{DeliverWebhook, deliver};
use super::endpoint;
use super::given_up::give_up_overdue;
use super::log::Stand;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::scope::Scope;
use crate::platform::storage::{
    Timestamp, webhook_deliveries as deliveries, webhook_endpoints as endpoints,
};
use crate::platform::tenancy::WriteTx;

/// After how many messages in a row that it did not take an endpoint rests.
const MISSES: i64 = 5;
/// Its first rest and the longest, in seconds; each is twice the one before.
const RESTS: (i64, i64) = (60, 3600);
/// For how long a try lets the others wait, in seconds: longer than it can take.
const TRY: i64 = 60;
/// How many held messages are let go in one transaction.
const AT_ONCE: u64 = 500;

/// Looks after what is held for an endpoint, when its rest is over.
#[derive(Serialize, Deserialize)]
pub(crate) struct TendWebhook(pub Uuid);

impl Job for TendWebhook {
    const NAME: &'static str = "tend-webhook";
    const LANE: Lane = Lane::Webhooks;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        tend(with.engine, with.scope, self.0).await
    }
}

/// Whether a message may be sent now. If not, it is held.
pub(super) async fn may_send(
    tx: &WriteTx,
    scope: &Scope,
    row: &deliveries::Model,
) -> Result<bool, Failure> {
    // The first one after a rest tries for all of them.
    let over = endpoints::Column::RestsUntil.lte(scope.now);
    if rest(tx, row.endpoint_id, over, scope.now.plus_seconds(TRY)).await? {
        return Ok(true);
    }
    let resting = endpoints::Entity::update_many()
        .col_expr(endpoints::Column::Misses, Expr::col(endpoints::Column::Misses))
        .filter(endpoints::Column::Id.eq(row.endpoint_id))
        .filter(endpoints::Column::RestsUntil.is_not_null());
    if tx.update(resting).await? == 0 {
        return Ok(true);
    }
    let first = tx.one(held(row.endpoint_id)).await?.is_none();
    let hold = deliveries::Entity::update_many()
        .col_expr(deliveries::Column::NextAt, Expr::value(None::<Timestamp>))
        .filter(deliveries::Column::Id.eq(row.id))
        .filter(deliveries::Column::State.eq(Stand::Waiting.name()));
    tx.update(hold).await?;
    let until = endpoint::row(tx, row.endpoint_id).await?.and_then(|it| it.rests_until);
    if let Some(until) = until.filter(|_| first) {
        jobs::enqueue(tx, &TendWebhook(row.endpoint_id), until).await?;
    }
    Ok(false)
}

/// Notes that a message was not taken.
pub(super) async fn missed(tx: &WriteTx, scope: &Scope, endpoint: Uuid) -> Result<(), Failure> {
    let count = endpoints::Entity::update_many()
        .col_expr(endpoints::Column::Misses, Expr::col(endpoints::Column::Misses).add(1))
        .filter(endpoints::Column::Id.eq(endpoint));
    tx.update(count).await?;
    let misses = endpoint::row(tx, endpoint).await?.map_or(0, |row| row.misses);
    if let Some(seconds) = rest_after(misses) {
        let any = endpoints::Column::Misses.gte(MISSES);
        rest(tx, endpoint, any, scope.now.plus_seconds(seconds)).await?;
    }
    Ok(())
}

/// Notes that an endpoint is itself again, or that nothing is sent to it any more:
/// what was held goes its way.
pub(super) async fn answered(tx: &WriteTx, scope: &Scope, endpoint: Uuid) -> Result<(), Failure> {
    let update = endpoints::Entity::update_many()
        .col_expr(endpoints::Column::Misses, Expr::value(0_i64))
        .col_expr(endpoints::Column::RestsUntil, Expr::value(None::<Timestamp>))
        .filter(endpoints::Column::Id.eq(endpoint))
        .filter(endpoints::Column::Misses.gt(0));
    if tx.update(update).await? > 0 && tx.one(held(endpoint)).await?.is_some() {
        jobs::enqueue(tx, &TendWebhook(endpoint), scope.now).await?;
    }
    Ok(())
}

/// Ends a rest, because somebody wants to see whether it answers now.
pub(super) async fn wake(tx: &WriteTx, scope: &Scope, endpoint: Uuid) -> Result<(), Failure> {
    let resting = endpoints::Column::RestsUntil.is_not_null();
    rest(tx, endpoint, resting, scope.now).await?;
    Ok(())
}

/// Lets an endpoint rest until then, on a condition, with a job that looks after
/// what is held. False if the condition is not met.
async fn rest(
    tx: &WriteTx,
    endpoint: Uuid,
    condition: SimpleExpr,
    until: Timestamp,
) -> Result<bool, Failure> {
    let update = endpoints::Entity::update_many()
        .col_expr(endpoints::Column::RestsUntil, Expr::value(Some(until)))
        .filter(endpoints::Column::Id.eq(endpoint))
        .filter(condition);
    let rests = tx.update(update).await? > 0;
    if rests && tx.one(held(endpoint)).await?.is_some() {
        jobs::enqueue(tx, &TendWebhook(endpoint), until).await?;
    }
    Ok(rests)
}

/// How long an endpoint rests that has missed so many messages in a row.
fn rest_after(misses: i64) -> Option<i64> {
    let doublings = misses.checked_sub(MISSES).filter(|more| *more >= 0)?;
    let doubled = RESTS.0 << doublings.clamp(0, 16);
    Some(doubled.clamp(RESTS.0, RESTS.1))
}

/// What is held for an endpoint, the oldest first.
pub(super) fn held(endpoint: Uuid) -> Select<deliveries::Entity> {
    deliveries::Entity::find()
        .filter(deliveries::Column::EndpointId.eq(endpoint))
        .filter(deliveries::Column::State.eq(Stand::Waiting.name()))
        .filter(deliveries::Column::NextAt.is_null())
        .order_by_asc(deliveries::Column::Id)
}

/// Tries one message after a rest, and gives up those whose time is over; or lets
/// all of them go. Begun again anywhere, it finds what is left to do.
async fn tend(engine: &Engine, scope: &Scope, endpoint: Uuid) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    let first = tx.one(held(endpoint)).await?;
    let resting = endpoint::row(&tx, endpoint).await?.and_then(|row| row.rests_until);
    drop(tx);
    match (first, resting) {
        (None, _) => Ok(()),
        (Some(_), None) => let_go(engine, scope, endpoint).await,
        (Some(first), Some(until)) if until <= scope.now => {
            deliver(engine, scope, first.id).await?;
            give_up_overdue(engine, scope, endpoint).await
        }
        // Somebody tries, or it rests again: another job looks after it then.
        (Some(_), Some(_)) => Ok(()),
    }
}

/// Gives everything that is held a job again.
async fn let_go(engine: &Engine, scope: &Scope, endpoint: Uuid) -> Result<(), Failure> {
    loop {
        let tx = engine.tenant(scope.portal()?).write().await?;
        let some = tx.all(held(endpoint).limit(AT_ONCE)).await?;
        if some.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = some.iter().map(|row| row.id).collect();
        let due = deliveries::Entity::update_many()
            .col_expr(deliveries::Column::NextAt, Expr::value(Some(scope.now)))
            .filter(deliveries::Column::Id.is_in(ids.iter().copied()));
        tx.update(due).await?;
        for id in ids {
            jobs::enqueue(&tx, &DeliverWebhook(id), scope.now).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rests_after_several_misses_and_ever_longer_up_to_an_hour() {
        assert_eq!(rest_after(MISSES - 1), None);
        let rests: Vec<i64> = (MISSES..MISSES + 9).filter_map(rest_after).collect();
        assert_eq!(rests, [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!(rest_after(i64::MAX), Some(3600));
    }
}
