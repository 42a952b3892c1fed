//! What is written survives a session that ends, wherever a form is: one test walks
//! every form of every role, so that a form added later is covered.

use std::collections::BTreeSet;

use ::app::ui::forms::is_secret;
use domain::identifiers::TenantId;
use reqwest::Method;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::app::{NOW, TestApp};
use crate::forms::{Page, PageField, PageForm};
use crate::walk::{Browser, Found, forms_of_the_table, location, one_of_everything, walk};

/// Routes whose forms stand on no page that can be walked to here, and why.
const NOT_WALKED: &[(&str, &str)] = &[
    ("/account/address/keep", "needs another address that waits"),
    ("/account/confirm", "a step on the way"),
    ("/account/confirm/code", "a step on the way"),
    ("/account/confirm/passkey", "a step on the way"),
    ("/account/confirm/passkey/options", "asked for by a script"),
    ("/account/confirm/with/{slug}", "a step on the way"),
    ("/account/sign-in/passkeys/options", "asked for by a script"),
    ("/account/sign-in/passkeys/{id}", "needs a passkey"),
    ("/account/sign-in/passkeys/{id}/remove", "needs a passkey"),
    ("/account/sign-in/providers/{slug}/link", "needs a provider that answers"),
    ("/account/sign-in/providers/{slug}/remove", "needs a provider that answers"),
    ("/account/sign-in/review", "comes after a reset"),
    ("/account/sign-in/second-factor/code", "its only field is a code"),
    ("/account/sign-in/second-factor/off", "needs a second factor"),
    ("/account/sign-in/second-factor/recovery", "needs a second factor"),
    ("/desk/join/{id}/{other}", "needs two entries of one person"),
    ("/desk/requests/{id}/correction", "needs a correction that waits"),
    ("/sign-out", "ends the session itself"),
    ("/studio/_fn/preview", "asked for by a script"),
    ("/studio/policy/discard", "needs a draft"),
    ("/studio/policy/publish", "needs a draft"),
    ("/studio/sign-in/{slug}", "needs a provider"),
    ("/studio/sign-in/{slug}/remove", "needs a provider"),
    ("/studio/sign-in/{slug}/test", "needs a provider"),
    ("/studio/stripe/remove", "needs an account at Stripe"),
    ("/studio/stripe/secret", "needs an account at Stripe"),
    ("/studio/stripe/secret/end", "needs an account at Stripe"),
    ("/studio/stripe/test", "needs an account at Stripe"),
    ("/studio/webhooks/deliveries/{id}/again", "needs a message that failed"),
];

#[tokio::test]
async fn every_form_comes_back_filled_in_after_its_session_has_ended() {
    let app = TestApp::start().await;
    one_of_everything(&app).await;
    let found = walk(&app).await;
    let tenant = app.engine.directory.tenants().into_iter().find(|it| it.slug == "lumaire");
    let tenant = tenant.unwrap().id;
    for (route, Found { role, page, form }) in &found {
        let path = form.action.split('?').next().unwrap();
        let typed: Vec<(PageField, String)> = form
            .fields
            .iter()
            .enumerate()
            // Of answers that exclude each other, the last.
            .filter(|(number, field)| {
                let mut later = form.fields.iter().skip(number + 1);
                field.kind != "radio" || later.all(|it| it.name != field.name)
            })
            .filter_map(|(number, field)| Some((field.clone(), typed(number, field)?)))
            .collect();
        for field in form.fields.iter().filter(|field| field.is_secret()) {
            assert!(is_secret(&field.name), "{route}: {} would be kept", field.name);
        }
        let mut browser = Browser { app: &app, cookie: None };
        browser.sign_in(role, "/").await;
        end_sessions(&app).await;
        let before = counted(&app, tenant).await;

        let sent: Vec<_> =
            typed.iter().map(|(field, value)| (field.name.clone(), value.clone())).collect();
        let answer = browser.send(Method::POST, path, &sent).await;
        assert_eq!(answer.status(), 303, "{route}");
        let to = location(&answer).unwrap();
        assert!(to.starts_with("/sign-in?next=/") && to.ends_with("&unsent=kept"), "{route}: {to}");
        assert!(!to.contains("words"), "{route}: {to}");
        let said = app.request(Method::GET, "lumaire", &to).send().await.unwrap();
        assert!(said.text().await.unwrap().contains("is kept for one hour"), "{route}");
        assert_eq!(counted(&app, tenant).await, before, "{route} did something");

        let next = to.split(['=', '&']).nth(1).unwrap().replace("%3F", "?");
        let answer = browser.sign_in(role, &next).await;
        assert_eq!(location(&answer).as_deref(), Some(next.as_str()), "{route}");
        let shown = browser.get(&next).await.unwrap_or_else(|| panic!("{route}: no page {next}"));
        if next.split('?').next() != page.split('?').next() {
            // A button on a page with an address of its own leads to the page above.
            assert!(
                form.fields.iter().all(|f| ["hidden", "button"].contains(&&*f.kind)),
                "{route}"
            );
            continue;
        }
        let only_a_button = typed.iter().all(|(field, _)| field.kind == "hidden");
        if only_a_button && Page::of(&shown).forms.iter().all(|it| it.action != form.action) {
            // What it would have done is done: the other sessions have ended as well.
            continue;
        }
        assert!(shown.contains("id=\"unsent\""), "{route}: {shown}");
        let forms = Page::of(&shown).forms;
        let back = forms.into_iter().filter(|back| back.action == form.action);
        let right = back.map(|back| differences(&typed, &back)).collect::<Vec<_>>();
        assert!(right.iter().any(Vec::is_empty), "{route} on {page}: {right:?}");
        // Somebody else in the same browser sees nothing of it.
        let other = if *role == "admin" { "auditor" } else { "admin" };
        browser.sign_in(other, "/").await;
        if let Some(shown) = browser.get(&next).await {
            assert!(!shown.contains("id=\"unsent\""), "{route} is shown to another");
        }
    }
    let walked: BTreeSet<&str> = found.keys().copied().collect();
    let missing: Vec<&str> = forms_of_the_table()
        .into_iter()
        .filter(|route| !walked.contains(route))
        .filter(|route| NOT_WALKED.iter().all(|(path, _)| path != route))
        .collect();
    assert!(missing.is_empty(), "no page with a form for {missing:?}");
    let walked_after_all: Vec<_> =
        NOT_WALKED.iter().filter(|(path, _)| walked.contains(path)).collect();
    assert!(walked_after_all.is_empty(), "{walked_after_all:?}");
}

/// What a person might type; `None` for what is not sent.
fn typed(number: usize, field: &PageField) -> Option<String> {
    match field.kind.as_str() {
        "hidden" => Some(field.value.clone()),
        "checkbox" => number.is_multiple_of(2).then(|| field.value.clone()),
        "radio" => Some(field.value.clone()),
        "select" => field.options.last().cloned(),
        "date" => Some("2031-02-03".to_owned()),
        "button" => None,
        _ if field.is_secret() => Some(format!("secret words {number}")),
        "textarea" => Some(format!("\nkept words {number} </textarea><b>&lt;\r\n\"ü\"")),
        _ => Some(format!("kept words {number} \"><b>&lt;'ü")),
    }
}

/// What is not as it was typed.
fn differences(typed: &[(PageField, String)], form: &PageForm) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut fields = form.fields.clone();
    let lines = |text: &str| text.replace("\r\n", "\n");
    for (field, value) in typed {
        let same = |it: &PageField| it.name == field.name && it.kind == field.kind;
        let chosen = ["checkbox", "radio"].contains(&field.kind.as_str());
        let at = fields.iter().position(|it| same(it) && (!chosen || it.value == *value));
        let Some(at) = at else {
            wrong.push(format!("{} is not there", field.name));
            continue;
        };
        let back = fields.remove(at);
        let kept = match field.kind.as_str() {
            _ if field.is_secret() => !back.value.contains("words"),
            "checkbox" | "radio" => back.checked,
            _ => lines(&back.value) == lines(value),
        };
        if !kept {
            wrong.push(format!("{}: {:?} instead of {value:?}", field.name, back.value));
        }
    }
    wrong
}

/// Every session has not been used for long.
async fn end_sessions(app: &TestApp) {
    let database = sea_orm::Database::connect(app.database()).await.unwrap();
    let old = NOW.plus_seconds(-3 * 3600).0;
    let sql = format!("update sessions set seen_at = {old}");
    database.execute_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
}

/// How many rows there are but those of signing in and of forms that are kept.
async fn counted(app: &TestApp, tenant: TenantId) -> String {
    let mut rows = app.rows_of(tenant).await;
    for table in ["sessions", "ceremonies", "tries", "jobs", "audit_entries"] {
        rows.remove(table);
    }
    format!("{rows:?}")
}
