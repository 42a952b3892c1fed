//! Two rows of one person are joined while others are at them.

use domain::requests::Right;
use engine::Scope;
use engine::accounts::{Caller, SignInError, sign_in};
use engine::erasure::ask_by_id;
use engine::imports::{Told, tell};
use engine::jobs::drain;
use engine::joining::{JoinError, join_by_id};
use engine::storage::{accounts, record_parties, records, sessions, subjects};
use engine::{TellError, requests as asked};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Nodes, call, how_many};
use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE, Plainly};
use crate::joining::{AGAIN, id_of};

const MANY: usize = 8;

/// Ada twice, on two nodes, with the account of the row that goes; and a call.
async fn doubled(bed: Bed) -> (Nodes, Scope, Scope, (Uuid, Uuid)) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, r#"{"type":"subject","id":"u-ada-2","email":"ada@example.org"}"#).await;
    bed.customer(&scope, "u-ada-2", "ada@example.org").await;
    bed.import(&scope, PEOPLE).await;
    bed.import(&scope, AGAIN).await;
    let pair = (id_of(&bed, &scope, "u-ada-2").await, id_of(&bed, &scope, "u-ada").await);
    let call = call(&bed, &scope).await;
    (Nodes::new(bed).await, scope, call, pair)
}

/// Nothing is left with the one who went.
async fn is_one(nodes: &Nodes, scope: &Scope, (goes, stays): (Uuid, Uuid)) {
    nodes.bed.work(NOW).await;
    let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(goes))).await;
    assert_eq!(row.unwrap().unwrap().joined_into, Some(stays));
    let own = records::Entity::find().filter(records::Column::SubjectId.eq(goes));
    assert_eq!(tx.count(own).await.unwrap(), 0);
    let parts = record_parties::Entity::find().filter(record_parties::Column::SubjectId.eq(goes));
    assert_eq!(tx.count(parts).await.unwrap(), 0);
    let account = accounts::Entity::find().filter(accounts::Column::SubjectId.eq(goes));
    assert_eq!(tx.count(account).await.unwrap(), 0);
    drop(tx);
    for category in ["account", "communication", "payment", "course-progress"] {
        let category = category.parse().unwrap();
        let page = engine::records::open_page(&nodes.bed.engine, scope, stays, &category, None, 99);
        page.await.expect("everything opens");
    }
}

on_both! {
    async fn they_are_joined_once(bed: Bed) {
        let (nodes, scope, call, pair) = doubled(bed).await;
        let answers = nodes.race(MANY, |_, engine| {
            let call = call.clone();
            async move { join_by_id(&engine, &call, ("u-ada-2", "u-ada"), None).await }
        }).await;
        let answers: Vec<_> = answers.into_iter().map(|one| one.unwrap().answer).collect();
        assert_eq!(how_many(&answers, |told| *told == Told::Updated), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |told| *told == Told::Unchanged), MANY - 1, "{answers:?}");
        assert_eq!(nodes.audited(&scope, "subject.joined").await, 1);
        is_one(&nodes, &scope, pair).await;
    }

    async fn in_both_directions_one_of_them_stays(bed: Bed) {
        let (nodes, scope, call, (one, other)) = doubled(bed).await;
        let answers = nodes.race(MANY, |number, engine| {
            let call = call.clone();
            let ids = if number % 2 == 0 { ("u-ada-2", "u-ada") } else { ("u-ada", "u-ada-2") };
            async move { join_by_id(&engine, &call, ids, None).await }
        }).await;
        for answer in &answers {
            assert!(matches!(answer, Ok(_) | Err(TellError::NotJoined(JoinError::Elsewhere))), "{answer:?}");
        }
        assert_eq!(nodes.audited(&scope, "subject.joined").await, 1);
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(one))).await.unwrap().unwrap();
        drop(tx);
        let pair = if row.joined_into == Some(other) { (one, other) } else { (other, one) };
        is_one(&nodes, &scope, pair).await;
    }

    async fn what_is_pushed_meanwhile_is_theirs_who_stays(bed: Bed) {
        let (nodes, scope, call, pair) = doubled(bed).await;
        let answers = nodes.race(MANY, |number, engine| {
            let call = call.clone();
            async move {
                if number == 0 {
                    join_by_id(&engine, &call, ("u-ada-2", "u-ada"), None).await.unwrap();
                    return true;
                }
                for n in 0..6 {
                    // New ones, changed ones, and such as are about others since now.
                    let (id, subjects) = match n % 3 {
                        0 => (format!("p-{number}-{n}"), r#"["u-ada-2"]"#),
                        1 => ("s-3".to_owned(), r#"["u-ben"]"#),
                        _ => ("s-2".to_owned(), r#"["u-ada-2","u-ben"]"#),
                    };
                    let line = format!(r#"{{"type":"record","id":"{id}","category":"communication","kind":"message","date":"2026-10-09","subjects":{subjects},"source":"email","data":{{"text":"{number} {n}"}}}}"#);
                    tell(&engine, &call, serde_json::from_str(&line).unwrap(), None).await.unwrap();
                }
                true
            }
        }).await;
        assert_eq!(answers.len(), MANY);
        is_one(&nodes, &scope, pair).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let own = records::Entity::find().filter(records::Column::SubjectId.eq(pair.1));
        let new = tx.all(own).await.unwrap().into_iter().filter(|row| row.occurred_on == engine::storage::Day::from(jiff::civil::date(2026, 10, 9)));
        assert_eq!(new.count(), 2 * (MANY - 1), "each new one is there");
    }

    async fn an_erasure_is_of_one_or_of_both(bed: Bed) {
        let (nodes, scope, call, pair) = doubled(bed).await;
        let answers = nodes.race(4, |number, engine| {
            let call = call.clone();
            async move {
                if number < 2 {
                    match join_by_id(&engine, &call, ("u-ada-2", "u-ada"), None).await {
                        Ok(_) => true,
                        Err(TellError::NotJoined(JoinError::StandsStill(_)) | TellError::Erased) => false,
                        Err(error) => panic!("{error}"),
                    }
                } else {
                    let asked = ask_by_id(&engine, &call, "u-ada", None).await;
                    assert!(matches!(asked, Ok(_) | Err(TellError::Erased)), "{asked:?}");
                    drain(&engine, &Plainly, &|| NOW).await.unwrap();
                    true
                }
            }
        }).await;
        nodes.bed.work(NOW).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let theirs = |id: Uuid| records::Entity::find().filter(records::Column::SubjectId.eq(id)).filter(records::Column::Category.eq("communication"));
        assert_eq!(tx.count(theirs(pair.1)).await.unwrap(), 0, "whatever came first");
        let left = tx.count(theirs(pair.0)).await.unwrap();
        let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(pair.0))).await.unwrap().unwrap();
        // Joined, there was nothing left to be found; not joined, the other is untouched.
        assert_eq!(left, u64::from(row.joined_into.is_none()), "{answers:?}");
    }

    async fn whoever_signs_in_meanwhile_is_who_they_are(bed: Bed) {
        let (nodes, scope, call, pair) = doubled(bed).await;
        let answers = nodes.race(MANY, |number, engine| {
            let (call, scope) = (call.clone(), scope.clone());
            async move {
                if number < 2 {
                    return join_by_id(&engine, &call, ("u-ada-2", "u-ada"), None).await.is_ok();
                }
                let email = "ada@example.org".parse().unwrap();
                let begun = sign_in(&engine, &scope, &email, PASSWORD.to_owned().into(), &Caller::default(), None).await;
                // A try is booked before it is looked at, so that some may have to wait.
                let begun = match begun {
                    Err(SignInError::TooMany(_)) => return true,
                    begun => begun.unwrap(),
                };
                let token = begun.signed_in().unwrap();
                let session = engine::accounts::session(&engine, &scope, &token).await.unwrap().unwrap();
                let actor = engine::Actor::Account { id: session.account, role: session.role, subject: session.subject };
                let own = Scope { actor, ..scope };
                // Whatever they ask for is theirs who stays, or is asked again.
                match asked::ask(&engine, &own, Right::Restriction).await {
                    Ok(_) => true,
                    Err(failure) => failure.is_busy(),
                }
            }
        }).await;
        assert!(answers.iter().all(|fine| *fine), "{answers:?}");
        is_one(&nodes, &scope, pair).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let entered = tx.count(sessions::Entity::find()).await.unwrap();
        assert!((1..=MANY as u64 - 2).contains(&entered), "{entered}");
        let asked = engine::storage::requests::Entity::find();
        let asked = tx.all(asked).await.unwrap();
        assert!(asked.iter().all(|row| row.subject_id == Some(pair.1)), "{asked:?}");
    }
}
