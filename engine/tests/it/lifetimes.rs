//! What docs/LIFETIMES.md tells, beside what is carried out.

use std::collections::{BTreeMap, BTreeSet};

use engine::accounts::{Caller, Secret, UnsentForm, keep_form, sign_in, unsent_form};
use engine::lifetimes;
use engine::storage::{api_answers, ceremonies, sessions};
use sea_orm::{ConnectionTrait, Database, DbBackend, EntityTrait, Statement};

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE};

const PAGE: &str = include_str!("../../../docs/LIFETIMES.md");

/// The rows of the page's tables by the name of the table of the database.
fn told() -> BTreeMap<&'static str, &'static str> {
    let rows = PAGE.lines().filter_map(|line| {
        let (table, rest) = line.strip_prefix("| `")?.split_once("` |")?;
        Some((table, rest))
    });
    let rows: Vec<_> = rows.collect();
    let by_name: BTreeMap<_, _> = rows.iter().copied().collect();
    assert_eq!(rows.len(), by_name.len(), "a table is told of twice");
    by_name
}

/// The times in a sentence, in seconds.
fn times(sentence: &str) -> BTreeSet<i64> {
    let words: Vec<&str> = sentence.split([' ', ',', ';', '(', ')', '.']).collect();
    let pairs = words.windows(2).filter_map(|two| {
        let number: i64 = two[0].parse().ok()?;
        let unit = match two[1].trim_end_matches('s') {
            "minute" => 60,
            "hour" => 3600,
            "day" => 86_400,
            _ => return None,
        };
        Some(number * unit)
    });
    pairs.collect()
}

#[test]
fn each_time_is_told_and_no_other() {
    let told = told();
    let lifetimes = lifetimes();
    for lifetime in &lifetimes {
        let row =
            told.get(lifetime.table).unwrap_or_else(|| panic!("no row for {}", lifetime.table));
        let carried_out: BTreeSet<i64> = lifetime.seconds.iter().copied().collect();
        assert_eq!(times(row), carried_out, "{}: {row}", lifetime.table);
    }
    let timed: BTreeSet<_> = lifetimes.iter().map(|lifetime| lifetime.table).collect();
    for (table, row) in told {
        assert!(
            timed.contains(table) || times(row).is_empty(),
            "nothing carries out: {table}{row}"
        );
    }
}

#[tokio::test]
async fn every_table_is_told_of() {
    let bed = Bed::sqlite().await;
    let db = Database::connect(&bed.urls.tenant).await.unwrap();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
    let tables = rows.iter().map(|row| row.try_get::<String>("", "name").unwrap());
    // What the portal itself needs to know of its database.
    let own = ["seaql_migrations", "generation", "instance", "oldest_schema"];
    let tables: BTreeSet<String> = tables.filter(|table| !own.contains(&table.as_str())).collect();
    let told: BTreeSet<String> = told().keys().map(|table| (*table).to_owned()).collect();
    assert_eq!(tables, told);
}

on_both! {
    async fn a_form_that_was_not_taken_is_kept_for_the_hour_that_the_page_tells(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let at = |minutes: i64| engine::Scope { now: NOW.plus_seconds(minutes * 60), ..scope.clone() };
        let (token, somebody) = (Secret::generate().unwrap(), uuid::Uuid::nil());
        let form = UnsentForm {
            action: "/contact/write".into(),
            page: "/contact/write".into(),
            fields: vec![("text".into(), "Hello".into())],
        };
        assert!(keep_form(&bed.engine, &at(0), &token, &form).await.unwrap());
        for (minutes, kept) in [(59, true), (60, false)] {
            let found = unsent_form(&bed.engine, &at(minutes), &token, somebody, &form.page).await;
            assert_eq!(found.unwrap().is_some(), kept, "{minutes}");
        }
    }

    async fn what_has_ended_goes_and_what_has_not_stays(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        bed.customer(&scope, "u-ada", "ada@example.org").await;
        let email = "ada@example.org".parse().unwrap();
        let hour = |hours: i64| NOW.plus_seconds(hours * 3600);
        let enter = async |now| {
            let visitor = engine::Scope { actor: engine::Actor::Visitor, now, ..scope.clone() };
            sign_in(&bed.engine, &visitor, &email, PASSWORD.to_owned().into(), &Caller::default(), None).await.unwrap();
        };
        let left = async || {
            let tx = bed.engine.tenant(scope.permit(domain::roles::Permission::SignIn).unwrap()).read().await.unwrap();
            (
                tx.count(sessions::Entity::find()).await.unwrap(),
                tx.count(ceremonies::Entity::find()).await.unwrap(),
                tx.count(api_answers::Entity::find()).await.unwrap(),
            )
        };
        enter(NOW).await;
        bed.work(hour(1)).await;
        assert_eq!(left().await, (1, 0, 0));
        enter(hour(1)).await;
        bed.work(hour(2)).await;
        assert_eq!(left().await, (1, 0, 0));
        // The last one goes too, with nobody coming again.
        bed.work(hour(4)).await;
        bed.work(hour(6)).await;
        assert_eq!(left().await, (0, 0, 0));
    }
}
