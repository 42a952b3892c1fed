//! What no browser sends.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Method;

use crate::app::TestApp;

/// The status line's code of a request written by hand.
async fn raw(app: &TestApp, request: Vec<u8>) -> u16 {
    let port = app.port();
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.write_all(&request).unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[9..12]).parse().unwrap()
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_malformed_host_is_a_bad_request_and_an_unknown_one_tells_nothing() {
    let app = TestApp::start().await;
    for host in ["a b", "a/b", "lumaire.localhost:x", "lumaire.localhost:99999999", "[::1", "-a"] {
        let request = format!("GET /policy HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(raw(&app, request.into_bytes()).await, 400, "{host}");
    }
    let twice = "GET /policy HTTP/1.1\r\nHost: lumaire.localhost\r\nHost: lumina-erp.localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(&app, twice.into()).await, 400);
    for path in ["/", "/policy", "/account"] {
        let response = app.get("other", path).await;
        assert_eq!(response.status(), 404);
        let html = response.text().await.unwrap();
        assert!(!html.contains("Lumaire") && !html.contains("Lumina"), "{path}");
    }
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    let app = TestApp::start().await;
    assert_eq!(app.get("lumaire", &format!("/{}", "x".repeat(5000))).await.status(), 414);
    let endless =
        format!("GET /{} HTTP/1.1\r\nHost: lumaire.localhost\r\n\r\n", "x".repeat(200_000));
    assert!(matches!(raw(&app, endless.into_bytes()).await, 414 | 431));
}

#[tokio::test]
async fn versions_that_do_not_exist_are_not_found() {
    let app = TestApp::start().await;
    for path in [
        "/policy/versions/0",
        "/policy/versions/01",
        "/policy/versions/+1",
        "/policy/versions/%31",
        "/policy/versions/99",
        "/policy/versions/x",
        "/policy/versions/-1",
        "/policy/versions/99999999999999999999",
        "/policy/compare",
        "/policy/compare?from=1",
        "/policy/compare?from=1&to=9",
        "/policy/compare?from=a&to=b",
        "/policy/compare?from=1&from=2&to=2",
        "/receipts/unknown",
        "/nothing",
    ] {
        assert_eq!(app.get("lumaire", path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_wrong_method_is_told_which_is_right() {
    let app = TestApp::start().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let response = app.request(method, "lumaire", "/policy").send().await.unwrap();
        assert_eq!(response.status(), 405);
        assert!(response.headers()["allow"].to_str().unwrap().contains("GET"));
        assert!(response.text().await.unwrap().contains("<h1>"), "a page");
    }
}

#[tokio::test]
async fn nothing_is_changed_from_another_site() {
    let app = TestApp::start().await;
    let login = &app.logins.accounts[0];
    for site in ["cross-site", "same-site", "none"] {
        let response = app
            .request(Method::POST, "lumaire", "/sign-in")
            .header("sec-fetch-site", site)
            .form(&[("email", &login.email), ("password", &app.logins.password)])
            .send()
            .await
            .unwrap();
        // The header is sent twice now; neither reading may let it pass.
        assert_eq!(response.status(), 403, "{site}");
    }
}

#[tokio::test]
async fn a_form_that_is_none_or_too_large_is_told_so() {
    let app = TestApp::start().await;
    let post = |body: Vec<u8>, kind: &'static str| {
        app.request(Method::POST, "lumaire", "/sign-in")
            .header("content-type", kind)
            .body(body)
            .send()
    };
    assert_eq!(post(b"{}".to_vec(), "application/json").await.unwrap().status(), 422);
    assert_eq!(
        post(b"email=%ff&password=%fe".to_vec(), "application/x-www-form-urlencoded")
            .await
            .unwrap()
            .status(),
        422
    );
    assert_eq!(
        post(vec![b'a'; 2_000_000], "application/x-www-form-urlencoded").await.unwrap().status(),
        422
    );
    assert_eq!(
        post(b"email=a&email=b".to_vec(), "application/x-www-form-urlencoded")
            .await
            .unwrap()
            .status(),
        422
    );
}

#[tokio::test]
async fn many_comparisons_at_once_are_all_answered() {
    let app = TestApp::start().await;
    let mut asked = Vec::new();
    for n in 0..40 {
        let lang = if n % 2 == 0 { "en" } else { "de" };
        let path = format!("/policy/compare?from=1&to=2&lang={lang}&x={n}");
        asked.push(app.request(Method::GET, "lumina-erp", &path).send());
    }
    for answer in asked {
        assert_eq!(answer.await.unwrap().status(), 200);
    }
}
