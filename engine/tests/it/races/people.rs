//! What a person does twice at the same time: a double click, two browsers.

use domain::requests::{Right, State};
use domain::roles::Role;
use engine::accounts::{LinkError, Opened, Purpose, Secret, Task};
use engine::choices::{SALE_OR_SHARING, choose, note_signal};
use engine::contact::{self, Draft, Typed};
use engine::corrections::{Answer, AnswerError, CorrectError, answer, correct, correctable};
use engine::erasure::{self, AskError};
use engine::records::open_page;
use engine::storage::{exports, messages, requests};
use engine::{Actor, Scope, exports as downloads, requests as asked};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Nodes, how_many};
use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, confirmed};

const MANY: usize = 8;

/// The tenant and Ada, signed in, on two nodes.
async fn ada(bed: Bed) -> (Nodes, Scope, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
    (Nodes::new(bed).await, scope, ada)
}

async fn requests_of(nodes: &Nodes, scope: &Scope) -> u64 {
    let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    tx.count(requests::Entity::find()).await.unwrap()
}

on_both! {
    async fn a_double_click_makes_one_export(bed: Bed) {
        let (nodes, scope, ada) = ada(bed).await;
        let answers = nodes.race(MANY, |_, engine| {
            let ada = ada.clone();
            async move { downloads::ask(&engine, &ada).await }
        }).await;
        let ids: Vec<Uuid> = answers.into_iter().map(Result::unwrap).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(requests_of(&nodes, &scope).await, 1);
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(exports::Entity::find()).await.unwrap(), 1);
    }

    async fn a_double_click_opens_one_request(bed: Bed) {
        let (nodes, scope, ada) = ada(bed).await;
        let answers = nodes.race(MANY, |_, engine| {
            let ada = ada.clone();
            async move { asked::ask(&engine, &ada, Right::Restriction).await }
        }).await;
        let opened: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert!(opened.iter().all(|one| *one == opened[0]), "{opened:?}");
        assert_eq!(requests_of(&nodes, &scope).await, 1);
    }

    async fn a_correction_is_made_once_and_proposed_once(bed: Bed) {
        let (nodes, scope, ada) = ada(bed).await;
        let subject = ada.own_subject().unwrap();
        let account = "account".parse().unwrap();
        let engine = &nodes.bed.engine;
        let record = open_page(engine, &ada, subject, &account, None, 9).await.unwrap()[0].id;
        for (field, value) in [("name", "Ada Summer"), ("email", "ada@new.example")] {
            let seen = correctable(engine, &ada, record).await.unwrap().unwrap().seen;
            let answers = nodes.race(MANY, |_, engine| {
                let (ada, seen) = (ada.clone(), seen.clone());
                async move {
                    correct(&engine, &ada, record, &seen, &[(field.to_owned(), value.to_owned())]).await
                }
            }).await;
            if field == "name" {
                assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
                assert_eq!(how_many(&answers, |one| matches!(one, Err(CorrectError::Stale))), MANY - 1, "{answers:?}");
            } else {
                let proposed: Vec<_> = answers.into_iter().map(|one| one.unwrap().proposed.unwrap()).collect();
                assert!(proposed.iter().all(|id| *id == proposed[0]), "{proposed:?}");
            }
        }
        assert_eq!(requests_of(&nodes, &scope).await, 2);
        // Accepted by one of the desk, declined by others.
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let open = tx.all(requests::Entity::find()).await.unwrap();
        drop(tx);
        let open = open.into_iter().find(|row| row.closed_at.is_none()).unwrap().id;
        let answers = nodes.race(MANY, |number, engine| {
            let actor = Actor::Account { id: Uuid::now_v7(), role: Role::Support, subject: None };
            let scope = Scope { actor, ..scope.clone() };
            let says = if number % 2 == 0 { Answer::Accept } else { Answer::Decline("No.".into()) };
            async move { answer(&engine, &scope, open, &says).await }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Err(AnswerError::Unknown))), MANY - 1, "{answers:?}");
        nodes.bed.work(NOW).await;
        let told = nodes.bed.mails("ada@example.org");
        assert_eq!(told.len(), 1, "{told:?}");
    }

    async fn an_erasure_begins_once(bed: Bed) {
        let (nodes, scope, ada) = ada(bed).await;
        let sure = nodes.bed.confirmed(&ada, "ada@example.org", Task::Deletion).await;
        let answers = nodes.race(MANY, |_, engine| {
            let ada = ada.clone();
            async move { erasure::ask(&engine, &ada, sure).await.map(|asked| asked.reference) }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Err(AskError::UnderWay))), MANY - 1, "{answers:?}");
        assert_eq!(requests_of(&nodes, &scope).await, 1);
    }

    async fn a_download_asked_while_deletion_is_asked_fails_nowhere(bed: Bed) {
        let (nodes, scope, ada) = ada(bed).await;
        let sure = nodes.bed.confirmed(&ada, "ada@example.org", Task::Deletion).await;
        let answers = nodes.race(MANY, |number, engine| {
            let ada = ada.clone();
            async move {
                match number {
                    0 => erasure::ask(&engine, &ada, sure).await.is_ok(),
                    1 | 2 => asked::ask(&engine, &ada, Right::Restriction).await.is_ok(),
                    _ => downloads::ask(&engine, &ada).await.is_ok(),
                }
            }
        }).await;
        assert!(answers.iter().all(|fine| *fine), "{answers:?}");
        nodes.bed.work(NOW).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let rows = tx.all(requests::Entity::find()).await.unwrap();
        assert!(rows.iter().all(|row| State::named(&row.state).unwrap().is_closed()), "{rows:?}");
        assert_eq!(tx.count(exports::Entity::find()).await.unwrap(), 0);
    }

    async fn a_choice_is_told_once(bed: Bed) {
        let (nodes, scope, ada) = ada(bed).await;
        let answers = nodes.race(MANY, |_, engine| {
            let ada = ada.clone();
            async move { choose(&engine, &ada, SALE_OR_SHARING, true).await }
        }).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(nodes.audited(&scope, "choice.made").await, 1);
        let token = nodes.bed.sign_in(&scope, "ada@example.org").await;
        let session = engine::accounts::session(&nodes.bed.engine, &scope, &token).await.unwrap().unwrap();
        let answers = nodes.race(MANY, |_, engine| {
            let ada = ada.clone();
            async move { note_signal(&engine, &ada, session.id).await }
        }).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(nodes.audited(&scope, "choice.made").await, 2);
    }

    async fn messages_are_sent_verified_and_released_once_each(bed: Bed) {
        let (nodes, scope, _) = ada(bed).await;
        let visitor = Scope { actor: Actor::Visitor, ..scope.clone() };
        let answers = nodes.race(MANY, |number, engine| {
            let visitor = visitor.clone();
            let email = if number == 0 { "ben@example.org".to_owned() } else { format!("somebody{number}@example.org") };
            async move {
                let about = "ben@example.org";
                let typed = Typed { name: "", email: &email, reason: "child", about, text: "Please look." };
                let draft = Draft::parse(typed).unwrap_or_else(|_| panic!());
                contact::receive(&engine, &visitor, &draft).await.unwrap().unwrap()
            }
        }).await;
        nodes.bed.work(NOW).await;
        let mail = nodes.bed.mails("ben@example.org").pop().unwrap();
        let (_, secret) = mail.split_once("/confirm/message/").unwrap();
        let secret = Secret::parse(&secret[..43]).unwrap();
        let verified = nodes.race(MANY, |_, engine| {
            let (visitor, secret) = (visitor.clone(), secret.clone());
            async move {
                let host = "lumaire.localhost";
                let opened = Opened { purpose: Purpose::Message, secret: &secret, host };
                contact::verify(&engine, &visitor, &opened).await
            }
        }).await;
        assert_eq!(how_many(&verified, Result::is_ok), 1, "{verified:?}");
        assert_eq!(how_many(&verified, |one| matches!(one, Err(LinkError::Over))), MANY - 1, "{verified:?}");
        assert_eq!(nodes.audited(&scope, "message.verified").await, 1);
        let message = answers[0].id;
        let released = nodes.race(MANY, |_, engine| {
            let scope = scope.clone();
            async move { contact::release(&engine, &scope, confirmed(&scope, Task::Release), &[message]).await }
        }).await;
        let released: Vec<u64> = released.into_iter().map(Result::unwrap).collect();
        assert_eq!(how_many(&released, |one| *one == 1), 1, "{released:?}");
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(messages::Entity::find()).await.unwrap(), MANY as u64);
    }
}
