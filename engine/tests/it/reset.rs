//! What is left of whoever had an account before its password was reset.

use domain::roles::Role;
use engine::accounts::{
    self, Begun, Caller, Mine, NotConfirmed, Opened, Password, Purpose, Secret, Task,
    answer_review, ask_for_address, review, session,
};
use engine::{Actor, Scope};
use totp_rs::{Builder, Secret as TotpSecret, Totp};

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, confirmed};

const ADMIN: &str = "admin@example.org";
const ANOTHER: &str = "a quite different sentence";

async fn admin(bed: &Bed) -> Scope {
    let scope = bed.tenant(LUMAIRE).await;
    let password = Password::choose(PASSWORD.into()).unwrap();
    let email = ADMIN.parse().unwrap();
    let id =
        accounts::create_staff(&bed.engine, &scope, &email, Role::Admin, password).await.unwrap();
    Scope { actor: Actor::Account { id, role: Role::Admin, subject: None }, ..scope }
}

async fn with_factor(bed: &Bed, scope: &Scope) -> Totp {
    let token = bed.sign_in(scope, ADMIN).await;
    let sure = confirmed(scope, Task::Credentials);
    accounts::begin_factor(&bed.engine, scope, &token, sure).await.unwrap();
    let begun = accounts::factor_begun(&bed.engine, scope, &token).await.unwrap().unwrap();
    let secret = TotpSecret::try_from_base32(&begun.to_type).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    accounts::add_factor(&bed.engine, scope, &token, sure, &code(&app, 0)).await.unwrap();
    app
}

fn code(app: &Totp, seconds: i64) -> String {
    app.generate((NOW.plus_seconds(seconds).0 / 1000).try_into().unwrap()).to_string()
}

/// The password was right; the second step is next.
async fn half_way(bed: &Bed, scope: &Scope, word: &str) -> Secret {
    let (email, word) = (ADMIN.parse().unwrap(), word.to_owned().into());
    let begun = accounts::sign_in(&bed.engine, scope, &email, word, &Caller::default(), None).await;
    match begun.unwrap() {
        Begun::NeedsFactor(token) => token,
        Begun::SignedIn(_) => panic!("no factor was asked for"),
    }
}

on_both! {
    async fn the_second_factor_stays_and_can_be_dropped_by_whoever_has_it(bed: Bed) {
        let admin = admin(&bed).await;
        let app = with_factor(&bed, &admin).await;
        bed.reset(&admin, ADMIN, ANOTHER).await;
        let later = Scope { now: NOW.plus_seconds(30), ..admin.clone() };
        let token = half_way(&bed, &later, ANOTHER).await;
        let entered = accounts::show_factor(&bed.engine, &later, &token, &code(&app, 30)).await;
        let token = entered.unwrap().token;
        let found = session(&bed.engine, &later, &token).await.unwrap().unwrap();
        assert!(found.review && found.strong);
        assert_eq!(review(&bed.engine, &later).await.unwrap().unwrap().factor, Some(10));
        let none = Mine::Only { ids: [].into(), factor: false };
        answer_review(&bed.engine, &later, &token, &none).await.unwrap();
        let found = session(&bed.engine, &later, &token).await.unwrap().unwrap();
        assert!(!found.review && !found.strong, "whoever needs a factor sets up another");
        assert!(!accounts::own_factor(&bed.engine, &later).await.unwrap().on);
        bed.sign_in_with(&later, ADMIN, ANOTHER).await;
    }

    async fn what_was_begun_before_leads_nowhere(bed: Bed) {
        let admin = admin(&bed).await;
        let intruder = bed.sign_in(&admin, ADMIN).await;
        let word = PASSWORD.to_owned().into();
        accounts::confirm_by_password(&bed.engine, &admin, &intruder, Task::Settings, word).await.unwrap();
        let elsewhere = "eve@example.org".parse().unwrap();
        let sure = confirmed(&admin, Task::Credentials);
        ask_for_address(&bed.engine, &admin, sure, &elsewhere).await.unwrap();
        bed.work(NOW).await;
        let mail = bed.mails("eve@example.org").pop().unwrap();
        let (_, rest) = mail.split_once("/confirm/address/").unwrap();
        let secret = Secret::parse(&rest[..43]).unwrap();
        bed.reset(&admin, ADMIN, ANOTHER).await;
        assert!(session(&bed.engine, &admin, &intruder).await.unwrap().is_none(), "with its step-up");
        let host = "lumaire.localhost";
        let opened = Opened { purpose: Purpose::Address, secret: &secret, host };
        assert!(accounts::change_address(&bed.engine, &admin, &opened).await.is_err());
        // There was no other way in: nobody is asked about any.
        let token = bed.sign_in_with(&admin, ADMIN, ANOTHER).await;
        assert!(!session(&bed.engine, &admin, &token).await.unwrap().unwrap().review);
        let told = bed.mails(ADMIN);
        assert!(told.iter().any(|mail| mail.contains("another address from now on")), "{told:?}");
    }

    async fn what_strangers_have_tried_does_not_keep_its_owner_out(bed: Bed) {
        let admin = admin(&bed).await;
        for number in 0..60 {
            let network = format!("2001:db8:{number:x}::1").parse().unwrap();
            let width = domain::networks::Width::Customer;
            let network = domain::networks::Network::around(network, width);
            let caller = Caller { network, ..Caller::default() };
            let (email, word) = (ADMIN.parse().unwrap(), "wrong wrong".to_owned().into());
            let _wrong = accounts::sign_in(&bed.engine, &admin, &email, word, &caller, None).await;
        }
        bed.reset(&admin, ADMIN, ANOTHER).await;
        bed.sign_in_with(&admin, ADMIN, ANOTHER).await;
    }

    async fn every_change_says_when_it_was(bed: Bed) {
        let admin = admin(&bed).await;
        let app = with_factor(&bed, &admin).await;
        bed.reset(&admin, ADMIN, ANOTHER).await;
        bed.work(NOW).await;
        let told = bed.mails(ADMIN);
        for what in ["a second factor has been set up", "a new password was chosen"] {
            let mail = told.iter().find(|mail| mail.contains(what)).unwrap_or_else(|| panic!("{told:?}"));
            assert!(mail.contains("21 November 2026, 12:00 UTC") && mail.contains("/forgot"), "{mail}");
        }
        let token = half_way(&bed, &admin, ANOTHER).await;
        let used = accounts::show_factor(&bed.engine, &admin, &token, &code(&app, 0)).await;
        assert!(matches!(used, Err(NotConfirmed::Mismatch)));
    }
}
