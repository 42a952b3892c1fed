//! The contact form from outside (L4, L13, E6).

use ::app::limits::Rates;
use engine::contact::form_token;
use engine::{Actor, Scope};
use jiff::tz::TimeZone;
use reqwest::{Method, Response};
use uuid::Uuid;

use crate::app::{NOW, TestApp, UNLIMITED};

const WRITE: &str = "/contact/write";

/// What a form carries that was handed out so many seconds ago.
async fn handed_out(app: &TestApp, tenant: &str, seconds: i64) -> String {
    let tenant = app.engine.directory.tenants().into_iter().find(|t| t.slug == tenant).unwrap();
    let scope = Scope {
        tenant: tenant.id,
        zone: TimeZone::UTC,
        actor: Actor::Visitor,
        language: Default::default(),
        now: NOW.plus_seconds(-seconds),
        request_id: Uuid::now_v7(),
    };
    form_token(&app.engine, &scope).await.unwrap()
}

async fn send(app: &TestApp, tenant: &str, form: &[(&str, &str)]) -> Response {
    app.request(Method::POST, tenant, WRITE).form(form).send().await.unwrap()
}

async fn at_the_desk(app: &TestApp, tenant: &str, path: &str) -> String {
    let session = app.sign_in(tenant, "support").await;
    let request = app.request(Method::GET, tenant, path).header("cookie", session);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.unwrap()
}

#[tokio::test]
async fn l4_e6_what_is_written_is_read_at_the_desk() {
    let app = TestApp::start().await;
    for tenant in ["lumaire", "lumina-erp"] {
        let contact = app.text(tenant, "/contact").await;
        assert!(contact.contains("href=\"/contact/write\""), "{contact}");
        let token = handed_out(&app, tenant, 60).await;
        let text = "Hello \u{202e}dlrow <script>";
        let form = [
            ("reason", "question"),
            ("email", "eve@example.org"),
            ("name", "Eve"),
            ("text", text),
            ("form", &token),
        ];
        let sent = send(&app, tenant, &form).await;
        assert_eq!(sent.status(), 303);
        assert_eq!(sent.headers()["location"], "/contact/sent");
        assert!(sent.headers().get("set-cookie").is_none());
        assert!(app.text(tenant, "/contact/sent").await.contains("has reached us"));
        let list = at_the_desk(&app, tenant, "/desk/messages").await;
        let (_, link) = list.split_once("/desk/messages/").unwrap();
        let message = at_the_desk(&app, tenant, &format!("/desk/messages/{}", &link[..36])).await;
        assert!(message.contains("Hello dlrow &lt;script&gt;"), "{message}");
        assert!(message.contains("not confirmed"), "{message}");
    }
}

#[tokio::test]
async fn programs_are_thanked_and_forgotten() {
    let app = TestApp::start().await;
    let good = handed_out(&app, "lumaire", 60).await;
    let soon = handed_out(&app, "lumaire", 1).await;
    let elsewhere = handed_out(&app, "lumina-erp", 60).await;
    let filled = [("reason", "question"), ("email", "eve@example.org"), ("text", "Buy!")];
    for (token, website) in
        [("", ""), ("1.AAAA", ""), (&*soon, ""), (&*elsewhere, ""), (&*good, "http://spam.example")]
    {
        let mut form = filled.to_vec();
        form.extend([("form", token), ("website", website)]);
        let sent = send(&app, "lumaire", &form).await;
        assert_eq!(
            (sent.status().as_u16(), &sent.headers()["location"]),
            (303, &"/contact/sent".parse().unwrap())
        );
    }
    app.work().await;
    assert!(app.mails("eve@example.org").is_empty());
    assert!(at_the_desk(&app, "lumaire", "/desk/messages").await.contains("No message yet"));
}

#[tokio::test]
async fn a_form_that_is_not_right_comes_back_filled_in() {
    let app = TestApp::start().await;
    let token = handed_out(&app, "lumaire", 60).await;
    let old = handed_out(&app, "lumaire", 25 * 3600).await;
    let long = "x".repeat(10_001);
    let cases = [
        ("eve@", "question", "Hi there", &token, "email"),
        ("eve@example.org", "", "Hi there", &token, "reason"),
        ("eve@example.org", "question", " ", &token, "text"),
        ("eve@example.org", "question", "Hi \u{1b}[2J there", &token, "text"),
        ("eve@example.org", "question", "Hi there, 4242 4242 4242 4242", &token, "text"),
        ("eve@example.org", "question", &long, &token, "text"),
        ("eve@example.org", "question", "Hi there", &old, "text"),
    ];
    for (email, reason, text, token, field) in cases {
        let form = [("reason", reason), ("email", email), ("text", text), ("form", token)];
        let answer = send(&app, "lumaire", &form).await;
        assert_eq!(answer.status(), 422, "{field}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(&format!("href=\"#{field}\"")), "{field}: {page}");
        assert!(text.trim().is_empty() || page.contains(&text[..3]), "{field}: {page}");
    }
    app.work().await;
    assert!(app.mails("eve@example.org").is_empty(), "nothing was taken");
}

#[tokio::test]
async fn nobodys_mailbox_is_filled_by_the_form() {
    let rates = Rates { mails: 2.try_into().unwrap(), ..UNLIMITED };
    let app = TestApp::start_with(false, rates).await;
    let token = handed_out(&app, "lumaire", 60).await;
    let form =
        [("reason", "other"), ("email", "eve@example.org"), ("text", "Hello"), ("form", &token)];
    for expected in [303, 303, 429] {
        assert_eq!(send(&app, "lumaire", &form).await.status(), expected);
    }
    app.work().await;
    assert_eq!(app.mails("eve@example.org").len(), 2);
}

#[tokio::test]
async fn l13_a_report_about_a_child_stands_first_at_the_desk_and_is_let_go_there() {
    let app = TestApp::start().await;
    let token = handed_out(&app, "lumaire", 60).await;
    let ada = "ada.winter@example.org";
    let form = [
        ("reason", "child"),
        ("email", "parent@example.org"),
        ("about", ada),
        ("text", "My daughter is twelve."),
        ("form", &token),
    ];
    let customer = app.sign_in("lumaire", "customer").await;
    assert_eq!(send(&app, "lumaire", &form).await.status(), 303);
    let desk = at_the_desk(&app, "lumaire", "/desk").await;
    let (above, _) = desk.split_once("<table").unwrap();
    let (_, link) = above.split_once("/desk/messages/").unwrap();
    let path = format!("/desk/messages/{}", &link[..36]);
    let message = at_the_desk(&app, "lumaire", &path).await;
    assert!(message.contains("My daughter is twelve.") && message.contains(ada), "{message}");
    assert!(message.contains("has stopped"), "{message}");
    // She is not locked out by a stranger's report.
    let own = app.request(Method::GET, "lumaire", "/account/sign-in").header("cookie", &customer);
    assert_eq!(own.send().await.unwrap().status(), 200);

    let release = async |role: &str| {
        let session = app.sign_in("lumaire", role).await;
        let release = app.request(Method::POST, "lumaire", &format!("{path}/release"));
        release.header("cookie", session).send().await.unwrap().status()
    };
    assert_eq!(release("auditor").await, 403);
    assert_eq!(release("support").await, 303);
    let after = at_the_desk(&app, "lumaire", &path).await;
    assert!(after.contains("This report is closed."), "{after}");
    let desk = at_the_desk(&app, "lumaire", "/desk").await;
    assert!(!desk.contains("data is a child’s"), "{desk}");
}

#[tokio::test]
async fn l4_a_link_confirms_whose_message_it_is() {
    let app = TestApp::start().await;
    let token = handed_out(&app, "lumaire", 60).await;
    let form = [
        ("reason", "data"),
        ("email", "ada.winter@example.org"),
        ("text", "A word from the form"),
        ("form", &token),
    ];
    assert_eq!(send(&app, "lumaire", &form).await.status(), 303);
    app.work().await;
    let session = app.sign_in("lumaire", "customer").await;
    app.confirm("lumaire", &session, "disclosure").await;
    let dashboard = async || {
        let path = "/account/category/communication";
        let request = app.request(Method::GET, "lumaire", path).header("cookie", &session);
        request.send().await.unwrap().text().await.unwrap()
    };
    assert!(!dashboard().await.contains("A word from the form"));
    let mail = app.mails("ada.winter@example.org").pop().unwrap();
    let (_, secret) = mail.split_once("/confirm/message/").unwrap();
    let path = format!("/confirm/message/{}", &secret[..43]);
    let opened = app.text("lumaire", &path).await;
    assert!(opened.contains("Is this message yours?") && !opened.contains("type=\"password\""));
    assert!(!dashboard().await.contains("A word from the form"));
    let confirmed = app.request(Method::POST, "lumaire", &path).form(&[("sent", "yes")]);
    let confirmed = confirmed.send().await.unwrap();
    assert_eq!(confirmed.status(), 303);
    assert_eq!(confirmed.headers()["location"], "/contact/sent?confirmed=yes");
    assert!(dashboard().await.contains("A word from the form"));
}
