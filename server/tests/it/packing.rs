//! What is sent compressed, and what is not because its size would tell of it.

use reqwest::{Method, Response};

use crate::app::TestApp;

async fn asked(app: &TestApp, path: &str, session: &str, site: Option<&str>) -> Response {
    let mut request = app
        .request(Method::GET, "lumaire", path)
        .header("accept-encoding", "br, gzip")
        .header("cookie", session);
    if let Some(site) = site {
        // Beside what the app's own requests say.
        request = request.header("sec-fetch-site", site);
    }
    request.send().await.unwrap()
}

fn packed(answer: &Response) -> bool {
    answer.headers().contains_key("content-encoding")
}

#[tokio::test]
async fn pages_that_are_made_for_one_reader_are_packed_too() {
    let app = TestApp::start().await;
    for path in ["/sign-in?next=/account", "/contact/write", "/requests", "/nothing", "/policy"] {
        let answer = asked(&app, path, "", Some("cross-site")).await;
        assert!(packed(&answer), "{path}");
        assert!(answer.headers()["vary"].to_str().unwrap().contains("ccept-"), "{path}");
    }
    for (role, paths) in [
        ("customer", ["/account", "/account/choices", "/account/answer"]),
        ("admin", ["/studio/policy", "/studio/policy/check", "/studio/staff"]),
    ] {
        let session = app.sign_in("lumaire", role).await;
        app.confirm("lumaire", &session, "disclosure").await;
        for path in paths {
            let answer = asked(&app, path, &session, None).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert!(packed(&answer), "{path}");
        }
    }
}

#[tokio::test]
async fn what_a_size_would_tell_of_is_not_packed() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "customer").await;
    app.confirm("lumaire", &session, "disclosure").await;
    // A stranger's page has the browser ask, with a guess in the query.
    let guess = "/account?guess=anna@example.org";
    assert!(!packed(&asked(&app, guess, &session, Some("cross-site")).await));
    assert!(packed(&asked(&app, guess, &session, None).await));
    let admin = app.sign_in("lumaire", "admin").await;
    for (path, task) in [
        ("/desk", "settings"),
        ("/desk/messages", "settings"),
        ("/studio/tokens/new", "settings"),
        ("/studio/webhooks/new", "settings"),
        ("/account/sign-in/second-factor", "credentials"),
    ] {
        app.confirm("lumaire", &admin, task).await;
        let answer = asked(&app, path, &admin, None).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert!(!packed(&answer), "{path}");
    }
}
