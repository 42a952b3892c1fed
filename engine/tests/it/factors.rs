//! The second factor.

use domain::roles::Role;
use engine::accounts::{
    Added, Begun, Caller, Confirmed, FactorError, NotConfirmed, Password, RecoveryCode, Secret,
    SignInError, Task, add_factor, begin_factor, confirm_by_code, confirm_by_factor,
    confirm_by_password, create_staff, end_session, factor_awaited, factor_begun, make_recovery,
    needs_factor, own_factor, remove_factor, send_code, session, show_factor, sign_in,
};
use engine::storage::accounts;
use engine::tenancy::beside;
use engine::{Actor, Scope};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use totp_rs::{Builder, Secret as TotpSecret, Totp};

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD};

const ADMIN: &str = "admin@example.org";

/// An admin who is signed in, with the right to change how.
struct Admin {
    scope: Scope,
    token: Secret,
    confirmed: Confirmed,
}

async fn admin(bed: &Bed) -> Admin {
    let scope = bed.tenant(LUMAIRE).await;
    let password = Password::choose(PASSWORD.into()).unwrap();
    let email = ADMIN.parse().unwrap();
    let id = create_staff(&bed.engine, &scope, &email, Role::Admin, password).await.unwrap();
    let scope = Scope { actor: Actor::Account { id, role: Role::Admin, subject: None }, ..scope };
    let token = bed.sign_in(&scope, ADMIN).await;
    let password = PASSWORD.to_owned().into();
    let task = Task::Credentials;
    confirm_by_password(&bed.engine, &scope, &token, task, password).await.unwrap();
    let found = session(&bed.engine, &scope, &token).await.unwrap().unwrap();
    assert!(!found.strong);
    Admin { confirmed: found.confirmed(task, scope.now).unwrap(), scope, token }
}

impl Admin {
    /// Sets the factor up; the answer is the app that makes the codes.
    async fn set_up(&self, bed: &Bed) -> (Totp, Added) {
        let Admin { scope, token, confirmed } = self;
        begin_factor(&bed.engine, scope, token, *confirmed).await.unwrap();
        let begun = factor_begun(&bed.engine, scope, token).await.unwrap().unwrap();
        let secret = TotpSecret::try_from_base32(&begun.to_type).unwrap();
        let app = Builder::new().with_secret(secret).build().unwrap();
        let code = code(&app, 0);
        let added = add_factor(&bed.engine, scope, token, *confirmed, &code).await.unwrap();
        (app, added)
    }
}

/// What the app shows so many seconds from now.
fn code(app: &Totp, seconds: i64) -> String {
    app.generate((NOW.plus_seconds(seconds).0 / 1000).try_into().unwrap()).to_string()
}

/// None of those that are good now.
fn wrong(app: &Totp) -> String {
    let good: Vec<String> = [-30, 0, 30].map(|seconds| code(app, seconds)).to_vec();
    let mut codes = (0..).map(|number| format!("{number:06}"));
    codes.find(|code| !good.contains(code)).unwrap()
}

fn at(scope: &Scope, seconds: i64) -> Scope {
    Scope { now: NOW.plus_seconds(seconds), ..scope.clone() }
}

/// The password is right, the factor is missing.
async fn half_way(bed: &Bed, scope: &Scope) -> Secret {
    let email = ADMIN.parse().unwrap();
    let password = PASSWORD.to_owned().into();
    match sign_in(&bed.engine, scope, &email, password, &Caller::default(), Some("/desk"))
        .await
        .unwrap()
    {
        Begun::NeedsFactor(token) => token,
        Begun::SignedIn(_) => panic!("no factor was asked for"),
    }
}

fn mails(bed: &Bed) -> usize {
    std::fs::read_dir(bed.dir.path().join("mail")).map_or(0, Iterator::count)
}

on_both! {
    async fn a_code_is_asked_for_after_the_password(bed: Bed) {
        let admin = admin(&bed).await;
        let (app, _) = admin.set_up(&bed).await;
        let token = half_way(&bed, &admin.scope).await;
        let scope = Scope { actor: Actor::Visitor, ..at(&admin.scope, 30) };
        assert_eq!(session(&bed.engine, &scope, &token).await.unwrap(), None, "not yet");
        assert!(factor_awaited(&bed.engine, &scope, &token).await.unwrap().is_some());
        let entered = show_factor(&bed.engine, &scope, &token, &code(&app, 30)).await.unwrap();
        assert!(entered.token != token, "a new token");
        assert_eq!((entered.role, entered.next.as_deref()), (Role::Admin, Some("/desk")));
        let found = session(&bed.engine, &scope, &entered.token).await.unwrap().unwrap();
        assert!(found.strong);
        let again = show_factor(&bed.engine, &scope, &token, &code(&app, 60)).await;
        assert!(matches!(again, Err(NotConfirmed::Over)), "done once");
    }

    async fn a_code_is_good_once(bed: Bed) {
        let admin = admin(&bed).await;
        let (app, _) = admin.set_up(&bed).await;
        let scope = at(&admin.scope, 30);
        let token = half_way(&bed, &scope).await;
        let used = show_factor(&bed.engine, &scope, &token, &code(&app, 0)).await;
        assert!(matches!(used, Err(NotConfirmed::Mismatch)), "used when it was set up");
        assert!(show_factor(&bed.engine, &scope, &token, &code(&app, 30)).await.is_ok());
        let token = half_way(&bed, &scope).await;
        for seconds in [30, 0] {
            let replayed = show_factor(&bed.engine, &scope, &token, &code(&app, seconds)).await;
            assert!(matches!(replayed, Err(NotConfirmed::Mismatch)), "{seconds}");
        }
        assert!(show_factor(&bed.engine, &scope, &token, &code(&app, 60)).await.is_ok());
    }

    async fn of_two_with_the_same_code_at_the_same_time_one_comes_in(bed: Bed) {
        let admin = admin(&bed).await;
        let (app, added) = admin.set_up(&bed).await;
        let scope = at(&admin.scope, 30);
        for code in [code(&app, 30), added.codes[0].to_string()] {
            let (one, other) = (half_way(&bed, &scope).await, half_way(&bed, &scope).await);
            let (one, other) = tokio::join!(
                beside(show_factor(&bed.engine, &scope, &one, &code)),
                beside(show_factor(&bed.engine, &scope, &other, &code)),
            );
            assert!(one.is_ok() != other.is_ok(), "{code}");
        }
    }

    async fn a_recovery_code_is_good_once(bed: Bed) {
        let admin = admin(&bed).await;
        let (_, added) = admin.set_up(&bed).await;
        assert_eq!(added.codes.len(), 10);
        let typed = added.codes[3].to_string().to_uppercase();
        let token = half_way(&bed, &admin.scope).await;
        assert!(show_factor(&bed.engine, &admin.scope, &token, &typed).await.is_ok());
        let factor = own_factor(&bed.engine, &admin.scope).await.unwrap();
        assert_eq!((factor.on, factor.recovery_left), (true, 9));
        let token = half_way(&bed, &admin.scope).await;
        let again = show_factor(&bed.engine, &admin.scope, &token, &typed).await;
        assert!(matches!(again, Err(NotConfirmed::Mismatch)));
        let made = make_recovery(&bed.engine, &admin.scope, admin.confirmed).await.unwrap();
        let old = show_factor(&bed.engine, &admin.scope, &token, &added.codes[4].to_string()).await;
        assert!(matches!(old, Err(NotConfirmed::Mismatch)), "replaced");
        assert!(show_factor(&bed.engine, &admin.scope, &token, &made[0].to_string()).await.is_ok());
        bed.work(NOW).await;
        assert_eq!(mails(&bed), 4, "added, used, made, used");
    }

    async fn after_five_wrong_codes_it_is_over_and_the_owner_learns_of_it(bed: Bed) {
        let admin = admin(&bed).await;
        let (app, _) = admin.set_up(&bed).await;
        let scope = at(&admin.scope, 30);
        let token = half_way(&bed, &scope).await;
        bed.work(NOW).await;
        let before = mails(&bed);
        for _ in 0..5 {
            let missed = show_factor(&bed.engine, &scope, &token, &wrong(&app)).await;
            assert!(matches!(missed, Err(NotConfirmed::Mismatch)));
        }
        for code in [code(&app, 30), wrong(&app)] {
            let over = show_factor(&bed.engine, &scope, &token, &code).await;
            assert!(matches!(over, Err(NotConfirmed::Over)));
        }
        bed.work(scope.now).await;
        assert_eq!(mails(&bed), before + 1);
    }

    async fn the_second_step_waits_ten_minutes_in_its_own_browser(bed: Bed) {
        let admin = admin(&bed).await;
        let (app, _) = admin.set_up(&bed).await;
        let token = half_way(&bed, &admin.scope).await;
        let late = show_factor(&bed.engine, &at(&admin.scope, 600), &token, &code(&app, 600)).await;
        assert!(matches!(late, Err(NotConfirmed::Over)));
        let elsewhere = Secret::generate().unwrap();
        let scope = at(&admin.scope, 30);
        let stolen = show_factor(&bed.engine, &scope, &elsewhere, &code(&app, 30)).await;
        assert!(matches!(stolen, Err(NotConfirmed::Over)));
        let of_session = show_factor(&bed.engine, &scope, &admin.token, &code(&app, 30)).await;
        assert!(matches!(of_session, Err(NotConfirmed::Over)));
        assert!(show_factor(&bed.engine, &scope, &token, &code(&app, 30)).await.is_ok());
    }

    async fn a_secret_is_shown_to_the_browser_that_asked_until_it_is_confirmed(bed: Bed) {
        let admin = admin(&bed).await;
        let Admin { scope, token, confirmed } = &admin;
        begin_factor(&bed.engine, scope, token, *confirmed).await.unwrap();
        let elsewhere = bed.sign_in(scope, ADMIN).await;
        assert!(factor_begun(&bed.engine, scope, &elsewhere).await.unwrap().is_none());
        let typed = add_factor(&bed.engine, scope, &elsewhere, *confirmed, "000000").await;
        assert!(matches!(typed, Err(FactorError::Over)));
        assert!(!own_factor(&bed.engine, scope).await.unwrap().on, "nothing is on yet");
        let late = at(scope, 31 * 60);
        assert!(factor_begun(&bed.engine, &late, token).await.unwrap().is_none());
        admin.set_up(&bed).await;
        assert!(factor_begun(&bed.engine, scope, token).await.unwrap().is_none(), "never again");
    }

    async fn turning_it_on_makes_the_session_strong_under_a_new_token_and_ends_all_others(bed: Bed) {
        let admin = admin(&bed).await;
        let other = bed.sign_in(&admin.scope, ADMIN).await;
        let (_, added) = admin.set_up(&bed).await;
        let of = async |token: &Secret| session(&bed.engine, &admin.scope, token).await.unwrap();
        assert_eq!(of(&admin.token).await, None, "the old token is worth nothing");
        assert_eq!(of(&other).await, None);
        assert!(of(&added.token).await.unwrap().strong);
        let awaited = half_way(&bed, &admin.scope).await;
        remove_factor(&bed.engine, &admin.scope, &added.token, admin.confirmed).await.unwrap();
        assert!(factor_awaited(&bed.engine, &admin.scope, &awaited).await.unwrap().is_none());
        assert!(of(&added.token).await.is_some());
        assert!(!own_factor(&bed.engine, &admin.scope).await.unwrap().on);
        bed.sign_in(&admin.scope, ADMIN).await;
    }

    async fn staff_that_needs_one_keeps_it_but_may_move_it(bed: Bed) {
        let admin = admin(&bed).await;
        bed.tenant(&LUMAIRE.replace("\"offered\"", "\"required\"")).await;
        let (first, added) = admin.set_up(&bed).await;
        assert!(own_factor(&bed.engine, &admin.scope).await.unwrap().required);
        let refused =
            remove_factor(&bed.engine, &admin.scope, &added.token, admin.confirmed).await;
        assert!(matches!(refused, Err(FactorError::Required)));
        let moved = Admin { token: added.token, ..admin };
        let (second, _) = moved.set_up(&bed).await;
        let scope = at(&moved.scope, 30);
        let token = half_way(&bed, &scope).await;
        let old = show_factor(&bed.engine, &scope, &token, &code(&first, 30)).await;
        assert!(matches!(old, Err(NotConfirmed::Mismatch)));
        assert!(show_factor(&bed.engine, &scope, &token, &code(&second, 30)).await.is_ok());
    }

    async fn a_wrong_password_does_not_tell_of_a_factor(bed: Bed) {
        let admin = admin(&bed).await;
        admin.set_up(&bed).await;
        let email = ADMIN.parse().unwrap();
        let wrong = "wrong wrong wrong".to_owned().into();
        let answer = sign_in(&bed.engine, &admin.scope, &email, wrong, &Caller::default(), None).await;
        assert!(matches!(answer, Err(SignInError::Mismatch)));
    }

    async fn it_takes_a_confirmation_for_this_task(bed: Bed) {
        let admin = admin(&bed).await;
        let other = bed.confirmed(&admin.scope, ADMIN, Task::Export).await;
        let begun = begin_factor(&bed.engine, &admin.scope, &admin.token, other).await;
        assert!(matches!(begun, Err(FactorError::NotConfirmed)));
        // A session that has ended meanwhile turns nothing on.
        begin_factor(&bed.engine, &admin.scope, &admin.token, admin.confirmed).await.unwrap();
        let begun = factor_begun(&bed.engine, &admin.scope, &admin.token).await.unwrap().unwrap();
        let secret = TotpSecret::try_from_base32(&begun.to_type).unwrap();
        let app = Builder::new().with_secret(secret).build().unwrap();
        end_session(&bed.engine, &admin.scope, &admin.token).await.unwrap();
        let (scope, token) = (&admin.scope, &admin.token);
        let ended = add_factor(&bed.engine, scope, token, admin.confirmed, &code(&app, 0)).await;
        assert!(matches!(ended, Err(FactorError::Over)));
        assert!(!own_factor(&bed.engine, scope).await.unwrap().on);
    }

    async fn who_has_a_factor_changes_nothing_without_it(bed: Bed) {
        let admin = admin(&bed).await;
        let (app, added) = admin.set_up(&bed).await;
        let scope = at(&admin.scope, 30);
        let by_password = async |task: Task| {
            let password = PASSWORD.to_owned().into();
            confirm_by_password(&bed.engine, &scope, &added.token, task, password).await
        };
        // Whatever staff confirms is about others; of customers only some of it needs it.
        for role in [Role::Admin, Role::Customer] {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            let row = accounts::Entity::update_many();
            tx.update(row.col_expr(accounts::Column::Role, Expr::value(role.name()))).await.unwrap();
            tx.commit().await.unwrap();
            for task in Task::ALL {
                let own = matches!(task, Task::Disclosure | Task::Export | Task::Deletion);
                let enough = own && role == Role::Customer;
                let answer = by_password(task).await;
                assert_eq!(answer.is_ok(), enough, "{role:?} {task:?}: {answer:?}");
                assert_eq!(needs_factor(&bed.engine, &scope, task).await.unwrap(), !enough);
            }
        }
        assert!(needs_factor(&bed.engine, &scope, Task::Credentials).await.unwrap());
        send_code(&bed.engine, &scope, &added.token, Task::Credentials).await.unwrap();
        bed.work(scope.now).await;
        let mail = bed.mails(ADMIN).pop().unwrap();
        let mailed = mail.lines().find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap();
        let by_code = confirm_by_code(&bed.engine, &scope, &added.token, Task::Credentials, mailed).await;
        assert!(matches!(by_code, Err(NotConfirmed::Mismatch)));
        let by_factor = async |typed: String| {
            confirm_by_factor(&bed.engine, &scope, &added.token, Task::Credentials, &typed).await
        };
        assert!(matches!(by_factor(wrong(&app)).await, Err(NotConfirmed::Mismatch)));
        assert!(by_factor(code(&app, 30)).await.is_ok());
        assert!(matches!(by_factor(code(&app, 30)).await, Err(NotConfirmed::Mismatch)), "once");
        assert!(by_factor(added.codes[0].to_string()).await.is_ok());
    }

    async fn what_is_stored_is_sealed_and_hashed(bed: Bed) {
        let admin = admin(&bed).await;
        let (_, added) = admin.set_up(&bed).await;
        let tx = bed.engine.tenant(admin.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(accounts::Entity::find()).await.unwrap().unwrap();
        assert_eq!(row.sealed_totp.unwrap().len(), 24 + 20 + 16);
        let recovery = row.recovery.unwrap();
        for code in &added.codes {
            let plain = code.to_string();
            assert!(!recovery.contains(&plain) && !recovery.contains(&plain.replace('-', "")));
            assert!(RecoveryCode::parse(&plain).is_some());
        }
    }
}
