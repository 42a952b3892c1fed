//! What the database refuses because of others is run again, and is no failure of
//! ours if it is refused again and again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::Failure;
use engine::storage::{subjects, tombstones};
use engine::tenancy::retrying;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::sync::Barrier;

use super::Nodes;
use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE};

/// Two who lock the same rows in different orders: PostgreSQL ends one of them.
#[tokio::test]
async fn of_two_that_wait_for_each_other_one_begins_anew() {
    let bed = Bed::postgres().await;
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let mut people = Vec::new();
    for id in ["u-ada", "u-ben"] {
        people.push(engine::subjects::find(&bed.engine, &scope, id).await.unwrap().unwrap());
    }
    let nodes = Nodes::new(bed).await;
    let (met, runs) = (Arc::new(Barrier::new(2)), Arc::new(AtomicUsize::new(0)));
    let done = nodes
        .race(2, |number, engine| {
            let (scope, mut people) = (scope.clone(), people.clone());
            let (met, runs) = (Arc::clone(&met), Arc::clone(&runs));
            people.rotate_left(number);
            async move {
                let first = AtomicUsize::new(0);
                retrying(|| async {
                    runs.fetch_add(1, Ordering::Relaxed);
                    let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await?;
                    for (step, person) in people.iter().enumerate() {
                        let touch = subjects::Entity::update_many()
                            .col_expr(subjects::Column::CreatedAt, Expr::value(NOW))
                            .filter(subjects::Column::Id.eq(*person));
                        tx.update(touch).await?;
                        // Both have the first row before either wants the second.
                        if step == 0 && first.fetch_add(1, Ordering::Relaxed) == 0 {
                            met.wait().await;
                        }
                    }
                    tx.commit().await?;
                    Ok::<(), Failure>(())
                })
                .await
            }
        })
        .await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    // Once more if who begins anew is there before who waits was woken.
    assert!(runs.load(Ordering::Relaxed) >= 3, "one of them twice");
}

on_both! {
    async fn what_loses_every_time_is_busy_and_not_broken(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let runs = AtomicUsize::new(0);
        let lost = retrying(|| async {
            runs.fetch_add(1, Ordering::Relaxed);
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await?;
            for _ in 0..2 {
                let row = tombstones::ActiveModel {
                    source_hash: Set(vec![1]),
                    erased_at: Set(NOW),
                    ..Default::default()
                };
                tx.insert(row).await?;
            }
            Ok::<(), Failure>(())
        })
        .await;
        let failure = lost.unwrap_err();
        assert!(failure.is_busy() && matches!(failure, Failure::Busy(_)), "{failure:?}");
        assert_eq!(runs.load(Ordering::Relaxed), 16);
        // What is broken is not run again, and is no busyness.
        let broken = retrying(|| async { Err::<(), Failure>(Failure::corrupt("a row")) }).await;
        assert!(!broken.unwrap_err().is_busy());
    }
}
