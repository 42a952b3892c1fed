//! The contact form from outside (L4, L13, E6).

use ::app::limits::Rates;
use engine::contact::{Handing, form_token};
use engine::{Actor, Scope};
use jiff::tz::TimeZone;
use reqwest::{Method, Response};
use uuid::Uuid;

use crate::app::{NOW, TestApp, UNLIMITED};
use crate::forms::Page;

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
    form_token(&app.engine, &scope, Handing::First).await.unwrap()
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

/// The value of a field of the form on a page.
fn value(page: &str, name: &str) -> String {
    let fields = Page::of(page).forms.into_iter().flat_map(|form| form.fields);
    fields.into_iter().find(|field| field.name == name).unwrap().value
}

/// Nobody is thanked for a message that is thrown away: whoever looks like a program is
/// asked once more, and once only.
#[tokio::test]
async fn l4_e6_what_looks_like_a_programs_is_asked_for_once_more_and_then_taken() {
    let app = TestApp::start().await;
    let good = handed_out(&app, "lumaire", 60).await;
    let soon = handed_out(&app, "lumaire", 1).await;
    let elsewhere = handed_out(&app, "lumina-erp", 60).await;
    let cases = [
        ("", "", "open for long"),
        ("1.AAAA", "", "open for long"),
        (&*soon, "", "very quick"),
        (&*elsewhere, "", "open for long"),
        (&*good, "http://filled.example", "password manager"),
    ];
    for (number, (token, website, said)) in cases.into_iter().enumerate() {
        let text = format!("Message number {number}");
        let email = format!("eve{number}@example.org");
        let form = [("reason", "question"), ("email", &*email), ("text", &*text)];
        let sent = |token: String| {
            let mut form = form.to_vec();
            form.push(("website", website));
            let request = app.request(Method::POST, "lumaire", WRITE);
            request.form(&[form, vec![("form", &token)]].concat()).send()
        };
        let asked = sent(token.to_owned()).await.unwrap();
        assert_eq!(asked.status(), 422, "{said}");
        let page = asked.text().await.unwrap();
        assert!(page.contains(said) && page.contains(&text), "{page}");
        assert_eq!(value(&page, "email"), email);
        assert!(!page.contains("filled.example"), "{page}");
        // At once, and with the field filled in again.
        let taken = sent(value(&page, "form")).await.unwrap();
        assert_eq!(taken.status(), 303, "{said}");
        app.work().await;
        assert_eq!(app.mails(&email).len(), 1, "{said}");
    }
}

#[tokio::test]
async fn a_form_that_is_not_right_comes_back_filled_in() {
    let app = TestApp::start().await;
    let token = handed_out(&app, "lumaire", 60).await;
    let long = "x".repeat(10_001);
    let cases = [
        ("eve@", "question", "Hi there", &token, "email"),
        ("eve@example.org", "", "Hi there", &token, "reason"),
        ("eve@example.org", "question", " ", &token, "text"),
        ("eve@example.org", "question", "Hi \u{1b}[2J there", &token, "text"),
        ("eve@example.org", "question", "Hi there, 4242 4242 4242 4242", &token, "text"),
        ("eve@example.org", "question", &long, &token, "text"),
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
        let answer = send(&app, "lumaire", &form).await;
        assert_eq!(answer.status(), expected);
        if expected == 429 {
            assert!(answer.headers().contains_key("retry-after"));
            assert!(answer.text().await.unwrap().contains(">\nHello</textarea>"), "it is kept");
        }
    }
    app.work().await;
    assert_eq!(app.mails("eve@example.org").len(), 2);
}

/// Reports a child; the answer is the same whoever is reported.
async fn report(app: &TestApp, from: &str, about: &str) {
    let token = handed_out(app, "lumaire", 60).await;
    let form = [
        ("reason", "child"),
        ("email", from),
        ("about", about),
        ("text", "My daughter is twelve."),
        ("form", &token),
    ];
    let sent = send(app, "lumaire", &form).await;
    assert_eq!(
        (sent.status().as_u16(), &sent.headers()["location"]),
        (303, &"/contact/sent".parse().unwrap())
    );
    assert_eq!(sent.text().await.unwrap(), "");
}

/// A part of a query, read (RFC 3986, 2.1).
fn decoded(text: &str) -> String {
    let text = text.replace("%3F", "?").replace("%3D", "=").replace("%26", "&");
    assert!(!text.contains('%'), "{text}");
    text
}

/// What a role is answered.
async fn post(app: &TestApp, role: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let session = app.sign_in("lumaire", role).await;
    if role == "support" && path.ends_with("/release") {
        app.confirm("lumaire", &session, "release").await;
    }
    post_as(app, &session, path, form).await
}

async fn post_as(app: &TestApp, session: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let request = app.request(Method::POST, "lumaire", path).form(form);
    request.header("cookie", session).send().await.unwrap()
}

/// The messages that the desk's list of reports links to, the oldest first.
async fn waiting(app: &TestApp) -> Vec<String> {
    let page = at_the_desk(app, "lumaire", "/desk/reports").await;
    let links = page.split("href=\"/desk/messages/").skip(1);
    links.map(|rest| rest[..36].to_owned()).collect()
}

const ADA: &str = "ada.winter@example.org";

#[tokio::test]
async fn l13_a_report_about_a_child_stands_first_at_the_desk_and_stops_use_when_it_agrees() {
    let app = TestApp::start().await;
    let customer = app.sign_in("lumaire", "customer").await;
    report(&app, "parent@example.org", ADA).await;
    let desk = at_the_desk(&app, "lumaire", "/desk").await;
    let (above, _) = desk.split_once("<table").unwrap();
    let (_, link) = above.split_once("/desk/messages/").unwrap();
    assert!(above.contains("href=\"/desk/reports\""), "{above}");
    let path = format!("/desk/messages/{}", &link[..36]);
    let message = at_the_desk(&app, "lumaire", &path).await;
    assert!(message.contains("My daughter is twelve.") && message.contains(ADA), "{message}");
    assert!(
        message.contains("Anybody could have sent this") && message.contains("Ada Winter"),
        "{message}"
    );

    for role in ["customer", "editor", "approver", "auditor"] {
        for decision in ["agree", "release", "delete"] {
            let answer = post(&app, role, &format!("{path}/{decision}"), &[("by", "desk")]).await;
            assert_eq!(answer.status(), 403, "{role} {decision}");
        }
        let answer = post(&app, role, "/desk/reports/release", &[("report", &link[..36])]).await;
        assert_eq!(answer.status(), 403, "{role}");
    }
    let read = app.sign_in("lumaire", "auditor").await;
    for page in ["/desk/reports", &path] {
        let request = app.request(Method::GET, "lumaire", page).header("cookie", &read);
        let page = request.send().await.unwrap().text().await.unwrap();
        let (_, main) = page.split_once("<main").unwrap();
        assert!(
            !main.contains("<button type=\"submit\" class=\"button") && !main.contains("checkbox"),
            "{main}"
        );
    }

    let agreed = post(&app, "support", &format!("{path}/agree"), &[("by", "desk")]).await;
    assert_eq!(
        (agreed.status().as_u16(), &agreed.headers()["location"]),
        (303, &"/desk/reports".parse().unwrap())
    );
    let message = at_the_desk(&app, "lumaire", &path).await;
    assert!(message.contains("has stopped") && !message.contains("/agree"), "{message}");
    // She is not locked out.
    let own = app.request(Method::GET, "lumaire", "/account/sign-in").header("cookie", &customer);
    assert_eq!(own.send().await.unwrap().status(), 200);

    assert_eq!(post(&app, "support", &format!("{path}/release"), &[]).await.status(), 303);
    let after = at_the_desk(&app, "lumaire", &path).await;
    assert!(after.contains("This report is decided."), "{after}");
    let desk = at_the_desk(&app, "lumaire", "/desk").await;
    assert!(!desk.contains("data is a child’s"), "{desk}");
}

#[tokio::test]
async fn l13_many_reports_are_released_with_one_button() {
    let app = TestApp::start().await;
    for number in 0..5 {
        report(&app, &format!("s{number}@example.org"), &format!("c{number}@example.org")).await;
    }
    let ids = waiting(&app).await;
    assert_eq!(ids.len(), 5);
    let none = post(&app, "support", "/desk/reports/release", &[]).await;
    assert_eq!(none.status(), 422);
    let none = none.text().await.unwrap();
    assert!(
        none.contains("Choose at least one report.") && none.contains("href=\"#report\""),
        "{none}"
    );
    // What was chosen is still chosen after the confirmation that comes in between.
    let session = app.sign_in("lumaire", "support").await;
    let chosen: Vec<(&str, &str)> = ids[1..4].iter().map(|id| ("report", id.as_str())).collect();
    let asked = post_as(&app, &session, "/desk/reports/release", &chosen).await;
    let to = asked.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("/account/confirm?task=release&next="), "{to}");
    let form = [
        ("task", "release".to_owned()),
        ("next", decoded(to.split_once("next=").unwrap().1)),
        ("password", app.logins.password.clone()),
    ];
    let confirm = app.request(Method::POST, "lumaire", "/account/confirm").form(&form);
    let back = confirm.header("cookie", &session).send().await.unwrap();
    assert_eq!(back.status(), 303);
    let back = back.headers()["location"].to_str().unwrap().to_owned();
    let page = app.request(Method::GET, "lumaire", &back).header("cookie", &session);
    let page = page.send().await.unwrap().text().await.unwrap();
    for (number, id) in ids.iter().enumerate() {
        let (_, rest) = page.split_once(&format!("value=\"{id}\"")).unwrap();
        let (input, _) = rest.split_once('>').unwrap();
        assert_eq!(input.contains("checked"), (1..4).contains(&number), "{input}");
    }
    assert_eq!(waiting(&app).await, ids, "nothing was let go yet");
    let chosen: Vec<(&str, &str)> = ids[..4].iter().map(|id| ("report", id.as_str())).collect();
    let done = post(&app, "support", "/desk/reports/release", &chosen).await;
    assert_eq!(done.status(), 303);
    assert_eq!(waiting(&app).await, ids[4..]);
    let many = vec![("report", ids[4].as_str()); 101];
    assert_eq!(post(&app, "support", "/desk/reports/release", &many).await.status(), 422);
}

#[tokio::test]
async fn l13_the_desk_deletes_once_it_has_shown_again_who_it_is() {
    let app = TestApp::start().await;
    report(&app, "parent@example.org", ADA).await;
    let path = format!("/desk/messages/{}/delete", waiting(&app).await[0]);
    let session = app.sign_in("lumaire", "support").await;
    let unconfirmed = post_as(&app, &session, &path, &[("by", "desk")]).await;
    assert!(
        unconfirmed.headers()["location"]
            .to_str()
            .unwrap()
            .starts_with("/account/confirm?task=deletion")
    );
    assert_eq!(waiting(&app).await.len(), 1);
    app.confirm("lumaire", &session, "deletion").await;
    let request = app.request(Method::GET, "lumaire", &path).header("cookie", &session);
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Delete this child’s data?") && page.contains("Ada Winter"), "{page}");
    let (_, person) = page.split_once("name=\"person\" value=\"").unwrap();
    let wrong = [("person", "00000000-0000-7000-8000-000000000000")];
    assert_eq!(post_as(&app, &session, &path, &wrong).await.status(), 422, "somebody else");
    let done = post_as(&app, &session, &path, &[("person", &person[..36])]).await;
    assert_eq!(done.status(), 303);
    app.work().await;
    assert!(waiting(&app).await.is_empty());
    let again = post_as(&app, &session, &path, &[("person", &person[..36])]).await;
    assert_eq!(again.status(), 409, "it is decided");
    let page = again.text().await.unwrap();
    assert!(page.contains("You have decided this already, on 21 November 2026, 13:00"), "{page}");
    // A colleague reads who it was, whichever of the answers they choose.
    let colleague = app.sign_in("lumaire", "admin").await;
    for (what, task) in [("agree", ""), ("release", "release"), ("delete", "deletion")] {
        if !task.is_empty() {
            app.confirm("lumaire", &colleague, task).await;
        }
        let path = path.replace("/delete", &format!("/{what}"));
        let late = post_as(&app, &colleague, &path, &[("person", &person[..36])]).await;
        assert_eq!(late.status(), 409, "{what}");
        let page = late.text().await.unwrap();
        assert!(page.contains("support@lumaire"), "{what}: {page}");
        assert!(page.contains("was not carried out"), "{what}: {page}");
    }
    assert!(app.mails(ADA).iter().any(|mail| mail.contains("delet")), "she is told");
}

#[tokio::test]
async fn l13_nobody_learns_from_a_report_whether_somebody_is_known() {
    let app = TestApp::start().await;
    report(&app, "a@example.org", ADA).await;
    report(&app, "b@example.org", "nobody@example.org").await;
    app.work().await;
    let said = |to: &str| {
        let mail = app.mails(to).pop().unwrap();
        let (before, rest) = mail.split_once("/confirm/message/").unwrap();
        format!("{before}{}", &rest[43..])
    };
    assert_eq!(said("a@example.org"), said("b@example.org"));
    let mut answers = Vec::new();
    for to in ["a@example.org", "b@example.org"] {
        let mail = app.mails(to).pop().unwrap();
        let (_, secret) = mail.split_once("/confirm/message/").unwrap();
        let path = format!("/confirm/message/{}", &secret[..43]);
        let done = app.request(Method::POST, "lumaire", &path).form(&[("sent", "yes")]);
        let done = done.send().await.unwrap();
        answers.push((done.status(), done.headers()["location"].clone()));
    }
    assert_eq!(answers[0], answers[1]);
    // Two addresses in one report are none.
    let token = handed_out(&app, "lumaire", 60).await;
    for about in ["a@example.org, b@example.org", "a@example.org b@example.org"] {
        let form = [
            ("reason", "child"),
            ("email", "c@example.org"),
            ("about", about),
            ("text", "Hi"),
            ("form", &token),
        ];
        assert_eq!(send(&app, "lumaire", &form).await.status(), 422, "{about}");
    }
    let twice = [
        ("reason", "child"),
        ("email", "c@example.org"),
        ("about", ADA),
        ("about", "b@example.org"),
        ("text", "Hi"),
        ("form", &*token),
    ];
    assert_eq!(send(&app, "lumaire", &twice).await.status(), 422);
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
