//! Trying too often, at two nodes at once.

use std::sync::Arc;

use domain::networks::{Network, Width};
use domain::roles::Role;
use domain::tries::Rule;
use engine::accounts::{
    Caller, NotBooked, NotConfirmed, Password, Secret, SignInError, Task, add_factor, begin_factor,
    book_mail, confirm_by_code, confirm_by_factor, confirm_by_password, create_staff, end_session,
    factor_begun, send_code, sign_in,
};
use engine::storage::{Timestamp, tries};
use engine::{Actor, Engine, Scope};
use futures_util::future::join_all;
use sea_orm::EntityTrait;
use tokio::sync::Barrier;
use totp_rs::{Builder, Secret as TotpSecret, Totp};

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, confirmed};

const ADMIN: &str = "admin@example.org";
/// How many come at the same time.
const AT_ONCE: usize = 14;

async fn admin(bed: &Bed) -> Scope {
    let scope = bed.tenant(LUMAIRE).await;
    let password = Password::choose(PASSWORD.into()).unwrap();
    let email = ADMIN.parse().unwrap();
    let id = create_staff(&bed.engine, &scope, &email, Role::Admin, password).await.unwrap();
    Scope { actor: Actor::Account { id, role: Role::Admin, subject: None }, ..scope }
}

/// Does something as often at two nodes, all of it at the same time.
async fn all_at_once<T, F>(bed: &Bed, one: impl Fn(usize, Engine) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let other = bed.another_node().await;
    let barrier = Arc::new(Barrier::new(AT_ONCE));
    let running = (0..AT_ONCE).map(|number| {
        let engine = if number % 2 == 0 { bed.engine.clone() } else { other.clone() };
        let (one, barrier) = (one(number, engine), Arc::clone(&barrier));
        tokio::spawn(async move {
            barrier.wait().await;
            one.await
        })
    });
    join_all(running).await.into_iter().map(Result::unwrap).collect()
}

fn from(address: &str) -> Caller {
    let network = Network::around(address.parse().unwrap(), Width::Customer);
    Caller { network, ..Caller::default() }
}

async fn tried(
    engine: &Engine,
    scope: &Scope,
    email: &str,
    word: &str,
    caller: &Caller,
) -> Result<Secret, SignInError> {
    let email = email.parse().unwrap();
    let begun = sign_in(engine, scope, &email, word.to_owned().into(), caller, None).await?;
    Ok(begun.signed_in().unwrap())
}

/// The app that makes the codes of an account, and the session's token.
async fn with_factor(bed: &Bed, scope: &Scope) -> (Totp, Secret) {
    let token = bed.sign_in(scope, ADMIN).await;
    let confirmed = confirmed(scope, Task::Credentials);
    begin_factor(&bed.engine, scope, &token, confirmed).await.unwrap();
    let begun = factor_begun(&bed.engine, scope, &token).await.unwrap().unwrap();
    let secret = TotpSecret::try_from_base32(&begun.to_type).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let code = code(&app, 0);
    let added = add_factor(&bed.engine, scope, &token, confirmed, &code).await.unwrap();
    (app, added.token)
}

fn code(app: &Totp, seconds: i64) -> String {
    app.generate((NOW.plus_seconds(seconds).0 / 1000).try_into().unwrap()).to_string()
}

fn wrong(app: &Totp) -> String {
    let good: Vec<String> = [-30, 0, 30, 60].map(|seconds| code(app, seconds)).to_vec();
    let mut codes = (0..).map(|number| format!("{number:06}"));
    codes.find(|code| !good.contains(code)).unwrap()
}

fn at(scope: &Scope, seconds: i64) -> Scope {
    Scope { now: NOW.plus_seconds(seconds), ..scope.clone() }
}

async fn rows(bed: &Bed, scope: &Scope) -> u64 {
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    tx.count(tries::Entity::find()).await.unwrap()
}

on_both! {
    async fn of_many_sign_ins_at_once_no_more_are_looked_at_than_in_a_row(bed: Bed) {
        let scope = admin(&bed).await;
        for email in [ADMIN, "nobody@example.org"] {
            let answers = all_at_once(&bed, |_, engine| {
                let scope = scope.clone();
                async move { tried(&engine, &scope, email, "wrong wrong", &Caller::default()).await }
            })
            .await;
            let looked_at = answers.iter().filter(|a| matches!(a, Err(SignInError::Mismatch))).count();
            let waiting = answers.iter().filter(|a| matches!(a, Err(SignInError::TooMany(1)))).count();
            assert_eq!((looked_at, waiting), (5, AT_ONCE - 5), "{email}");
        }
        let right = tried(&bed.engine, &scope, ADMIN, PASSWORD, &Caller::default()).await;
        assert!(matches!(right, Err(SignInError::TooMany(1))), "or the wait would be none");
        assert!(tried(&bed.engine, &at(&scope, 1), ADMIN, PASSWORD, &Caller::default()).await.is_ok());
    }

    async fn who_is_right_is_refunded(bed: Bed) {
        let scope = admin(&bed).await;
        for _ in 0..20 {
            tried(&bed.engine, &scope, ADMIN, PASSWORD, &Caller::default()).await.unwrap();
        }
        for _ in 0..4 {
            let wrong = tried(&bed.engine, &scope, ADMIN, "wrong wrong", &Caller::default()).await;
            assert!(matches!(wrong, Err(SignInError::Mismatch)));
        }
        // It costs nothing, and gives nothing back of what others have failed.
        tried(&bed.engine, &scope, ADMIN, PASSWORD, &Caller::default()).await.unwrap();
        let last = tried(&bed.engine, &scope, ADMIN, "wrong wrong", &Caller::default()).await;
        assert!(matches!(last, Err(SignInError::Mismatch)));
        let waits = tried(&bed.engine, &scope, ADMIN, PASSWORD, &Caller::default()).await;
        assert!(matches!(waits, Err(SignInError::TooMany(1))));
    }

    async fn strangers_from_everywhere_do_not_stop_a_browser_that_is_known(bed: Bed) {
        let scope = admin(&bed).await;
        let before = tried(&bed.engine, &scope, ADMIN, PASSWORD, &from("192.0.2.1")).await.unwrap();
        for number in 0..50 {
            let caller = from(&format!("2001:db8:{number:x}::1"));
            let wrong = tried(&bed.engine, &scope, ADMIN, "wrong wrong", &caller).await;
            assert!(matches!(wrong, Err(SignInError::Mismatch)), "{number}");
        }
        let elsewhere = tried(&bed.engine, &scope, ADMIN, PASSWORD, &from("192.0.2.1")).await;
        assert!(matches!(elsewhere, Err(SignInError::TooMany(1))), "for a second");
        let known = |token: &Secret| Caller { cookie: Some(token.clone()), ..from("192.0.2.1") };
        let foreign = Secret::generate().unwrap();
        assert!(tried(&bed.engine, &scope, ADMIN, PASSWORD, &known(&foreign)).await.is_err());
        // A day later: the session has ended, the browser is known all the same.
        tried(&bed.engine, &scope, ADMIN, PASSWORD, &known(&before)).await.unwrap();
        // It is the browser of this account, and of no other.
        for _ in 0..5 {
            let other = tried(&bed.engine, &scope, "nobody@example.org", "wrong wrong", &known(&before)).await;
            assert!(matches!(other, Err(SignInError::Mismatch)));
        }
        let other = tried(&bed.engine, &scope, "nobody@example.org", "wrong wrong", &known(&before)).await;
        assert!(matches!(other, Err(SignInError::TooMany(_))));
    }

    async fn one_customer_of_a_provider_is_one_network(bed: Bed) {
        let scope = admin(&bed).await;
        let mut looked_at = 0;
        for number in 0..14 {
            let caller = from(&format!("2001:db8:0:{number:x}::1"));
            let wrong = tried(&bed.engine, &scope, ADMIN, "wrong wrong", &caller).await;
            looked_at += usize::from(matches!(wrong, Err(SignInError::Mismatch)));
        }
        assert_eq!(looked_at, 5);
        assert!(tried(&bed.engine, &scope, ADMIN, PASSWORD, &from("2001:db8:0:100::1")).await.is_ok());
    }

    async fn the_password_of_whoever_is_signed_in_is_not_guessed_at_once(bed: Bed) {
        let scope = admin(&bed).await;
        let token = bed.sign_in(&scope, ADMIN).await;
        let answers = all_at_once(&bed, |_, engine| {
            let (scope, token) = (scope.clone(), token.clone());
            async move {
                let word = "wrong wrong".to_owned().into();
                confirm_by_password(&engine, &scope, &token, Task::Settings, word).await
            }
        })
        .await;
        let looked_at = answers.iter().filter(|a| matches!(a, Err(NotConfirmed::Mismatch))).count();
        assert_eq!(looked_at, 5);
        assert!(answers.iter().all(|a| matches!(a, Err(NotConfirmed::Mismatch | NotConfirmed::TooMany(_)))));
    }

    async fn a_session_tries_five_codes_of_an_app_and_then_it_is_over(bed: Bed) {
        let scope = admin(&bed).await;
        let (app, token) = with_factor(&bed, &scope).await;
        let bad = wrong(&app);
        let later = at(&scope, 30);
        let answers = all_at_once(&bed, |_, engine| {
            let (scope, token, bad) = (later.clone(), token.clone(), bad.clone());
            async move { confirm_by_factor(&engine, &scope, &token, Task::Settings, &bad).await }
        })
        .await;
        let looked_at = answers.iter().filter(|a| matches!(a, Err(NotConfirmed::Mismatch))).count();
        let over = answers.iter().filter(|a| matches!(a, Err(NotConfirmed::Over))).count();
        assert_eq!((looked_at, over), (5, AT_ONCE - 5));
        let right = confirm_by_factor(&bed.engine, &later, &token, Task::Settings, &code(&app, 30)).await;
        assert!(matches!(right, Err(NotConfirmed::Over)), "too late in this session");
        bed.work(later.now).await;
        let told = bed.mails(ADMIN).into_iter().filter(|mail| mail.contains("several codes")).count();
        assert_eq!(told, 1);
        // Ten minutes later, once: what is right is refunded.
        let much_later = at(&scope, 30 + 600);
        let bad = confirm_by_factor(&bed.engine, &much_later, &token, Task::Settings, &bad).await;
        assert!(matches!(bad, Err(NotConfirmed::Mismatch)));
        let right = confirm_by_factor(&bed.engine, &much_later, &token, Task::Settings, &code(&app, 630)).await;
        assert!(right.is_ok());
    }

    async fn an_account_is_not_guessed_at_in_one_session_after_another(bed: Bed) {
        let scope = admin(&bed).await;
        let (app, token) = with_factor(&bed, &scope).await;
        let mut looked_at = 0;
        for _ in 0..4 {
            // Any token is a session's of its own to the counter.
            let token = Secret::generate().unwrap();
            for _ in 0..5 {
                let answer = confirm_by_factor(&bed.engine, &scope, &token, Task::Settings, &wrong(&app)).await;
                looked_at += usize::from(matches!(answer, Err(NotConfirmed::Mismatch)));
            }
        }
        assert_eq!(looked_at, 10);
        let right = confirm_by_factor(&bed.engine, &at(&scope, 1), &token, Task::Settings, &code(&app, 30)).await;
        assert!(right.is_ok(), "its owner waits for a second: {right:?}");
        end_session(&bed.engine, &scope, &token).await.unwrap();
    }

    async fn a_mailed_code_is_tried_five_times_at_two_nodes(bed: Bed) {
        let scope = admin(&bed).await;
        let token = bed.sign_in(&scope, ADMIN).await;
        send_code(&bed.engine, &scope, &token, Task::Settings).await.unwrap();
        bed.work(NOW).await;
        let mail = bed.mails(ADMIN).pop().unwrap();
        let good = mail.lines().find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap().to_owned();
        let bad = if good == "000000" { "000001" } else { "000000" };
        let answers = all_at_once(&bed, |_, engine| {
            let (scope, token) = (scope.clone(), token.clone());
            async move { confirm_by_code(&engine, &scope, &token, Task::Settings, bad).await }
        })
        .await;
        let looked_at = answers.iter().filter(|a| matches!(a, Err(NotConfirmed::Mismatch))).count();
        assert_eq!(looked_at, 5);
        let late = confirm_by_code(&bed.engine, &at(&scope, 60), &token, Task::Settings, &good).await;
        assert!(matches!(late, Err(NotConfirmed::Over)));
    }

    async fn of_two_browsers_that_type_a_mailed_code_one_was_first(bed: Bed) {
        let scope = admin(&bed).await;
        let token = bed.sign_in(&scope, ADMIN).await;
        send_code(&bed.engine, &scope, &token, Task::Settings).await.unwrap();
        bed.work(NOW).await;
        let mail = bed.mails(ADMIN).pop().unwrap();
        let good = mail.lines().find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap().to_owned();
        let other = bed.another_node().await;
        let one = confirm_by_code(&bed.engine, &scope, &token, Task::Settings, &good);
        let two = confirm_by_code(&other, &scope, &token, Task::Settings, &good);
        let (one, two) = tokio::join!(one, two);
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }

    async fn mails_to_one_address_are_counted_by_all_nodes(bed: Bed) {
        let scope = admin(&bed).await;
        let rule = Rule::Allowance { at_once: 3, each: 300_000 };
        let answers = all_at_once(&bed, |number, engine| {
            let scope = scope.clone();
            async move {
                let email = ["Eve@example.org", "eve@example.org"][number % 2].parse().unwrap();
                book_mail(&engine, &scope, &email, rule).await
            }
        })
        .await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
        assert!(answers.iter().all(|a| matches!(a, Ok(()) | Err(NotBooked::TooMany { seconds: 300, .. }))));
        let email = "eve@example.org".parse().unwrap();
        assert!(book_mail(&bed.engine, &at(&scope, 300), &email, rule).await.is_ok());
    }

    async fn what_was_tried_is_forgotten_and_names_nobody(bed: Bed) {
        let scope = admin(&bed).await;
        let wrong = tried(&bed.engine, &scope, "eve@example.org", "wrong wrong", &from("192.0.2.1")).await;
        assert!(wrong.is_err());
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let kept = tx.all(tries::Entity::find()).await.unwrap();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|row| row.about.len() == 32));
        drop(tx);
        bed.work(NOW).await;
        assert_eq!(rows(&bed, &scope).await, 2, "not yet");
        bed.work(Timestamp(NOW.0 + 3 * 3_600_000)).await;
        assert_eq!(rows(&bed, &scope).await, 0);
    }
}
