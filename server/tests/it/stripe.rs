//! A tenant's account at Stripe, as staff and strangers meet it.

use engine::storage::Timestamp;
use engine::stripe::signature;
use reqwest::{Method, Response};

use crate::app::{NOW, TestApp};

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

/// As Stripe sends it: from no page of this portal.
async fn hook(app: &TestApp, header: Option<&str>, body: Vec<u8>) -> u16 {
    let mut request = reqwest::Client::new()
        .post(format!("http://127.0.0.1:{}/hooks/stripe", app.port()))
        .header("host", "lumaire.localhost")
        .body(body);
    if let Some(header) = header {
        request = request.header("stripe-signature", header);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn connecting_is_confirmed_first_and_every_mistake_is_told() {
    let app = TestApp::start().await;
    let admin = app.sign_in("lumaire", "admin").await;
    let asked = post(&app, "/studio/stripe/connect", &admin, &[]).await;
    assert_eq!(asked.status(), 303);
    let to = asked.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.contains("task=settings") && to.contains("/studio/stripe"), "{to}");
    app.confirm("lumaire", &admin, "settings").await;

    let html = page(&app, "/studio/stripe", &admin).await;
    assert!(html.contains("No account at Stripe is connected"), "{html}");
    for (mode, key, base_url, told) in [
        ("test", "rk_live_hushhush", "", "This key is of the other mode"),
        ("live", "hushhush", "", "This is not a key of Stripe"),
        ("", "rk_test_hushhush", "", "Choose one of the two"),
        ("test", "rk_test_hushhush", "http://stripe.example", "begins with https://"),
        ("test", "rk_test_hushhush", "https://10.0.0.1", "private network"),
        ("test", "rk_test_hushhush", "http://127.0.0.1:1", "private network"),
    ] {
        let form = [("mode", mode), ("key", key), ("base-url", base_url)];
        let answer = post(&app, "/studio/stripe/connect", &admin, &form).await;
        assert_eq!(answer.status(), 422, "{told}");
        let html = answer.text().await.unwrap();
        assert!(html.contains(told), "{told} in {html}");
        assert!(!html.contains("hushhush"), "a key is never sent back");
    }
    assert_eq!(post(&app, "/studio/stripe/test", &admin, &[]).await.status(), 404);
    let auditor = app.sign_in("lumaire", "auditor").await;
    let html = page(&app, "/studio/stripe", &auditor).await;
    assert!(!html.contains("/studio/stripe/connect"), "only who may change it is asked to");
}

#[tokio::test]
async fn a_forged_event_is_refused_wherever_it_comes_from() {
    let app = TestApp::start().await;
    let body = br#"{"id":"evt_1","type":"invoice.paid","created":1,"data":{"object":{}}}"#;
    let signed = signature("whsec_guessed", NOW, body);
    let late = signature("whsec_guessed", Timestamp(0), body);
    for header in [None, Some(""), Some("t=1"), Some(signed.as_str()), Some(late.as_str())] {
        assert_eq!(hook(&app, header, body.to_vec()).await, 400, "{header:?}");
    }
    let large = hook(&app, Some(&signed), vec![b'x'; 1_000_001]).await;
    assert!((400..500).contains(&large), "{large}");
    // It is no page.
    assert_eq!(app.get("lumaire", "/hooks/stripe").await.status(), 405);
}

#[tokio::test]
async fn without_stripe_the_pages_of_a_customer_are_as_they_were() {
    let app = TestApp::start().await;
    let customer = app.sign_in("lumaire", "customer").await;
    app.confirm("lumaire", &customer, "disclosure").await;
    let account = page(&app, "/account", &customer).await;
    assert!(!account.contains("what Stripe says"), "{account}");
    let payments = page(&app, "/account/category/payment", &customer).await;
    assert!(payments.contains("cus_") && !payments.contains("at-stripe"), "{payments}");
    app.confirm("lumaire", &customer, "deletion").await;
    let delete = page(&app, "/account/delete", &customer).await;
    assert!(!delete.contains("deleted at Stripe"), "{delete}");
}
