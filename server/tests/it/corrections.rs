//! Correcting what is held, as customers and support see it.

use domain::identifiers::Slug;
use reqwest::{Method, Response};

use crate::app::TestApp;

async fn get(app: &TestApp, cookie: &str, path: &str) -> String {
    let response =
        app.request(Method::GET, "lumaire", path).header("cookie", cookie).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.unwrap()
}

async fn post(app: &TestApp, cookie: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let request = app.request(Method::POST, "lumaire", path).form(form);
    request.header("cookie", cookie).send().await.unwrap()
}

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn l11_e18_a_customer_corrects_and_support_answers() {
    let app = TestApp::start().await;
    let ada = app.sign_in("lumaire", "customer").await;
    app.confirm("lumaire", &ada, "disclosure").await;
    let account: Slug = "account".parse().unwrap();
    let list = get(&app, &ada, &format!("/account/category/{account}")).await;
    let path = format!("/account/correct/{}", between(&list, "/account/correct/", "\""));
    let form = get(&app, &ada, &path).await;
    assert!(form.contains("Changes at once.") && form.contains("A person checks this"), "{form}");
    let seen = between(&form, "name=\"seen\" value=\"", "\"").to_owned();

    // What is wrong is said, and what was typed stays.
    let bad = [
        ("seen", seen.as_str()),
        ("field-name", "4242 4242 4242 4242"),
        ("field-email", "new@example.org"),
    ];
    let response = post(&app, &ada, &path, &bad).await;
    assert_eq!(response.status(), 422);
    let page = response.text().await.unwrap();
    assert!(page.contains("card details") && page.contains("new@example.org"), "{page}");

    let good =
        [("seen", seen.as_str()), ("field-name", "Ada Summer"), ("field-email", "new@example.org")];
    let to = location(&post(&app, &ada, &path, &good).await);
    let told = get(&app, &ada, &to).await;
    assert!(told.contains("It is changed") && told.contains("It is proposed, reference"), "{told}");
    assert!(get(&app, &ada, "/account").await.contains("Ada Summer"));
    let request = to.split_once("proposed=").unwrap().1.to_owned();
    let own = get(&app, &ada, &format!("/account/requests/{request}")).await;
    assert!(
        own.contains("<ins>new@example.org</ins>")
            && own.contains("<del>ada.winter@example.org</del>"),
        "{own}"
    );
    // The same form once more does not fit what is held now.
    assert_eq!(post(&app, &ada, &path, &good).await.status(), 422);

    let support = app.sign_in("lumaire", "support").await;
    let desk = format!("/desk/requests/{request}");
    let page = get(&app, &support, &desk).await;
    assert!(page.contains("<ins>new@example.org</ins>") && page.contains("Accept"), "{page}");
    let answer = format!("{desk}/correction");
    let silent = post(&app, &support, &answer, &[("answer", "decline"), ("reason", " ")]).await;
    assert_eq!(silent.status(), 422);
    assert!(silent.text().await.unwrap().contains("A refusal without a reason is none"));
    let auditor = app.sign_in("lumaire", "auditor").await;
    assert!(!get(&app, &auditor, &desk).await.contains("Accept"));
    assert_eq!(post(&app, &auditor, &answer, &[("answer", "accept")]).await.status(), 403);
    assert_eq!(location(&post(&app, &support, &answer, &[("answer", "accept")]).await), desk);
    let page = get(&app, &support, &desk).await;
    assert!(!page.contains("new@example.org") && page.contains("Done"), "{page}");
    assert!(get(&app, &ada, "/account").await.contains("new@example.org"));
    app.work().await;
    let mail = app.mails("ada.winter@example.org").pop().unwrap();
    assert!(mail.contains("has corrected your data"), "{mail}");
}

#[tokio::test]
async fn the_button_on_the_dashboard_leads_to_where_things_are_corrected() {
    let app = TestApp::start().await;
    let ada = app.sign_in("lumaire", "customer").await;
    app.confirm("lumaire", &ada, "disclosure").await;
    assert!(get(&app, &ada, "/account").await.contains("href=\"/account/correct\""));
    let page = get(&app, &ada, "/account/correct").await;
    assert!(
        page.contains("/account/category/account") && page.contains("Ask for a correction"),
        "{page}"
    );
    let german = get(&app, &ada, "/account/correct?lang=de").await;
    assert!(german.contains("Etwas berichtigen") && !german.contains("Unknown localization"));
}
