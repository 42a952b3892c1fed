//! Signing in with other services, as browsers and strangers ask for it.

use reqwest::{Method, Response};

use crate::app::{TestApp, cookie};

const SERVICE: [(&str, &str); 9] = [
    ("slug", "hub"),
    ("name", "Hub & Co"),
    ("kind", "oauth2"),
    ("authorize-url", "https://hub.example/authorize?tenant=1"),
    ("token-url", "https://hub.example/token"),
    ("userinfo-url", "https://hub.example/user"),
    ("client-id", "portal"),
    ("secret", "hush-hush"),
    ("scopes", "user:email"),
];

async fn post(app: &TestApp, path: &str, session: &str, form: &[(&str, &str)]) -> Response {
    let request = app.request(Method::POST, "lumaire", path).header("cookie", session);
    request.form(form).send().await.unwrap()
}

async fn page(app: &TestApp, path: &str, session: &str) -> String {
    let request = app.request(Method::GET, "lumaire", path).header("cookie", session);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.unwrap()
}

#[tokio::test]
async fn a_service_is_set_up_in_the_studio_and_its_secret_is_never_shown() {
    let app = TestApp::start().await;
    let admin = app.sign_in("lumaire", "admin").await;
    app.confirm("lumaire", &admin, "settings").await;
    let saved = post(&app, "/studio/sign-in/new", &admin, &SERVICE).await;
    assert_eq!(saved.status(), 303);
    let taken = post(&app, "/studio/sign-in/new", &admin, &SERVICE).await;
    assert_eq!(taken.status(), 422);
    assert!(!taken.text().await.unwrap().contains("hush-hush"));
    for path in ["/studio/sign-in", "/studio/sign-in/hub", "/studio/sign-in/hub/remove"] {
        let html = page(&app, path, &admin).await;
        assert!(html.contains("Hub &amp; Co") && !html.contains("hush-hush"), "{path}");
    }
    // Its secret stays where it was given for.
    let mut elsewhere = SERVICE;
    elsewhere[4].1 = "https://evil.example/token";
    elsewhere[7].1 = "";
    assert_eq!(post(&app, "/studio/sign-in/hub", &admin, &elsewhere).await.status(), 422);
    elsewhere[4].1 = SERVICE[4].1;
    assert_eq!(post(&app, "/studio/sign-in/hub", &admin, &elsewhere).await.status(), 303);
    assert_eq!(post(&app, "/studio/sign-in/hub/remove", &admin, &[]).await.status(), 303);
    assert!(!page(&app, "/studio/sign-in", &admin).await.contains("Hub"));
}

#[tokio::test]
async fn l8_only_the_button_begins_something() {
    let app = TestApp::start().await;
    let admin = app.sign_in("lumaire", "admin").await;
    app.confirm("lumaire", &admin, "settings").await;
    post(&app, "/studio/sign-in/new", &admin, &SERVICE).await;
    let shown = app.get("lumaire", "/sign-in").await;
    assert_eq!(cookie(&shown), None);
    assert!(shown.text().await.unwrap().contains("action=\"/sign-in/with/hub\""));
    assert!(!app.text("lumina-erp", "/sign-in").await.contains("/sign-in/with/"));

    let begun = post(&app, "/sign-in/with/hub", "", &[("next", "//evil.example")]).await;
    assert_eq!(begun.status(), 200);
    let set = cookie(&begun).unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && !set.contains("Max-Age"));
    let policy = begun.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self';"), "{policy}");
    let refresh = begun.headers()["refresh"].to_str().unwrap().to_owned();
    assert!(refresh.starts_with("0;url=https://hub.example/authorize?tenant=1&"), "{refresh}");
    for part in [
        "response_type=code",
        "code_challenge_method=S256",
        "redirect_uri=http%3A%2F%2Flumaire.localhost%2Fsign-in%2Fback",
        "client_id=portal",
    ] {
        assert!(refresh.contains(part), "{part} in {refresh}");
    }
    assert!(!refresh.contains("evil"), "{refresh}");
    let html = begun.text().await.unwrap();
    assert!(html.contains("Continue to Hub &amp; Co"), "{html}");

    // A second tab goes on with the same cookie.
    let session = set.split(';').next().unwrap();
    let again = post(&app, "/sign-in/with/hub", session, &[]).await;
    assert_eq!((again.status().as_u16(), cookie(&again)), (200, None));
    assert_eq!(post(&app, "/sign-in/with/nobody", "", &[]).await.status(), 404);
}

#[tokio::test]
async fn what_is_no_answer_is_told_and_never_breaks_anything() {
    let app = TestApp::start().await;
    let state = format!("{}.{}", "0".repeat(32), "A".repeat(43));
    let long = "x".repeat(2500);
    for query in [
        String::new(),
        "code=c".to_owned(),
        format!("state={state}"),
        format!("code=c&state={state}"),
        format!("code=c&state={state}&state={state}"),
        format!("code=c&code=d&state={state}"),
        format!("error=access_denied&state={state}"),
        format!("code={long}&state={state}"),
        "code=%ff&state=%00".to_owned(),
        "state=..&code=<script>alert(1)</script>".to_owned(),
    ] {
        for session in ["", "candor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            let path = format!("/sign-in/back?{query}");
            let request = app.request(Method::GET, "lumaire", &path).header("cookie", session);
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 422, "{query}");
            assert_eq!(cookie(&response), None);
            let html = response.text().await.unwrap();
            assert!(html.contains("<h1>") && !html.contains("<script"), "{query}");
        }
    }
    assert_eq!(app.get("lumaire", &format!("/sign-in/back?{long}{long}")).await.status(), 414);
    assert_eq!(app.get("lumaire", "/sign-in/link").await.status(), 303);
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_told_kindly() {
    let app = TestApp::start().await;
    let admin = app.sign_in("lumaire", "admin").await;
    app.confirm("lumaire", &admin, "settings").await;
    let service = [
        ("slug", "down"),
        ("name", "Down"),
        ("kind", "openid"),
        ("issuer", "https://10.0.0.1"),
        ("client-id", "portal"),
    ];
    assert_eq!(post(&app, "/studio/sign-in/new", &admin, &service).await.status(), 303);
    let begun = post(&app, "/sign-in/with/down", "", &[("next", "/account/export")]).await;
    assert_eq!(begun.status(), 422);
    let html = begun.text().await.unwrap();
    assert!(html.contains("Down does not answer at the moment"), "{html}");
    assert!(html.contains("/sign-in?next=/account/export"), "the way goes on: {html}");
    let tested = post(&app, "/studio/sign-in/down/test", &admin, &[]).await;
    assert_eq!(tested.status(), 422);
    assert!(tested.text().await.unwrap().contains("private network"));
}

#[tokio::test]
async fn linking_is_confirmed_first() {
    let app = TestApp::start().await;
    let admin = app.sign_in("lumaire", "admin").await;
    app.confirm("lumaire", &admin, "settings").await;
    post(&app, "/studio/sign-in/new", &admin, &SERVICE).await;
    let customer = app.sign_in("lumaire", "customer").await;
    let own = "/account/sign-in/providers";
    let link = format!("{own}/hub/link");
    let asked = post(&app, &link, &customer, &[]).await;
    assert_eq!(asked.status(), 303);
    assert!(
        asked.headers()["location"]
            .to_str()
            .unwrap()
            .starts_with("/account/confirm?task=credentials")
    );
    app.confirm("lumaire", &customer, "credentials").await;
    assert!(page(&app, own, &customer).await.contains("Link Hub &amp; Co"));
    assert_eq!(post(&app, &link, &customer, &[]).await.status(), 200);
    // Nothing that is not linked confirms anything.
    let form = [("task", "export"), ("next", "/account/export")];
    assert_eq!(post(&app, "/account/confirm/with/hub", &customer, &form).await.status(), 422);
    let form = [("task", "export"), ("next", "//evil.example")];
    assert_eq!(post(&app, "/account/confirm/with/hub", &customer, &form).await.status(), 404);
}
