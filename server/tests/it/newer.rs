//! Beside a newer version: what it wrote is shown, or left to it, and nothing breaks.

use reqwest::Method;
use sea_orm::ConnectionTrait;

use crate::app::TestApp;

/// Every page that has no parameter, as visitor and as every role.
async fn walk(app: &TestApp, what: &str) -> Vec<(String, u16)> {
    let mut visitors = vec![None];
    for role in ["customer", "support", "admin"] {
        let login = app.logins.accounts.iter().find(|it| it.tenant == "lumaire" && it.role == role);
        let form =
            [("email", login.unwrap().email.clone()), ("password", app.logins.password.clone())];
        let request = app.request(Method::POST, "lumaire", "/sign-in").form(&form);
        let answer = request.send().await.unwrap();
        assert!(answer.status().as_u16() < 500 || answer.status() == 503, "{what}: signing in");
        visitors
            .push(crate::app::cookie(&answer).map(|it| it.split(';').next().unwrap().to_owned()));
    }
    let mut seen = Vec::new();
    for route in ::app::routes::routes() {
        if route.method.as_str() != "GET" {
            continue;
        }
        let path = route.path.replace("{number}", "1").replace("{slug}", "account");
        for cookie in visitors.iter().flatten().map(Some).chain([None]) {
            let mut request = app.request(Method::GET, "lumaire", &path);
            if let Some(cookie) = cookie {
                request = request.header("cookie", cookie);
            }
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            assert!(status < 500 || status == 503, "{what}: {path} answers {status}");
            if status == 503 {
                assert_eq!(answer.headers()["retry-after"], "30", "{what}: {path}");
                let text = answer.text().await.unwrap();
                assert!(
                    text.contains("being updated") || text.contains("problem"),
                    "{path}: {text}"
                );
            }
            seen.push((path.clone(), status));
        }
    }
    seen
}

async fn told(app: &TestApp, sql: &str) {
    let database = sea_orm::Database::connect(app.database()).await.unwrap();
    let done = database.execute_unprepared(sql).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    database.close().await.unwrap();
}

fn closed(seen: &[(String, u16)]) -> usize {
    seen.iter().filter(|(_, status)| *status == 503).count()
}

#[tokio::test]
async fn no_page_breaks_on_what_a_newer_version_wrote() {
    let app = TestApp::start().await;
    assert_eq!(closed(&walk(&app, "as it is").await), 0);
    for sql in [
        "update requests set state = 'weighed'",
        "update requests set exercised_right = 'forgiveness'",
        "update requests set regime = 'mars'",
        "update request_steps set state = 'weighed'",
        "update sessions set method = 'thought'",
        "update accounts set role = 'auditor' where role = 'support'",
        "update policy_versions set state = 'weighed' where state = 'superseded'",
    ] {
        let app = TestApp::start().await;
        app.work().await;
        if sql.contains("sessions") {
            app.sign_in("lumaire", "customer").await;
        }
        told(&app, sql).await;
        walk(&app, sql).await;
    }
}

#[tokio::test]
async fn one_request_that_only_a_newer_version_knows_keeps_no_other_from_being_listed() {
    for what in ["state = 'weighed'", "exercised_right = 'forgiveness'", "regime = 'mars'"] {
        let app = TestApp::start().await;
        app.work().await;
        let open = |page: &str| page.split("/desk/requests/").count();
        let support = app.sign_in("lumaire", "support").await;
        let customer = app.sign_in("lumaire", "customer").await;
        let page = async |cookie: &str, path: &str| {
            let request = app.request(Method::GET, "lumaire", path).header("cookie", cookie);
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 200, "{what}: {path}");
            answer.text().await.unwrap()
        };
        let before = page(&support, "/desk").await;
        assert!(open(&before) > 2, "{before}");
        let one = "select id from requests where closed_at is null and tenant_id in \
            (select tenant_id from tenants where slug = 'lumaire') order by due_on, id limit 1";
        told(&app, &format!("update requests set {what} where id in ({one})")).await;
        let after = page(&support, "/desk").await;
        assert_eq!(open(&after), open(&before) - 1, "all but one: {after}");
        assert!(after.contains("A newer version of this portal"), "{after}");
        page(&customer, "/requests").await;
        // Hers as well, by its reference and without a link.
        told(&app, &format!("update requests set {what}")).await;
        let own = page(&customer, "/requests").await;
        assert!(!own.contains("href=\"/account/requests/"), "{own}");
    }
}

#[tokio::test]
async fn a_policy_that_is_not_understood_is_left_to_the_newer_version() {
    for sql in [
        "update policy_versions set format = 2",
        "update policy_versions set document = json_set(document, '$.facts.sweeps', 'daily')",
        "update policy_versions set document = json_set(document, '$.language', 'tlh')",
    ] {
        let app = TestApp::start().await;
        told(&app, sql).await;
        told(&app, "update generation set number = number + 1").await;
        app.engine.refresh().await.unwrap();
        let seen = walk(&app, sql).await;
        assert!(closed(&seen) > 0, "{sql}");
        let policy = app.get("lumaire", "/policy").await;
        assert_eq!(policy.status(), 503, "{sql}");
    }
}
