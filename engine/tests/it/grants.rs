//! What a token may tell, and what becomes of another address of somebody known.

use domain::grants::{Grant, Grants, Telling};
use engine::TellError;
use engine::accounts::{
    LinkError, Opened, Password, Purpose, Secret, Task, ask_for_link, create_customer,
};
use engine::imports::{ImportError, Line, LineError, Lines, Outcome, parse, take};
use engine::imports::{Told, subject_by_address, tell};
use engine::keyring::Remembered;
use engine::storage::{Timestamp, accounts as account_rows, api_tokens, subjects as rows};
use engine::subjects::{find, keep_address, profile};
use engine::tokens::Once;
use engine::tokens::{Lifetime, give_notice, list, make};
use engine::{Actor, Failure, Scope};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PASSWORD, confirmed};

const HOST: &str = "lumina-erp.localhost";
const DAY: i64 = 86_400;

/// A company with two organisations, of one of which Ada is the administrator; Ben has
/// an address, Cem has none.
const PEOPLE: &str = r#"
{"type":"organisation","id":"o-1","name":"One"}
{"type":"organisation","id":"o-2","name":"Two"}
{"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada","organisation":"o-1","organisation-admin":true}
{"type":"subject","id":"u-ben","email":"Ben@example.org","name":"Ben","organisation":"o-1"}
{"type":"subject","id":"u-cem","name":"Cem"}
{"type":"event","id":"e-back","name":"subscription-renewed","date":"2026-11-02","organisation":"o-1"}
{"type":"event","id":"e-end","name":"subscription-cancelled","date":"2026-11-01","organisation":"o-1"}
{"type":"event","id":"e-any","name":"x-logged-in","date":"2026-11-01","subject":"u-ben"}
"#;

/// Every kind of line, and what it tells.
const LINES: &[(Telling, &str)] = &[
    (Telling::Organisation, r#"{"type":"organisation","id":"o-1","name":"First"}"#),
    (Telling::Person, r#"{"type":"subject","id":"u-new","email":"new@example.org","name":"New"}"#),
    (
        Telling::Person,
        r#"{"type":"subject","id":"u-ben","email":"Ben@example.org","name":"Benjamin","organisation":"o-1"}"#,
    ),
    (
        Telling::Person,
        r#"{"type":"subject","id":"u-ben","email":"ben@EXAMPLE.org","name":"Benny","organisation":"o-2"}"#,
    ),
    // Taken from whoever had it, it opens nothing.
    (
        Telling::Person,
        r#"{"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada","organisation":"o-2"}"#,
    ),
    (
        Telling::Address,
        r#"{"type":"subject","id":"u-ben","email":"eve@example.org","name":"Ben","organisation":"o-1"}"#,
    ),
    (Telling::Address, r#"{"type":"subject","id":"u-ben","name":"Ben","organisation":"o-1"}"#),
    (Telling::Address, r#"{"type":"subject","id":"u-cem","email":"eve@example.org","name":"Cem"}"#),
    (
        Telling::Administrator,
        r#"{"type":"subject","id":"u-ben","email":"Ben@example.org","name":"Ben","organisation":"o-1","organisation-admin":true}"#,
    ),
    (
        Telling::Administrator,
        r#"{"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada","organisation":"o-2","organisation-admin":true}"#,
    ),
    (
        Telling::Administrator,
        r#"{"type":"subject","id":"u-eve","email":"eve@example.org","organisation":"o-1","organisation-admin":true}"#,
    ),
    (Telling::Account, r#"{"type":"account","subject":"u-ben","email":"ben@example.org"}"#),
    (
        Telling::Account,
        r#"{"type":"account","subject":"u-ben","email":"ben@example.org","bcrypt":"$2b$04$abcdefghijklmnopqrstuuwK8cPyVlOYCgUTyhcbVWEXDNqQkYLZK"}"#,
    ),
    (
        Telling::Record,
        r#"{"type":"record","id":"r-1","category":"account","kind":"profile","date":"2026-01-01","subjects":["u-ben"],"source":"you","data":{"name":"Ben"}}"#,
    ),
    (
        Telling::Event,
        r#"{"type":"event","id":"e-1","name":"x-logged-in","date":"2026-11-01","subject":"u-ben"}"#,
    ),
    (
        Telling::Event,
        r#"{"type":"event","id":"e-2","name":"subscription-renewed","date":"2026-11-03","organisation":"o-2"}"#,
    ),
    (
        Telling::Event,
        r#"{"type":"event","id":"e-any","name":"x-logged-in","date":"2026-11-02","subject":"u-ben"}"#,
    ),
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-3","name":"subscription-cancelled","date":"2026-11-01","organisation":"o-2"}"#,
    ),
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-4","name":"account-cancelled","date":"2026-11-01","subject":"u-ben"}"#,
    ),
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-any","name":"account-cancelled","date":"2026-11-01","subject":"u-ben"}"#,
    ),
    // What had stopped the time is taken back, moved, or given to another.
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-back","name":"x-logged-in","date":"2026-11-02","organisation":"o-1"}"#,
    ),
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-back","name":"subscription-renewed","date":"2026-10-02","organisation":"o-1"}"#,
    ),
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-back","name":"subscription-renewed","date":"2026-11-02","organisation":"o-2"}"#,
    ),
    (
        Telling::Ending,
        r#"{"type":"event","id":"e-end","name":"x-logged-in","date":"2026-11-01","organisation":"o-1"}"#,
    ),
];

fn line(json: &str) -> Line {
    serde_json::from_str(json).unwrap()
}

async fn call(bed: &Bed, scope: &Scope, grants: &[Grant]) -> Scope {
    let grants: Grants = grants.iter().copied().collect();
    let task = confirmed(scope, Task::Settings);
    let made = make(&bed.engine, scope, task, "CRM", &grants, Lifetime::Year).await.unwrap();
    let (id, grants) = engine::tokens::find(&bed.engine, scope, &made.bearer).await.unwrap();
    // A call comes after what was known before it.
    let now = scope.now.plus_seconds(60);
    Scope { actor: Actor::Token { id, grants }, now, ..scope.clone() }
}

async fn bulk(bed: &Bed, call: &Scope, lines: &[&str]) -> Vec<Outcome> {
    try_bulk(bed, call, lines).await.unwrap()
}

async fn try_bulk(bed: &Bed, call: &Scope, lines: &[&str]) -> Result<Vec<Outcome>, ImportError> {
    let raw = Lines::default().batch(&mut lines.join("\n").as_bytes()).unwrap().0;
    let parsed = parse(&bed.engine, call, raw).await?;
    let done = take(&bed.engine, call, parsed, &Remembered::default()).await?;
    Ok(done.into_iter().map(|(_, outcome)| outcome).collect())
}

fn person(id: &str, email: Option<&str>) -> String {
    let email = email.map(|email| format!(r#","email":"{email}""#)).unwrap_or_default();
    format!(r#"{{"type":"subject","id":"{id}"{email}}}"#)
}

async fn row(bed: &Bed, scope: &Scope, id: &str) -> rows::Model {
    let id = find(&bed.engine, scope, id).await.unwrap().unwrap();
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    tx.one(rows::Entity::find().filter(rows::Column::Id.eq(id))).await.unwrap().unwrap()
}

async fn email_of(bed: &Bed, scope: &Scope, id: &str) -> Option<String> {
    let id = find(&bed.engine, scope, id).await.unwrap().unwrap();
    let profile = profile(&bed.engine, scope, id).await.unwrap().unwrap();
    profile.email.map(|email| email.as_str().to_owned())
}

/// The link of the last mail to an address.
fn link(bed: &Bed, to: &str) -> Option<(Purpose, Secret)> {
    let mail = bed.mails(to).pop()?;
    let (_, link) = mail.split_once("/confirm/")?;
    let link = link.split(['?', '\n', ' ', '\r']).next()?;
    let (purpose, secret) = link.split_once('/')?;
    Some((Purpose::named(purpose)?, Secret::parse(secret)?))
}

/// Whether an address gets a link by which it comes in as somebody.
async fn opens(bed: &Bed, scope: &Scope, now: Timestamp, to: &str) -> bool {
    let scope = Scope { now, actor: Actor::Visitor, ..scope.clone() };
    ask_for_link(&bed.engine, &scope, &to.parse().unwrap()).await.unwrap();
    bed.work(now).await;
    matches!(link(bed, to), Some((Purpose::SignUp | Purpose::Reset, _)))
}

async fn stop(bed: &Bed, scope: &Scope, to: &str) -> Result<(), LinkError> {
    let (purpose, secret) = link(bed, to).unwrap();
    assert_eq!(purpose, Purpose::KeepAddress);
    let opened = Opened { purpose, secret: &secret, host: HOST };
    keep_address(&bed.engine, scope, &opened).await
}

async fn people(bed: &Bed) -> Scope {
    let scope = bed.tenant(LUMINA).await;
    let done = bed.import(&scope, PEOPLE).await;
    assert_eq!(done.created, 8, "{done:?}");
    scope
}

/// The grants that a line takes: of its kind, and of what it does to what is known.
fn needs(telling: Telling, json: &str) -> Vec<Grant> {
    let kind = match line(json) {
        Line::Subject(_) => Grant::Write,
        Line::Event(line)
            if !["subscription-cancelled", "account-cancelled"].contains(&line.name.as_str()) =>
        {
            Grant::Write
        }
        _ => telling.needs(),
    };
    if kind == telling.needs() { vec![kind] } else { vec![kind, telling.needs()] }
}

on_both! {
    async fn each_line_takes_its_grant_by_every_way_in(bed: Bed) {
        let scope = people(&bed).await;
        let state = async || {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
            let mut people = tx.all(rows::Entity::find()).await.unwrap();
            people.sort_by_key(|row| row.id);
            let events = tx.all(engine::storage::events::Entity::find()).await.unwrap();
            let mut events: Vec<_> = events.into_iter().map(|row| (row.id, row.name)).collect();
            events.sort();
            (people, events, tx.count(account_rows::Entity::find()).await.unwrap())
        };
        let before = state().await;
        for (telling, json) in LINES {
            for grant in Grant::ALL {
                let Some(missing) = needs(*telling, json).into_iter().find(|it| *it != grant) else { continue };
                let call = call(&bed, &scope, &[grant]).await;
                if [Grant::Write, Grant::End, Grant::Access].contains(&grant) {
                    let refused = Outcome::Refused(LineError::NotGranted(missing));
                    assert_eq!(bulk(&bed, &call, &[json]).await, [refused], "{json} with {grant:?}");
                } else {
                    // Whose token tells nothing at all does not get as far as a line.
                    let refused = try_bulk(&bed, &call, &[json]).await;
                    assert!(matches!(refused, Err(ImportError::Failure(Failure::NotGranted(Grant::Write)))));
                }
                // One by one, with a key and again with it.
                for once in [None, Some(Once { key: "k", request: b"r" }), Some(Once { key: "k", request: b"r" })] {
                    match tell(&bed.engine, &call, line(json), once).await {
                        Err(TellError::Failure(Failure::NotGranted(grant))) => assert_eq!(grant, missing, "{json}"),
                        other => panic!("{json} with {grant:?}: {other:?}"),
                    }
                }
            }
            // Nothing at all without a token, or by who is signed in.
            for actor in [Actor::Visitor, Actor::Account { id: uuid::Uuid::nil(), role: domain::roles::Role::Admin, subject: None }] {
                let nobody = Scope { actor, ..scope.clone() };
                let refused = tell(&bed.engine, &nobody, line(json), None).await;
                assert!(matches!(refused, Err(TellError::Failure(Failure::NotGranted(_)))), "{json}");
            }
        }
        assert_eq!(state().await, before);
        for (telling, json) in LINES {
            let call = call(&bed, &scope, &needs(*telling, json)).await;
            let done = bulk(&bed, &call, &[json]).await;
            assert!(!matches!(done[0], Outcome::Refused(_)), "{json}: {done:?}");
            let once = || Some(Once { key: "k", request: b"r" });
            let first = tell(&bed.engine, &call, line(json), once()).await.unwrap();
            assert!(tell(&bed.engine, &call, line(json), once()).await.unwrap().repeated);
            assert_eq!(first.answer, Told::Unchanged, "{json}");
            bed.import(&scope, PEOPLE).await;
        }
    }

    async fn a_line_without_its_grant_fails_alone(bed: Bed) {
        let scope = people(&bed).await;
        let call = call(&bed, &scope, &[Grant::Write]).await;
        let lines: Vec<&str> = LINES.iter().filter(|(_, json)| !json.contains("u-ben")).map(|(_, json)| *json).collect();
        let done = bulk(&bed, &call, &lines).await;
        for ((telling, json), done) in LINES.iter().filter(|(_, json)| !json.contains("u-ben")).zip(done) {
            match done {
                Outcome::Refused(LineError::NotGranted(grant)) => assert_eq!(grant, telling.needs()),
                Outcome::Refused(other) => panic!("{json}: {other}"),
                _ => assert!(telling.needs() == Grant::Write || done == Outcome::Superseded, "{json}: {done:?}"),
            }
        }
    }

    async fn what_ended_by_an_earlier_version_still_ends(bed: Bed) {
        let scope = bed.tenant(include_str!("../../../demo/lumaire-1.toml")).await;
        let scope = { bed.tenant(LUMAIRE).await; scope };
        bed.import(&scope, r#"{"type":"subject","id":"u-ben"}"#).await;
        let call = call(&bed, &scope, &[Grant::Write]).await;
        let event = r#"{"type":"event","id":"e","name":"account-closed","date":"2026-11-01","subject":"u-ben"}"#;
        assert_eq!(bulk(&bed, &call, &[event]).await, [Outcome::Refused(LineError::NotGranted(Grant::End))]);
    }

    async fn another_address_opens_nothing_until_the_known_one_was_told_and_three_days_have_passed(bed: Bed) {
        let scope = people(&bed).await;
        let call = call(&bed, &scope, &[Grant::Write, Grant::Access]).await;
        let eve = person("u-ben", Some("eve@example.org"));
        assert_eq!(bulk(&bed, &call, &[&eve]).await, [Outcome::Updated]);
        // By address, it is the same person.
        let known = subject_by_address(&bed.engine, &call, "EVE@example.org".parse().unwrap(), None, None, None).await;
        let ben = find(&bed.engine, &scope, "u-ben").await.unwrap().unwrap();
        assert_eq!(known.unwrap().answer.subject, ben);
        // Told only the known one, and once, however often it is told.
        bed.work(call.now).await;
        assert_eq!(bulk(&bed, &call, &[&eve]).await, [Outcome::Unchanged]);
        bed.work(call.now).await;
        assert_eq!((bed.mails("ben@example.org").len(), bed.mails("eve@example.org").len()), (1, 0));
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("Ben@example.org"));
        let last = call.now.plus_seconds(3 * DAY - 1);
        assert!(!opens(&bed, &scope, last, "eve@example.org").await);
        // Neither does the account that a token would make for it.
        let account = r#"{"type":"account","subject":"u-ben","email":"eve@example.org"}"#;
        let refused = Outcome::Refused(LineError::NotTheirAddress("u-ben".into()));
        assert_eq!(bulk(&bed, &call, &[account]).await, std::slice::from_ref(&refused));
        assert_eq!(bulk(&bed, &call, &[&eve, account]).await, [Outcome::Unchanged, refused]);
        // Nor does it count sooner when another address is told in between.
        let counts = call.now.plus_seconds(3 * DAY);
        bed.work(counts).await;
        assert!(opens(&bed, &scope, counts, "eve@example.org").await);
        assert!(!opens(&bed, &scope, counts, "ben@example.org").await);
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("eve@example.org"));
    }

    async fn whoever_has_the_known_address_stops_another_by_one_link(bed: Bed) {
        let scope = people(&bed).await;
        let call = call(&bed, &scope, &[Grant::Write, Grant::Access]).await;
        let eve = person("u-ben", Some("eve@example.org"));
        bulk(&bed, &call, &[&eve]).await;
        bed.work(call.now).await;
        stop(&bed, &scope, "ben@example.org").await.unwrap();
        assert!(matches!(stop(&bed, &scope, "ben@example.org").await, Err(LinkError::Over)));
        let late = call.now.plus_seconds(30 * DAY);
        bed.work(late).await;
        assert!(!opens(&bed, &scope, late, "eve@example.org").await);
        // It is not taken again, in any spelling, and whatever else is said between.
        for again in ["eve@example.org", "EVE@example.org"] {
            let refused = Outcome::Refused(LineError::AddressStopped("u-ben".into()));
            assert_eq!(bulk(&bed, &call, &[&person("u-ben", Some(again))]).await, [refused]);
            bulk(&bed, &call, &[&person("u-ben", Some("ben@example.org"))]).await;
        }
        // The operator may vouch for it; then it waits like any other.
        bed.import(&scope, &eve).await;
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("Ben@example.org"));
    }

    async fn siblings_of_a_changed_address_wait_too(bed: Bed) {
        let scope = people(&bed).await;
        let call = call(&bed, &scope, &[Grant::Write, Grant::Access]).await;
        let soon = call.now.plus_seconds(3 * DAY - 1);
        let counts = call.now.plus_seconds(3 * DAY);
        // A first one; swapped ones; one that is taken away and set anew.
        let lines = [
            person("u-cem", Some("cem@example.org")),
            person("u-ada", Some("ben@example.org")),
            person("u-ben", Some("ada@example.org")),
        ];
        for line in &lines {
            bulk(&bed, &call, &[line]).await;
        }
        bed.work(call.now).await;
        for to in ["ada@example.org", "ben@example.org"] {
            assert_eq!(link(&bed, to).unwrap().0, Purpose::KeepAddress, "{to}");
        }
        assert_eq!(email_of(&bed, &scope, "u-ada").await.as_deref(), Some("ada@example.org"));
        assert!(!opens(&bed, &scope, soon, "cem@example.org").await);
        bed.work(counts).await;
        assert_eq!(email_of(&bed, &scope, "u-ada").await.as_deref(), Some("ben@example.org"));
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("ada@example.org"));
        assert!(opens(&bed, &scope, counts, "cem@example.org").await);

        let call = Scope { now: counts, ..call };
        bulk(&bed, &call, &[&person("u-ben", None)]).await;
        assert_eq!(bulk(&bed, &call, &[&person("u-ben", None)]).await, [Outcome::Unchanged]);
        bulk(&bed, &call, &[&person("u-ben", Some("eve@example.org"))]).await;
        bed.work(counts).await;
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("ada@example.org"));
        // Another again begins anew; the one of before never counts.
        let later = counts.plus_seconds(DAY);
        let call = Scope { now: later, ..call };
        bulk(&bed, &call, &[&person("u-ben", Some("eva@example.org"))]).await;
        bed.work(later).await;
        bed.work(counts.plus_seconds(3 * DAY)).await;
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("ada@example.org"));
        // What is known, told again, ends it.
        bulk(&bed, &call, &[&person("u-ben", Some("Ada@EXAMPLE.org"))]).await;
        bed.work(later.plus_seconds(9 * DAY)).await;
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("ada@example.org"));
        assert!(row(&bed, &scope, "u-ben").await.next_address.is_none());
    }

    async fn somebody_with_an_account_is_told_where_they_sign_in(bed: Bed) {
        let scope = people(&bed).await;
        let password = Password::choose(PASSWORD.into()).unwrap();
        create_customer(&bed.engine, &scope, &"ben@example.org".parse().unwrap(), password).await.unwrap();
        let call = call(&bed, &scope, &[Grant::Write, Grant::Access]).await;
        bulk(&bed, &call, &[&person("u-ben", Some("eve@example.org"))]).await;
        let counts = call.now.plus_seconds(3 * DAY);
        bed.work(call.now).await;
        assert_eq!(link(&bed, "ben@example.org").unwrap().0, Purpose::KeepAddress);
        bed.work(counts).await;
        // The address of the person is another; how they sign in is theirs alone to change.
        assert_eq!(email_of(&bed, &scope, "u-ben").await.as_deref(), Some("eve@example.org"));
        assert!(!opens(&bed, &scope, counts, "eve@example.org").await);
        bed.sign_in(&scope, "ben@example.org").await;
        // And it is told again where that is, as the address of the person is another.
        bulk(&bed, &Scope { now: counts, ..call }, &[&person("u-ben", Some("eva@example.org"))]).await;
        bed.work(counts).await;
        for to in ["ben@example.org", "eve@example.org"] {
            assert_eq!(link(&bed, to).unwrap().0, Purpose::KeepAddress, "{to}");
        }
    }

    async fn a_token_makes_no_account_for_another_address_than_the_persons(bed: Bed) {
        let scope = people(&bed).await;
        let call = call(&bed, &scope, &[Grant::Write, Grant::Access]).await;
        let account = |subject: &str, email: &str| format!(r#"{{"type":"account","subject":"{subject}","email":"{email}"}}"#);
        let refused = |id: &str| Outcome::Refused(LineError::NotTheirAddress(id.into()));
        assert_eq!(bulk(&bed, &call, &[&account("u-ben", "eve@example.org")]).await, [refused("u-ben")]);
        assert_eq!(bulk(&bed, &call, &[&account("u-cem", "eve@example.org")]).await, [refused("u-cem")]);
        assert_eq!(bulk(&bed, &call, &[&account("u-ben", "BEN@example.org")]).await, [Outcome::Created]);
        // Of whom nothing was known before, it opens nothing.
        let fresh = [person("u-eve", None), account("u-eve", "eve@example.org")];
        assert_eq!(bulk(&bed, &call, &[&fresh[0], &fresh[1]]).await, [Outcome::Created, Outcome::Created]);
        // There is no line that makes staff.
        let staff = r#"{"type":"account","subject":"u-cem","email":"cem@example.org","role":"admin"}"#;
        assert!(matches!(&bulk(&bed, &call, &[staff]).await[0], Outcome::Refused(LineError::Malformed(_))));
    }

    async fn who_is_erased_takes_the_address_that_waits_along(bed: Bed) {
        let scope = people(&bed).await;
        let call = call(&bed, &scope, &[Grant::Write, Grant::Access, Grant::Erase]).await;
        bulk(&bed, &call, &[&person("u-ben", Some("eve@example.org"))]).await;
        bed.work(call.now).await;
        let erased = row(&bed, &scope, "u-ben").await.id;
        engine::erasure::ask_by_id(&bed.engine, &call, "u-ben", None).await.unwrap();
        bed.work(call.now).await;
        bed.work(call.now.plus_seconds(3 * DAY)).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(rows::Entity::find().filter(rows::Column::Id.eq(erased))).await.unwrap().unwrap();
        assert_eq!((row.sealed, row.next_address, row.next_email_hash, row.email_hash), (None, None, None, None));
    }

    async fn tokens_of_old_keep_what_they_could_for_ninety_days_and_the_company_is_told_once(bed: Bed) {
        let scope = people(&bed).await;
        // As a node of the earlier version writes it, or as it stood before.
        let old = async |name: &str, grants: &str, days: i64| {
            let id = uuid::Uuid::now_v7();
            let row = api_tokens::ActiveModel {
                id: Set(id),
                token_hash: Set(name.as_bytes().to_vec()),
                name: Set(name.into()),
                grants: Set(grants.into()),
                created_at: Set(NOW.plus_seconds(-200 * DAY)),
                expires_at: Set(NOW.plus_seconds(days * DAY)),
                ..Default::default()
            };
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            tx.insert(row).await.unwrap();
            tx.commit().await.unwrap();
        };
        old("Nightly push", "write read", 300).await;
        old("Short", "write", 10).await;
        old("Reader", "read permissions", 300).await;
        old("Over", "write", -1).await;
        let other = bed.another_node().await;
        let (first, second) = tokio::join!(give_notice(&bed.engine, NOW), give_notice(&other, NOW));
        first.unwrap();
        second.unwrap();
        give_notice(&bed.engine, NOW.plus_seconds(DAY)).await.unwrap();
        call(&bed, &scope, &[Grant::Write]).await;
        give_notice(&bed.engine, NOW.plus_seconds(2 * DAY)).await.unwrap();
        bed.work(NOW.plus_seconds(2 * DAY)).await;
        let mails = bed.mails("privacy@lumina-erp.com");
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert!(mails[0].contains("Nightly push") && mails[0].contains("Short"), "{}", mails[0]);
        assert!(!mails[0].contains("Reader") && !mails[0].contains("Over"), "{}", mails[0]);
        let until: Vec<_> = list(&bed.engine, &scope).await.unwrap().into_iter().map(|token| (token.name, token.old_until)).collect();
        let day = |days: i64| Some(NOW.plus_seconds(days * DAY));
        let of = |name: &str| until.iter().find(|(it, _)| it == name).unwrap().1;
        assert_eq!((of("Nightly push"), of("Short"), of("Reader"), of("CRM")), (day(90), day(10), None, None));
    }
}
