//! Two rows that are one person.

use std::collections::BTreeSet;

use domain::grants::{Grant, Grants};
use domain::holds::Reason;
use domain::identifiers::Slug;
use domain::requests::Right;
use domain::roles::Role;
use engine::accounts::{Task, session};
use engine::choices::{SALE_OR_SHARING, Why, choose, permissions};
use engine::contact::{self, Draft, Typed};
use engine::disclosures::{Disclosure, disclose};
use engine::erasure::{self, Replayed, ask_by_id};
use engine::imports::{Line, LineError, Told, subject_by_address, tell};
use engine::joining::{JoinError, Joined, MOST, join, join_by_id, sides};
use engine::records::{self, open_page};
use engine::storage::{
    Day, Timestamp, data_keys, exports, messages, record_parties, records as rows, requests,
    stripe_views, subjects as people,
};
use engine::{Actor, Failure, Scope, TellError, holds, requests as asked, subjects};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, confirmed, with_stated_holds};

/// Ada once more, as an earlier version could make her: of one address.
pub const AGAIN: &str = r#"
{"type":"subject","id":"u-ada-2","email":"ada@example.org"}
{"type":"record","id":"s-1","category":"account","kind":"profile","date":"2024-03-01","subjects":["u-ada-2"],"source":"you","data":{"name":"A. Winter"}}
{"type":"record","id":"s-2","category":"communication","kind":"message","date":"2026-10-03","subjects":["u-ada-2"],"source":"email","data":{"text":"Mine alone"}}
{"type":"record","id":"s-3","category":"communication","kind":"message","date":"2026-10-04","subjects":["u-ada-2","u-ben"],"source":"email","data":{"text":"With Ben"}}
{"type":"record","id":"s-4","category":"communication","kind":"message","date":"2026-10-05","subjects":["u-ada-2","u-ada"],"source":"email","data":{"text":"With myself"}}
{"type":"record","id":"s-5","category":"communication","kind":"message","date":"2026-10-06","subjects":["u-ada-2","u-ada","u-ben"],"source":"email","data":{"text":"With both"}}
{"type":"event","id":"f-1","name":"account-closed","date":"2026-11-01","subject":"u-ada-2"}
"#;

/// The tenant with Ada, Ben, and Ada once more.
async fn doubled(bed: &Bed) -> Scope {
    let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
    bed.import(&scope, PEOPLE).await;
    bed.import(&scope, AGAIN).await;
    scope
}

pub async fn id_of(bed: &Bed, scope: &Scope, id: &str) -> Uuid {
    subjects::find(&bed.engine, scope, id).await.unwrap().unwrap()
}

/// A call with a token that allows everything.
fn call(scope: &Scope) -> Scope {
    with_grants(scope, Grant::ALL.into_iter().collect())
}

fn with_grants(scope: &Scope, grants: Grants) -> Scope {
    Scope { actor: Actor::Token { id: Uuid::nil(), grants }, ..scope.clone() }
}

fn line(json: &str) -> Line {
    serde_json::from_str(json).unwrap()
}

async fn told(bed: &Bed, scope: &Scope, json: &str) -> Result<Told, TellError> {
    tell(&bed.engine, &call(scope), line(json), None).await.map(|told| told.answer)
}

async fn joined(bed: &Bed, scope: &Scope, goes: &str, stays: &str) -> Result<Told, TellError> {
    let done = join_by_id(&bed.engine, &call(scope), (goes, stays), None).await;
    done.map(|joined| joined.answer)
}

fn disclosure(subject: &str) -> Disclosure {
    Disclosure {
        id: format!("d-{subject}"),
        subject: subject.to_owned(),
        category: "payment".parse().unwrap(),
        recipient: "stripe".parse().unwrap(),
        date: "2026-11-01".parse().unwrap(),
    }
}

/// What the messages of a person say, the newest first.
async fn messages_of(bed: &Bed, scope: &Scope, subject: Uuid) -> Vec<String> {
    let category: Slug = "communication".parse().unwrap();
    let page = open_page(&bed.engine, scope, subject, &category, None, 100).await.unwrap();
    page.into_iter().map(|it| it.data["text"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Every column of every table that can hold somebody's id, as `table.column`: from the
/// schema, so that a table that is added later is looked at as well.
async fn columns(db: &sea_orm::DatabaseConnection) -> Vec<(String, String)> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "select table_name as t, column_name as c from information_schema.columns \
             where table_schema = 'public' and data_type = 'uuid'"
        }
        _ => {
            "select m.name as t, p.name as c from sqlite_master m, pragma_table_info(m.name) p \
             where m.type = 'table' and lower(p.type) = 'blob'"
        }
    };
    let found = Statement::from_string(db.get_database_backend(), sql);
    let found = db.query_all_raw(found).await.unwrap();
    found.iter().map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())).collect()
}

/// Where an id is.
async fn places(bed: &Bed, id: Uuid) -> BTreeSet<String> {
    let db = sea_orm::Database::connect(bed.superuser()).await.unwrap();
    let mut places = BTreeSet::new();
    for (table, column) in columns(&db).await {
        let (backend, mark) = match db.get_database_backend() {
            DbBackend::Postgres => (DbBackend::Postgres, "$1"),
            other => (other, "?"),
        };
        let sql = format!("select count(*) as n from {table} where {column} = {mark}");
        let count = Statement::from_sql_and_values(backend, sql, [id.into()]);
        let row = db.query_one_raw(count).await.unwrap().unwrap();
        if row.try_get::<i64>("", "n").unwrap() > 0 {
            places.insert(format!("{table}.{column}"));
        }
    }
    db.close().await.unwrap();
    places
}

/// Where somebody can be whose erasure has begun, and nobody who is joined.
const OF_THE_ERASED: [&str; 2] = ["erasures.subject_id", "retained.subject_id"];

/// Gives somebody a row in every table that there is about people.
async fn everywhere(bed: &Bed, scope: &Scope, subject: Uuid, person: &Scope) {
    let engine = &bed.engine;
    disclose(engine, &call(scope), disclosure("u-ada-2"), None).await.unwrap();
    choose(engine, person, SALE_OR_SHARING, true).await.unwrap();
    asked::ask(engine, person, Right::Restriction).await.unwrap();
    engine::exports::ask(engine, person).await.unwrap();
    bed.work(NOW).await;
    let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
    tx.insert(stripe_views::ActiveModel {
        subject_id: Set(subject),
        category: Set("nothing".into()),
        customer_hash: Set(vec![2; 32]),
        sealed: Set(vec![3; 64]),
        as_of: Set(NOW),
        changes: Set(0),
        seen: Set(0),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let typed =
        Typed { name: "", email: "eve@example.org", reason: "child", about: "", text: "Hm" };
    let draft = Draft::parse(typed).ok().unwrap();
    contact::receive(engine, scope, &draft).await.unwrap().unwrap();
    let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
    let about = Expr::value(Some(subject));
    let update = messages::Entity::update_many().col_expr(messages::Column::PausedSubject, about);
    tx.update(update).await.unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn all_that_is_theirs_is_one_persons(bed: Bed) {
        let scope = bed.tenant(&with_stated_holds(LUMAIRE)).await;
        let engine = &bed.engine;
        // Her account is the one of the row that goes.
        bed.import(&scope, r#"{"type":"subject","id":"u-ada-2","email":"ada@example.org"}"#).await;
        let ada = bed.customer(&scope, "u-ada-2", "ada@example.org").await;
        bed.import(&scope, PEOPLE).await;
        bed.import(&scope, AGAIN).await;
        let (goes, stays) = (id_of(&bed, &scope, "u-ada-2").await, id_of(&bed, &scope, "u-ada").await);
        everywhere(&bed, &scope, goes, &ada).await;
        // Somebody who was joined with her before.
        bed.import(&scope, r#"{"type":"subject","id":"u-ada-3","email":"ada@example.org"}"#).await;
        assert_eq!(joined(&bed, &scope, "u-ada-3", "u-ada-2").await.unwrap(), Told::Updated);
        bed.work(NOW).await;

        let before = places(&bed, goes).await;
        assert!(before.contains("subjects.id"), "{before:?}");
        let db = sea_orm::Database::connect(bed.superuser()).await.unwrap();
        for (table, column) in columns(&db).await {
            let place = format!("{table}.{column}");
            let of_people = column.contains("subject") || column == "joined_into";
            if of_people && !OF_THE_ERASED.contains(&place.as_str()) {
                assert!(before.contains(&place), "{place}: what becomes of it when two are joined?");
            }
        }
        db.close().await.unwrap();

        assert_eq!(joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap(), Told::Updated);
        // What opened it is there until the job has run: killed in between, it runs later.
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let keys = || data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(goes));
        let named: Vec<Uuid> = tx.all(keys()).await.unwrap().iter().map(|row| row.key_id).collect();
        drop(tx);
        assert_eq!(engine.keyring().keys(scope.tenant, &named).await.unwrap().len(), named.len());
        bed.work(NOW).await;
        assert!(engine.keyring().keys(scope.tenant, &named).await.unwrap().is_empty());
        assert_eq!(places(&bed, goes).await, BTreeSet::from(["subjects.id".to_owned()]));

        // Everything opens for the one who stays, and is counted once.
        assert_eq!(messages_of(&bed, &scope, stays).await, ["With myself", "Mine alone", "A question"]);
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(rows::Entity::find()).await.unwrap(), 7 + 5 + 1);
        let parties = record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(stays));
        assert_eq!(tx.count(parties).await.unwrap(), 3, "r-6, s-3 and s-5, each with Ben");
        let row = tx.one(people::Entity::find().filter(people::Column::Id.eq(goes))).await.unwrap().unwrap();
        assert!(row.email_hash.is_none() && row.erased_at.is_some() && row.joined_into == Some(stays));
        assert_eq!(tx.count(exports::Entity::find()).await.unwrap(), 1, "the download is still hers");
        drop(tx);
        // What is shared opens for her as it did: taken apart by the one it is left with.
        let ben = id_of(&bed, &scope, "u-ben").await;
        let only = r#"{"type":"record","id":"s-3","category":"communication","kind":"message","date":"2026-10-04","subjects":["u-ada"],"source":"email","data":{"text":"With Ben"}}"#;
        assert_eq!(told(&bed, &scope, only).await.unwrap(), Told::Updated);
        assert!(messages_of(&bed, &scope, ben).await.is_empty());

        // She signs in as before, and it is all there.
        let token = bed.sign_in(&scope, "ada@example.org").await;
        let session = session(engine, &scope, &token).await.unwrap().unwrap();
        assert_eq!(session.subject, Some(stays));
        let profile = subjects::profile(engine, &scope, stays).await.unwrap().unwrap();
        assert_eq!((profile.id.as_str(), profile.name.as_deref()), ("u-ada", Some("Ada Winter")));
        assert_eq!(id_of(&bed, &scope, "u-ada-3").await, stays, "one step, however often joined");
        // What she had restricted stands still now for all of it.
        let held = holds::of_subject(engine, &scope, stays).await.unwrap();
        assert!(held.iter().any(|hold| hold.reason == Reason::Restriction), "{held:?}");
        let use_ = permissions(engine, &call(&scope), "u-ada").await.unwrap();
        assert!(use_.iter().all(|one| !one.allowed || one.why == Why::NoChoice), "{use_:?}");
    }

    async fn what_speaks_against_it(bed: Bed) {
        let scope = doubled(&bed).await;
        let refused = async |goes: &str, stays: &str| match joined(&bed, &scope, goes, stays).await {
            Err(TellError::NotJoined(error)) => format!("{error:?}"),
            other => format!("{other:?}"),
        };
        assert_eq!(refused("u-ada", "u-ada").await, "Same");
        assert_eq!(refused("u-ben", "u-ada").await, "Addresses");
        assert_eq!(refused("nobody", "u-ada").await, "Err(Unknown)");
        let unknown = joined(&bed, &scope, "u-ada-2", "nobody").await;
        assert!(matches!(unknown, Err(TellError::Refused(LineError::UnknownSubject(_)))));
        // Two who have no address at all have nothing in common.
        bed.import(&scope, "{\"type\":\"subject\",\"id\":\"n-1\"}\n{\"type\":\"subject\",\"id\":\"n-2\"}").await;
        assert_eq!(refused("n-1", "n-2").await, "Addresses");
        // Two organisations.
        bed.import(&scope, "{\"type\":\"organisation\",\"id\":\"o-1\",\"name\":\"One\"}\n{\"type\":\"organisation\",\"id\":\"o-2\",\"name\":\"Two\"}").await;
        let works = |id: &str, at: &str| format!(r#"{{"type":"subject","id":"{id}","email":"ada@example.org","organisation":"{at}","organisation-admin":true}}"#);
        for line in [works("u-ada-2", "o-1"), works("u-ada", "o-2")] {
            assert_eq!(bed.import(&scope, &line).await.refused, 0, "{line}");
        }
        assert_eq!(refused("u-ada-2", "u-ada").await, "Organisations");
        bed.import(&scope, r#"{"type":"subject","id":"u-ada","email":"ada@example.org"}"#).await;

        // A report that a person at the desk agrees with, about one of them.
        let stays = id_of(&bed, &scope, "u-ada").await;
        let goes = id_of(&bed, &scope, "u-ada-2").await;
        let desk = Scope { actor: Actor::Account { id: Uuid::now_v7(), role: Role::Support, subject: None }, ..scope.clone() };
        let hold = async |reason: Reason, of: Uuid| {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            let id = Uuid::now_v7();
            tx.insert(engine::storage::holds::ActiveModel {
                id: Set(id),
                subject_id: Set(Some(of)),
                category: Set(None),
                address_hash: Set(None),
                reason: Set(reason.name().into()),
                request_id: Set(None),
                message_id: Set(None),
                opened_by: Set("portal".into()),
                since: Set(NOW),
                until: Set(None),
                ..Default::default()
            }).await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        let lift = async |id: Uuid| {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            tx.delete(engine::storage::holds::Entity::delete_many().filter(engine::storage::holds::Column::Id.eq(id))).await.unwrap();
            tx.commit().await.unwrap();
        };
        for of in [goes, stays] {
            for reason in Reason::ALL {
                if reason == Reason::Erasure || !reason.blocks(domain::holds::Act::NewData) {
                    continue;
                }
                let id = hold(reason, of).await;
                assert_eq!(refused("u-ada-2", "u-ada").await, format!("StandsStill({reason:?})"));
                let (_, why) = sides(&bed.engine, &desk, (goes, stays)).await.unwrap();
                assert!(matches!(why, Some(JoinError::StandsStill(why)) if why == reason));
                lift(id).await;
            }
        }
        // Nothing was changed by all that; and so they are joined.
        assert_eq!(messages_of(&bed, &scope, goes).await, ["Mine alone"]);
        assert_eq!(joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap(), Told::Updated);
        assert_eq!(joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap(), Told::Unchanged);
        assert_eq!(refused("u-ada", "u-ada-2").await, "Elsewhere");
        // She administers what the other row did.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(people::Entity::find().filter(people::Column::Id.eq(stays))).await.unwrap().unwrap();
        assert!(row.organisation_admin && row.organisation_id.is_some());
    }

    async fn who_has_two_accounts_or_a_download_under_way_is_not_joined(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, r#"{"type":"subject","id":"u-ada","email":"ada@example.org"}"#).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        bed.import(&scope, AGAIN.replace(",\"u-ben\"", "").as_str()).await;
        engine::exports::ask(&bed.engine, &ada).await.unwrap();
        let refused = async || match joined(&bed, &scope, "u-ada-2", "u-ada").await {
            Err(TellError::NotJoined(error)) => format!("{error:?}"),
            other => format!("{other:?}"),
        };
        assert_eq!(refused().await, "Download");
        bed.work(NOW).await;
        let hash = "$2b$04$abcdefghijklmnopqrstuuAr0VVqjCg1LHSBnzAnLJGXnZNDCp2Q2";
        let account = format!(r#"{{"type":"account","subject":"u-ada-2","email":"other@example.org","bcrypt":"{hash}"}}"#);
        let done = bed.import(&scope, &account).await;
        assert_eq!(done.refused, 0, "{done:?}");
        assert_eq!(refused().await, "Accounts");
    }

    async fn more_than_fits_is_refused_and_told(bed: Bed) {
        let scope = doubled(&bed).await;
        let many: String = (0..MOST).map(|n| format!("{}\n", AGAIN.lines().nth(3).unwrap().replace("s-2", &format!("m-{n}")))).collect();
        bed.import(&scope, &many).await;
        let refused = joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap_err();
        assert!(matches!(refused, TellError::NotJoined(JoinError::TooMuch)), "{refused:?}");
        assert!(refused.to_string().contains("more than 1000"), "{refused}");
        // What it says to do: what is told anew for the one who stays moves.
        bed.import(&scope, &many.replace("u-ada-2", "u-ada")).await;
        assert_eq!(joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap(), Told::Updated);
    }

    async fn a_refusal_counts_whichever_of_the_two_said_it(bed: Bed) {
        let scope = doubled(&bed).await;
        let (goes, stays) = (id_of(&bed, &scope, "u-ada-2").await, id_of(&bed, &scope, "u-ada").await);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let chosen = |subject, purpose: &str, refused, at| engine::storage::choices::ActiveModel {
            subject_id: Set(subject),
            purpose: Set(purpose.to_owned()),
            refused: Set(refused),
            by_signal: Set(false),
            chosen_at: Set(Timestamp(at)),
            ..Default::default()
        };
        tx.insert_many([
            chosen(goes, "one", true, 1), chosen(stays, "one", false, 2),
            chosen(goes, "two", false, 2), chosen(stays, "two", true, 1),
            chosen(goes, "three", false, 1),
            chosen(stays, "four", true, 1),
        ]).await.unwrap();
        tx.commit().await.unwrap();
        joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let mut said: Vec<_> = tx.all(engine::storage::choices::Entity::find()).await.unwrap()
            .into_iter().map(|row| (row.purpose, row.refused, row.subject_id == stays)).collect();
        said.sort();
        let all = |purpose: &str, refused| (purpose.to_owned(), refused, true);
        assert_eq!(said, [all("four", true), all("one", true), all("three", false), all("two", true)]);
    }

    async fn what_is_told_by_the_id_that_went_reaches_the_one_who_stays(bed: Bed) {
        let scope = doubled(&bed).await;
        let engine = &bed.engine;
        let stays = id_of(&bed, &scope, "u-ada").await;
        joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap();
        // About them.
        let record = r#"{"type":"record","id":"s-9","category":"communication","kind":"message","date":"2026-10-09","subjects":["u-ada-2"],"source":"email","data":{"text":"Tonight"}}"#;
        assert_eq!(told(&bed, &scope, record).await.unwrap(), Told::Created);
        assert_eq!(told(&bed, &scope, &record.replace("u-ada-2", "u-ada")).await.unwrap(), Told::Unchanged);
        assert_eq!(messages_of(&bed, &scope, stays).await[0], "Tonight");
        let both = record.replace("[\"u-ada-2\"]", "[\"u-ada-2\",\"u-ada\"]");
        assert_eq!(told(&bed, &scope, &both).await.unwrap(), Told::Unchanged, "one person");
        let event = r#"{"type":"event","id":"f-2","name":"account-closed","date":"2026-11-02","subject":"u-ada-2"}"#;
        assert_eq!(told(&bed, &scope, event).await.unwrap(), Told::Created);
        assert_eq!(disclose(engine, &call(&scope), disclosure("u-ada-2"), None).await.unwrap().answer, Told::Created);
        let of = records::subject(engine, &call(&scope), "u-ada-2").await.unwrap();
        assert_eq!((of.id.as_str(), of.key), ("u-ada", stays));
        let heads = records::record_heads(engine, &call(&scope), "u-ada-2", None, 99).await.unwrap();
        assert_eq!(heads, records::record_heads(engine, &call(&scope), "u-ada", None, 99).await.unwrap());
        assert!(permissions(engine, &call(&scope), "u-ada-2").await.is_ok());
        assert_eq!(records::subjects(engine, &call(&scope), None, 99).await.unwrap().len(), 2);
        // Who they are: as long as both rows say the same, nobody is troubled.
        for same in [
            r#"{"type":"subject","id":"u-ada-2","email":"Ada@Example.org"}"#,
            r#"{"type":"subject","id":"u-ada-2","email":"ada@example.org","name":"Ada Winter"}"#,
            r#"{"type":"subject","id":"u-ada-2"}"#,
        ] {
            assert_eq!(told(&bed, &scope, same).await.unwrap(), Told::Unchanged, "{same}");
        }
        for other in [
            r#"{"type":"subject","id":"u-ada-2","email":"new@example.org"}"#,
            r#"{"type":"subject","id":"u-ada-2","email":"ada@example.org","name":"Adah"}"#,
            r#"{"type":"account","subject":"u-ada-2","email":"ada@example.org","bcrypt":"$2b$04$abcdefghijklmnopqrstuuAr0VVqjCg1LHSBnzAnLJGXnZNDCp2Q2"}"#,
        ] {
            let refused = told(&bed, &scope, other).await.unwrap_err();
            assert!(matches!(refused, TellError::Refused(LineError::Joined { .. })), "{other}: {refused:?}");
            assert!(refused.to_string().contains("“u-ada”"), "{refused}");
        }
        // By address there is one.
        let known = subject_by_address(engine, &call(&scope), "ada@example.org".parse().unwrap(), None, None, None).await;
        assert_eq!(known.unwrap().answer.subject, stays);
        // Whoever tidies up their two rows does not delete the person.
        let refused = ask_by_id(engine, &call(&scope), "u-ada-2", None).await.unwrap_err();
        assert!(matches!(&refused, TellError::Joined(now) if now == "u-ada"), "{refused:?}");
        // Once the person is erased, no id brings them back.
        ask_by_id(engine, &call(&scope), "u-ada", None).await.unwrap();
        bed.work(NOW).await;
        for id in ["u-ada", "u-ada-2"] {
            let again = told(&bed, &scope, &record.replace("u-ada-2", id)).await;
            assert!(matches!(again, Err(TellError::Erased)), "{id}: {again:?}");
            let again = told(&bed, &scope, &format!(r#"{{"type":"subject","id":"{id}"}}"#)).await;
            assert!(matches!(again, Err(TellError::Erased)), "{id}: {again:?}");
        }
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let left = tx.all(people::Entity::find()).await.unwrap();
        assert_eq!(left.iter().filter(|row| row.sealed.is_some()).count(), 1, "Ben");
    }

    async fn l10_a_backup_from_before_they_were_joined_brings_back_neither(bed: Bed) {
        let scope = doubled(&bed).await;
        let (goes, stays) = (id_of(&bed, &scope, "u-ada-2").await, id_of(&bed, &scope, "u-ada").await);
        let (bed, yesterday) = bed.copied().await;
        let (bed, keys) = bed.copied_keyring().await;
        joined(&bed, &scope, "u-ada-2", "u-ada").await.unwrap();
        ask_by_id(&bed.engine, &call(&scope), "u-ada", None).await.unwrap();
        bed.work(NOW).await;
        let copy = bed.dir.path().join("ledger.copy");
        bed.engine.ledger().copy_to(&copy).await.unwrap();
        let file = bed.dir.path().join("erasures.ledger");
        std::fs::copy(&copy, engine::ledger::Ledger::coming_back(&file)).unwrap();
        let bed = bed.with_database(yesterday).await.with_keyring(keys).await;
        assert_eq!(messages_of(&bed, &scope, goes).await, ["Mine alone"], "it is there again");
        let replayed = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert_eq!(replayed.people, 2, "{replayed:?}");
        bed.work(NOW).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        for subject in [goes, stays] {
            let row = tx.one(people::Entity::find().filter(people::Column::Id.eq(subject))).await.unwrap().unwrap();
            assert!(row.sealed.is_none() && row.erased_at.is_some());
            let left = rows::Entity::find().filter(rows::Column::SubjectId.eq(subject));
            let left = tx.all(left).await.unwrap();
            assert!(left.iter().all(|row| row.category == "payment"), "{left:?}");
        }
        drop(tx);
        assert_eq!(erasure::replay(&bed.engine, NOW).await.unwrap(), Replayed::default());
    }

    async fn it_is_confirmed_at_the_desk_and_wants_both_grants(bed: Bed) {
        let scope = doubled(&bed).await;
        let engine = &bed.engine;
        let pair = (id_of(&bed, &scope, "u-ada-2").await, id_of(&bed, &scope, "u-ada").await);
        for grants in [vec![], vec![Grant::Access], vec![Grant::Erase], vec![Grant::Read, Grant::Write, Grant::End]] {
            let call = with_grants(&scope, grants.into_iter().collect());
            let refused = join_by_id(engine, &call, ("u-ada-2", "u-ada"), None).await;
            assert!(matches!(refused, Err(TellError::Failure(Failure::NotGranted(_)))), "{refused:?}");
        }
        let desk = Scope { actor: Actor::Account { id: Uuid::now_v7(), role: Role::Support, subject: None }, ..scope.clone() };
        let reader = Scope { actor: Actor::Account { id: Uuid::now_v7(), role: Role::Auditor, subject: None }, ..scope.clone() };
        assert!(matches!(sides(engine, &reader, pair).await, Err(JoinError::Failure(Failure::Forbidden(_)))));
        let sure = confirmed(&scope, Task::Joining);
        assert!(matches!(join(engine, &reader, sure, pair).await, Err(JoinError::Failure(Failure::Forbidden(_)))));
        let unsure = confirmed(&scope, Task::Release);
        assert!(matches!(join(engine, &desk, unsure, pair).await, Err(JoinError::Failure(Failure::Forbidden(_)))));
        let (both, why) = sides(engine, &desk, pair).await.unwrap();
        assert!(why.is_none());
        assert_eq!((both.goes.profile.id.as_str(), both.stays.profile.id.as_str()), ("u-ada-2", "u-ada"));
        assert_eq!((both.goes.records, both.stays.records), (5, 8));
        assert_eq!(join(engine, &desk, sure, pair).await.unwrap(), Joined::Now);
        assert_eq!(join(engine, &desk, sure, pair).await.unwrap(), Joined::Before);
        let audited = engine::audit::latest(engine, &scope, 9).await.unwrap();
        let entry = audited.iter().find(|entry| entry.action == "subject.joined").unwrap();
        assert_eq!(entry.target, pair.1.to_string());
        assert!(entry.details.contains(&pair.0.to_string()) && !entry.details.contains("ada"));
        // Nobody of another tenant is joined with anybody here.
        let other = bed.tenant(crate::bed::LUMINA).await;
        let elsewhere = join(engine, &other, confirmed(&other, Task::Joining), pair).await;
        assert!(matches!(elsewhere, Err(JoinError::Unknown)));
    }

    async fn requests_keep_their_references_and_dates(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, r#"{"type":"subject","id":"u-ada-2","email":"ada@example.org"}"#).await;
        let ada = bed.customer(&scope, "u-ada-2", "ada@example.org").await;
        bed.import(&scope, PEOPLE).await;
        let opened = asked::ask(&bed.engine, &ada, Right::Restriction).await.unwrap();
        let row = async || {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
            tx.one(requests::Entity::find().filter(requests::Column::Id.eq(opened.id))).await.unwrap().unwrap()
        };
        let before = row().await;
        let late = Scope { now: NOW.plus_seconds(86_400 * 9), ..scope.clone() };
        joined(&bed, &late, "u-ada-2", "u-ada").await.unwrap();
        let stays = id_of(&bed, &scope, "u-ada").await;
        assert_eq!(row().await, requests::Model { subject_id: Some(stays), ..before });
        assert_eq!(Day::from(opened.due_on), row().await.due_on);
        // Whoever was signed in meanwhile is told to try again, and then is who they are.
        let stale = asked::ask(&bed.engine, &ada, Right::Objection).await;
        assert!(matches!(&stale, Err(failure @ Failure::Joined) if failure.is_busy()), "{stale:?}");
    }
}
