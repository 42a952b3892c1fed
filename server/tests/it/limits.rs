//! Trying too often, and what it does not lead to.

use ::app::limits::Rates;
use reqwest::{Method, Response};

use crate::app::{TestApp, UNLIMITED};

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
