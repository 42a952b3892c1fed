//! What staff records for a claim, from outside (GDPR art. 17(3)(e)).

use reqwest::{Method, Response};

use crate::app::TestApp;

async fn get(app: &TestApp, session: &str, path: &str) -> String {
    let request = app.request(Method::GET, "lumaire", path).header("cookie", session);
    request.send().await.unwrap().text().await.unwrap()
}

async fn post(app: &TestApp, session: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let request = app.request(Method::POST, "lumaire", path).form(form);
    request.header("cookie", session).send().await.unwrap()
}

#[tokio::test]
async fn a_claim_is_recorded_and_lifted_at_the_desk_by_who_may() {
    let app = TestApp::start().await;
    let support = app.sign_in("lumaire", "support").await;
    let nothing = "Nothing is kept for a claim.";
    assert!(get(&app, &support, "/desk/holds").await.contains(nothing));
    for (form, field) in [
        (vec![("person", ""), ("category", "every")], "person"),
        (vec![("person", "nobody-1"), ("category", "every")], "person"),
        (vec![("person", "u-ada"), ("until", "2020-01-01")], "until"),
        (vec![("person", "u-ada"), ("until", "soon")], "until"),
    ] {
        let refused = post(&app, &support, "/desk/holds", &form).await;
        assert_eq!(refused.status(), 422, "{form:?}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(&format!("href=\"#{field}\"")), "{form:?}: {page}");
    }
    let form = [("person", "u-ada"), ("category", "payment"), ("until", "2031-12-31")];
    for role in ["customer", "editor", "approver", "auditor"] {
        let session = app.sign_in("lumaire", role).await;
        assert_eq!(post(&app, &session, "/desk/holds", &form).await.status(), 403, "{role}");
    }
    assert_eq!(post(&app, &support, "/desk/holds", &form).await.status(), 303);
    let page = get(&app, &support, "/desk/holds").await;
    assert!(page.contains("(u-ada)") && page.contains("31 Dec 2031"), "{page}");
    let auditor = app.sign_in("lumaire", "auditor").await;
    let read = get(&app, &auditor, "/desk/holds").await;
    assert!(read.contains("(u-ada)") && !read.contains("/lift"), "{read}");

    let (_, rest) = page.split_once("/desk/holds/").unwrap();
    let path = format!("/desk/holds/{}/lift", &rest[..36]);
    let unconfirmed = post(&app, &support, &path, &[]).await;
    let to = unconfirmed.headers()["location"].to_str().unwrap();
    assert!(to.starts_with("/account/confirm?task=release"), "{to}");
    app.confirm("lumaire", &support, "release").await;
    assert!(get(&app, &support, &path).await.contains("Is this claim over?"));
    assert_eq!(post(&app, &support, &path, &[]).await.status(), 303);
    // Who comes second is told who was faster.
    assert_eq!(post(&app, &support, &path, &[]).await.status(), 409);
    assert!(get(&app, &support, "/desk/holds").await.contains(nothing));
}
