//! One meaning per number: what is shown, previewed, exported and signed is one set.

use domain::erasure::{Outcome, Stays, stays};
use domain::identifiers::Slug;
use domain::period::Period;
use domain::policy::Document;
use domain::policy::facts::{Capacity, named};
use domain::retention::goes;
use engine::accounts::Task;
use engine::corrections::correctable;
use engine::erasure::{preview, receipt};
use engine::policies;
use engine::records::{Happened, MANY, open_page, overview, timeline};
use engine::storage::{Day, Timestamp, disclosures, records, retained};
use engine::{Scope, exports};
use jiff::civil::{Date, date};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, confirmed, with_stated_holds};
use crate::erasure::outcomes;
use crate::exports::{downloaded, read};

const CATEGORY: &str = "communication";

fn category() -> Slug {
    CATEGORY.parse().unwrap()
}

/// Publishes the policy in force with a change, as another version.
async fn publish(bed: &Bed, scope: &Scope, change: impl Fn(&mut Document)) {
    let mut document =
        policies::in_force(&bed.engine, scope).await.unwrap().unwrap().document.clone();
    document.title.push('!');
    change(&mut document);
    let revision = policies::save_draft(&bed.engine, scope, 0, &document).await.unwrap();
    let sure = confirmed(scope, Task::Publication);
    policies::publish(&bed.engine, scope, sure, revision).await.unwrap();
}

fn as_role(role: Capacity) -> impl Fn(&mut Document) {
    move |document| {
        let found = document.facts.categories.iter_mut().find(|it| it.id == category());
        found.unwrap().role = role;
    }
}

/// Takes the category out of the policy.
fn undeclared(document: &mut Document) {
    let facts = &mut document.facts;
    facts.categories.retain(|it| it.id != category());
    facts.processors.iter_mut().for_each(|it| it.categories.retain(|id| *id != category()));
    for translation in document.translations.values_mut() {
        translation.labels.retain(|path, _| !path.starts_with("category.communication."));
    }
}

fn message(id: &str, on: &str, subjects: &[&str], organisation: Option<&str>) -> String {
    let mut line = serde_json::json!({
        "type": "record", "id": id, "category": CATEGORY, "kind": "message", "date": on,
        "subjects": subjects, "source": "email", "data": { "text": "Hello" },
    });
    if let Some(organisation) = organisation {
        line["organisation"] = organisation.into();
    }
    format!("{line}\n")
}

fn kept_for(document: &mut Document, period: &str) {
    let period: Period = period.parse().unwrap();
    document.facts.holds.iter_mut().for_each(|hold| hold.period = Some(period.into()));
}

/// Ada, about whom the company holds so many records alone, `shared` with Ben, and some
/// on behalf of an organisation: in one category.
async fn all_three(bed: &Bed, own: u64, shared: u64, on_behalf: u64) -> (Scope, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    let mut lines = r#"
        {"type":"organisation","id":"org-1","name":"Bayou Pumps"}
        {"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada","organisation":"org-1"}
        {"type":"subject","id":"u-ben","email":"ben@example.org","name":"Ben"}
        {"type":"record","id":"b-1","category":"communication","kind":"message","date":"2026-01-01","subjects":["u-ben"],"source":"email","data":{"text":"Hello"}}
    "#.to_owned();
    lines.extend((0..own).map(|n| message(&format!("o-{n}"), "2026-02-01", &["u-ada"], None)));
    let both = ["u-ada", "u-ben"];
    lines.extend((0..shared).map(|n| message(&format!("s-{n}"), "2026-03-01", &both, None)));
    assert_eq!(bed.import(&scope, &lines).await.refused, 0);
    publish(bed, &scope, as_role(Capacity::Processor)).await;
    let theirs = |n| message(&format!("t-{n}"), "2026-04-01", &["u-ada"], Some("org-1"));
    let lines: String = (0..on_behalf).map(theirs).collect();
    assert_eq!(bed.import(&scope, &lines).await.refused, 0);
    let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
    (scope, ada)
}

/// What the dashboard counts: own, shared, on behalf.
async fn dashboard(bed: &Bed, ada: &Scope) -> [(u64, bool); 3] {
    let subject = ada.own_subject().unwrap();
    let seen = overview(&bed.engine, ada, subject).await.unwrap().unwrap();
    let held = seen.holding(&category()).unwrap();
    assert_eq!(seen.of_company(), held.of_company());
    [held.own, held.shared, held.on_behalf].map(|part| (part.amount, part.more))
}

async fn previewed(bed: &Bed, ada: &Scope) -> Vec<(u64, Outcome)> {
    let lines = preview(&bed.engine, ada).await.unwrap().unwrap().lines.into_iter();
    let some = lines.filter(|line| line.category == category() && line.count > 0);
    some.map(|line| (line.count, line.outcome)).collect()
}

/// What the manifest says, and how many lines the files have.
async fn exported(bed: &Bed, ada: &Scope, now: Timestamp) -> ([u64; 3], usize, usize) {
    let ada = Scope { now, ..ada.clone() };
    exports::ask(&bed.engine, &ada).await.unwrap();
    bed.work(now).await;
    let mut zip = downloaded(bed, &ada).await;
    let manifest: Value = serde_json::from_slice(&read(&mut zip, "manifest.json")).unwrap();
    let all = manifest["categories"].as_array().unwrap();
    let line = all.iter().find(|line| line["category"] == CATEGORY).unwrap();
    let counts = ["records", "about-others-too", "on-behalf-of-an-organisation"]
        .map(|name| line[name].as_u64().unwrap());
    let json: Value = serde_json::from_slice(&read(&mut zip, "json/communication.json")).unwrap();
    let csv = String::from_utf8(read(&mut zip, "csv/communication.csv")).unwrap();
    (counts, json.as_array().unwrap().len(), csv.lines().count() - 1)
}

on_both! {
    // L10: dashboard = preview = manifest = files = receipt, whatever is published later.
    async fn l10_own_shared_and_an_organisations_records_are_one_number_everywhere(bed: Bed) {
        let (scope, ada) = all_three(&bed, 3, 2, 4).await;
        let subject = ada.own_subject().unwrap();
        let expected = vec![
            (3, Outcome::Erased), (2, Outcome::TakenOut), (4, Outcome::PassedOn),
        ];
        let changes: [fn(&mut Document); 5] = [
            |_| {},
            |document| as_role(Capacity::Controller)(document),
            |document| {
                let found = document.facts.categories.iter_mut().find(|it| it.id == category());
                found.unwrap().linked = false;
            },
            |document| as_role(Capacity::Processor)(document),
            undeclared,
        ];
        for (days, change) in (1..).zip(changes) {
            let later = Scope { now: NOW.plus_seconds(days * 24 * 3600), ..scope.clone() };
            publish(&bed, &later, change).await;
            assert_eq!(dashboard(&bed, &ada).await, [(3, false), (2, false), (4, false)]);
            assert_eq!(previewed(&bed, &ada).await, expected, "{days}");
            assert_eq!(exported(&bed, &ada, later.now).await, ([3, 2, 4], 3, 3), "{days}");
            let listed = open_page(&bed.engine, &ada, subject, &category(), None, 9).await.unwrap();
            assert_eq!(listed.len(), 3);
            // And all that is listed can be corrected.
            for record in listed {
                let found = correctable(&bed.engine, &ada, record.id).await.unwrap();
                assert!(found.is_some(), "{days}");
            }
        }
        let asked = bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW.plus_seconds(9 * 24 * 3600)).await;
        let signed = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(!signed.is_whole(), "what stays with others is not gone");
        let signed: Vec<_> = outcomes(&signed).into_iter().map(|(_, n, what)| (n, what)).collect();
        assert_eq!(signed, expected);
        // Ben's own, what is his too, and the organisation's.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 1 + 2 + 4);
    }

    // Also where nobody counts: beyond 10,000, the page says so, and all else counts on.
    async fn of_many_all_three_stay_apart(bed: Bed) {
        let own = MANY + 3;
        let (scope, ada) = all_three(&bed, own, 2, 4).await;
        assert_eq!(dashboard(&bed, &ada).await, [(MANY, true), (2, false), (4, false)]);
        let expected = vec![
            (own, Outcome::Erased), (2, Outcome::TakenOut), (4, Outcome::PassedOn),
        ];
        assert_eq!(previewed(&bed, &ada).await, expected);
        let lines = usize::try_from(own).unwrap();
        assert_eq!(exported(&bed, &ada, NOW).await, ([own, 2, 4], lines, lines));
        // An organisation's that are many hide none of the company's own.
        let few = |n| message(&format!("t-{n}"), "2025-04-01", &["u-ada"], Some("org-1"));
        bed.import(&scope, &(0..MANY + 1).map(few).collect::<String>()).await;
        assert_eq!(dashboard(&bed, &ada).await, [(MANY, true), (2, false), (MANY, true)]);
        let asked = bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let signed = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        let signed: Vec<_> = outcomes(&signed).into_iter().map(|(_, n, what)| (n, what)).collect();
        assert_eq!(signed, [
            (own, Outcome::Erased), (2, Outcome::TakenOut), (MANY + 1, Outcome::PassedOn),
        ]);
    }

    // The last other person gone, a record is about one person alone, and is erased.
    async fn what_is_left_to_one_person_goes_with_them(bed: Bed) {
        let (scope, ada) = all_three(&bed, 0, 2, 0).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        bed.erase(&ben, "ben@example.org").await;
        bed.work(NOW).await;
        assert_eq!(dashboard(&bed, &ada).await, [(0, false), (2, false), (0, false)]);
        assert_eq!(previewed(&bed, &ada).await, [(2, Outcome::Erased)]);
        let asked = bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let signed = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        assert!(signed.is_whole());
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 0);
    }

    // L10, E17: on the last day of a hold, at the end of a month, what is shown as over is
    // what is previewed as going and what is erased.
    async fn l10_and_e17_a_last_day_is_the_same_day_everywhere(bed: Bed) {
        let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
        bed.import(&scope, PEOPLE).await;
        publish(&bed, &scope, |document| kept_for(document, "1 month")).await;
        let days = ["2027-01-27", "2027-01-28", "2027-01-29", "2027-01-31", "2027-02-01", "2027-02-28"];
        let lines: String = days
            .iter()
            .map(|day| format!(
                "{{\"type\":\"record\",\"id\":\"p-{day}\",\"category\":\"payment\",\"kind\":\"stripe-payment\",\"date\":\"{day}\",\"subjects\":[\"u-ben\"],\"source\":\"stripe\",\"data\":{{\"payment-intent\":\"pi_1\",\"amount\":1,\"currency\":\"eur\"}}}}\n"
            ))
            .collect();
        // 2027-02-28 12:00 UTC.
        let now = Timestamp(1_803_816_000_000);
        let then = Scope { now, ..scope.clone() };
        assert_eq!(then.today(), date(2027, 2, 28));
        let done = bed.import(&then, &lines).await;
        assert_eq!(done.created, 6, "{:?}", done.bad_lines);
        let ben = Scope { now, ..bed.customer(&scope, "u-ben", "ben@example.org").await };

        let version = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        let payment: Slug = "payment".parse().unwrap();
        let is_over = |day: &str| {
            let day: Date = day.parse().unwrap();
            let goes = goes(&version.document.facts, &payment, day, &[], then.today());
            matches!(goes, domain::retention::Goes::NoLongerByLaw(..))
        };
        let over: Vec<&str> = days.into_iter().filter(|day| is_over(day)).collect();
        assert_eq!(over, &days[..4]);
        let lines = preview(&bed.engine, &ben).await.unwrap().unwrap().lines.into_iter();
        let payments: Vec<_> = lines.filter(|l| l.category == payment).map(|l| (l.count, l.outcome)).collect();
        let until = Some(date(2027, 3, 28));
        let kept = Outcome::Retained { hold: "tax".parse().unwrap(), until };
        assert_eq!(payments, [(4, Outcome::Erased), (2, kept)]);
        let asked = bed.erase(&ben, "ben@example.org").await;
        bed.work(now).await;
        let signed = receipt(&bed.engine, &then, &asked.receipt).await.unwrap().unwrap();
        assert_eq!(signed.kept_until(), until);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let left = records::Entity::find().filter(records::Column::SubjectId.eq(ben.own_subject().unwrap()));
        let mut left: Vec<_> = tx.all(left).await.unwrap().into_iter().map(|row| Date::from(row.occurred_on).to_string()).collect();
        left.sort();
        assert_eq!(left, &days[4..]);

        // Where whatever deletes it later finds the date, and no later policy moves it.
        let noted = tx.all(retained::Entity::find()).await.unwrap();
        let [noted] = noted.as_slice() else { panic!("{noted:?}") };
        assert_eq!((noted.subject_id, noted.category.as_str()), (ben.own_subject().unwrap(), "payment"));
        let noted = noted.until.map(Date::from);
        assert_eq!(noted, until);
        drop(tx);
        publish(&bed, &then, |document| kept_for(document, "30 years")).await;
        let version = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        assert_eq!(
            stays(noted, &version.document.facts, &payment, date(2027, 2, 28)),
            Stays::Until(date(2027, 3, 28)),
        );
        let signed = receipt(&bed.engine, &then, &asked.receipt).await.unwrap().unwrap();
        assert_eq!(signed.kept_until(), until, "and it is shown as it was signed");
    }

    // E17, L10: an assumed hold retains all, however old, and no date is signed.
    async fn e17_and_l10_an_assumed_hold_keeps_and_signs_no_date(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let version = policies::in_force(&bed.engine, &scope).await.unwrap().unwrap();
        let hold = named(&version.document.facts.holds, &"tax".parse().unwrap()).unwrap();
        assert!(hold.period().is_assumed());
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let asked = bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        let signed = receipt(&bed.engine, &scope, &asked.receipt).await.unwrap().unwrap();
        let kept: Vec<_> = outcomes(&signed).into_iter().filter(|(c, ..)| c == "payment").collect();
        let tax = Outcome::Retained { hold: "tax".parse().unwrap(), until: None };
        assert_eq!(kept, [("payment".to_owned(), 2, tax)]);
        assert_eq!(signed.kept_until(), None);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let noted = tx.all(retained::Entity::find()).await.unwrap();
        assert_eq!(noted.iter().map(|row| row.until).collect::<Vec<_>>(), [None]);
    }

    async fn what_has_happened_is_told_the_latest_first(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let subject = ada.own_subject().unwrap();
        // More than a page, told on three days; on each the download was asked for later.
        for (day, first) in [(1, 0), (2, 400), (3, 800)] {
            let now = NOW.plus_seconds(day * 24 * 3600);
            let some = (first..first + 400).map(|n| message(&format!("m-{n}"), "2026-01-01", &["u-ada"], None));
            bed.import(&Scope { now, ..scope.clone() }, &some.collect::<String>()).await;
            let later = Scope { now: now.plus_seconds(60), ..ada.clone() };
            exports::ask(&bed.engine, &later).await.unwrap();
            bed.work(later.now).await;
        }
        // Told of today, but about days long ago and in between.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        for (n, on) in [(1, date(2025, 5, 1)), (2, date(2026, 11, 22)), (3, date(2026, 11, 23)), (4, date(2026, 11, 24))] {
            tx.insert(disclosures::ActiveModel {
                id: Set(Uuid::now_v7()),
                source_hash: Set(vec![n; 32]),
                subject_id: Set(subject),
                category: Set(CATEGORY.to_owned()),
                recipient: Set("stripe".to_owned()),
                disclosed_on: Set(Day::from(on)),
                recorded_at: Set(NOW.plus_seconds(3 * 24 * 3600 + 120)),
                ..Default::default()
            }).await.unwrap();
        }
        tx.commit().await.unwrap();

        let reader = Scope { now: NOW.plus_seconds(4 * 24 * 3600), ..ada.clone() };
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = timeline(&bed.engine, &reader, before).await.unwrap();
            all.extend(page.entries);
            before = page.earlier;
            if before.is_none() { break }
        }
        let shown: Vec<Date> = all.iter().map(|entry| entry.on).collect();
        assert!(shown.is_sorted_by(|a, b| a >= b), "{shown:?}");
        let of = |day| all.iter().filter(move |e| e.on == day).map(|e| &e.happened).collect::<Vec<_>>();
        let today = of(date(2026, 11, 24));
        assert!(matches!(today[0], Happened::Disclosed { .. }), "{today:?}");
        assert!(matches!(today.last(), Some(Happened::Added { amount: 400, .. })), "{today:?}");
        let disclosed = all.iter().filter(|e| matches!(e.happened, Happened::Disclosed { .. })).count();
        assert_eq!(disclosed, 4, "each once");
        // The message to two people came in too.
        let first: u64 = all.iter().filter_map(|entry| match &entry.happened {
            Happened::Added { category, amount } if category == CATEGORY => Some(*amount),
            _ => None,
        }).sum();
        assert_eq!(first, 1202);
    }
}
