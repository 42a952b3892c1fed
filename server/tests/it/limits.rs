//! Trying too often, and what it does not lead to.

use ::app::limits::Rates;
use futures_util::future::join_all;
use reqwest::{Method, Response};

use crate::app::{TestApp, UNLIMITED, cookie};

async fn try_to_sign_in(app: &TestApp, email: &str, password: &str) -> Response {
    app.request(Method::POST, "lumaire", "/sign-in")
        .form(&[("email", email), ("password", password)])
        .send()
        .await
        .unwrap()
}

fn seconds_to_wait(response: &Response) -> u64 {
    response.headers()["retry-after"].to_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn after_a_few_failures_one_waits_whether_the_address_is_known_or_not() {
    let app = TestApp::start_with(false, Rates::default()).await;
    let known = app.logins.accounts[0].email.clone();
    for email in [known.as_str(), "nobody@example.org"] {
        for _ in 0..5 {
            assert_eq!(try_to_sign_in(&app, email, "wrong wrong wrong").await.status(), 422);
        }
        // The right password has to wait as well, or the wait would be none.
        let waits = try_to_sign_in(&app, email, &app.logins.password).await;
        assert_eq!(waits.status(), 429, "{email}");
        assert!((1..=2).contains(&seconds_to_wait(&waits)));
        assert!(waits.text().await.unwrap().contains("Nothing has been changed"));
    }
    // Somebody else is not concerned.
    let other = &app.logins.accounts[1].email;
    assert_eq!(try_to_sign_in(&app, other, &app.logins.password).await.status(), 303);
}

#[tokio::test]
async fn an_address_that_tries_everywhere_waits_everywhere() {
    let rates = Rates { per_address: 7.try_into().unwrap(), ..UNLIMITED };
    let app = TestApp::start_with(false, rates).await;
    for number in 0..7 {
        let email = format!("somebody{number}@example.org");
        assert_eq!(try_to_sign_in(&app, &email, "wrong wrong wrong").await.status(), 422);
    }
    let waits = try_to_sign_in(&app, "another@example.org", "wrong wrong wrong").await;
    assert_eq!(waits.status(), 429);
    assert!(seconds_to_wait(&waits) <= 86, "a seventh of ten minutes");
    assert_eq!(app.get("lumaire", "/policy").await.status(), 200, "reading is not limited");
}

/// How many of some answers have a status.
fn having(status: u16, answers: &[Response]) -> usize {
    answers.iter().filter(|answer| answer.status() == status).count()
}

#[tokio::test]
async fn of_many_tries_at_once_no_more_are_looked_at_than_in_a_row() {
    let app = TestApp::start_with(false, Rates::default()).await;
    let known = app.logins.accounts[0].email.as_str();
    for email in [known, "nobody@example.org"] {
        let tries = (0..14).map(|_| try_to_sign_in(&app, email, "wrong wrong wrong"));
        let answers = join_all(tries).await;
        assert_eq!((having(422, &answers), having(429, &answers)), (5, 9), "{email}");
        let late = answers.iter().find(|answer| answer.status() == 429).unwrap();
        assert_eq!(seconds_to_wait(late), 1);
    }
}

#[tokio::test]
async fn of_many_accounts_at_once_no_more_are_tried_from_one_address() {
    let rates = Rates { per_address: 7.try_into().unwrap(), ..UNLIMITED };
    let app = TestApp::start_with(false, rates).await;
    let emails: Vec<String> = (0..14).map(|number| format!("one{number}@example.org")).collect();
    let tries = emails.iter().map(|email| try_to_sign_in(&app, email, "wrong wrong wrong"));
    let answers = join_all(tries).await;
    assert_eq!((having(422, &answers), having(429, &answers)), (7, 7));
}

#[tokio::test]
async fn who_is_right_costs_an_address_nothing() {
    let rates = Rates { per_address: 3.try_into().unwrap(), ..UNLIMITED };
    let app = TestApp::start_with(false, rates).await;
    for login in app.logins.accounts.iter().cycle().take(20) {
        let request = app.request(Method::POST, &login.tenant, "/sign-in");
        let form = [("email", &login.email), ("password", &app.logins.password)];
        assert_eq!(request.form(&form).send().await.unwrap().status(), 303);
    }
}

async fn sign_in_from(
    app: &TestApp,
    from: &str,
    email: &str,
    word: &str,
    cookie: &str,
) -> Response {
    let request = app.request_from(from, "lumaire", "/sign-in").header("cookie", cookie);
    request.form(&[("email", email), ("password", word)]).send().await.unwrap()
}

#[tokio::test]
async fn no_network_closes_a_tenant_for_all_others_and_none_is_walked_around() {
    let rates = Rates { per_tenant: 1.try_into().unwrap(), ..Rates::default() };
    for (inside, outside) in [
        // A /48: its /56s and /64s together get no more than half of what the tenant has.
        ("2001:db8:0:{}::1", "2001:db8:1::1"),
        ("192.0.2.{}", "198.51.100.1"),
        ("::ffff:192.0.2.{}", "198.51.100.1"),
        ("64:ff9b::192.0.2.{}", "198.51.100.1"),
    ] {
        let app = TestApp::start_with(false, rates).await;
        let mut looked_at = 0;
        for number in 0..60 {
            let (from, email) =
                (inside.replace("{}", &number.to_string()), format!("n{number}@example.org"));
            let answer = sign_in_from(&app, &from, &email, "wrong wrong wrong", "").await;
            looked_at += usize::from(answer.status() == 422);
        }
        assert_eq!(looked_at, 10, "{inside}");
        let email = app.logins.accounts[0].email.as_str();
        let answer = sign_in_from(&app, outside, email, &app.logins.password, "").await;
        assert_eq!(answer.status(), 303, "{outside}");
    }
}

#[tokio::test]
async fn whoever_was_here_before_gets_in_beside_a_neighbour_who_tries_everything() {
    let rates = Rates { per_address: 4.try_into().unwrap(), ..Rates::default() };
    let app = TestApp::start_with(false, rates).await;
    let (email, word) = (app.logins.accounts[0].email.as_str(), app.logins.password.as_str());
    let (from, beside) = ("2001:db8::1", "2001:db8::2");
    let first = sign_in_from(&app, from, email, word, "").await;
    let known = cookie(&first).unwrap().split(';').next().unwrap().to_owned();
    for number in 0..4 {
        let wrong =
            sign_in_from(&app, beside, &format!("n{number}@example.org"), "wrong wrong", "").await;
        assert_eq!(wrong.status(), 422);
    }
    assert_eq!(sign_in_from(&app, beside, email, word, "").await.status(), 429);
    let other = app.logins.accounts[1].email.as_str();
    assert_eq!(sign_in_from(&app, from, other, word, &known).await.status(), 429, "not theirs");
    // What they do while they are signed in is not counted with the network either.
    let confirm = app.request_from(from, "lumaire", "/account/confirm").header("cookie", &known);
    let form = [("task", "export"), ("next", "/account"), ("password", word)];
    assert_eq!(confirm.form(&form).send().await.unwrap().status(), 303);
    assert_eq!(sign_in_from(&app, from, email, word, &known).await.status(), 303);
}

#[tokio::test]
async fn nobodys_mailbox_is_filled() {
    let rates = Rates { mails: 3.try_into().unwrap(), ..UNLIMITED };
    let app = TestApp::start_with(false, rates).await;
    let ask = async |email: &'static str| {
        let request = app.request(Method::POST, "lumaire", "/forgot").form(&[("email", email)]);
        request.send().await.unwrap().status().as_u16()
    };
    for email in ["ada.winter@example.org", "nobody@example.org"] {
        for _ in 0..3 {
            assert_eq!(ask(email).await, 303);
        }
        assert_eq!(ask(email).await, 429, "{email}");
    }
    app.work().await;
    assert_eq!(app.mails("ada.winter@example.org").len(), 3);
}

#[tokio::test]
async fn a_code_is_tried_five_times_and_then_over() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    let about = [("task", "export"), ("next", "/account/export")];
    let post = async |path: &'static str, code: &str| {
        let mut form = about.to_vec();
        form.push(("code", code));
        let request = app.request(Method::POST, "lumaire", path).header("cookie", &session);
        request.form(&form).send().await.unwrap()
    };
    assert_eq!(post("/account/confirm/code", "").await.status(), 303);
    app.work().await;
    let mail = app.mails("ada.winter@example.org").pop().unwrap();
    let code = mail.lines().find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(post("/account/confirm", wrong).await.status(), 422);
    }
    let over = post("/account/confirm", code).await;
    assert_eq!(over.status(), 422, "the right one comes too late");
    assert!(over.text().await.unwrap().contains("no longer good"));
    // Another one is good, in this browser only.
    assert_eq!(post("/account/confirm/code", "").await.status(), 303);
    app.work().await;
    let mail = app.mails("ada.winter@example.org").pop().unwrap();
    let code = mail.lines().find(|line| line.len() == 6 && line.parse::<u32>().is_ok()).unwrap();
    let elsewhere = app.sign_in("lumaire", "customer").await;
    let request = app.request(Method::POST, "lumaire", "/account/confirm");
    let form = [about[0], about[1], ("code", code)];
    let answer = request.header("cookie", &elsewhere).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    assert_eq!(post("/account/confirm", code).await.status(), 303);
}

#[tokio::test]
async fn while_a_tenant_is_suspended_nobody_is_signed_in_and_the_policy_stays() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    app.suspend("lumaire", true).await;
    let get = async |path: &'static str| {
        let request = app.request(Method::GET, "lumaire", path).header("cookie", &session);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!((get("/policy").await, get("/sign-in").await), (200, 503));
    assert_eq!(get("/account").await, 303, "the session counts for nothing");
    let email = &app.logins.accounts[0].email;
    assert_eq!(try_to_sign_in(&app, email, &app.logins.password).await.status(), 503);
    app.suspend("lumaire", false).await;
    assert_eq!(get("/account").await, 303, "it has ended");
    assert_eq!(try_to_sign_in(&app, email, &app.logins.password).await.status(), 303);
}
