//! Holds as rows: what stands still for a person or a category (L13, E22, GDPR
//! art. 18).

use domain::holds::{Act, Reason};
use domain::requests::{Right, State};
use domain::roles::Role;
use engine::accounts::Task;
use engine::choices::{Why, permissions};
use engine::holds::{self, LegalError};
use engine::requests;
use engine::storage::{Timestamp, holds as table, messages, requests as request_table, subjects};
use engine::tenancy::migrate;
use engine::{Actor, Failure, Scope, subjects as people};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, confirmed};

async fn tenant(bed: &Bed) -> Scope {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    scope
}

async fn person(bed: &Bed, scope: &Scope, id: &str) -> Uuid {
    people::find(&bed.engine, scope, id).await.unwrap().unwrap()
}

/// What is blocked of somebody's, of a category or of everything.
async fn blocked(
    bed: &Bed,
    scope: &Scope,
    who: &str,
    category: Option<&str>,
    act: Act,
) -> Option<Reason> {
    let who = person(bed, scope, who).await;
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    holds::blocks(&tx, scope.now, who, category, act).await.unwrap()
}

async fn all_blocked(bed: &Bed, scope: &Scope, who: &str) -> Vec<Act> {
    let mut found = Vec::new();
    for act in Act::ALL {
        if blocked(bed, scope, who, None, act).await.is_some() {
            found.push(act);
        }
    }
    found
}

async fn paused_at(bed: &Bed, scope: &Scope, who: &str) -> Option<Timestamp> {
    let who = person(bed, scope, who).await;
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(who))).await;
    row.unwrap().unwrap().paused_at
}

on_both! {
    async fn an_access_in_hand_delays_the_sweep_until_it_is_answered_and_not_the_own_delete_now(bed: Bed) {
        let scope = tenant(&bed).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        engine::exports::ask(&bed.engine, &ben).await.unwrap();
        assert_eq!(all_blocked(&bed, &scope, "u-ben").await, [Act::Sweep, Act::Offboarding]);
        assert_eq!(paused_at(&bed, &scope, "u-ben").await, None);
        assert!(all_blocked(&bed, &scope, "u-ada").await.is_empty());
        bed.work(NOW).await;
        assert!(all_blocked(&bed, &scope, "u-ben").await.is_empty(), "it is answered");

        engine::exports::ask(&bed.engine, &ben).await.unwrap();
        bed.erase(&ben, "ben@example.org").await;
        bed.work(NOW).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(table::Entity::find()).await.unwrap(), 0, "nothing is left to hold");
    }

    async fn an_erasure_under_way_stops_all_but_itself(bed: Bed) {
        let scope = tenant(&bed).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        bed.erase(&ben, "ben@example.org").await;
        let rest = [Act::NewData, Act::Use, Act::Sweep, Act::Disclosure, Act::Offboarding];
        assert_eq!(all_blocked(&bed, &scope, "u-ben").await, rest);
        for line in [
            r#"{"type":"record","id":"r-9","category":"account","kind":"profile","date":"2026-02-01","subjects":["u-ben"],"source":"you","data":{"name":"Ben"}}"#,
            r#"{"type":"event","id":"e-9","name":"account-closed","date":"2026-11-01","subject":"u-ben"}"#,
            r#"{"type":"subject","id":"u-ben","email":"other@example.org","name":"Ben"}"#,
            r#"{"type":"account","subject":"u-ben","email":"other@example.org"}"#,
        ] {
            let imported = bed.import(&scope, line).await;
            assert_eq!(imported.refused, 1, "{line}");
            assert!(format!("{imported:?}").contains("Tombstoned"), "{imported:?}");
        }
    }

    async fn an_objection_stops_use_until_it_is_decided_and_a_granted_restriction_goes_on(bed: Bed) {
        let scope = tenant(&bed).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let why = async || {
            let all = permissions(&bed.engine, &scope, "u-ben").await.unwrap();
            all.into_iter().any(|choice| choice.why == Why::Frozen)
        };
        for right in [Right::Objection, Right::Restriction] {
            let opened = requests::ask(&bed.engine, &ben, right).await.unwrap();
            assert_eq!(all_blocked(&bed, &scope, "u-ben").await, [Act::Use, Act::Sweep, Act::Offboarding]);
            assert!(paused_at(&bed, &scope, "u-ben").await.is_some(), "older nodes see it");
            assert!(why().await, "the company's systems are told");
            // Stored it may be, and seen.
            let more = r#"{"type":"record","id":"r-9","category":"account","kind":"profile","date":"2026-02-01","subjects":["u-ben"],"source":"you","data":{"name":"Ben","about":"RIGHT"}}"#;
            let more = more.replace("RIGHT", right.name());
            assert_eq!(bed.import(&scope, &more).await.refused, 0);
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            requests::step(&tx, &scope, opened.id, State::Fulfilled).await.unwrap();
            tx.commit().await.unwrap();
            let goes_on = right == Right::Restriction;
            assert_eq!(why().await, goes_on, "{right:?}");
            assert_eq!(paused_at(&bed, &scope, "u-ben").await.is_some(), goes_on);
        }
        let who = person(&bed, &scope, "u-ben").await;
        let list = holds::of_subject(&bed.engine, &scope, who).await.unwrap();
        assert_eq!(list.iter().map(|hold| hold.reason).collect::<Vec<_>>(), [Reason::Restriction]);
    }

    async fn a_recorded_claim_stops_deleting_for_a_person_a_category_or_both(bed: Bed) {
        let scope = tenant(&bed).await;
        let ben = person(&bed, &scope, "u-ben").await;
        let payment = || Some("payment".parse().unwrap());
        let stops = [Act::Sweep, Act::Erasure, Act::Offboarding];
        let record = async |subject, category, until| {
            holds::record(&bed.engine, &scope, subject, category, until).await
        };

        let whole = record(Some(ben), None, None).await.unwrap();
        assert_eq!(all_blocked(&bed, &scope, "u-ben").await, stops);
        assert_eq!(blocked(&bed, &scope, "u-ben", Some("account"), Act::Erasure).await, Some(Reason::Legal));
        assert!(all_blocked(&bed, &scope, "u-ada").await.is_empty());
        assert!(holds::lift(&bed.engine, &scope, confirmed(&scope, Task::Release), whole).await.unwrap());
        assert!(!holds::lift(&bed.engine, &scope, confirmed(&scope, Task::Release), whole).await.unwrap());
        assert!(all_blocked(&bed, &scope, "u-ben").await.is_empty());

        let until = Some(NOW.plus_seconds(60));
        let first = record(Some(ben), payment(), until).await.unwrap();
        assert_eq!(record(Some(ben), payment(), until).await.unwrap(), first, "pressed twice");
        assert!(all_blocked(&bed, &scope, "u-ben").await.is_empty(), "not everything");
        for (category, act, expected) in [
            ("payment", Act::Erasure, Some(Reason::Legal)),
            ("payment", Act::Use, None),
            ("account", Act::Erasure, None),
        ] {
            assert_eq!(blocked(&bed, &scope, "u-ben", Some(category), act).await, expected);
        }
        let later = Scope { now: NOW.plus_seconds(60), ..scope.clone() };
        assert_eq!(blocked(&bed, &later, "u-ben", Some("payment"), Act::Erasure).await, None, "over");

        record(None, payment(), None).await.unwrap();
        for who in ["u-ada", "u-ben"] {
            assert_eq!(blocked(&bed, &later, who, Some("payment"), Act::Sweep).await, Some(Reason::Legal));
            assert_eq!(blocked(&bed, &later, who, Some("account"), Act::Sweep).await, None);
        }

        assert!(matches!(record(None, None, None).await, Err(LegalError::Nothing)));
        assert!(matches!(record(Some(Uuid::nil()), None, None).await, Err(LegalError::UnknownPerson)));
        assert!(matches!(record(None, Some("none".parse().unwrap()), None).await, Err(LegalError::UnknownCategory)));
        assert!(matches!(record(Some(ben), None, Some(NOW)).await, Err(LegalError::Over)));
        let auditor = Scope { actor: Actor::Account { id: Uuid::nil(), role: Role::Auditor, subject: None }, ..scope.clone() };
        let refused = holds::record(&bed.engine, &auditor, Some(ben), None, None).await;
        assert!(matches!(refused, Err(LegalError::Failure(Failure::Forbidden(_)))));
        assert!(matches!(holds::lift(&bed.engine, &auditor, confirmed(&auditor, Task::Release), whole).await, Err(Failure::Forbidden(_))));
    }

    async fn a_node_of_the_version_before_is_obeyed(bed: Bed) {
        let scope = tenant(&bed).await;
        let ben = person(&bed, &scope, "u-ben").await;
        let set = async |column: subjects::Column, at: Option<Timestamp>| {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            let update = subjects::Entity::update_many()
                .col_expr(column, Expr::value(at))
                .filter(subjects::Column::Id.eq(ben));
            tx.update(update).await.unwrap();
            tx.commit().await.unwrap();
        };
        // It knows of no rows, and says by columns what it has done.
        set(subjects::Column::PausedAt, Some(NOW)).await;
        assert_eq!(all_blocked(&bed, &scope, "u-ben").await, [Act::NewData, Act::Use, Act::Sweep]);
        set(subjects::Column::PausedAt, None).await;
        assert!(all_blocked(&bed, &scope, "u-ben").await.is_empty());
        set(subjects::Column::FrozenAt, Some(NOW)).await;
        assert_eq!(blocked(&bed, &scope, "u-ben", None, Act::Disclosure).await, Some(Reason::Erasure));
        set(subjects::Column::FrozenAt, None).await;

        // It closes a request and leaves the row.
        let customer = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let opened = requests::ask(&bed.engine, &customer, Right::Objection).await.unwrap();
        assert!(blocked(&bed, &scope, "u-ben", None, Act::Use).await.is_some());
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let close = request_table::Entity::update_many()
            .col_expr(request_table::Column::State, Expr::value(State::Refused.name()))
            .col_expr(request_table::Column::ClosedAt, Expr::value(Some(NOW)))
            .filter(request_table::Column::Id.eq(opened.id));
        tx.update(close).await.unwrap();
        tx.commit().await.unwrap();
        assert!(all_blocked(&bed, &scope, "u-ben").await.is_empty());
    }

    async fn what_stood_still_before_the_change_stands_still_after_it(bed: Bed) {
        let scope = tenant(&bed).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let visitor = Scope { actor: Actor::Visitor, ..scope.clone() };
        for about in ["ada@example.org", "nobody@example.org"] {
            let typed = engine::contact::Typed { name: "", email: "eve@example.org", reason: "child", about, text: "Hello" };
            let draft = engine::contact::Draft::parse(typed).ok().unwrap();
            engine::contact::receive(&bed.engine, &visitor, &draft).await.unwrap().unwrap();
        }
        engine::exports::ask(&bed.engine, &ben).await.unwrap();
        // As the version before has left it: use stopped by the report, no rows.
        let ada = person(&bed, &scope, "u-ada").await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let pause = subjects::Entity::update_many()
            .col_expr(subjects::Column::PausedAt, Expr::value(Some(NOW)))
            .filter(subjects::Column::Id.eq(ada));
        tx.update(pause).await.unwrap();
        tx.update(messages::Entity::update_many()
            .col_expr(messages::Column::PausedSubject, Expr::value(Some(ada)))
            .filter(messages::Column::PausedSubject.is_not_null())).await.unwrap();
        tx.commit().await.unwrap();
        let owner = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
        for statement in [
            "drop table holds",
            "drop index messages_of_sender",
            "drop index messages_by_time",
            "alter table messages drop column sender_hash",
            "delete from seaql_migrations where version = 'm0015_holds'",
        ] {
            owner.execute_unprepared(statement).await.unwrap();
        }
        migrate(&bed.urls).await.unwrap();
        owner.close().await.unwrap();

        assert_eq!(all_blocked(&bed, &scope, "u-ada").await, [Act::NewData, Act::Use, Act::Sweep]);
        assert_eq!(all_blocked(&bed, &scope, "u-ben").await, [Act::Sweep, Act::Offboarding]);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let mut rows: Vec<(String, bool, bool)> = tx.all(table::Entity::find()).await.unwrap().into_iter()
            .map(|row| (row.reason, row.subject_id.is_some(), row.message_id.is_some())).collect();
        rows.sort();
        let expected = [("access", true, false), ("child-reported", false, true), ("child-vouched", true, true)];
        assert_eq!(rows.iter().map(|(r, s, m)| (r.as_str(), *s, *m)).collect::<Vec<_>>(), expected);
    }
}
