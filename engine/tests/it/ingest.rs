//! What a tenant's own systems tell by the API.

use domain::grants::{Grant, Grants};
use engine::accounts::Task;
use engine::choices::{SALE_OR_SHARING, Why, choose, note_signal, permissions};
use engine::disclosures::{Disclosure, disclose};
use engine::erasure::ask_by_id;
use engine::imports::{
    Line, LineError, Lines, Outcome, RawBatch, Told, parse, subject_by_address, take, tell,
};
use engine::keyring::Remembered;
use engine::records::{open_page, record_heads, subject, subjects};
use engine::storage::{disclosures, records, subjects as subjects_table};
use engine::tokens::{Bearer, Lifetime, Once, TokenError, find, list, make, revoke};
use engine::{Actor, Failure, Scope, TellError, accounts};
use sea_orm::EntityTrait;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE, confirmed};

/// A call with a token that allows everything.
async fn call(bed: &Bed, scope: &Scope) -> Scope {
    call_with(bed, scope, Grant::ALL.into_iter().collect()).await
}

async fn call_with(bed: &Bed, scope: &Scope, grants: Grants) -> Scope {
    let made =
        make(&bed.engine, scope, confirmed(scope, Task::Settings), "CRM", &grants, Lifetime::Month)
            .await
            .unwrap();
    let (id, grants) = find(&bed.engine, scope, &made.bearer).await.unwrap();
    Scope { actor: Actor::Token { id, grants }, ..scope.clone() }
}

fn line(json: &str) -> Line {
    serde_json::from_str(json).unwrap()
}

fn disclosure(subject: &str) -> Disclosure {
    Disclosure {
        id: "d-1".to_owned(),
        subject: subject.to_owned(),
        category: "payment".parse().unwrap(),
        recipient: "stripe".parse().unwrap(),
        date: "2026-11-01".parse().unwrap(),
    }
}

const EVE: &str = r#"{"type":"subject","id":"u-eve","email":"eve@example.org","name":"Eve"}"#;

/// Lines as they are read in one go.
fn batch(lines: &str) -> RawBatch {
    Lines::default().batch(&mut lines.as_bytes()).unwrap().0
}

on_both! {
    async fn a_token_opens_its_tenant_until_it_expires_or_is_revoked(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let other = bed.tenant(LUMINA).await;
        let grants = Grants::from_iter([Grant::Read]);
        let made = make(&bed.engine, &scope, confirmed(&scope, Task::Settings), "CRM", &grants, Lifetime::Month).await.unwrap();
        let text = made.bearer.text();
        let bearer = || Bearer::parse(&text).unwrap();
        assert_eq!(find(&bed.engine, &scope, &bearer()).await.unwrap().1, grants);
        let elsewhere = find(&bed.engine, &other, &bearer()).await;
        assert!(matches!(elsewhere, Err(TokenError::Unknown)));
        let day = |days: i64| Scope { now: NOW.plus_seconds(days * 86_400), ..scope.clone() };
        assert!(find(&bed.engine, &day(29), &bearer()).await.is_ok());
        assert!(matches!(find(&bed.engine, &day(30), &bearer()).await, Err(TokenError::Expired)));
        let known = list(&bed.engine, &scope).await.unwrap();
        assert_eq!((known[0].name.as_str(), known[0].used_at), ("CRM", Some(day(29).now)));
        assert!(revoke(&bed.engine, &scope, made.id).await.unwrap());
        assert!(matches!(find(&bed.engine, &scope, &bearer()).await, Err(TokenError::Unknown)));
        assert!(!revoke(&bed.engine, &scope, made.id).await.unwrap());
    }

    async fn a_token_does_what_it_was_granted_and_nothing_else(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        for grant in Grant::ALL {
            let call = call_with(&bed, &scope, Grants::from_iter([grant])).await;
            let engine = &bed.engine;
            let refused = |allowed: Grant, done: Result<(), TellError>| {
                let missing = matches!(done, Err(TellError::Failure(Failure::NotGranted(_))));
                assert_eq!(missing, grant != allowed, "{grant:?} for {allowed:?}: {done:?}");
            };
            refused(Grant::Write, tell(engine, &call, line(EVE), None).await.map(|_| ()));
            refused(Grant::Write, disclose(engine, &call, disclosure("u-ben"), None).await.map(|_| ()));
            refused(Grant::Read, subject(engine, &call, "u-ben").await.map(|_| ()));
            refused(Grant::Read, record_heads(engine, &call, "u-ben", None, 9).await.map(|_| ()));
            refused(Grant::Permissions, permissions(engine, &call, "u-ben").await.map(|_| ()));
            refused(Grant::Erase, ask_by_id(engine, &call, "nobody", None).await.map(|_| ()));
        }
    }

    async fn what_is_told_twice_changes_nothing(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let call = call(&bed, &scope).await;
        let told = async |json: &str| tell(&bed.engine, &call, line(json), None).await.unwrap().answer;
        assert_eq!(told(EVE).await, Told::Created);
        assert_eq!(told(EVE).await, Told::Unchanged);
        assert_eq!(told(&EVE.replace("\"Eve\"", "\"Eve Adams\"")).await, Told::Updated);
        let again = disclose(&bed.engine, &call, disclosure("u-eve"), None).await.unwrap();
        assert_eq!(again.answer, Told::Created);
        let again = disclose(&bed.engine, &call, disclosure("u-eve"), None).await.unwrap();
        assert_eq!(again.answer, Told::Unchanged);
    }

    async fn an_idempotency_key_is_good_for_one_request(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let call = call(&bed, &scope).await;
        let once = |request: &'static [u8]| Some(Once { key: "k-1", request });
        let first = tell(&bed.engine, &call, line(EVE), once(b"eve")).await.unwrap();
        assert_eq!((first.answer, first.repeated), (Told::Created, false));
        // Not "unchanged": it is the answer of before.
        let again = tell(&bed.engine, &call, line(EVE), once(b"eve")).await.unwrap();
        assert_eq!((again.answer, again.repeated), (Told::Created, true));
        let other = tell(&bed.engine, &call, line(EVE), once(b"other")).await;
        assert!(matches!(other, Err(TellError::OtherRequest)));
        // What was refused is not remembered: corrected, it may be sent with the key.
        let fresh = |request: &'static [u8]| Some(Once { key: "k-2", request });
        let bad = tell(&bed.engine, &call, line(r#"{"type":"subject","id":""}"#), fresh(b"bad")).await;
        assert!(matches!(bad, Err(TellError::Refused(_))));
        assert!(tell(&bed.engine, &call, line(EVE), fresh(b"good")).await.is_ok());
        // A day later it is forgotten.
        let later = Scope { now: NOW.plus_seconds(86_401), ..call.clone() };
        let late = tell(&bed.engine, &later, line(EVE), once(b"other")).await.unwrap();
        assert_eq!(late.answer, Told::Unchanged);
    }

    async fn two_people_who_share_a_mailbox_are_never_merged(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let call = call(&bed, &scope).await;
        let by = async |email: &str| {
            let email = email.parse().unwrap();
            subject_by_address(&bed.engine, &call, email, None, None, None).await
        };
        let first = by("office@example.org").await.unwrap().answer;
        assert_eq!(first.told, Told::Created);
        // In another case, it is the same mailbox and the same person.
        let again = by("Office@Example.org").await.unwrap().answer;
        assert_eq!(again.subject, first.subject);
        let two = r#"{"type":"subject","id":"u-2","email":"OFFICE@example.org","name":"Two"}"#;
        tell(&bed.engine, &call, line(two), None).await.unwrap();
        assert!(matches!(by("office@example.org").await, Err(TellError::Several)));
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(subjects_table::Entity::find()).await.unwrap(), 2);
    }

    async fn a_line_that_is_refused_leaves_the_one_before_it(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let call = call(&bed, &scope).await;
        let lines = [
            r#"{"type":"subject","id":"x1","name":"First"}"#,
            r#"{"type":"subject","id":"x1","name":"Second"}"#,
            r#"{"type":"subject","id":"x1","name":"Third","organisation":"nobody"}"#,
            r#"{"type":"record","source":"you","id":"r1","category":"account","kind":"profile","date":"2026-11-01","subjects":["x1"],"data":{"name":"Anna"}}"#,
            r#"{"type":"record","source":"you","id":"r1","category":"account","kind":"profile","date":"2026-11-01","subjects":["nobody"],"data":{"name":"Eve"}}"#,
        ];
        let raw = Lines::default().batch(&mut lines.join("\n").as_bytes()).unwrap().0;
        let parsed = parse(&bed.engine, &call, raw).await.unwrap();
        let done = take(&bed.engine, &call, parsed, &Remembered::default()).await.unwrap();
        let done: Vec<Outcome> = done.into_iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(done[..2], [Outcome::Superseded, Outcome::Created]);
        assert!(matches!(done[2], Outcome::Refused(LineError::UnknownOrganisation(_))), "{done:?}");
        assert_eq!(done[3], Outcome::Created);
        assert!(matches!(done[4], Outcome::Refused(_)), "{done:?}");
        assert_eq!(subject(&bed.engine, &call, "x1").await.unwrap().id, "x1");
    }

    async fn l10_whom_a_token_erases_is_gone_and_not_brought_back(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let call = call(&bed, &scope).await;
        disclose(&bed.engine, &call, disclosure("u-ada"), None).await.unwrap();
        let begun = ask_by_id(&bed.engine, &call, "u-ada", None).await.unwrap().answer;
        assert!(begun.reference.is_some());
        let again = ask_by_id(&bed.engine, &call, "u-ada", None).await.unwrap().answer;
        assert_eq!(again.reference, None, "one is under way");
        bed.work(NOW).await;
        let gone = |done: Result<(), TellError>| assert!(matches!(done, Err(TellError::Erased)), "{done:?}");
        gone(ask_by_id(&bed.engine, &call, "u-ada", None).await.map(|_| ()));
        gone(subject(&bed.engine, &call, "u-ada").await.map(|_| ()));
        gone(permissions(&bed.engine, &call, "u-ada").await.map(|_| ()));
        gone(disclose(&bed.engine, &call, disclosure("u-ada"), None).await.map(|_| ()));
        let ada = r#"{"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada"}"#;
        gone(tell(&bed.engine, &call, line(ada), None).await.map(|_| ()));
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(disclosures::Entity::find()).await.unwrap(), 0);
        drop(tx);
        assert!(matches!(ask_by_id(&bed.engine, &call, "nobody", None).await, Err(TellError::Unknown)));
    }

    async fn each_line_of_a_bulk_is_answered_and_a_bad_one_does_not_stop_the_rest(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let call = call(&bed, &scope).await;
        let lines = format!("{PEOPLE}nonsense\n{}", EVE.replace("Eve", "Evelyn").to_owned() + "\n" + EVE);
        let raw = || batch(&lines);
        let remembered = Remembered::default();
        let parsed = parse(&bed.engine, &call, raw()).await.unwrap();
        let done = take(&bed.engine, &call, parsed, &remembered).await.unwrap();
        let told: Vec<u64> = done.iter().map(|(number, _)| *number).collect();
        assert_eq!(told, (2..=13).collect::<Vec<_>>(), "the first line is empty");
        assert!(matches!(done[9], (11, Outcome::Refused(_))), "{:?}", done[9]);
        assert_eq!(done[10], (12, Outcome::Superseded));
        assert!(done.iter().filter(|(_, outcome)| *outcome == Outcome::Created).count() == 10);
        // Cut off and sent again, whole.
        let parsed = parse(&bed.engine, &call, raw()).await.unwrap();
        let again = take(&bed.engine, &call, parsed, &remembered).await.unwrap();
        assert!(again.iter().all(|(_, outcome)| *outcome != Outcome::Created), "{again:?}");
    }

    async fn l10_whom_somebody_erases_during_a_bulk_stays_erased(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let call = call(&bed, &scope).await;
        let remembered = Remembered::default();
        let take = async |number: u64| {
            let about = |person: &str| {
                format!(
                    r#"{{"type":"record","id":"b-{person}-{number}","category":"communication","kind":"message","date":"2026-10-05","subjects":["{person}"],"source":"email","data":{{"text":"Again"}}}}"#
                )
            };
            let lines = format!("{}\n{}", about("u-ada"), about("u-ben"));
            let parsed = parse(&bed.engine, &call, batch(&lines)).await.unwrap();
            let done = take(&bed.engine, &call, parsed, &remembered).await.unwrap();
            done.into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>()
        };
        assert_eq!(take(1).await, [Outcome::Created, Outcome::Created]);
        ask_by_id(&bed.engine, &call, "u-ada", None).await.unwrap();
        bed.work(NOW).await;
        let erased = Outcome::Refused(LineError::Tombstoned("u-ada".into()));
        assert_eq!(take(2).await, [erased, Outcome::Created]);
        // What was written with a key from before can be read.
        let ben = engine::subjects::find(&bed.engine, &scope, "u-ben").await.unwrap().unwrap();
        let category = "communication".parse().unwrap();
        let held = open_page(&bed.engine, &scope, ben, &category, None, 9).await.unwrap();
        assert_eq!(held.iter().filter(|record| record.data["text"] == "Again").count(), 2);
    }

    async fn lists_are_turned_by_key(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let call = call(&bed, &scope).await;
        let first = subjects(&bed.engine, &call, None, 1).await.unwrap();
        let second = subjects(&bed.engine, &call, Some(first[0].key), 1).await.unwrap();
        assert_eq!((first[0].id.as_str(), second[0].id.as_str()), ("u-ada", "u-ben"));
        assert!(subjects(&bed.engine, &call, Some(second[0].key), 1).await.unwrap().is_empty());
        let (heads, more) = record_heads(&bed.engine, &call, "u-ada", None, 3).await.unwrap();
        assert!(more);
        let (rest, more) = record_heads(&bed.engine, &call, "u-ada", Some(heads[2].key), 9).await.unwrap();
        assert_eq!((heads.len(), rest.len()), (3, 2), "the shared one is about nobody alone");
        assert!(!more);
        // They are called as the company calls them.
        for head in heads.iter().chain(&rest) {
            assert!(PEOPLE.contains(&format!(r#""id":"{}""#, head.id)), "{}", head.id);
        }
    }

    async fn unknown_kinds_categories_and_recipients_are_refused(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let call = call(&bed, &scope).await;
        let record = |category: &str, kind: &str, data: &str| {
            line(&format!(
                r#"{{"type":"record","id":"r","category":"{category}","kind":"{kind}","date":"2026-01-01","subjects":["u-ben"],"source":"you","data":{data}}}"#
            ))
        };
        for (record, code) in [
            (record("shoes", "profile", "{}"), "unknown-category"),
            (record("account", "shoes", "{}"), "unknown-kind"),
            (record("account", "profile", r#"{"name":7}"#), "schema"),
            (record("account", "x-k", r#"{"note":"a\u0000b"}"#), "control-characters"),
            (record("account", "x-k", r#"{"note":"4242 4242 4242 4242"}"#), "card-number"),
        ] {
            match tell(&bed.engine, &call, record, None).await {
                Err(TellError::Refused(reason)) => assert_eq!(reason.code(), code),
                other => panic!("{code}: {other:?}"),
            }
        }
        let to_nobody = Disclosure { recipient: "nobody".parse().unwrap(), ..disclosure("u-ben") };
        let refused = disclose(&bed.engine, &call, to_nobody, None).await;
        assert!(matches!(refused, Err(TellError::UnknownRecipient(..))));
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(records::Entity::find()).await.unwrap(), 7);
    }

    async fn l7_what_a_person_refuses_is_what_systems_are_told(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let call = call(&bed, &scope).await;
        let ben = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let all = permissions(&bed.engine, &call, "u-ben").await.unwrap();
        let open = all.iter().find(|choice| choice.why == Why::NotRefused).expect("an interest");
        let sale = all.iter().find(|choice| choice.purpose == SALE_OR_SHARING).unwrap();
        assert_eq!((sale.allowed, sale.why), (false, Why::NotDone));
        choose(&bed.engine, &ben, &open.purpose, true).await.unwrap();
        let now = async |purpose: &str| {
            let all = permissions(&bed.engine, &call, "u-ben").await.unwrap();
            all.into_iter().find(|choice| choice.purpose == purpose).unwrap()
        };
        assert_eq!(now(&open.purpose).await.why, Why::Refused);
        assert!(!now(&open.purpose).await.allowed);
        choose(&bed.engine, &ben, &open.purpose, false).await.unwrap();
        assert!(now(&open.purpose).await.allowed);
        // A contract leaves no choice, and nobody can make one up.
        let fixed = all.iter().find(|choice| choice.why == Why::NoChoice).expect("a contract");
        for purpose in [fixed.purpose.as_str(), "nothing", "", "a b"] {
            assert!(choose(&bed.engine, &ben, purpose, true).await.is_err(), "{purpose}");
        }
        // A signal counts for the account, once per session.
        let token = bed.sign_in(&scope, "ben@example.org").await;
        let session = accounts::session(&bed.engine, &scope, &token).await.unwrap().unwrap();
        assert!(!session.signal);
        note_signal(&bed.engine, &ben, session.id).await.unwrap();
        let session = accounts::session(&bed.engine, &scope, &token).await.unwrap().unwrap();
        assert!(session.signal);
        assert_eq!(now(SALE_OR_SHARING).await.why, Why::Signal);
    }
}
