//! Signing in.

use domain::roles::Role;
use engine::accounts::{
    AccountError, Caller, Password, SignInError, create_customer, create_staff, end_session,
    session, sign_in,
};
use engine::storage::accounts;
use engine::{Actor, Scope};
use sea_orm::EntityTrait;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PASSWORD, PEOPLE};

on_both! {
    async fn l1_whoever_knows_the_password_gets_a_session(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let email = "ADA@example.org".parse().unwrap();
        let begun = sign_in(&bed.engine, &scope, &email, PASSWORD.to_owned().into(), &Caller::default(), None).await.unwrap();
        let token = begun.signed_in().unwrap();
        let found = session(&bed.engine, &scope, &token).await.unwrap().unwrap();
        let Actor::Account { subject, .. } = ada.actor else { panic!("a customer") };
        assert_eq!((found.role, found.subject), (Role::Customer, subject));

        end_session(&bed.engine, &scope, &token).await.unwrap();
        assert_eq!(session(&bed.engine, &scope, &token).await.unwrap(), None);
    }

    async fn l1_what_is_stored_is_bcrypt_and_sealed(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        bed.customer(&scope, "u-ada", "ada@example.org").await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(accounts::Entity::find()).await.unwrap().unwrap();
        let hash = row.password_hash.unwrap();
        assert!(hash.starts_with("$2b$04$"), "{hash}");
        let sealed = String::from_utf8_lossy(&row.sealed_email).to_lowercase();
        assert!(!sealed.contains("ada"), "{sealed}");
    }

    async fn a_wrong_password_and_an_unknown_address_get_one_answer(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        bed.customer(&scope, "u-ada", "ada@example.org").await;
        for (email, password) in [("ada@example.org", "wrong"), ("eve@example.org", PASSWORD)] {
            let email = email.parse().unwrap();
            let answer = sign_in(&bed.engine, &scope, &email, password.to_owned().into(), &Caller::default(), None).await;
            assert!(matches!(answer, Err(SignInError::Mismatch)));
        }
    }

    async fn a_session_is_of_its_tenant_and_ends_by_itself(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let other = bed.tenant(LUMINA).await;
        let email = "admin@example.org".parse().unwrap();
        let password = Password::choose(PASSWORD.into()).unwrap();
        create_staff(&bed.engine, &scope, &email, Role::Admin, password).await.unwrap();
        let begun = sign_in(&bed.engine, &scope, &email, PASSWORD.to_owned().into(), &Caller::default(), None).await.unwrap();
        let token = begun.signed_in().unwrap();
        assert_eq!(session(&bed.engine, &other, &token).await.unwrap(), None);
        let at = |seconds: i64| Scope { now: NOW.plus_seconds(seconds), ..scope.clone() };
        assert!(session(&bed.engine, &at(7100), &token).await.unwrap().is_some());
        assert!(session(&bed.engine, &at(7100 + 7100), &token).await.unwrap().is_some(), "in use");
        assert!(session(&bed.engine, &at(7100 + 7100 + 7300), &token).await.unwrap().is_none(), "idle");
    }

    async fn two_people_who_share_a_mailbox_are_not_merged(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, r#"{"type":"subject","id":"a","email":"home@example.org","name":"A"}
            {"type":"subject","id":"b","email":"Home@example.org","name":"B"}"#).await;
        let email = "home@example.org".parse().unwrap();
        let password = Password::choose(PASSWORD.into()).unwrap();
        let answer = create_customer(&bed.engine, &scope, &email, password).await;
        assert!(matches!(answer, Err(AccountError::UnknownSubject)), "{answer:?}");
    }

    async fn one_address_has_one_account(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let email = "admin@example.org".parse().unwrap();
        for expected in [true, false] {
            let password = Password::choose(PASSWORD.into()).unwrap();
            let made = create_staff(&bed.engine, &scope, &email, Role::Admin, password).await;
            assert_eq!(made.is_ok(), expected);
        }
    }
}
