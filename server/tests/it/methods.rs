//! Methods: what a path knows, and what it answers to all others.

use std::collections::{BTreeMap, BTreeSet};

use ::app::routes::routes;
use reqwest::{Method, header};

use crate::app::{TestApp, client};

/// Paths of the table with the methods that each knows.
fn known() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut known: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for route in routes() {
        let path: Vec<&str> = route
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "1" } else { part })
            .collect();
        let methods = known.entry(path.join("/")).or_default();
        if route.method == Method::GET {
            methods.extend(["GET", "HEAD"]);
        } else {
            methods.insert("POST");
        }
    }
    known.insert("/assets/1".to_owned(), BTreeSet::from(["GET", "HEAD"]));
    known.insert("/healthz".to_owned(), BTreeSet::from(["GET", "HEAD"]));
    known
}

#[tokio::test]
async fn no_path_answers_a_method_that_it_does_not_know() {
    let app = TestApp::start().await;
    let client = client();
    for (path, methods) in known() {
        // From memory too, where it is kept there.
        app.get("lumaire", &path).await;
        for method in ["DELETE", "TRACE", "FOO", "PUT", "PATCH", "POST", "GET", "OPTIONS"] {
            if methods.contains(method) {
                continue;
            }
            // As nobody's page sends it.
            let answer = client
                .request(
                    Method::from_bytes(method.as_bytes()).unwrap(),
                    format!("http://127.0.0.1:{}{path}", app.port()),
                )
                .header(header::HOST, "lumaire.localhost")
                .send()
                .await
                .unwrap();
            let status = if method == "OPTIONS" { 204 } else { 405 };
            assert_eq!(answer.status(), status, "{method} {path}");
            let allowed = answer.headers()[header::ALLOW].to_str().unwrap();
            let allowed: BTreeSet<&str> = allowed.split(',').map(str::trim).collect();
            assert_eq!(allowed, methods, "{method} {path}");
            let across = "access-control-allow-origin";
            assert!(!answer.headers().contains_key(across), "{method} {path}");
            let page = answer.text().await.unwrap();
            assert_eq!(page.is_empty(), method == "OPTIONS", "{method} {path}");
            assert!(!page.contains("prose"), "{method} {path} shows the page");
        }
    }
}

#[tokio::test]
async fn head_is_answered_like_get_and_without_content() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    for path in [
        "/",
        "/policy",
        "/policy.json",
        "/sign-in",
        "/account",
        "/account/choices",
        "/desk",
        "/nothing",
        "/sign-out",
        "/requests",
    ] {
        for packed in ["identity", "gzip"] {
            for cookie in ["", session.as_str()] {
                let mut answers = Vec::new();
                for method in [Method::GET, Method::HEAD] {
                    let request = app.request(method, "lumaire", path);
                    let request = request.header("accept-encoding", packed);
                    answers.push(request.header("cookie", cookie).send().await.unwrap());
                }
                let [get, head] = answers.try_into().ok().unwrap();
                assert_eq!(head.status(), get.status(), "{path}");
                for name in [
                    header::CONTENT_TYPE,
                    header::CONTENT_ENCODING,
                    header::LOCATION,
                    header::ETAG,
                    header::VARY,
                    header::ALLOW,
                    header::CACHE_CONTROL,
                    header::CONTENT_SECURITY_POLICY,
                ] {
                    let (told, all) = (head.headers().get(&name), get.headers().get(&name));
                    assert_eq!(told, all, "{path} {packed} {name}");
                }
                // How long a page becomes is not known before it is packed.
                if let Some(length) = head.headers().get(header::CONTENT_LENGTH) {
                    let length: usize = length.to_str().unwrap().parse().unwrap();
                    assert_eq!(length, get.bytes().await.unwrap().len(), "{path} {packed}");
                }
                assert!(head.bytes().await.unwrap().is_empty(), "{path}");
            }
        }
    }
}
