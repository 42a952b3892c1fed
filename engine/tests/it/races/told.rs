//! What a tenant's systems tell at the same time.

use engine::Scope;
use engine::disclosures::{Disclosure, disclose};
use engine::erasure::ask_by_id;
use engine::imports::{Line, Lines, Outcome, import, parse, take};
use engine::imports::{Told, subject_by_address, tell};
use engine::jobs::drain;
use engine::keyring::Remembered;
use engine::storage::{
    disclosures, events, organisations, record_parties, records, requests, subjects,
};
use engine::tokens::Once;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Nodes, call, how_many};
use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, Plainly};

const MANY: usize = 16;

fn line(json: serde_json::Value) -> Line {
    serde_json::from_value(json).unwrap()
}

fn record(id: &str, name: &str) -> serde_json::Value {
    json!({
        "type": "record", "id": id, "category": "account", "kind": "profile", "date": "2024-02-01",
        "subjects": ["u-ada"], "source": "you", "data": { "name": name },
    })
}

/// A tenant with Ada and Ben on two nodes, and a call of its systems.
async fn people(bed: Bed) -> (Nodes, Scope, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let call = call(&bed, &scope).await;
    (Nodes::new(bed).await, scope, call)
}

/// Lets many tell, each its own line, and answers what became of them.
async fn told(
    nodes: &Nodes,
    call: &Scope,
    line_of: impl Fn(usize) -> serde_json::Value,
) -> Vec<Told> {
    let answers = nodes
        .race(MANY, |number, engine| {
            let (call, line) = (call.clone(), line(line_of(number)));
            async move { tell(&engine, &call, line, None).await }
        })
        .await;
    answers.into_iter().map(|answer| answer.unwrap().answer).collect()
}

fn assert_first(answers: &[Told], first: Told) {
    assert_eq!(how_many(answers, |told| *told == first), 1, "{answers:?}");
    assert_eq!(how_many(answers, |told| *told == Told::Unchanged), MANY - 1, "{answers:?}");
}

on_both! {
    async fn a_changed_record_is_changed_once(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let answers = told(&nodes, &call, |_| record("r-1", "Ada Summer")).await;
        assert_first(&answers, Told::Updated);
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 7);
    }

    async fn of_different_changes_each_counts_and_one_is_last(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let answers = told(&nodes, &call, |number| record("r-1", &format!("Ada {number}"))).await;
        assert!(answers.iter().all(|told| *told == Told::Updated), "{answers:?}");
        // About two people, and about one again: the parties follow.
        let both = |number: usize| {
            let mut line = record("r-1", &format!("Both {number}"));
            if number.is_multiple_of(2) {
                line["subjects"] = json!(["u-ada", "u-ben"]);
            }
            line
        };
        told(&nodes, &call, both).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let alone = records::Column::SubjectId.is_null();
        let shared = tx.all(records::Entity::find().filter(alone)).await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 7);
        for row in &shared {
            let of_record = record_parties::Column::RecordId.eq(row.id);
            let parties = tx.count(record_parties::Entity::find().filter(of_record)).await.unwrap();
            assert_eq!(parties, 2);
        }
        let parties = tx.count(record_parties::Entity::find()).await.unwrap();
        assert_eq!(parties, 2 * shared.len() as u64);
    }

    async fn a_new_record_is_made_once(bed: Bed) {
        let (nodes, _, call) = people(bed).await;
        let answers = told(&nodes, &call, |_| record("r-new", "Ada Summer")).await;
        assert_first(&answers, Told::Created);
    }

    async fn in_bulk_by_import_and_one_by_one_in_any_order(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        for round in ["first", "second"] {
            let done = nodes
                .race(8, |number, engine| {
                    let (scope, call) = (scope.clone(), call.clone());
                    let mut lines: Vec<serde_json::Value> = (0..30)
                        .map(|n| record(&format!("b-{n}"), &format!("{round} {number} {n}")))
                        .chain((0..10).map(|n| json!({ "type": "subject", "id": format!("u-{n}"), "name": format!("{round} {number}") })))
                        .chain((0..5).map(|n| json!({ "type": "organisation", "id": format!("o-{n}"), "name": format!("{round} {number}") })))
                        .chain((0..5).map(|n| json!({ "type": "event", "id": format!("e-{n}"), "name": "account-closed", "date": format!("2026-01-0{}", number + 1), "subject": "u-ben" })))
                        .collect();
                    // Each in an order of its own, as systems do.
                    lines.rotate_left(number * 6);
                    if number % 2 == 0 {
                        lines.reverse();
                    }
                    async move {
                        match number % 3 {
                            0 => {
                                let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
                                let (raw, _) = Lines::default().batch(&mut text.as_bytes()).unwrap();
                                let parsed = parse(&engine, &call, raw).await.unwrap();
                                let outcomes = take(&engine, &call, parsed, &Remembered::default()).await.unwrap();
                                outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Refused(_))).count()
                            }
                            1 => {
                                let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
                                let done = import(&engine, &scope, &mut text.as_bytes(), false, &|_| {}).await.unwrap();
                                done.refused as usize
                            }
                            _ => {
                                for json in lines {
                                    tell(&engine, &call, line(json), None).await.unwrap();
                                }
                                0
                            }
                        }
                    }
                })
                .await;
            assert!(done.iter().all(|refused| *refused == 0), "{done:?}");
        }
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 7 + 30);
        assert_eq!(tx.count(subjects::Entity::find()).await.unwrap(), 2 + 10);
        assert_eq!(tx.count(organisations::Entity::find()).await.unwrap(), 5);
        assert_eq!(tx.count(events::Entity::find()).await.unwrap(), 5);
    }

    async fn people_organisations_and_events_are_made_once_and_changed_once(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let eve = |_: usize| json!({ "type": "subject", "id": "u-eve", "email": "eve@example.org", "name": "Eve" });
        assert_first(&told(&nodes, &call, eve).await, Told::Created);
        let adams = |_: usize| json!({ "type": "subject", "id": "u-eve", "email": "eve@example.org", "name": "Eve Adams" });
        assert_first(&told(&nodes, &call, adams).await, Told::Updated);
        let moved = |n: usize| json!({ "type": "subject", "id": "u-fay", "email": format!("fay{n}@example.org") });
        let answers = told(&nodes, &call, moved).await;
        assert_eq!(how_many(&answers, |told| *told == Told::Created), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |told| *told == Told::Updated), MANY - 1, "{answers:?}");
        for name in ["Acme", "Acme Ltd"] {
            let acme = |_: usize| json!({ "type": "organisation", "id": "o-1", "name": name });
            let first = if name == "Acme" { Told::Created } else { Told::Updated };
            assert_first(&told(&nodes, &call, acme).await, first);
        }
        for (date, first) in [("2026-01-01", Told::Created), ("2026-01-02", Told::Updated)] {
            let closed = |_: usize| json!({ "type": "event", "id": "e-1", "name": "account-closed", "date": date, "subject": "u-ben" });
            assert_first(&told(&nodes, &call, closed).await, first);
        }
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(subjects::Entity::find()).await.unwrap(), 4);
        assert_eq!(tx.count(organisations::Entity::find()).await.unwrap(), 1);
        assert_eq!(tx.count(events::Entity::find()).await.unwrap(), 1);
    }

    async fn a_new_address_makes_one_person(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let answers = nodes
            .race(12, |number, engine| {
                let call = call.clone();
                // The same address, as different forms have it.
                let email = if number % 3 == 0 { "Eve@Example.org" } else { "eve@example.org" };
                let email = email.parse().unwrap();
                async move { subject_by_address(&engine, &call, email, Some("Eve".into()), None, None).await }
            })
            .await;
        let known: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().answer).collect();
        assert_eq!(how_many(&known, |known| known.told == Told::Created), 1, "{known:?}");
        assert!(known.iter().all(|one| one.subject == known[0].subject), "{known:?}");
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(subjects::Entity::find()).await.unwrap(), 3);
        drop(tx);
        let again = subject_by_address(&nodes.bed.engine, &call, "eve@example.org".parse().unwrap(), None, None, None).await;
        assert_eq!(again.unwrap().answer.subject, known[0].subject);
    }

    async fn by_address_and_by_id_is_as_if_one_after_the_other(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let answers = nodes
            .race(12, |number, engine| {
                let call = call.clone();
                async move {
                    if number % 2 == 0 {
                        let email = "eve@example.org".parse().unwrap();
                        // Several, once there are two: never a failure.
                        let told = subject_by_address(&engine, &call, email, None, None, None).await;
                        matches!(told, Ok(_) | Err(engine::TellError::Several))
                    } else {
                        let eve = json!({ "type": "subject", "id": "u-eve", "email": "eve@example.org" });
                        tell(&engine, &call, line(eve), None).await.is_ok()
                    }
                }
            })
            .await;
        assert!(answers.iter().all(|fine| *fine), "{answers:?}");
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let made = tx.count(subjects::Entity::find()).await.unwrap() - 2;
        assert!((1..=2).contains(&made), "{made}");
    }

    async fn a_disclosure_is_noted_once(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let answers = nodes
            .race(MANY, |_, engine| {
                let call = call.clone();
                let disclosure = Disclosure {
                    id: "d-1".to_owned(),
                    subject: "u-ben".to_owned(),
                    category: "payment".parse().unwrap(),
                    recipient: "stripe".parse().unwrap(),
                    date: "2026-11-01".parse().unwrap(),
                };
                async move { disclose(&engine, &call, disclosure, None).await }
            })
            .await;
        let answers: Vec<Told> = answers.into_iter().map(|answer| answer.unwrap().answer).collect();
        assert_first(&answers, Told::Created);
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(disclosures::Entity::find()).await.unwrap(), 1);
    }

    async fn an_idempotency_key_is_taken_once(bed: Bed) {
        let (nodes, _, call) = people(bed).await;
        let answers = nodes
            .race(MANY, |_, engine| {
                let call = call.clone();
                async move {
                    let once = Once { key: "k-1", request: b"eve" };
                    let eve = json!({ "type": "subject", "id": "u-eve", "name": "Eve" });
                    tell(&engine, &call, line(eve), Some(once)).await
                }
            })
            .await;
        let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert!(answers.iter().all(|one| one.answer == Told::Created), "{answers:?}");
        assert_eq!(how_many(&answers, |one| !one.repeated), 1);
    }

    async fn an_erasure_asked_by_many_is_one(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let answers = nodes
            .race(8, |_, engine| {
                let call = call.clone();
                async move { ask_by_id(&engine, &call, "u-ben", None).await }
            })
            .await;
        let answers: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().answer).collect();
        assert_eq!(how_many(&answers, |begun| begun.reference.is_some()), 1, "{answers:?}");
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(requests::Entity::find()).await.unwrap(), 1);
    }

    async fn what_is_pushed_while_somebody_is_erased_is_gone_or_refused(bed: Bed) {
        let (nodes, scope, call) = people(bed).await;
        let ben = engine::subjects::find(&nodes.bed.engine, &scope, "u-ben").await.unwrap().unwrap();
        let answers = nodes
            .race(12, |number, engine| {
                let call = call.clone();
                async move {
                    if number < 2 {
                        let asked = ask_by_id(&engine, &call, "u-ben", None).await;
                        assert!(matches!(asked, Ok(_) | Err(engine::TellError::Erased)), "{asked:?}");
                        drain(&engine, &Plainly, &|| NOW).await.unwrap();
                        return true;
                    }
                    for n in 0..6 {
                        let mut pushed = record(&format!("p-{number}-{n}"), "Ben");
                        pushed["subjects"] = json!(["u-ben"]);
                        match tell(&engine, &call, line(pushed), None).await {
                            Ok(_) | Err(engine::TellError::Erased) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                    true
                }
            })
            .await;
        assert_eq!(answers.len(), 12);
        nodes.bed.work(NOW).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let about_ben = records::Entity::find().filter(records::Column::SubjectId.eq(ben));
        assert_eq!(tx.count(about_ben).await.unwrap(), 0);
    }
}
