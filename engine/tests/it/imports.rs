//! Importing.

use domain::identifiers::Slug;
use engine::imports::{ImportError, Imported, import};
use engine::records::{MANY, open_page, overview};
use engine::storage::{records, subjects};
use engine::{Actor, Scope};
use sea_orm::EntityTrait;
use serde_json::json;

use crate::bed::{Bed, LUMAIRE, LUMINA, PEOPLE};

fn reasons(done: &Imported) -> Vec<(u64, String)> {
    done.bad_lines.iter().map(|bad| (bad.number, bad.reason.to_string())).collect()
}

/// A line about Ada.
fn message(number: u64, text: &str) -> String {
    let line = json!({
        "type": "record", "id": format!("m-{number}"), "category": "communication",
        "kind": "message", "date": "2026-01-01", "subjects": ["u-ada"], "source": "email",
        "data": { "text": text },
    });
    format!("{line}\n")
}

on_both! {
    async fn the_same_lines_twice_change_nothing(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let first = bed.import(&scope, PEOPLE).await;
        assert_eq!((first.created, first.refused), (9, 0), "{:?}", reasons(&first));
        let again = bed.import(&scope, PEOPLE).await;
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 9));
        let changed = bed.import(&scope, &PEOPLE.replace("4900", "4901")).await;
        assert_eq!((changed.created, changed.updated, changed.unchanged), (0, 1, 8));
    }

    async fn many_records_are_changed_at_once_and_each_stays_one(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let lines = |second: &str| -> String {
            let text = |n| if n % 2 == 0 { "Hello" } else { second };
            (0..600).map(|n| message(n, text(n))).collect()
        };
        let first = bed.import(&scope, &lines("Hello")).await;
        assert_eq!((first.created, first.updated, first.refused), (600, 0, 0));
        let changed = bed.import(&scope, &lines("Goodbye")).await;
        assert_eq!((changed.created, changed.updated, changed.unchanged), (0, 300, 300));
        let again = bed.import(&scope, &lines("Goodbye")).await;
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 600));
    }

    async fn l2_a_card_number_is_refused_and_the_rest_goes_in(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let card = PEOPLE.replace("pi_3abc", "4242 4242 4242 4242");
        let done = bed.import(&scope, &card).await;
        assert_eq!((done.created, done.refused), (8, 1));
        let (line, reason) = &reasons(&done)[0];
        assert_eq!(*line, 5);
        assert!(reason.contains("card number") && !reason.contains("4242424242"), "{reason}");
        // An order's number may look like one; what the reason says helps.
        assert!(reason.contains("put a letter before it"), "{reason}");
        let order = PEOPLE.replace("pi_3abc", "pi_3abc\",\"order\":\"A4242424242424242");
        assert_eq!(bed.import(&scope, &order).await.refused, 0);
    }

    async fn l1_a_password_or_its_hash_is_not_taken(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let done = bed.import(&scope, &PEOPLE.replace("\"name\":\"Ada Winter\",", "\"password\":\"secret\",")).await;
        let told = reasons(&done);
        assert!(told[0].1.contains("/password") && !told[0].1.contains("secret"), "{told:?}");
    }

    async fn bad_lines_are_told_by_number_and_the_rest_goes_in(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let mut input = Vec::new();
        input.extend_from_slice(b"\xff\xfe\x00binary\n");
        input.extend(std::iter::repeat_n(b'x', 3_000_000));
        input.extend_from_slice(b"\n{\"type\":\"subject\"\n");
        input.extend_from_slice(br#"{"type":"subject","id":7}"#);
        input.extend_from_slice(b"\n");
        for line in [
            r#"{"type":"subject","id":"u-1","email":"not an address"}"#,
            r#"{"type":"subject","id":"u-2","nmae":"x"}"#,
            r#"{"type":"record","id":"r","category":"shoes","kind":"x-k","date":"2026-01-01","subjects":["u"],"source":"you","data":{}}"#,
            r#"{"type":"record","id":"r","category":"account","kind":"x-k","date":"2026-01-01","subjects":["nobody"],"source":"you","data":{}}"#,
            r#"{"type":"record","id":"r","category":"account","kind":"x-k","date":"2026-01-01","subjects":[],"source":"you","data":{}}"#,
            r#"{"type":"record","id":"r","category":"usage","kind":"x-k","date":"2026-01-01","subjects":["u"],"source":"umami","data":{}}"#,
            r#"{"type":"record","id":"r","category":"account","kind":"x-k","date":"2999-01-01","subjects":["u"],"source":"you","data":{}}"#,
            r#"{"type":"record","id":"r","category":"account","kind":"x-k","date":"yesterday","subjects":["u"],"source":"you","data":{}}"#,
            r#"{"type":"event","id":"e","name":"account-closed","date":"2026-01-01"}"#,
            r#"{"type":"subject","id":"good","name":"Good"}"#,
        ] {
            input.extend_from_slice(line.as_bytes());
            input.push(b'\n');
        }
        let done = import(&bed.engine, &scope, &mut input.as_slice(), false, &|_| {}).await.unwrap();
        assert_eq!((done.created, done.refused), (1, 13));
        let told = reasons(&done);
        assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), (1..=13).collect::<Vec<_>>());
        for ((_, reason), expected) in told.iter().zip([
            "UTF-8", "longer than", "EOF", "invalid type", "not an email address", "nmae", "shoes",
            "nobody", "subjects", "not linked", "future", "year", "either",
        ]) {
            assert!(reason.contains(expected), "{reason} / {expected}");
        }
    }

    async fn with_atomic_all_lines_go_in_or_none(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let lines = format!("{PEOPLE}nonsense\n");
        let refused =
            import(&bed.engine, &scope, &mut lines.as_bytes(), true, &|_| {}).await.unwrap_err();
        assert!(matches!(refused, ImportError::NotAtomic(ref done) if done.refused == 1));
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 0);
        assert_eq!(tx.count(subjects::Entity::find()).await.unwrap(), 0);
        drop(tx);
        import(&bed.engine, &scope, &mut PEOPLE.as_bytes(), true, &|_| {}).await.unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(subjects::Entity::find()).await.unwrap(), 2);
    }

    async fn l3_what_was_imported_opens_for_its_person_alone(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let subject = ada.own_subject().unwrap();
        let progress: Slug = "course-progress".parse().unwrap();
        let page = open_page(&bed.engine, &ada, subject, &progress, None, 10).await.unwrap();
        assert_eq!(page.len(), 1);
        assert_eq!(page[0].data["modules"][0]["done"], true);
        assert_eq!(page[0].source_id, "r-4");

        let seen = overview(&bed.engine, &ada, subject).await.unwrap().unwrap();
        let held: Vec<_> =
            seen.holdings.iter().map(|h| (h.category.as_str(), h.of_company().amount)).collect();
        assert_eq!(held, [("account", 1), ("communication", 2), ("course-progress", 1), ("payment", 2)]);
        assert_eq!(seen.of_company().amount, 6);
        // The message to two people is counted, and waits for a human look.
        let messages: Slug = "communication".parse().unwrap();
        let page = open_page(&bed.engine, &ada, subject, &messages, None, 10).await.unwrap();
        assert_eq!(page.len(), 1);
    }

    async fn of_very_many_records_it_is_said_that_they_are_many(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let seen = async || {
            let subject = ada.own_subject().unwrap();
            let seen = overview(&bed.engine, &ada, subject).await.unwrap().unwrap();
            seen.holding(&"communication".parse().unwrap()).unwrap().of_company()
        };
        let before = seen().await;
        assert_eq!((before.amount, before.more), (2, false));
        let lines: String = (0..MANY).map(|n| message(n, "Hello")).collect();
        bed.import(&scope, &lines).await;
        let after = seen().await;
        // The one about Ben too is always counted.
        assert_eq!((after.amount, after.more), (10_001, true));
        let first = "2026-01-01".parse::<jiff::civil::Date>().unwrap().into();
        assert_eq!(after.dates, before.dates.map(|(_, newest)| (first, newest)));
    }

    async fn e2_what_is_held_for_an_organisation_is_not_opened_for_a_person(bed: Bed) {
        let scope = bed.tenant(LUMINA).await;
        let done = bed.import(&scope, r#"
            {"type":"organisation","id":"org-1","name":"Bayou Pumps"}
            {"type":"subject","id":"u-sam","email":"sam@example.org","name":"Sam","organisation":"org-1"}
            {"type":"record","id":"d-1","category":"erp-data","kind":"erp-data-set","date":"2026-10-01","subjects":["u-sam"],"organisation":"org-1","source":"connected-systems","data":{"name":"orders"}}
            {"type":"record","id":"d-2","category":"account","kind":"profile","date":"2026-10-01","subjects":["u-sam"],"organisation":"org-1","source":"you","data":{}}
            {"type":"record","id":"d-3","category":"erp-data","kind":"erp-data-set","date":"2026-10-01","subjects":["u-sam"],"source":"connected-systems","data":{}}
        "#).await;
        let told = reasons(&done);
        assert_eq!(done.created, 3, "{told:?}");
        assert!(told[0].1.contains("not held on behalf") && told[1].1.contains("name it in"), "{told:?}");
        let sam = bed.customer(&scope, "u-sam", "sam@example.org").await;
        let subject = sam.own_subject().unwrap();
        let seen = overview(&bed.engine, &sam, subject).await.unwrap().unwrap();
        let held = &seen.holdings[0];
        assert_eq!((held.of_company().amount, held.on_behalf.amount), (0, 1));
        assert_eq!(seen.organisation.unwrap().name, "Bayou Pumps");
        let erp: Slug = "erp-data".parse().unwrap();
        assert!(open_page(&bed.engine, &sam, subject, &erp, None, 10).await.unwrap().is_empty());
    }

    async fn rows_swapped_between_records_do_not_open(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let subject = ada.own_subject().unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
        let of = |kind: &str| {
            records::Entity::find()
                .filter(records::Column::Kind.eq(kind))
                .filter(records::Column::SubjectId.eq(subject))
        };
        let payment = tx.one(of("stripe-payment")).await.unwrap().unwrap();
        let message = tx.one(of("message")).await.unwrap().unwrap();
        let set = records::Entity::update_many()
            .col_expr(records::Column::Sealed, Expr::value(payment.sealed))
            .filter(records::Column::Id.eq(message.id));
        tx.update(set).await.unwrap();
        tx.commit().await.unwrap();
        let messages: Slug = "communication".parse().unwrap();
        assert!(open_page(&bed.engine, &ada, subject, &messages, None, 10).await.is_err());
    }
}

#[tokio::test]
async fn a_policy_comes_before_data() {
    let bed = Bed::sqlite().await;
    let scope = bed.tenant(LUMAIRE).await;
    let nowhere =
        Scope { tenant: domain::identifiers::TenantId(99), actor: Actor::Operator, ..scope };
    let refused = import(&bed.engine, &nowhere, &mut PEOPLE.as_bytes(), false, &|_| {}).await;
    assert!(matches!(refused, Err(ImportError::NoPolicy)));
}
