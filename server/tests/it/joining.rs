//! Two entries of one person are joined at the desk.

use domain::grants::Grant;
use reqwest::{Method, Response};
use serde_json::json;

use crate::api::token;
use crate::app::TestApp;

async fn get(app: &TestApp, session: &str, path: &str) -> Response {
    let request = app.request(Method::GET, "lumaire", path).header("cookie", session);
    request.send().await.unwrap()
}

async fn post(app: &TestApp, session: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let request = app.request(Method::POST, "lumaire", path).form(form);
    request.header("cookie", session).send().await.unwrap()
}

#[tokio::test]
async fn both_sides_are_shown_and_confirmed_before_anything_is_done() {
    let app = TestApp::start().await;
    let token = token(&app, "lumaire", &Grant::ALL).await;
    for (id, email) in
        [("d-1", "dee@example.org"), ("d-2", "dee@example.org"), ("d-3", "x@example.org")]
    {
        let told = reqwest::Client::new()
            .put(format!("http://127.0.0.1:{}/api/v1/subjects/{id}", app.port()))
            .header("host", "lumaire.localhost")
            .header("authorization", format!("Bearer {token}"))
            .json(&json!({ "email": email, "name": format!("<b>{id}") }));
        assert_eq!(told.send().await.unwrap().status(), 201);
    }
    for role in ["customer", "editor", "approver", "auditor"] {
        let session = app.sign_in("lumaire", role).await;
        assert_eq!(get(&app, &session, "/desk/join").await.status(), 403, "{role}");
        let form = [("goes", "d-1"), ("stays", "d-2")];
        assert_eq!(post(&app, &session, "/desk/join", &form).await.status(), 403, "{role}");
    }
    let support = app.sign_in("lumaire", "support").await;
    assert!(get(&app, &support, "/desk").await.text().await.unwrap().contains("/desk/join"));
    for (goes, stays, field) in
        [("nobody", "d-2", "goes"), ("d-1", "", "stays"), ("d-1", "d-1", "stays")]
    {
        let refused = post(&app, &support, "/desk/join", &[("goes", goes), ("stays", stays)]).await;
        assert_eq!(refused.status(), 422, "{goes} {stays}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(goes), "{page}");
    }
    let both = async |goes: &str, stays: &str| {
        let found = post(&app, &support, "/desk/join", &[("goes", goes), ("stays", stays)]).await;
        assert_eq!(found.status(), 303);
        let to = found.headers()["location"].to_str().unwrap().to_owned();
        assert!(to.starts_with("/desk/join/") && !to.contains("d-1"), "no id of theirs: {to}");
        to
    };
    let path = both("d-1", "d-2").await;
    // Neither looked at nor done without showing once more who it is.
    for answer in [get(&app, &support, &path).await, post(&app, &support, &path, &[]).await] {
        let to = answer.headers()["location"].to_str().unwrap();
        assert!(to.starts_with(&format!("/account/confirm?task=joining&next={path}")), "{to}");
    }
    app.confirm("lumaire", &support, "joining").await;
    let page = get(&app, &support, &path).await.text().await.unwrap();
    for shown in ["&lt;b&gt;d-1", "&lt;b&gt;d-2", "dee@example.org", "Join both"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // What speaks against it stands there, and no button.
    let other = both("d-3", "d-2").await;
    let refused = get(&app, &support, &other).await.text().await.unwrap();
    assert!(
        refused.contains("do not have the same address") && !refused.contains("Join both"),
        "{refused}"
    );
    assert_eq!(post(&app, &support, &other, &[]).await.status(), 422);

    assert_eq!(post(&app, &support, &path, &[]).await.status(), 303);
    assert_eq!(post(&app, &support, &path, &[]).await.status(), 303, "done is done");
    let same = post(&app, &support, "/desk/join", &[("goes", "d-1"), ("stays", "d-2")]).await;
    assert_eq!(same.status(), 422);
    assert!(same.text().await.unwrap().contains("of one person already"));
    let gone = get(&app, &support, &path).await;
    assert_eq!(gone.status(), 422);
    assert!(gone.text().await.unwrap().contains("joined with somebody else before"));
}
