//! What a company's systems expect of the portal: their ids, their consents, their
//! deletions, and data as they make it.

use domain::grants::Grant;
use engine::choices::{Choice, Why, choose, permissions};
use engine::imports::{Imported, Line, LineError, Told, import, subject_by_address, tell};
use engine::records::{Removed, record_heads, remove};
use engine::storage::{record_parties, records, tombstones};
use engine::{Actor, Failure, Scope, TellError, exports};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE};

const DAY: i64 = 24 * 3600;

/// A tenant with people, and a token that may do everything.
async fn there(bed: &Bed) -> (Scope, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let grants = Grant::ALL.into_iter().collect();
    let call = Scope { actor: Actor::Token { id: Uuid::nil(), grants }, ..scope.clone() };
    (scope, call)
}

fn line(json: &str) -> Line {
    serde_json::from_str(json).unwrap()
}

fn consent(id: &str, date: &str, data: &str) -> Line {
    line(&format!(
        r#"{{"type":"record","id":"{id}","category":"account","kind":"consent","date":"{date}","subjects":["u-ben"],"source":"you","data":{data}}}"#
    ))
}

async fn analytics(bed: &Bed, call: &Scope) -> Choice {
    let all = permissions(&bed.engine, call, "u-ben").await.unwrap();
    all.into_iter().find(|choice| choice.purpose == "analytics").unwrap()
}

async fn imported(bed: &Bed, scope: &Scope, bytes: &[u8]) -> Imported {
    let mut bytes = bytes;
    import(&bed.engine, scope, &mut bytes, false, &|_| ()).await.unwrap()
}

on_both! {
    async fn a_consent_that_was_told_counts_with_its_date_and_proof(bed: Bed) {
        let (scope, call) = there(&bed).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let now = analytics(&bed, &call).await;
        assert_eq!((now.why, now.proof), (Why::NotRefused, None));
        let at = |scope: &Scope, days: i64| Scope { now: NOW.plus_seconds(days * DAY), ..scope.clone() };
        let day = |days: i64| scope.date_of(NOW.plus_seconds(days * DAY));
        let told = async |id: &str, days: i64, data: &str| {
            let line = consent(id, &day(days).to_string(), data);
            tell(&bed.engine, &at(&call, 40), line, None).await.unwrap();
        };
        told("c-1", -20, r#"{"purpose":"analytics","given":false,"wording":"May we?","where":"shop"}"#).await;
        let now = analytics(&bed, &call).await;
        let proof = now.proof.unwrap();
        assert_eq!((now.allowed, now.why), (false, Why::Refused));
        assert_eq!(now.chosen_at, Some(scope.start_of(day(-20))));
        assert_eq!((proof.record.as_str(), proof.source.as_str()), ("c-1", "you"));
        assert_eq!(proof.consent.wording.as_deref(), Some("May we?"));
        // A later one counts, by the day that it says itself.
        told("c-2", 1, &format!(r#"{{"purpose":"analytics","given":true,"on":"{}"}}"#, day(-10))).await;
        let now = analytics(&bed, &call).await;
        assert_eq!((now.why, now.proof.unwrap().record.as_str()), (Why::Given, "c-2"));
        // What the person says here counts from then on,
        choose(&bed.engine, &ben, "analytics", true).await.unwrap();
        let now = analytics(&bed, &call).await;
        assert_eq!((now.why, now.proof), (Why::Refused, None));
        // until another is told that is later still,
        told("c-3", 10, r#"{"purpose":"analytics","given":true}"#).await;
        assert_eq!(analytics(&bed, &at(&call, 40)).await.why, Why::Given);
        // which the person takes back again, although it is what they had said before.
        choose(&bed.engine, &at(&ben, 40), "analytics", true).await.unwrap();
        assert_eq!(analytics(&bed, &at(&call, 40)).await.why, Why::Refused);
    }

    async fn what_is_misspelt_is_refused_with_what_was_meant(bed: Bed) {
        let (_, call) = there(&bed).await;
        let event = |name: &str| line(&format!(
            r#"{{"type":"event","id":"e-1","name":"{name}","date":"2026-11-01","subject":"u-ben"}}"#
        ));
        for (line, code, meant) in [
            (event("acount-closed"), "unknown-event", "did you mean “account-closed”"),
            (event("logged-in"), "unknown-event", "“x-”"),
            (consent("c", "2026-01-01", r#"{"purpose":"analitics","given":true}"#), "unknown-purpose", "did you mean “analytics”"),
        ] {
            match tell(&bed.engine, &call, line, None).await {
                Err(TellError::Refused(reason)) => {
                    assert_eq!(reason.code(), code);
                    assert!(reason.to_string().contains(meant), "{reason}");
                }
                other => panic!("{code}: {other:?}"),
            }
        }
        for good in ["account-closed", "x-logged-in"] {
            let told = tell(&bed.engine, &call, event(good), None).await.unwrap();
            assert_ne!(told.answer, Told::Unchanged, "{good}");
        }
    }

    async fn a_record_that_is_gone_at_its_source_goes_and_stays_away(bed: Bed) {
        let (_, call) = there(&bed).await;
        let gone = async |source: &str, id: &str| remove(&bed.engine, &call, (source, id), None).await;
        assert_eq!(gone("you", "r-7").await.unwrap().answer, Removed::Deleted);
        assert_eq!(gone("you", "r-7").await.unwrap().answer, Removed::Before);
        let (heads, _) = record_heads(&bed.engine, &call, "u-ben", None, 9).await.unwrap();
        assert!(heads.is_empty(), "{heads:?}");
        // Tonight's push does not bring it back, one by one or in bulk.
        let again = PEOPLE.lines().find(|line| line.contains("\"r-7\"")).unwrap();
        let told = tell(&bed.engine, &call, line(again), None).await;
        assert!(matches!(told, Err(TellError::Refused(LineError::RecordGone(id))) if id == "r-7"));
        let bulk = imported(&bed, &call, PEOPLE.as_bytes()).await;
        assert_eq!((bulk.created, bulk.refused), (0, 1));
        // It is of that source alone, and what nobody told of is not known.
        assert!(matches!(gone("email", "r-7").await, Err(TellError::UnknownRecord)));
        assert!(matches!(gone("you", "").await, Err(TellError::Refused(_))));
        // What is about several goes for all of them.
        assert_eq!(gone("email", "r-6").await.unwrap().answer, Removed::Deleted);
        let tx = bed.engine.tenant(call.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(record_parties::Entity::find()).await.unwrap(), 0);
        assert_eq!(tx.count(tombstones::Entity::find()).await.unwrap(), 2);
        drop(tx);
        let log = engine::audit::latest(&bed.engine, &call.as_portal(), 9).await.unwrap();
        let entry = log.iter().find(|entry| entry.action == "record.deleted").unwrap();
        assert!(entry.details.contains(r#""people":2"#), "{}", entry.details);
    }

    async fn a_law_or_a_hold_keeps_a_record_that_is_gone_at_its_source(bed: Bed) {
        let (scope, call) = there(&bed).await;
        let gone = async |source: &str, id: &str| remove(&bed.engine, &call, (source, id), None).await;
        // E17: the policy keeps payments for the tax office.
        assert!(matches!(gone("stripe", "r-2").await, Err(TellError::Retained { .. })));
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        // Somebody waits for an answer about it.
        exports::ask(&bed.engine, &ada).await.unwrap();
        assert!(matches!(gone("email", "r-5").await, Err(TellError::Held)));
        assert!(matches!(gone("email", "r-6").await, Err(TellError::Held)), "of one of several");
        bed.work(NOW).await;
        assert_eq!(gone("email", "r-5").await.unwrap().answer, Removed::Deleted);
        let grants = [Grant::Write, Grant::Read, Grant::End, Grant::Access].into_iter().collect();
        let other = Scope { actor: Actor::Token { id: Uuid::nil(), grants }, ..call.clone() };
        let refused = remove(&bed.engine, &other, ("email", "r-6"), None).await;
        assert!(matches!(refused, Err(TellError::Failure(Failure::NotGranted(Grant::Erase)))));
    }

    async fn encodings_are_read_or_named(bed: Bed) {
        let (scope, _) = there(&bed).await;
        let person = |id: &str| format!(r#"{{"type":"subject","id":"{id}","name":"Zoë"}}"#);
        // A mark of UTF-8, also in the middle of files that were put together.
        let marked = format!("\u{feff}{}\r\n\u{feff}{}\n\u{feff}\n", person("m-1"), person("m-2"));
        let done = imported(&bed, &scope, marked.as_bytes()).await;
        assert_eq!((done.created, done.refused), (2, 0), "{:?}", done.bad_lines);
        let told = async |bytes: &[u8]| {
            let done = imported(&bed, &scope, bytes).await;
            assert_eq!(done.created, 0);
            done.bad_lines.first().unwrap().reason.to_string()
        };
        let wide: Vec<u8> =
            format!("\u{feff}{}\n", person("w")).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(told(&wide).await.contains("UTF-16"));
        let latin: Vec<u8> = person("l").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert!(told(&latin).await.contains("Latin-1"));
        let returns = format!("{}\r{}\r", person("r-1"), person("r-2"));
        assert!(told(returns.as_bytes()).await.contains("CR alone"));
        let long = format!("{}\r", person("r")).repeat(40_000);
        assert!(told(long.as_bytes()).await.contains("CR alone"));
        assert!(told(person("z").replace('Z', "\0").as_bytes()).await.contains("zero byte"));
    }

    async fn l2_every_text_of_a_line_is_looked_at(bed: Bed) {
        let (scope, _) = there(&bed).await;
        let long = "x".repeat(300_000);
        let card = "4242.4242.4242.4242";
        let record = |id: &str, kind: &str, subject: &str, data: &str| format!(
            r#"{{"type":"record","id":"{id}","category":"account","kind":"{kind}","date":"2026-01-01","subjects":["{subject}"],"source":"you","data":{data}}}"#
        );
        for (line, code, field) in [
            (format!(r#"{{"type":"subject","id":"{card}"}}"#), "card-number", "id"),
            (format!(r#"{{"type":"subject","id":"s","name":"Ada {card}"}}"#), "card-number", "name"),
            (r#"{"type":"subject","id":"s","email":"4242424242424242@example.org"}"#.into(), "card-number", "email"),
            (format!(r#"{{"type":"subject","id":"s","organisation":"{card}"}}"#), "card-number", "organisation"),
            (format!(r#"{{"type":"organisation","id":"o","name":"{card}"}}"#), "card-number", "name"),
            (format!(r#"{{"type":"organisation","id":"o","name":"{long}"}}"#), "too-long", "name"),
            (format!(r#"{{"type":"subject","id":"s","name":"{long}"}}"#), "too-long", "name"),
            (format!(r#"{{"type":"subject","id":"{long}"}}"#), "bad-id", "id"),
            (r#"{"type":"subject","id":"s","name":"a\u202eb"}"#.into(), "control-characters", "name"),
            (r#"{"type":"organisation","id":"o","name":"a\u0000b"}"#.into(), "control-characters", "name"),
            (r#"{"type":"organisation","id":"o\n","name":"a"}"#.into(), "bad-id", "id"),
            (record(card, "x-k", "u-ben", "{}"), "card-number", "id"),
            (record("r", "x-4242-4242-4242-4242", "u-ben", "{}"), "card-number", "kind"),
            (record("r", "x-k", card, "{}"), "card-number", "subjects"),
            (record("r", "x-k", "u-ben", r#"{"a":{"b":"４２４２／４２４２／４２４２／４２４２"}}"#), "card-number", "/a/b"),
            (format!(r#"{{"type":"event","id":"{card}","name":"account-closed","date":"2026-01-01","subject":"u-ben"}}"#), "card-number", "id"),
            (r#"{"type":"event","id":"e","name":"x-4242-4242-4242-4242","date":"2026-01-01","subject":"u-ben"}"#.into(), "card-number", "name"),
        ] {
            let done = imported(&bed, &scope, line.as_bytes()).await;
            let reason = &done.bad_lines.first().unwrap_or_else(|| panic!("taken: {line:.90}")).reason;
            assert_eq!(reason.code(), code, "{line:.90}: {reason}");
            assert!(reason.to_string().contains(&format!("“{field}”")), "{reason}");
            assert!(!reason.to_string().contains("4242.4242") && reason.to_string().len() < 300);
        }
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 7);
    }

    async fn a_domain_has_one_mailbox_however_it_is_spelt(bed: Bed) {
        let (_, call) = there(&bed).await;
        let by = async |address: &str| {
            let address = address.parse().unwrap();
            subject_by_address(&bed.engine, &call, address, None, None, None).await.unwrap().answer
        };
        let first = by("Zoe@Bücher.example").await;
        assert_eq!(first.told, Told::Created);
        let again = by("zoe@xn--bcher-kva.example").await;
        assert_eq!((again.told, again.subject), (Told::Unchanged, first.subject));
    }
}
