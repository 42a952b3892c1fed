//! Yesterday's backups do not bring back who was erased since.

use domain::identifiers::Slug;
use domain::requests::State;
use engine::accounts::{Caller, SignInError, sign_in};
use engine::erasure::{self, Replayed, receipt};
use engine::ledger::Ledger;
use engine::records::open_page;
use engine::storage::{accounts, records, subjects, tombstones};
use engine::{Scope, subjects as people};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE, with_stated_holds};

async fn ada(bed: &Bed) -> (Scope, Scope) {
    let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
    bed.import(&scope, PEOPLE).await;
    let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
    (scope, ada)
}

async fn is_gone(bed: &Bed, scope: &Scope, subject: Uuid) {
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await;
    let row = row.unwrap().unwrap();
    assert!(row.sealed.is_none() && row.email_hash.is_none() && row.erased_at.is_some());
    let left = records::Entity::find().filter(records::Column::SubjectId.eq(subject));
    let left = tx.all(left).await.unwrap();
    let left: Vec<_> = left.iter().map(|row| row.category.as_str()).collect();
    assert_eq!(left, ["payment"], "what the law keeps, and nothing else");
    let account = accounts::Entity::find().filter(accounts::Column::SubjectId.eq(subject));
    assert_eq!(tx.count(account).await.unwrap(), 0);
    drop(tx);
    let email = "ada@example.org".parse().unwrap();
    let answer =
        sign_in(&bed.engine, scope, &email, PASSWORD.to_owned().into(), &Caller::default(), None)
            .await;
    assert!(matches!(answer, Err(SignInError::Mismatch)));
    let done = bed.import(scope, PEOPLE).await;
    assert_eq!((done.created, done.refused), (0, 7), "nor does an import bring them back");
}

on_both! {
    async fn l10_yesterdays_database_does_not_bring_back_who_was_erased(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let subject = ada.own_subject().unwrap();
        let (bed, yesterday) = bed.copied().await;
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;

        let bed = bed.with_database(yesterday).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let back = records::Entity::find().filter(records::Column::SubjectId.eq(subject));
        assert_eq!(tx.count(back).await.unwrap(), 5, "the rows are there again");
        drop(tx);
        let replayed = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert_eq!(replayed, Replayed { keys: 0, people: 1 });
        is_gone(&bed, &scope, subject).await;
        let again = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert_eq!(again, Replayed::default(), "the second time there is nothing to do");
    }

    async fn l10_yesterdays_database_and_keyring_do_not_bring_back_who_was_erased(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let subject = ada.own_subject().unwrap();
        let (bed, yesterday) = bed.copied().await;
        let (bed, keys) = bed.copied_keyring().await;
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;

        let bed = bed.with_database(yesterday).await.with_keyring(keys).await;
        let messages: Slug = "communication".parse().unwrap();
        let readable = open_page(&bed.engine, &ada, subject, &messages, None, 9).await.unwrap();
        assert_eq!(readable.len(), 1, "both together open it again");
        let replayed = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert!(replayed.keys >= 4 && replayed.people == 1, "{replayed:?}");
        is_gone(&bed, &scope, subject).await;
        assert_eq!(erasure::replay(&bed.engine, NOW).await.unwrap(), Replayed::default());
        // What the law keeps still opens.
        let payments: Slug = "payment".parse().unwrap();
        let kept = open_page(&bed.engine, &scope, subject, &payments, None, 9).await.unwrap();
        assert_eq!(kept.len(), 1);
    }

    async fn l10_an_erasure_that_was_asked_for_before_the_backup_is_closed_with_its_receipt(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let subject = ada.own_subject().unwrap();
        let asked = bed.erase(&ada, "ada@example.org").await;
        let (bed, yesterday) = bed.copied().await;
        bed.work(NOW).await;

        let bed = bed.with_database(yesterday).await;
        erasure::replay(&bed.engine, NOW).await.unwrap();
        bed.work(NOW).await;
        is_gone(&bed, &scope, subject).await;
        let receipt = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(!receipt.is_pending());
        assert_eq!(receipt.request.state, State::PartlyFulfilled);
        assert_eq!(receipt.lines.len(), 7);
    }

    async fn l10_an_import_into_a_database_older_than_the_person_is_refused(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let (bed, before_everybody) = bed.copied().await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;

        let bed = bed.with_database(before_everybody).await;
        erasure::replay(&bed.engine, NOW).await.unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(tombstones::Entity::find()).await.unwrap(), 1);
        drop(tx);
        let done = bed.import(&scope, PEOPLE).await;
        assert!(people::find(&bed.engine, &scope, "u-ada").await.unwrap().is_none());
        assert!(people::find(&bed.engine, &scope, "u-ben").await.unwrap().is_some());
        assert_eq!((done.created, done.refused), (2, 7));
    }

    async fn l10_what_a_restored_copy_of_the_ledger_knows_is_taken_over(bed: Bed) {
        let (_, ada) = ada(&bed).await;
        let (bed, keys) = bed.copied_keyring().await;
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let entries = bed.engine.ledger().entries().await.unwrap();
        assert_eq!(entries.len(), 1);
        let copy = bed.dir.path().join("ledger.copy");
        bed.engine.ledger().copy_to(&copy).await.unwrap();
        // The keyring is yesterday's, and this node's file is lost.
        let bed = bed.with_keyring(keys).await;
        let file = bed.dir.path().join("erasures.ledger");
        std::fs::remove_file(&file).unwrap();
        std::fs::rename(&copy, Ledger::coming_back(&file)).unwrap();
        let replayed = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert!(replayed.keys >= 4, "{replayed:?}");
        assert_eq!(bed.engine.ledger().entries().await.unwrap(), entries);
        assert_eq!(bed.engine.ledger().odd(), []);
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().count(), 2, "the key, and the erasure: {text}");
        assert!(!Ledger::coming_back(&file).exists());
        erasure::replay(&bed.engine, NOW).await.unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "and no line twice");
    }
}
