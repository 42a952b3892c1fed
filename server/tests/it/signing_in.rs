//! Signing in and out.

use reqwest::Method;

use crate::app::{TestApp, cookie};

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_get_the_same_page() {
    let app = TestApp::start().await;
    let known = &app.logins.accounts[0].email;
    let mut pages = Vec::new();
    for email in [known.as_str(), "nobody@example.org"] {
        let response = app
            .request(Method::POST, "lumaire", "/sign-in")
            .form(&[("email", email), ("password", "wrong wrong wrong")])
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 422);
        assert_eq!(cookie(&response), None);
        pages.push(response.text().await.unwrap().replace(email, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(!pages[0].contains("wrong wrong wrong"), "the password is not sent back");
}

#[tokio::test]
async fn a_visitor_signs_in_first_and_comes_back() {
    let app = TestApp::start().await;
    let response = app.get("lumaire", "/account?lang=de").await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/sign-in?next=/account&lang=de");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let app = TestApp::start().await;
    let login = &app.logins.accounts[0];
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let form =
            [("email", login.email.as_str()), ("password", &app.logins.password), ("next", next)];
        let response =
            app.request(Method::POST, &login.tenant, "/sign-in").form(&form).send().await.unwrap();
        assert_eq!(response.headers()["location"], "/account", "{next}");
    }
}

#[tokio::test]
async fn l8_signing_out_ends_the_session_and_takes_the_cookie() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    let get = || app.request(Method::GET, "lumaire", "/account").header("cookie", &session).send();
    assert_eq!(get().await.unwrap().status(), 200);
    let out = app
        .request(Method::POST, "lumaire", "/sign-out")
        .header("cookie", &session)
        .send()
        .await
        .unwrap();
    assert_eq!(out.status(), 303);
    assert!(cookie(&out).unwrap().contains("Max-Age=0"));
    assert_eq!(get().await.unwrap().status(), 303, "the stolen cookie is worth nothing");
}

#[tokio::test]
async fn a_session_of_one_tenant_is_nobodys_in_another() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "admin").await;
    let response = app
        .request(Method::GET, "lumina-erp", "/desk")
        .header("cookie", &session)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 303);
}

#[tokio::test]
async fn a_broken_cookie_is_nobodys() {
    let app = TestApp::start().await;
    for broken in
        ["candor=", "candor=\u{7f}x", "candor=AAAA", "candor", ";;;", &"candor=A".repeat(500)]
    {
        let Ok(value) = reqwest::header::HeaderValue::from_bytes(broken.as_bytes()) else {
            continue;
        };
        let response = app
            .request(Method::GET, "lumaire", "/account")
            .header("cookie", value)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 303, "{broken:?}");
    }
}
