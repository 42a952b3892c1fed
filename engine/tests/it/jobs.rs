//! The queue.

use engine::jobs::{Job, enqueue, waiting};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW};

on_both! {
    async fn a_job_is_promised_with_its_transaction_and_not_before_its_time(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let db = bed.engine.tenant(scope.tenant);
        let tx = db.write().await.unwrap();
        enqueue(&tx, &Job::ExpireExport(Uuid::now_v7()), NOW).await.unwrap();
        drop(tx);
        assert_eq!(bed.work(NOW).await.done, 0, "rolled back");

        let tx = db.write().await.unwrap();
        enqueue(&tx, &Job::ExpireExport(Uuid::now_v7()), NOW.plus_seconds(60)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bed.work(NOW).await.done, 0, "too early");
        assert_eq!(bed.work(NOW.plus_seconds(60)).await.done, 1);
        assert_eq!(waiting(&bed.engine, &scope).await.unwrap(), 0);
    }

    async fn a_job_has_one_worker_at_a_time(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let db = bed.engine.tenant(scope.tenant);
        let tx = db.write().await.unwrap();
        enqueue(&tx, &Job::ExpireExport(Uuid::now_v7()), NOW).await.unwrap();
        tx.commit().await.unwrap();
        let across = bed.engine.database().across();
        let until = NOW.plus_seconds(900);
        assert!(across.claim_job(NOW, until).await.unwrap().is_some());
        assert!(across.claim_job(NOW, until).await.unwrap().is_none(), "somebody has it");
        assert!(across.claim_job(until, until).await.unwrap().is_some(), "whoever had it has died");
    }

    async fn a_failed_job_waits_longer_each_time(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let tx = bed.engine.tenant(scope.tenant).write().await.unwrap();
        // An erasure that there is no request for cannot be carried out.
        enqueue(&tx, &Job::Erase(Uuid::now_v7()), NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bed.work(NOW).await.failed, 1);
        assert_eq!(bed.work(NOW.plus_seconds(1)).await.failed, 0, "not yet");
        assert_eq!(bed.work(NOW.plus_seconds(2)).await.failed, 1);
        assert_eq!(bed.work(NOW.plus_seconds(4)).await.failed, 0, "longer");
        assert_eq!(bed.work(NOW.plus_seconds(6)).await.failed, 1);
    }
}
