//! An erasure goes in steps: killed between any two, or inside one, it ends in the
//! same state, whoever ends it.

use std::fmt::Write as _;
use std::future::Future;

use engine::erasure::{
    self, LineBody, ReceiptCode, carry_out, go_on, hide, preview, receipt, step,
};
use engine::storage::{
    anonymous_counts, data_keys, erasures, events, record_parties, records, subjects,
};
use engine::{Engine, Scope, holds, subjects as people};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE, with_stated_holds};

/// Messages of Ada's alone, messages to Ada and Ben, and progress: each more than
/// one step takes.
const MESSAGES: usize = 1_120;
const SHARED: usize = 620;
const PROGRESS: usize = 610;
const EVENTS: usize = 540;

fn much() -> String {
    let mut lines = PEOPLE.to_owned();
    let mut record = |id: String, category: &str, kind: &str, day: usize, who: &str, data: &str| {
        let _ = writeln!(
            lines,
            r#"{{"type":"record","id":"{id}","category":"{category}","kind":"{kind}","date":"2026-0{}-{:02}","subjects":[{who}],"source":"email","data":{data}}}"#,
            1 + day % 3,
            1 + day % 28,
        );
    };
    let message = r#"{"subject":"Hello","text":"A question"}"#;
    let progress = r#"{"course":"Rust","modules":[{"title":"One","done":true}]}"#;
    for n in 0..MESSAGES {
        record(format!("m-{n}"), "communication", "message", n, "\"u-ada\"", message);
    }
    for n in 0..SHARED {
        record(format!("s-{n}"), "communication", "message", n, "\"u-ada\",\"u-ben\"", message);
    }
    for n in 0..PROGRESS {
        record(format!("p-{n}"), "course-progress", "course-progress", n, "\"u-ada\"", progress);
    }
    for n in 0..EVENTS {
        let _ = writeln!(
            lines,
            r#"{{"type":"event","id":"e-{n}","name":"account-closed","date":"2026-01-01","subject":"u-ada"}}"#
        );
    }
    lines
}

struct There {
    scope: Scope,
    ada: Scope,
    subject: Uuid,
}

async fn with_much(bed: &Bed) -> There {
    let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
    let done = bed.import(&scope, &much()).await;
    assert_eq!(done.refused, 0, "{:?}", done.bad_lines.first());
    let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
    let subject = ada.own_subject().unwrap();
    There { scope, ada, subject }
}

async fn asked(bed: &Bed, there: &There) -> (ReceiptCode, Uuid) {
    let code = bed.erase(&there.ada, "ada@example.org").await.receipt;
    let found = receipt(&bed.engine, &there.scope, &code).await.unwrap().unwrap();
    (code, found.request.id)
}

/// What is left of somebody: their records by category, the others' parts in shared
/// ones, events, keys, and what was counted.
async fn left(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> (Vec<String>, u64, u64, Vec<String>, i64) {
    let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let own = tx
        .all(records::Entity::find().filter(records::Column::SubjectId.eq(subject)))
        .await
        .unwrap();
    let mut own: Vec<String> = own.into_iter().map(|row| row.category).collect();
    own.sort();
    let parts =
        record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(subject));
    let parts = tx.count(parts).await.unwrap();
    let events = tx
        .count(events::Entity::find().filter(events::Column::SubjectId.eq(subject)))
        .await
        .unwrap();
    let keys = tx
        .all(data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(subject)))
        .await
        .unwrap();
    let mut keys: Vec<String> = keys.into_iter().map(|row| row.label).collect();
    keys.sort();
    let counted = tx.all(anonymous_counts::Entity::find()).await.unwrap();
    (own, parts, events, keys, counted.iter().map(|row| row.amount).sum())
}

fn all_done() -> (Vec<String>, u64, u64, Vec<String>, i64) {
    // What the law keeps, and its key. The counts hold every one that went, once.
    (vec!["payment".into()], 0, 0, vec!["payment".into()], PROGRESS as i64 + 1)
}

/// The records of two people that only Ben has now.
async fn of_ben(bed: &Bed, scope: &Scope) -> u64 {
    let ben = people::find(&bed.engine, scope, "u-ben").await.unwrap().unwrap();
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let parts = record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(ben));
    tx.count(parts).await.unwrap()
}

/// Lets something run a little, and drops it wherever it is: what a killed process
/// had not committed never was.
async fn cut_off<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    tokio::pin!(future);
    for _ in 0..polls {
        tokio::select! {
            biased;
            done = &mut future => return Some(done),
            () = tokio::task::yield_now() => {}
        }
    }
    None
}

/// No import brings anything of the person's, and nobody finds them.
async fn is_invisible(bed: &Bed, there: &There) {
    let line = r#"{"type":"record","id":"late","category":"communication","kind":"message","date":"2026-10-01","subjects":["u-ada"],"source":"email","data":{"subject":"Late","text":"Late"}}"#;
    let shared = r#"{"type":"record","id":"late-too","category":"communication","kind":"message","date":"2026-10-01","subjects":["u-ada","u-ben"],"source":"email","data":{"subject":"Late","text":"Late"}}"#;
    let who = r#"{"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada Winter"}"#;
    for line in [line, shared, who] {
        let done = bed.import(&there.scope, line).await;
        assert_eq!((done.created, done.updated, done.refused), (0, 0, 1), "{line}");
        assert_eq!(done.bad_lines[0].reason.code(), "erased");
    }
    let tx = bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
    let row = tx
        .one(subjects::Entity::find().filter(subjects::Column::Id.eq(there.subject)))
        .await
        .unwrap()
        .unwrap();
    assert!(row.erased_at.is_some() && row.sealed.is_none() && row.email_hash.is_none());
}

/// What the receipt says of categories, as the preview does.
async fn told(bed: &Bed, there: &There, code: &ReceiptCode) -> Vec<(String, u64)> {
    let found = receipt(&bed.engine, &there.scope, code).await.unwrap().unwrap();
    assert!(found.is_genuine(), "{:?}", found.checked);
    let lines = found.lines.into_iter();
    lines
        .filter_map(|line| match line.body {
            LineBody::Category { category, count, .. } => Some((category.to_string(), count)),
            _ => None,
        })
        .collect()
}

async fn shown(bed: &Bed, there: &There) -> Vec<(String, u64)> {
    let lines = preview(&bed.engine, &there.ada).await.unwrap().unwrap().lines.into_iter();
    lines
        .filter(|line| line.count > 0)
        .map(|line| (line.category.to_string(), line.count))
        .collect()
}

on_both! {
    async fn l10_killed_between_or_inside_any_steps_it_ends_the_same(bed: Bed) {
        let there = with_much(&bed).await;
        let shown = shown(&bed, &there).await;
        let (code, request) = asked(&bed, &there).await;
        for polls in [1, 4, 16, 60] {
            if let Some(done) = cut_off(polls, hide(&bed.engine, &there.scope, request)).await {
                done.unwrap();
            }
        }
        hide(&bed.engine, &there.scope, request).await.unwrap();
        is_invisible(&bed, &there).await;
        assert_eq!(told(&bed, &there, &code).await, [], "nothing is said before it is done");

        let other = bed.another_node().await;
        let (mut steps, mut more) = (0, true);
        while more {
            let node = if steps % 2 == 0 { &bed.engine } else { &other };
            for polls in [1, 3, 9, 27, 81] {
                if let Some(done) = cut_off(polls, step(node, &there.scope, request)).await {
                    more = done.unwrap();
                }
            }
            more = more && step(node, &there.scope, request).await.unwrap();
            steps += 1;
            if steps % 3 == 0 {
                is_invisible(&bed, &there).await;
            }
        }
        assert!(steps >= 3, "{steps} steps");
        bed.work(NOW).await;
        assert_eq!(left(&bed.engine, &there.scope, there.subject).await, all_done());
        assert_eq!(of_ben(&bed, &there.scope).await, SHARED as u64 + 1);
        assert_eq!(told(&bed, &there, &code).await, shown);
        let tx = bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(erasures::Entity::find()).await.unwrap(), 0, "nothing is left of the steps");
        drop(tx);
        assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 1);
        // And again, changes nothing.
        carry_out(&bed.engine, &there.scope, request).await.unwrap();
        assert_eq!(left(&bed.engine, &there.scope, there.subject).await, all_done());
        assert_eq!(told(&bed, &there, &code).await, shown);
    }

    async fn each_step_is_small(bed: Bed) {
        let there = with_much(&bed).await;
        let (_, request) = asked(&bed, &there).await;
        hide(&bed.engine, &there.scope, request).await.unwrap();
        let count = async || {
            let tx = bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
            tx.count(records::Entity::find()).await.unwrap()
                + tx.count(record_parties::Entity::find()).await.unwrap()
                + tx.count(events::Entity::find()).await.unwrap()
        };
        let (mut before, mut steps) = (count().await, 0);
        let all = before;
        while step(&bed.engine, &there.scope, request).await.unwrap() {
            let now = count().await;
            assert!(before - now <= 500, "{} rows at once", before - now);
            before = now;
            steps += 1;
        }
        assert!(all - before > 2_800 && steps >= 10, "{steps} steps");
    }

    async fn two_nodes_carry_out_one_erasure_at_once(bed: Bed) {
        let there = with_much(&bed).await;
        let shown = shown(&bed, &there).await;
        let (code, request) = asked(&bed, &there).await;
        let other = bed.another_node().await;
        let barrier = tokio::sync::Barrier::new(2);
        let at_once = async |node: &Engine| {
            barrier.wait().await;
            carry_out(node, &there.scope, request).await.unwrap();
        };
        tokio::join!(at_once(&bed.engine), at_once(&other));
        bed.work(NOW).await;
        assert_eq!(left(&bed.engine, &there.scope, there.subject).await, all_done());
        assert_eq!(told(&bed, &there, &code).await, shown);
        assert_eq!(of_ben(&bed, &there.scope).await, SHARED as u64 + 1);
    }

    async fn two_people_who_leave_at_once_leave_nothing_of_both(bed: Bed) {
        let there = with_much(&bed).await;
        let ben = bed.customer(&there.scope, "u-ben", "ben@example.org").await;
        let (_, first) = asked(&bed, &there).await;
        let code = bed.erase(&ben, "ben@example.org").await.receipt;
        let second = receipt(&bed.engine, &there.scope, &code).await.unwrap().unwrap().request.id;
        let other = bed.another_node().await;
        let barrier = tokio::sync::Barrier::new(2);
        let at_once = async |node: &Engine, request: Uuid| {
            hide(node, &there.scope, request).await.unwrap();
            barrier.wait().await;
            go_on(node, &there.scope, request).await.unwrap();
        };
        tokio::join!(at_once(&bed.engine, first), at_once(&other, second));
        let tx = bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(record_parties::Entity::find()).await.unwrap(), 0);
        let left = tx.all(records::Entity::find()).await.unwrap();
        let left: Vec<_> = left.iter().map(|row| row.category.as_str()).collect();
        assert_eq!(left, ["payment"], "and no message that is about nobody");
    }

    async fn a_policy_that_is_published_meanwhile_changes_nothing(bed: Bed) {
        let there = with_much(&bed).await;
        let shown = shown(&bed, &there).await;
        let (code, request) = asked(&bed, &there).await;
        hide(&bed.engine, &there.scope, request).await.unwrap();
        // Neither before the count nor after it.
        bed.tenant(&with_stated_holds(LUMAIRE).replace("erasure = \"count\"", "erasure = \"erase\"")).await;
        for _ in 0..3 {
            assert!(step(&bed.engine, &there.scope, request).await.unwrap());
        }
        bed.tenant(&with_stated_holds(LUMAIRE).replace("10 years", "100 years")).await;
        bed.work(NOW.plus_seconds(40 * 86_400)).await;
        assert_eq!(left(&bed.engine, &there.scope, there.subject).await, all_done());
        assert_eq!(told(&bed, &there, &code).await, shown);
    }

    async fn l10_a_repetition_after_a_restore_that_is_killed_is_finished(bed: Bed) {
        let there = with_much(&bed).await;
        let (bed, yesterday) = bed.copied().await;
        let (_, request) = asked(&bed, &there).await;
        carry_out(&bed.engine, &there.scope, request).await.unwrap();
        bed.work(NOW).await;
        let bed = bed.with_database(yesterday).await;
        for polls in [10, 40, 90, 200] {
            cut_off(polls, erasure::replay(&bed.engine, NOW)).await;
        }
        erasure::replay(&bed.engine, NOW).await.unwrap();
        bed.work(NOW).await;
        let (own, parts, events, _, counted) = left(&bed.engine, &there.scope, there.subject).await;
        assert_eq!((own, parts, events), (vec!["payment".to_owned()], 0, 0));
        assert_eq!(counted, PROGRESS as i64 + 1);
        is_invisible(&bed, &there).await;
    }

    async fn what_a_claim_needs_stays_and_all_else_goes(bed: Bed) {
        let there = with_much(&bed).await;
        let messages = Some("communication".parse().unwrap());
        holds::record(&bed.engine, &there.scope, None, messages, None).await.unwrap();
        let shown = shown(&bed, &there).await;
        let (code, _) = asked(&bed, &there).await;
        bed.work(NOW).await;
        let found = receipt(&bed.engine, &there.scope, &code).await.unwrap().unwrap();
        assert!(!found.is_pending() && !found.is_whole());
        assert_eq!(told(&bed, &there, &code).await, shown);
        let (own, parts, events, keys, counted) = left(&bed.engine, &there.scope, there.subject).await;
        assert_eq!((own.len(), parts, events), (MESSAGES + 1 + 1, SHARED as u64 + 1, 0));
        assert_eq!(keys, ["communication", "payment"]);
        assert_eq!(counted, PROGRESS as i64 + 1);
    }

    async fn e2_what_is_an_organisations_is_never_touched(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let mut lines = String::from(concat!(
            r#"{"type":"organisation","id":"org-1","name":"Bayou Pumps"}"#, "\n",
            r#"{"type":"subject","id":"u-sam","email":"sam@example.org","name":"Sam","organisation":"org-1"}"#, "\n",
            r#"{"type":"subject","id":"u-mia","email":"mia@example.org","name":"Mia","organisation":"org-1"}"#, "\n",
            r#"{"type":"record","id":"a-1","category":"account","kind":"profile","date":"2026-10-01","subjects":["u-sam"],"source":"you","data":{}}"#, "\n",
        ));
        for n in 0..520 {
            let who = if n % 2 == 0 { r#""u-sam""# } else { r#""u-sam","u-mia""# };
            let _ = writeln!(lines, r#"{{"type":"record","id":"d-{n}","category":"erp-data","kind":"erp-data-set","date":"2026-10-01","subjects":[{who}],"organisation":"org-1","source":"connected-systems","data":{{"name":"orders"}}}}"#);
        }
        let done = bed.import(&scope, &lines).await;
        assert_eq!(done.refused, 0, "{:?}", done.bad_lines.first());
        let sam = bed.customer(&scope, "u-sam", "sam@example.org").await;
        bed.erase(&sam, "sam@example.org").await;
        bed.work(NOW).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let left = tx.all(records::Entity::find()).await.unwrap();
        assert_eq!(left.len(), 520);
        assert!(left.iter().all(|row| row.organisation_id.is_some()));
    }
}
