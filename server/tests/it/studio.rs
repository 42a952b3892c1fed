//! The studio: what is a draft and what counts at once, what asks first, and the way
//! back.

use reqwest::{Method, Response};

use crate::app::TestApp;

/// An admin of Lumina ERP.
struct Admin<'a> {
    app: &'a TestApp,
    cookie: String,
}

impl<'a> Admin<'a> {
    async fn of(app: &'a TestApp) -> Admin<'a> {
        Admin { app, cookie: app.sign_in("lumina-erp", "admin").await }
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.app.request(Method::GET, "lumina-erp", path);
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.app.request(Method::POST, "lumina-erp", path);
        request.header("cookie", &self.cookie).form(form).send().await.unwrap()
    }

    /// Keeps recordings for another time, in the draft.
    async fn keep_recordings(&self, amount: &str, unit: &str) -> Response {
        let path = "/studio/policy/retention/call-recording";
        let page = self.text(path).await;
        let form = [
            ("revision", hidden(&page, "revision")),
            ("amount", amount.to_owned()),
            ("unit", unit.to_owned()),
            ("stated", "yes".to_owned()),
        ];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, it)| (*name, it.as_str())).collect();
        self.post(path, &form).await
    }

    async fn confirm_with(&self, path: &str) -> Response {
        let page = self.text(path).await;
        self.post(path, &[("revision", &hidden(&page, "revision"))]).await
    }

    async fn publish(&self) -> Response {
        self.app.confirm("lumina-erp", &self.cookie, "publication").await;
        self.confirm_with("/studio/policy/publish").await
    }
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {page}"));
    let start = page[at..].find("value=\"").unwrap() + at + 7;
    page[start..start + page[start..].find('"').unwrap()].to_owned()
}

fn leads_to(response: &Response) -> &str {
    response.headers().get("location").map_or("", |to| to.to_str().unwrap())
}

#[tokio::test]
async fn after_publishing_one_stays_in_the_studio_and_is_told() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    assert_eq!(admin.keep_recordings("33", "days").await.status(), 303);
    let draft = admin.text("/studio/policy").await;
    assert!(
        draft.contains("not published") && draft.contains("Customers read version 2"),
        "{draft}"
    );
    let published = admin.publish().await;
    assert_eq!(published.status(), 303);
    assert_eq!(leads_to(&published), "/studio/policy/publish?published=3");
    let page = admin.text(leads_to(&published)).await;
    assert!(page.contains("Version 3 is in force") && page.contains("role=\"status\""), "{page}");
    // An address that somebody made up says nothing.
    for made_up in ["4", "2", "x", "3&published=4"] {
        let page = admin.text(&format!("/studio/policy/publish?published={made_up}")).await;
        assert!(!page.contains(" is in force</h1>"), "{made_up}: {page}");
    }
}

#[tokio::test]
async fn a_page_whose_changes_count_at_once_does_not_speak_of_the_draft() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    assert_eq!(admin.keep_recordings("33", "days").await.status(), 303);
    for live in ["staff", "sign-in", "tokens", "webhooks", "stripe"] {
        let page = admin.text(&format!("/studio/{live}")).await;
        assert!(page.contains("counts at once") && !page.contains("Draft saved"), "{live}: {page}");
    }
    for draft in ["/studio", "/studio/policy", "/studio/policy/check", "/studio/versions"] {
        let page = admin.text(draft).await;
        assert!(
            page.contains("Draft saved") && !page.contains("counts at once"),
            "{draft}: {page}"
        );
    }
}

#[tokio::test]
async fn what_is_taken_away_is_asked_about_first() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    app.confirm("lumina-erp", &admin.cookie, "settings").await;
    let made = admin
        .post("/studio/tokens/new", &[("name", "crm"), ("grants", "write"), ("lifetime", "90")])
        .await;
    assert_eq!(made.status(), 200);
    let invited = [("email", "new@example.org"), ("role", "editor")];
    assert_eq!(admin.post("/studio/staff/invite", &invited).await.status(), 303);
    for (list, after, says) in [
        ("/studio/tokens", "/revoke\"", "Revoke “crm”?"),
        ("/studio/staff", "/revoke\"", "invitation of new@example.org"),
    ] {
        let page = admin.text(list).await;
        let end = page.find(after).unwrap_or_else(|| panic!("nothing to take away: {page}"));
        let start = page[..end].rfind("href=\"").unwrap() + 6;
        let ask = &page[start..end + after.len() - 1];
        let asked = admin.text(ask).await;
        assert!(asked.contains(says) && asked.contains("Keep it"), "{asked}");
        assert_eq!(admin.post(ask, &[]).await.status(), 303);
        assert_eq!(admin.get(ask).await.status(), 404, "{ask} is gone");
    }
}

#[tokio::test]
async fn a_number_and_as_long_as_needed_contradict_each_other() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    let refused = admin.keep_recordings("14", "as-needed").await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Choose one") && page.contains("value=\"14\""), "{page}");
    assert_eq!(admin.keep_recordings("", "as-needed").await.status(), 303);
}

#[tokio::test]
async fn e13_the_words_after_a_period_come_from_its_event_in_every_language() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    assert_eq!(admin.keep_recordings("33", "days").await.status(), 303);
    assert_eq!(admin.publish().await.status(), 303);
    let english = app.text("lumina-erp", "/policy?lang=en").await;
    assert!(english.contains("33 days after the date of each entry"), "{english}");
    let german = app.text("lumina-erp", "/policy?lang=de").await;
    assert!(german.contains("33 Tage ab dem Datum des jeweiligen Eintrags"), "{german}");
    // E12: another event, other words.
    assert!(english.contains("30 days after the subscription is cancelled"), "{english}");
}

#[tokio::test]
async fn a_draft_is_discarded_and_a_version_taken_up_again() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    assert_eq!(admin.keep_recordings("33", "days").await.status(), 303);
    // Somebody else has saved meanwhile: nothing of theirs is thrown away.
    let stale = admin.post("/studio/policy/discard", &[("revision", "3.0.0")]).await;
    assert_eq!(stale.status(), 422);
    assert_eq!(admin.confirm_with("/studio/policy/discard").await.status(), 303);
    assert!(!admin.text("/studio/policy").await.contains("Draft saved"));
    assert_eq!(admin.confirm_with("/studio/versions/1/restore").await.status(), 303);
    let draft = admin.text("/studio/policy/compare").await;
    assert!(draft.contains("From version 2"), "{draft}");
    assert_eq!(admin.publish().await.status(), 303);
    let versions = admin.text("/studio/versions").await;
    assert!(versions.contains("/studio/versions/2/restore"), "{versions}");
    assert!(!versions.contains("/studio/versions/3/restore"), "it is in force: {versions}");
    assert_eq!(admin.get("/studio/versions/9/restore").await.status(), 404);
}

#[tokio::test]
async fn the_first_page_says_what_needs_somebody_today() {
    let app = TestApp::start().await;
    let admin = Admin::of(&app).await;
    let page = admin.text("/studio").await;
    assert!(page.contains("What needs you today") && page.contains("overdue"), "{page}");
    assert!(page.contains("href=\"/desk\""), "{page}");
    assert_eq!(admin.keep_recordings("33", "days").await.status(), 303);
    assert!(admin.text("/studio").await.contains("A draft waits"), "a draft");
}
