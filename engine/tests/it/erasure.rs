//! Erasing, as section 7 of the design promises it.

use domain::erasure::Outcome;
use domain::identifiers::Slug;
use domain::requests::State;
use engine::accounts::{Caller, SignInError, Task, sign_in};
use engine::erasure::{AskError, LineBody, Receipt, ask, carry_out, preview, receipt};
use engine::keyring::KeyringError;
use engine::records::open_page;
use engine::storage::{anonymous_counts, data_keys, outbox, records, subjects};
use engine::{Failure, Scope};
use jiff::civil::date;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE, with_stated_holds};

async fn ada(bed: &Bed) -> (Scope, Scope) {
    let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
    bed.import(&scope, PEOPLE).await;
    let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
    (scope, ada)
}

pub fn outcomes(receipt: &Receipt) -> Vec<(String, u64, Outcome)> {
    receipt
        .lines
        .iter()
        .filter_map(|line| match &line.body {
            LineBody::Category { category, count, outcome } => {
                Some((category.to_string(), *count, outcome.clone()))
            }
            _ => None,
        })
        .collect()
}

on_both! {
    async fn l10_the_preview_is_what_happens(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let shown = preview(&bed.engine, &ada).await.unwrap().unwrap();
        let shown: Vec<_> = shown
            .lines
            .into_iter()
            .filter(|line| line.count > 0)
            .map(|line| (line.category.to_string(), line.count, line.outcome))
            .collect();
        let asked = bed.erase(&ada, "ada@example.org").await;
        // Whoever presses twice is led to the same receipt.
        let again = engine::erasure::asked_before(&bed.engine, &ada).await.unwrap().unwrap();
        assert_eq!(again.as_str(), asked.receipt.as_str());
        // 30 days from verification; by law a month and then a working day.
        assert_eq!(asked.due_on, date(2026, 12, 21));
        let before = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(before.is_pending() && before.lines.is_empty());

        bed.work(NOW).await;
        let after = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert_eq!(outcomes(&after), shown);
        let tax = Outcome::Retained { hold: "tax".parse().unwrap(), until: Some(date(2036, 8, 3)) };
        assert_eq!(shown, [
            ("account".to_owned(), 1, Outcome::Erased),
            ("payment".to_owned(), 1, Outcome::Erased),
            ("payment".to_owned(), 1, tax),
            ("course-progress".to_owned(), 1, Outcome::Counted),
            ("communication".to_owned(), 1, Outcome::Erased),
            ("communication".to_owned(), 1, Outcome::TakenOut),
        ]);
        assert_eq!(after.request.state, State::PartlyFulfilled);
        assert_eq!(after.kept_until(), Some(date(2036, 8, 3)));
        assert!(after.lines.iter().all(|line| line.genuine));
    }

    async fn l10_what_a_claim_needs_stays_as_the_preview_said_also_if_it_is_everything(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let who = ada.own_subject().unwrap();
        engine::holds::record(&bed.engine, &scope, Some(who), None, None).await.unwrap();
        let shown = preview(&bed.engine, &ada).await.unwrap().unwrap();
        let shown: Vec<_> = shown
            .lines
            .into_iter()
            .filter(|line| line.count > 0)
            .map(|line| (line.category.to_string(), line.count, line.outcome))
            .collect();
        let asked = bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let after = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert_eq!(outcomes(&after), shown);
        assert!(shown.iter().all(|(_, _, outcome)| matches!(outcome, Outcome::Retained { .. })));
        assert_eq!(after.request.state, State::PartlyFulfilled);
        assert!(!after.is_pending());
    }

    async fn everything_but_what_the_law_keeps_is_gone(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let subject = ada.own_subject().unwrap();
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let left = tx.all(records::Entity::find().filter(records::Column::SubjectId.eq(subject))).await.unwrap();
        assert_eq!(left.iter().map(|row| row.category.as_str()).collect::<Vec<_>>(), ["payment"]);
        let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(subject))).await.unwrap().unwrap();
        assert!(row.sealed.is_none() && row.email_hash.is_none() && row.erased_at.is_some());
        let keys = tx.all(data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(subject))).await.unwrap();
        assert_eq!(keys.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["payment"]);
        let counted = tx.all(anonymous_counts::Entity::find()).await.unwrap();
        assert_eq!(counted.len(), 1);
        assert_eq!((counted[0].kind.as_str(), counted[0].month.as_str(), counted[0].amount), ("course-progress", "2026-09", 1));
        // The message to two people stays Ben's.
        let shared = tx.all(records::Entity::find().filter(records::Column::Kind.eq("message"))).await.unwrap();
        assert_eq!(shared.len(), 1);
        assert_eq!(tx.count(outbox::Entity::find()).await.unwrap(), 0, "both mails are out");
        drop(tx);
        let mails = std::fs::read_dir(bed.dir.path().join("mail")).unwrap().count();
        assert_eq!(mails, 2);
        let email = "ada@example.org".parse().unwrap();
        let answer = sign_in(&bed.engine, &scope, &email, PASSWORD.to_owned().into(), &Caller::default(), None).await;
        assert!(matches!(answer, Err(SignInError::Mismatch)));
    }

    async fn a_copy_of_the_database_does_not_bring_the_data_back(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let subject = ada.own_subject().unwrap();
        let messages: Slug = "communication".parse().unwrap();
        assert_eq!(open_page(&bed.engine, &ada, subject, &messages, None, 9).await.unwrap().len(), 1);
        // The copy: every row of records and of the names of keys, taken before.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let copied_records = tx.all(records::Entity::find().filter(records::Column::SubjectId.eq(subject))).await.unwrap();
        let copied_keys = tx.all(data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(subject))).await.unwrap();
        drop(tx);
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;

        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.delete(records::Entity::delete_many().filter(records::Column::SubjectId.eq(subject))).await.unwrap();
        tx.delete(data_keys::Entity::delete_many().filter(data_keys::Column::OwnerId.eq(subject))).await.unwrap();
        tx.insert_many(copied_records.into_iter().map(IntoActiveModel::into_active_model)).await.unwrap();
        tx.insert_many(copied_keys.into_iter().map(IntoActiveModel::into_active_model)).await.unwrap();
        tx.commit().await.unwrap();
        let opened = open_page(&bed.engine, &ada, subject, &messages, None, 9).await;
        assert!(matches!(opened, Err(Failure::Keyring(KeyringError::Gone))), "{opened:?}");
        // What the law keeps has kept its key.
        let payments: Slug = "payment".parse().unwrap();
        assert_eq!(open_page(&bed.engine, &ada, subject, &payments, None, 9).await.unwrap().len(), 2);
    }

    async fn cut_off_anywhere_it_is_finished_later_and_once(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let asked = bed.erase(&ada, "ada@example.org").await;
        let request = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap().request.id;
        // As if the process had died after the rows went and before the job was ticked off.
        carry_out(&bed.engine, &scope, request).await.unwrap();
        carry_out(&bed.engine, &scope, request).await.unwrap();
        let between = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(between.is_pending());
        assert_eq!(outcomes(&between).len(), 6);
        bed.work(NOW).await;
        let done = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(!done.is_pending());
        assert_eq!(outcomes(&done).len(), 6, "nothing is told twice");
        assert_eq!(bed.work(NOW).await.done, 0);
        // And after the keys were destroyed, before their job was ticked off.
        engine::erasure::destroy_keys(&bed.engine, &scope, request, &[]).await.unwrap();
        let again = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert_eq!(again.lines, done.lines);
        let ledger = std::fs::read_to_string(bed.dir.path().join("erasures.ledger")).unwrap();
        assert_eq!(ledger.lines().filter(|line| line.contains("\"subject\"")).count(), 1);
        for personal in ["u-ada", "Winter", "example.org"] {
            assert!(!ledger.contains(personal), "{ledger}");
        }
    }

    async fn what_was_confirmed_for_something_else_begins_nothing(bed: Bed) {
        let (_, ada) = ada(&bed).await;
        let confirmed = bed.confirmed(&ada, "ada@example.org", Task::Export).await;
        let answer = ask(&bed.engine, &ada, confirmed).await;
        assert!(matches!(answer, Err(AskError::NotConfirmed)));
        assert_eq!(bed.work(NOW).await.done, 0);
        assert!(preview(&bed.engine, &ada).await.unwrap().is_some());
    }

    async fn tonights_import_does_not_bring_the_person_back(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let done = bed.import(&scope, PEOPLE).await;
        assert_eq!(done.created, 0);
        assert_eq!(done.refused, 7, "Ada and what is about her");
        assert!(done.bad_lines.iter().all(|bad| bad.reason.to_string().contains("erased")));
    }

    async fn a_forged_line_of_a_receipt_is_seen(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let asked = bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        // The role that serves may not; whoever owns the whole database may.
        let all_powerful = sea_orm::Database::connect(bed.superuser()).await.unwrap();
        let forge = r#"update receipt_lines set body = '{"line":"keys-destroyed","keys":99}' where number = 1"#;
        assert_eq!(all_powerful.execute_unprepared(forge).await.unwrap().rows_affected(), 1);
        let shown = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(!shown.lines[0].genuine && shown.lines[1].genuine);
    }
}
