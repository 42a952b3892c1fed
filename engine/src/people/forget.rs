//! What has ended by itself goes: sessions, what a browser has begun and not finished,
//! and answers that the API remembers.

use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::accounts::session;
use super::tokens::REMEMBERED;
use crate::platform::failure::Failure;
use crate::platform::jobs::{self, Job, Lane, With};
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, api_answers, ceremonies, sessions};
use crate::platform::tenancy::{WriteTx, retrying};

/// Takes out of a tenant what has ended.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetEnded;

impl Job for ForgetEnded {
    const NAME: &'static str = "forget-ended";
    const LANE: Lane = Lane::Tidying;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, With { engine, scope, .. }: With<'_>) -> Result<(), Failure> {
        retrying(|| async {
            let tx = engine.tenant(scope.portal()?).write().await?;
            if forget(&tx, scope.now).await? > 0 {
                promise(&tx, scope).await?;
            }
            Ok::<_, Failure>(tx.commit().await?)
        })
        .await
    }
}

/// Promises that what begins now goes when it has ended.
pub(crate) async fn promise(tx: &WriteTx, scope: &Scope) -> Result<(), Failure> {
    Ok(jobs::enqueue_hourly(tx, &ForgetEnded, scope.now).await?)
}

/// Answers how many are left, for which it has to come again.
async fn forget(tx: &WriteTx, now: Timestamp) -> Result<u64, Failure> {
    let ended = session::ended_at(now);
    tx.delete(sessions::Entity::delete_many().filter(ended)).await?;
    let over = ceremonies::Column::ExpiresAt.lte(now);
    tx.delete(ceremonies::Entity::delete_many().filter(over)).await?;
    let old = api_answers::Column::CreatedAt.lt(now.plus_seconds(-REMEMBERED));
    tx.delete(api_answers::Entity::delete_many().filter(old)).await?;
    Ok(tx.count(sessions::Entity::find()).await?
        + tx.count(ceremonies::Entity::find()).await?
        + tx.count(api_answers::Entity::find()).await?)
}
