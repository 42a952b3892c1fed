//! The second factor and passkeys, from outside.

use engine::tenants::{TenantFile, apply};
use reqwest::{Method, Response};
use totp_rs::{Builder, Secret, Totp};

use crate::app::{NOW, TestApp, cookie};

const SET_UP: &str = "/account/sign-in/second-factor";

async fn post(app: &TestApp, session: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let request = app.request(Method::POST, "lumaire", path).header("cookie", session);
    request.form(form).send().await.unwrap()
}

async fn get(app: &TestApp, session: &str, path: &str) -> Response {
    app.request(Method::GET, "lumaire", path).header("cookie", session).send().await.unwrap()
}

fn token(response: &Response) -> String {
    cookie(response).unwrap().split(';').next().unwrap().to_owned()
}

/// What the app shows so many seconds from now.
fn code(app: &Totp, seconds: i64) -> String {
    app.generate((NOW.plus_seconds(seconds).0 / 1000).try_into().unwrap()).to_string()
}

/// Sets the factor up with what the page shows; the answer is the app, the page
/// with the recovery codes, and the cookie.
async fn set_up(app: &TestApp, session: &str) -> (Totp, String, String) {
    app.confirm("lumaire", session, "credentials").await;
    assert_eq!(post(app, session, SET_UP, &[]).await.status(), 303);
    let page = get(app, session, SET_UP).await.text().await.unwrap();
    let secret = page.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap();
    assert!(page.contains("class=\"qr\"") && !page.contains(" style="), "{page}");
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let wrong = post(app, session, &format!("{SET_UP}/code"), &[("code", "12345")]).await;
    assert_eq!(wrong.status(), 422);
    let form = [("code", code(&totp, 0))];
    let form = form.each_ref().map(|(name, code)| (*name, code.as_str()));
    let done = post(app, session, &format!("{SET_UP}/code"), &form).await;
    assert_eq!(done.status(), 200);
    let new = token(&done);
    assert_ne!(new, session, "a new token");
    (totp, done.text().await.unwrap(), new)
}

async fn require_factor(app: &TestApp) {
    let file = include_str!("../../../demo/lumaire-2.toml").replace("\"offered\"", "\"required\"");
    apply(&app.engine, &TenantFile::parse(&file).unwrap(), NOW).await.unwrap();
}

#[tokio::test]
async fn staff_that_needs_a_factor_is_held_until_it_is_set_up() {
    let app = TestApp::start().await;
    require_factor(&app).await;
    let session = app.sign_in("lumaire", "support").await;
    let held = get(&app, &session, "/desk").await;
    assert_eq!(
        (held.status().as_u16(), &held.headers()["location"]),
        (303, &SET_UP.parse().unwrap())
    );
    app.confirm("lumaire", &session, "credentials").await;
    let page = get(&app, &session, SET_UP).await.text().await.unwrap();
    assert!(page.contains("needs a second factor"), "{page}");
    let (_, _, session) = set_up(&app, &session).await;
    assert_eq!(get(&app, &session, "/desk").await.status(), 200);
    let off = post(&app, &session, &format!("{SET_UP}/off"), &[]).await;
    assert_eq!(off.status(), 403, "and stays on");
    let customer = app.sign_in("lumaire", "customer").await;
    assert_eq!(get(&app, &customer, "/account").await.status(), 200, "customers are not asked");
}

#[tokio::test]
async fn the_second_step_goes_on_to_where_the_first_was_going() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "support").await;
    let (totp, shown, _) = set_up(&app, &session).await;
    let recovery = shown.split("<li><code>").nth(1).unwrap().split('<').next().unwrap();
    let login = app.logins.accounts.iter().find(|login| login.role == "support").unwrap();
    for code in [code(&totp, 30).as_str(), recovery] {
        let form = [
            ("email", login.email.as_str()),
            ("password", app.logins.password.as_str()),
            ("next", "/desk?x=1"),
        ];
        let first = post(&app, "", "/sign-in", &form).await;
        assert_eq!(first.status(), 303);
        assert_eq!(first.headers()["location"], "/sign-in/second-factor");
        let half = token(&first);
        assert_eq!(get(&app, &half, "/desk").await.status(), 303, "not in yet");
        assert_eq!(get(&app, &half, "/sign-in/second-factor").await.status(), 200);
        let wrong = post(&app, &half, "/sign-in/second-factor", &[("code", "1")]).await;
        assert_eq!(wrong.status(), 422);
        let second = post(&app, &half, "/sign-in/second-factor", &[("code", code)]).await;
        assert_eq!(second.status(), 303);
        assert_eq!(second.headers()["location"], "/desk?x=1");
        let session = token(&second);
        assert_ne!(session, half);
        assert_eq!(get(&app, &session, "/desk").await.status(), 200);
    }
    // Nothing was begun here.
    assert_eq!(app.get("lumaire", "/sign-in/second-factor").await.status(), 303);
}

#[tokio::test]
async fn after_a_reset_the_first_page_asks_which_ways_in_are_theirs() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    let (totp, ..) = set_up(&app, &session).await;
    let login = app.logins.accounts.iter().find(|login| login.role == "customer").unwrap();
    let asked = post(&app, "", "/forgot", &[("email", &login.email)]).await;
    assert_eq!(asked.status(), 303);
    app.work().await;
    let mails = app.mails(&login.email);
    let mail = mails.iter().rfind(|mail| mail.contains("/confirm/reset/")).unwrap();
    let (_, rest) = mail.split_once("/confirm/reset/").unwrap();
    let word = "a quite different sentence";
    let link = format!("/confirm/reset/{}", &rest[..43]);
    assert_eq!(post(&app, "", &link, &[("password", word)]).await.status(), 303);
    let form = [("email", login.email.as_str()), ("password", word), ("next", "/account/export")];
    let half = token(&post(&app, "", "/sign-in", &form).await);
    let code = code(&totp, 30);
    let second = post(&app, &half, "/sign-in/second-factor", &[("code", &code)]).await;
    let session = token(&second);
    for path in ["/account", "/account/export", "/account/sign-in", "/account/sign-in/passkeys"] {
        let held = get(&app, &session, path).await;
        assert_eq!(held.status(), 303, "{path}");
        assert_eq!(held.headers()["location"], "/account/sign-in/review", "{path}");
    }
    assert_eq!(
        post(&app, &session, "/account/requests", &[]).await.headers()["location"],
        "/account/sign-in/review"
    );
    assert_eq!(get(&app, &session, "/policy").await.status(), 200, "reading is not held up");
    let page = get(&app, &session, "/account/sign-in/review").await.text().await.unwrap();
    assert!(
        page.contains("Is each of these yours?") && page.contains("10 recovery codes"),
        "{page}"
    );
    let kept = post(&app, &session, "/account/sign-in/review", &[("mine", "factor")]).await;
    assert_eq!(kept.headers()["location"], "/account");
    assert_eq!(get(&app, &session, "/account").await.status(), 200);
    // Asked once.
    assert_eq!(
        get(&app, &session, "/account/sign-in/review").await.headers()["location"],
        "/account"
    );
    let half = token(&post(&app, "", "/sign-in", &form).await);
    assert_eq!(get(&app, &half, "/sign-in/second-factor").await.status(), 200, "it was kept");
}

#[tokio::test]
async fn a_script_is_sent_only_where_a_passkey_can_be_used() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    app.confirm("lumaire", &session, "credentials").await;
    let cases = [
        ("/sign-in", "", false),
        ("/sign-in/passkey", "", true),
        ("/account/sign-in/passkeys", session.as_str(), true),
        (SET_UP, &session, false),
        // Whoever has no passkey is not offered one.
        ("/account/confirm?task=export&next=/account", &session, false),
    ];
    for (path, session, wanted) in cases {
        let page = get(&app, session, path).await;
        assert_eq!(page.status(), 200, "{path}");
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert_eq!(policy.contains("script-src"), wanted, "{path}");
        assert_eq!(page.text().await.unwrap().contains("<script"), wanted, "{path}");
    }
}

#[tokio::test]
async fn the_options_name_nobody_and_this_host() {
    let app = TestApp::start().await;
    let answer = post(&app, "", "/sign-in/passkey/options", &[("next", "/account")]).await;
    assert_eq!(answer.status(), 200);
    let half = token(&answer);
    let options: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(options["rpId"], "lumaire.localhost");
    assert_eq!(options["userVerification"], "required");
    assert_eq!(options["allowCredentials"], serde_json::json!([]));
    let session = app.sign_in("lumaire", "customer").await;
    let path = "/account/sign-in/passkeys/options";
    assert_eq!(post(&app, &session, path, &[("name", "A")]).await.status(), 303, "confirm first");
    app.confirm("lumaire", &session, "credentials").await;
    assert_eq!(post(&app, &session, path, &[("name", " ")]).await.status(), 422);
    let answer = post(&app, &session, path, &[("name", "A")]).await;
    let options: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    // What is no passkey's answer is refused, and uses the question up.
    for expected in ["not right here", "took too long"] {
        let form = [("credential", "{}"), ("next", "/account")];
        let refused = post(&app, &half, "/sign-in/passkey", &form).await;
        assert_eq!(refused.status(), 422);
        let page = refused.text().await.unwrap();
        assert!(page.contains(expected), "{page}");
    }
}
