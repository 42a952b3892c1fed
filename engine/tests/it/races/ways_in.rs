//! Links, codes and accounts that are used twice at the same time.

use domain::roles::Role;
use engine::TellError;
use engine::accounts::{
    AccountError, Caller, FactorError, LinkError, NotConfirmed, Opened, Password, Purpose, Secret,
    SignInError, Task, ask_for_address, ask_for_link, begin_factor, change_address,
    choose_password, confirm_by_code, create_customer, make_recovery, remove_factor,
    remove_passkey, send_code,
};
use engine::imports::Line;
use engine::imports::tell;
use engine::providers::unlink;
use engine::storage::{accounts, identities, passkeys, providers, sessions};
use engine::{Actor, Scope};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::json;
use uuid::Uuid;

use super::{Nodes, call, how_many};
use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE};

const MANY: usize = 6;
const HOST: &str = "lumaire.localhost";

async fn people(bed: Bed) -> (Nodes, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    (Nodes::new(bed).await, scope)
}

fn password() -> Password {
    Password::choose(PASSWORD.into()).unwrap()
}

/// The secret of the link in the last mail to an address.
fn link(nodes: &Nodes, to: &str) -> (Purpose, Secret) {
    let mail = nodes.bed.mails(to).pop().expect("a mail");
    let (_, rest) = mail.split_once("/confirm/").unwrap();
    let (purpose, rest) = rest.split_once('/').unwrap();
    (Purpose::named(purpose).unwrap(), Secret::parse(&rest[..43]).unwrap())
}

async fn used_by_many(nodes: &Nodes, scope: &Scope, link: &(Purpose, Secret)) {
    let answers = nodes.race(MANY, |_, engine| {
        let (scope, (purpose, secret)) = (scope.clone(), link.clone());
        async move {
            let opened = Opened { purpose, secret: &secret, host: HOST };
            match purpose {
                Purpose::Address => change_address(&engine, &scope, &opened).await,
                _ => choose_password(&engine, &scope, &opened, password()).await,
            }
        }
    });
    let answers = answers.await;
    assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
    let over = |one: &Result<(), LinkError>| matches!(one, Err(LinkError::Over));
    assert_eq!(how_many(&answers, over), MANY - 1, "{answers:?}");
}

on_both! {
    async fn a_link_is_good_once(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        let visitor = Scope { actor: Actor::Visitor, ..scope.clone() };
        // Makes an account, then a new password, then another address.
        for purpose in [Purpose::SignUp, Purpose::Reset] {
            ask_for_link(&nodes.bed.engine, &visitor, &"ada@example.org".parse().unwrap()).await.unwrap();
            nodes.bed.work(NOW).await;
            let link = link(&nodes, "Ada@example.org");
            assert_eq!(link.0, purpose);
            used_by_many(&nodes, &visitor, &link).await;
            nodes.bed.work(NOW).await;
        }
        let id = one_account(&nodes, &scope).await;
        let subject = engine::subjects::find(&nodes.bed.engine, &scope, "u-ada").await.unwrap();
        let ada = Scope { actor: Actor::Account { id, role: Role::Customer, subject }, ..scope.clone() };
        let confirmed = nodes.bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        ask_for_address(&nodes.bed.engine, &ada, confirmed, &"ada@new.example".parse().unwrap()).await.unwrap();
        nodes.bed.work(NOW).await;
        used_by_many(&nodes, &visitor, &link(&nodes, "ada@new.example")).await;
        assert_eq!(nodes.audited(&scope, "address.changed").await, 1);
    }

    async fn an_address_goes_to_one_of_those_who_want_it(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        let mut links = Vec::new();
        for (id, email) in [("u-ada", "ada@example.org"), ("u-ben", "ben@example.org")] {
            let person = nodes.bed.customer(&scope, id, email).await;
            let confirmed = nodes.bed.confirmed(&person, email, Task::Credentials).await;
            ask_for_address(&nodes.bed.engine, &person, confirmed, &"both@example.org".parse().unwrap()).await.unwrap();
            nodes.bed.work(NOW).await;
            links.push(link(&nodes, "both@example.org"));
        }
        assert_ne!(links[0].1.as_str(), links[1].1.as_str());
        let answers = nodes.race(2, |number, engine| {
            let (scope, (purpose, secret)) = (scope.clone(), links[number].clone());
            async move {
                let opened = Opened { purpose, secret: &secret, host: HOST };
                change_address(&engine, &scope, &opened).await
            }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Err(LinkError::Taken))), 1, "{answers:?}");
    }

    async fn a_person_has_one_account_whoever_makes_it(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        let call = call(&nodes.bed, &scope).await;
        let answers = nodes.race(8, |number, engine| {
            let (scope, call) = (scope.clone(), call.clone());
            async move {
                if number % 2 == 0 {
                    let email = "ada@example.org".parse().unwrap();
                    let made = create_customer(&engine, &scope, &email, password()).await;
                    assert!(matches!(made, Ok(_) | Err(AccountError::Taken)), "{made:?}");
                } else {
                    let line = json!({ "type": "account", "subject": "u-ada", "email": format!("ada{number}@example.org") });
                    let line: Line = serde_json::from_value(line).unwrap();
                    let told = tell(&engine, &call, line, None).await;
                    assert!(matches!(told, Ok(_) | Err(TellError::Refused(_))), "{told:?}");
                }
            }
        });
        answers.await;
        one_account(&nodes, &scope).await;
    }

    async fn a_mailed_code_confirms_once(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        let ada = nodes.bed.customer(&scope, "u-ada", "ada@example.org").await;
        let token = nodes.bed.sign_in(&ada, "ada@example.org").await;
        send_code(&nodes.bed.engine, &ada, &token, Task::Export).await.unwrap();
        nodes.bed.work(NOW).await;
        let mail = nodes.bed.mails("ada@example.org").pop().unwrap();
        let digits: Vec<&str> = mail.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 6).collect();
        let answers = nodes.race(4, |_, engine| {
            let (ada, token, code) = (ada.clone(), token.clone(), digits[0].to_owned());
            async move { confirm_by_code(&engine, &ada, &token, Task::Export, &code).await }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Err(NotConfirmed::Over))), 3, "{answers:?}");
    }

    async fn the_last_way_in_stays_whatever_is_removed_at_once(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        let ada = nodes.bed.customer(&scope, "u-ada", "ada@example.org").await;
        let sure = nodes.bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        let token = nodes.bed.sign_in(&ada, "ada@example.org").await;
        let Actor::Account { id: account, .. } = ada.actor else { panic!("an account") };
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        // No password: two passkeys and a provider are all there is.
        let without = accounts::Entity::update_many().col_expr(accounts::Column::PasswordHash, Expr::value(None::<String>));
        tx.update(without).await.unwrap();
        let keys = [Uuid::now_v7(), Uuid::now_v7()];
        for (number, id) in keys.into_iter().enumerate() {
            tx.insert(passkeys::ActiveModel {
                id: Set(id),
                account_id: Set(account),
                credential_hash: Set(vec![number as u8; 32]),
                sealed: Set(vec![2; 64]),
                name: Set("Phone".to_owned()),
                created_at: Set(NOW),
                ..Default::default()
            }).await.unwrap();
        }
        tx.insert(providers::ActiveModel { slug: Set("acme".into()), position: Set(0), settings: Set(r#"{"name":"Acme","kind":"openid","issuer":"https://acme.example","client-id":"portal","scopes":["email"]}"#.into()), ..Default::default() }).await.unwrap();
        let identity = Uuid::now_v7();
        tx.insert(identities::ActiveModel { id: Set(identity), account_id: Set(account), provider: Set("acme".into()), name_hash: Set(b"ada".to_vec()), created_at: Set(NOW), ..Default::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let answers = nodes.race(MANY, |number, engine| {
            let (ada, token) = (ada.clone(), token.clone());
            async move {
                match number % 3 {
                    2 => unlink(&engine, &ada, &token, sure, identity).await.map_or_else(|error| error.to_string(), |done| done.to_string()),
                    which => remove_passkey(&engine, &ada, sure, keys[which]).await.map_or_else(|error| error.to_string(), |()| "true".into()),
                }
            }
        }).await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let left = tx.count(passkeys::Entity::find()).await.unwrap() + tx.count(identities::Entity::find()).await.unwrap();
        assert_eq!(left, 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| one == "true"), 2, "{answers:?}");
    }

    async fn a_second_factor_is_begun_and_taken_off_side_by_side(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        let ada = nodes.bed.customer(&scope, "u-ada", "ada@example.org").await;
        let sure = nodes.bed.confirmed(&ada, "ada@example.org", Task::Credentials).await;
        let token = nodes.bed.sign_in(&ada, "ada@example.org").await;
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let on = accounts::Entity::update_many().col_expr(accounts::Column::SealedTotp, Expr::value(Some(vec![1_u8; 32])));
        tx.update(on).await.unwrap();
        tx.commit().await.unwrap();
        let answers = nodes.race(MANY, |number, engine| {
            let (ada, token) = (ada.clone(), token.clone());
            async move {
                match number % 3 {
                    0 => begin_factor(&engine, &ada, &token, sure).await.map(|()| "begun"),
                    1 => make_recovery(&engine, &ada, sure).await.map(|_| "recovery"),
                    _ => remove_factor(&engine, &ada, &token, sure).await.map(|()| "off"),
                }
            }
        }).await;
        let fine = |one: &Result<&str, FactorError>| matches!(one, Ok(_) | Err(FactorError::Off));
        assert!(answers.iter().all(fine), "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Ok("off"))), 1, "{answers:?}");
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert!(tx.one(accounts::Entity::find()).await.unwrap().unwrap().sealed_totp.is_none());
    }

    async fn many_sign_in_at_once(bed: Bed) {
        let (nodes, scope) = people(bed).await;
        nodes.bed.customer(&scope, "u-ada", "ada@example.org").await;
        let answers = nodes.race(8, |_, engine| {
            let scope = scope.clone();
            async move {
                let email = "ada@example.org".parse().unwrap();
                engine::accounts::sign_in(&engine, &scope, &email, PASSWORD.to_owned().into(), &Caller::default(), None).await
            }
        }).await;
        // A try is booked before it is looked at, so that some may have to wait.
        let fine = |one: &Result<_, _>| matches!(one, Ok(_) | Err(SignInError::TooMany(_)));
        assert!(answers.iter().all(fine), "{:?}", answers.iter().filter_map(|one| one.as_ref().err()).collect::<Vec<_>>());
        let entered = how_many(&answers, Result::is_ok);
        assert!(entered > 0);
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(sessions::Entity::find()).await.unwrap(), entered as u64);
    }
}

async fn one_account(nodes: &Nodes, scope: &Scope) -> uuid::Uuid {
    let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let rows = tx.all(accounts::Entity::find()).await.unwrap();
    assert_eq!(rows.len(), 1, "{}", rows.len());
    rows[0].id
}
