//! What every answer tells the browser.

use crate::app::{TestApp, UNLIMITED, cookie};
use reqwest::Method;

#[tokio::test]
async fn l12_browsers_come_back_by_https_and_the_cookie_is_bound_to_it() {
    let app = TestApp::start_with(true, UNLIMITED).await;
    for path in ["/policy", "/sign-in", "/nothing"] {
        let response = app.get("lumaire", path).await;
        let value = response.headers()["strict-transport-security"].to_str().unwrap();
        assert!(value.starts_with("max-age="), "{path}");
    }
    let cookie = app.sign_in("lumaire", "customer").await;
    assert!(cookie.starts_with("__Host-candor="), "{cookie}");
}

#[tokio::test]
async fn l8_the_session_cookie_goes_when_the_browser_closes() {
    let app = TestApp::start_with(true, UNLIMITED).await;
    let login = &app.logins.accounts[0];
    let response = app
        .request(Method::POST, &login.tenant, "/sign-in")
        .form(&[("email", &login.email), ("password", &app.logins.password)])
        .send()
        .await
        .unwrap();
    let set = cookie(&response).unwrap();
    for wanted in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(set.contains(wanted), "{set}");
    }
    assert!(
        !set.contains("Max-Age") && !set.contains("Expires") && !set.contains("Domain"),
        "{set}"
    );
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 1);
}

#[tokio::test]
async fn every_answer_is_guarded_and_private_ones_are_not_stored() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    for path in ["/", "/sign-in", "/nothing", "/account"] {
        let response = app
            .request(Method::GET, "lumaire", path)
            .header("cookie", &session)
            .send()
            .await
            .unwrap();
        let headers = response.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{path}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}"
        );
        if path != "/" {
            assert_eq!(headers["cache-control"], "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_allows_no_more_scripts_than_it_has() {
    let app = TestApp::start().await;
    let admin = app.sign_in("lumaire", "admin").await;
    app.confirm("lumaire", &admin, "credentials").await;
    for (path, cookie, allowed) in [
        ("/policy", "", None),
        ("/sign-in", "", None),
        ("/sign-in/passkey", "", Some("'self'")),
        ("/account/sign-in/passkeys", admin.as_str(), Some("'self'")),
        ("/account/confirm?task=settings&next=/studio/staff", admin.as_str(), None),
        // Here no islands were built.
        ("/studio/policy/sections/new", admin.as_str(), None),
    ] {
        let request = app.request(Method::GET, "lumaire", path).header("cookie", cookie);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        let scripts = policy.split(';').find_map(|rule| rule.trim().strip_prefix("script-src "));
        assert_eq!(scripts, allowed, "{path}");
        let page = answer.text().await.unwrap();
        assert_eq!(page.contains("<script"), allowed.is_some(), "{path}");
    }
}

#[tokio::test]
async fn every_page_says_what_it_is_about_and_what_only_a_link_opens_is_not_listed() {
    let app = TestApp::start().await;
    for path in ["/", "/policy", "/policy?lang=de", "/sign-in", "/nothing"] {
        let page = app.get("lumaire", path).await.text().await.unwrap();
        let about = page.split("name=\"description\" content=\"").nth(1).unwrap();
        let about = about.split('"').next().unwrap();
        assert!(about.len() > 40 && about.contains("Lumaire"), "{path}: {about}");
    }
    let robots = app.text("lumaire", "/robots.txt").await;
    assert!(robots.starts_with("User-agent: *\n"), "{robots}");
    let found = |response: reqwest::Response| !response.headers().contains_key("x-robots-tag");
    assert!(found(app.get("lumaire", "/policy").await));
    assert!(!found(app.get("lumaire", "/confirm/sign-up/0123456789012345678901").await));
}
