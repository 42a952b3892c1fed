//! Where a page of trouble leads on.

use reqwest::Method;

use crate::app::TestApp;

/// Where the links that switch the language lead.
fn switches(page: &str) -> Vec<String> {
    let nav = page.split("class=\"languages\"").nth(1).unwrap_or_else(|| panic!("{page}"));
    let nav = nav.split("</nav>").next().unwrap();
    nav.split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        .collect()
}

#[tokio::test]
async fn the_language_can_be_switched_after_an_error() {
    let app = TestApp::start().await;
    let session = app.sign_in("lumaire", "admin").await;
    let cases: [(Method, &str, u16); 11] = [
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/policy/versions/77", 404),
        (Method::GET, "/sign-out", 405),
        (Method::GET, "/account/requests", 405),
        (Method::DELETE, "/policy", 405),
        (Method::POST, "/policy", 405),
        (Method::POST, "/sign-in?next=/account", 422),
        (Method::POST, "/forgot", 422),
        (Method::POST, "/studio/tokens/1/revoke", 404),
        (Method::POST, "/studio/policy/sections/new", 422),
        (Method::POST, "/account/requests", 403),
    ];
    for (method, path, status) in cases {
        let request = app.request(method.clone(), "lumaire", path).header("cookie", &session);
        let request = if method == Method::POST { request.form(&[("a", "b")]) } else { request };
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{method} {path}");
        let links = switches(&answer.text().await.unwrap());
        assert_eq!(links.len(), 2, "{method} {path}");
        for link in links {
            let request = app.request(Method::GET, "lumaire", &link).header("cookie", &session);
            let there = request.send().await.unwrap().status().as_u16();
            assert!(matches!(there, 200 | 303 | 403), "{method} {path} → {link}: {there}");
        }
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_nowhere() {
    let app = TestApp::start().await;
    for (role, task) in [("customer", "disclosure"), ("admin", "settings"), ("support", "release")]
    {
        let session = app.sign_in("lumaire", role).await;
        for task in [task, "credentials", "deletion", "export"] {
            app.confirm("lumaire", &session, task).await;
        }
        for route in ::app::routes::routes() {
            let granted = domain::roles::Role::named(role);
            if !route.path.contains('{') || !route.permission.granted_to(granted) {
                continue;
            }
            for odd in ["xyz", "%FF", "-", "0", "00000000-0000-0000-0000-000000000000"] {
                let path: Vec<&str> = route
                    .path
                    .split('/')
                    .map(|part| if part.starts_with('{') { odd } else { part })
                    .collect();
                let path = path.join("/");
                let request = app.request(route.method.clone(), "lumaire", &path);
                let request = request.header("cookie", &session);
                let post = route.method == Method::POST;
                let request = if post { request.form(&[("a", "b")]) } else { request };
                let answer = request.send().await.unwrap();
                let status = answer.status().as_u16();
                // A link that is over, a form whose other fields are looked at first, and
                // a way back to a list lead on; none is a page of anything.
                let place = format!("{} {path} as {role}", route.method);
                if post {
                    assert!(matches!(status, 303 | 404 | 410 | 422), "{place}: {status}");
                } else {
                    assert!(matches!(status, 303 | 404 | 410), "{place}: {status}");
                }
            }
        }
    }
}
