//! What a customer sees and does.

use reqwest::{Method, Response};
use serde_json::Value;
use std::io::{Cursor, Read};

use crate::app::TestApp;

struct Customer<'a> {
    app: &'a TestApp,
    tenant: &'static str,
    cookie: String,
}

impl<'a> Customer<'a> {
    async fn of(app: &'a TestApp, tenant: &'static str) -> Customer<'a> {
        Customer { app, tenant, cookie: app.sign_in(tenant, "customer").await }
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.app.request(Method::GET, self.tenant, path);
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.text().await.unwrap()
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.app.request(Method::POST, self.tenant, path).form(form);
        request.header("cookie", &self.cookie).send().await.unwrap()
    }
}

#[tokio::test]
async fn l1_l2_l3_l5_l6_the_dashboard_shows_what_is_held_and_why() {
    let app = TestApp::start().await;
    let page = Customer::of(&app, "lumaire").await.text("/account").await;
    for text in ["Account data", "Payment data", "Course progress", "Messages", "Usage statistics"]
    {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains("pi_") && page.contains("cus_"), "L2: references");
    assert!(page.contains("not linked to a person"), "L5");
    assert!(page.contains("to run your account"), "L6: purposes");
    assert!(!page.contains("$2b$"), "L1: no hash");
}

#[tokio::test]
async fn e1_e2_e3_e4_e5_e6_e7_every_category_is_shown_and_what_is_held_for_an_organisation_is_said()
{
    let app = TestApp::start().await;
    let sam = Customer::of(&app, "lumina-erp").await;
    let page = sam.text("/account").await;
    let answer = sam.text("/account/answer").await.to_lowercase();
    let json: Value = serde_json::from_str(&app.text("lumina-erp", "/policy.json").await).unwrap();
    let facts = &json["document"]["facts"];
    for category in facts["categories"].as_array().unwrap() {
        assert!(page.contains(category["label"].as_str().unwrap()), "{category}");
    }
    for purpose in facts["purposes"].as_array().unwrap() {
        let label = purpose["label"].as_str().unwrap().to_lowercase();
        assert!(answer.contains(&label), "E7: {purpose}");
    }
    assert!(page.contains("Bayou Pumps"), "E2, E3: whose it is");
}

#[tokio::test]
async fn the_download_is_made_and_only_its_person_gets_it() {
    let app = TestApp::start().await;
    let ada = Customer::of(&app, "lumaire").await;
    app.confirm("lumaire", &ada.cookie, "export").await;
    let asked = ada.post("/account/export", &[]).await;
    assert_eq!(asked.status(), 303);
    let progress = asked.headers()["location"].to_str().unwrap().to_owned();
    assert!(ada.get(&progress).await.headers().contains_key("refresh"), "it shows how far it is");
    app.work().await;
    let zip = ada.get(&format!("{progress}/zip")).await;
    assert_eq!(zip.headers()["content-type"], "application/zip");
    assert_eq!(zip.headers()["cache-control"], "no-store");
    let mut archive = zip::ZipArchive::new(Cursor::new(zip.bytes().await.unwrap())).unwrap();
    let mut page = String::new();
    archive.by_name("index.html").unwrap().read_to_string(&mut page).unwrap();
    assert!(page.contains("Ada Winter") && page.contains("pi_"), "the readable page");
    assert!(!page.contains("<script") && !page.contains("$2b$"), "L1");

    let stranger = Customer::of(&app, "lumina-erp").await;
    assert_eq!(stranger.get(&progress).await.status(), 404);
    app.confirm("lumina-erp", &stranger.cookie, "export").await;
    assert_eq!(stranger.get(&format!("{progress}/zip")).await.status(), 404);
}

#[tokio::test]
async fn l10_a_deletion_ends_on_a_receipt_and_with_the_session() {
    let app = TestApp::start().await;
    let ada = Customer::of(&app, "lumaire").await;
    let to_confirm = "/account/confirm?task=deletion&next=/account/delete";
    let asked = ada.get("/account/delete").await;
    assert_eq!(asked.headers()["location"], to_confirm);
    let sent = ada.post("/account/delete", &[]).await;
    assert_eq!(sent.headers()["location"], format!("{to_confirm}&unsent=kept"));
    app.confirm("lumaire", &ada.cookie, "export").await;
    assert_eq!(ada.get("/account/delete").await.status(), 303, "that was another task");
    let wrong = [("task", "deletion"), ("next", "/account/delete"), ("password", "wrong")];
    assert_eq!(ada.post("/account/confirm", &wrong).await.status(), 422);
    assert_eq!(ada.get("/account").await.status(), 200, "nothing was begun");

    app.confirm("lumaire", &ada.cookie, "deletion").await;
    let page = ada.text("/account/delete").await;
    assert!(page.contains("Must stay") && page.contains("tax and accounting law"));
    let asked = ada.post("/account/delete", &[]).await;
    assert_eq!(asked.status(), 303);
    assert!(asked.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let receipt = asked.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(ada.get("/account").await.status(), 303, "signed out");
    // Anybody who has the link opens it.
    assert!(app.get("lumaire", &receipt).await.headers().contains_key("refresh"), "pending");
    app.work().await;
    let done = app.get("lumaire", &receipt).await;
    assert!(!done.headers().contains_key("refresh"));
    assert_eq!(done.headers()["cache-control"], "no-store");
    assert_eq!(done.headers()["referrer-policy"], "no-referrer");
    let done = done.text().await.unwrap();
    // How long a law demands the payments is only assumed, so no date is signed (E17).
    let stays = "stays until Lumaire confirms how long";
    assert!(done.contains("Messages") && done.contains(stays) && !done.contains("2036"), "{done}");
    assert!(!done.contains("Ada"), "no personal data");
    assert_eq!(app.get("lumina-erp", &receipt).await.status(), 404, "of this tenant only");

    // It is downloaded, and checked without the portal.
    assert!(done.contains("whole and genuine"), "{done}");
    let path = format!("{receipt}/receipt.json");
    assert!(done.contains(&path));
    assert_eq!(app.get("lumina-erp", &path).await.status(), 404, "of this tenant only");
    let file = app.get("lumaire", &path).await;
    assert_eq!(file.headers()["cache-control"], "no-store");
    assert_eq!(file.headers()["content-type"], "application/json");
    let file = file.text().await.unwrap();
    let keys = app.text("lumaire", "/receipts/keys.json").await;
    let strange = app.text("lumina-erp", "/receipts/keys.json").await;
    let folder = tempfile::TempDir::new().unwrap();
    let verify = |receipt: &str, keys: &str| {
        let (file, published) = (folder.path().join("receipt"), folder.path().join("keys"));
        std::fs::write(&file, receipt).unwrap();
        std::fs::write(&published, keys).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(["receipt", "verify", "--keys"])
            .args([published, file])
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (whole, told) = verify(&file, &keys);
    assert!(whole && told.contains("Whole and closed"), "{told}");
    let (whole, told) = verify(&file.replacen("count", "Count", 1), &keys);
    assert!(!whole && told.contains("WRONG line 1 is not what was signed"), "{told}");
    assert!(!verify(&file, &strange).0, "another company's keys");
    assert!(!verify("{}", &keys).0 && !verify(&file, "{}").0);
}

#[tokio::test]
async fn what_is_published_is_what_the_next_customer_sees() {
    let app = TestApp::start().await;
    let sam = Customer::of(&app, "lumina-erp").await;
    assert!(app.text("lumina-erp", "/policy").await.contains("90 days"));
    let admin = app.sign_in("lumina-erp", "admin").await;
    let send = |method: Method, path: &'static str, form: Vec<(&'static str, String)>| {
        let request = app.request(method, "lumina-erp", path).header("cookie", &admin);
        let request = if form.is_empty() { request } else { request.form(&form) };
        async move { request.send().await.unwrap() }
    };
    let path = "/studio/policy/retention/call-recording";
    let page = send(Method::GET, path, vec![]).await.text().await.unwrap();
    let form = vec![
        ("revision", hidden(&page, "revision")),
        ("amount", "33".to_owned()),
        ("unit", "days".to_owned()),
        ("kept", "period".to_owned()),
        ("wording", "after the call".to_owned()),
        ("stated", "yes".to_owned()),
    ];
    let saved = send(Method::POST, path, form).await;
    assert_eq!(saved.status(), 303, "{}", saved.text().await.unwrap());
    assert!(
        !app.text("lumina-erp", "/policy").await.contains("33 days"),
        "a draft is not in force"
    );
    app.confirm("lumina-erp", &admin, "publication").await;
    let page = send(Method::GET, "/studio/policy/publish", vec![]).await.text().await.unwrap();
    let form = vec![("revision", hidden(&page, "revision"))];
    let published = send(Method::POST, "/studio/policy/publish", form).await;
    assert_eq!(published.status(), 303);
    assert!(app.text("lumina-erp", "/policy").await.contains("33 days"), "at once");
    assert!(sam.text("/account").await.contains("33 days"));
    assert!(app.text("lumina-erp", "/policy/versions/2").await.contains("90 days"), "as it was");
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {page}"));
    let start = page[at..].find("value=\"").unwrap() + at + 7;
    page[start..start + page[start..].find('"').unwrap()].to_owned()
}
