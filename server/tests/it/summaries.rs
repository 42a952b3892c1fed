//! What is wrong with a form stands in the summary in the order of the form.

use reqwest::Method;

use crate::app::TestApp;
use crate::forms::Page;
use crate::walk::{Browser, one_of_everything, walk};

/// Forms that everybody may send.
const PUBLIC: [&str; 4] = ["/contact/write", "/sign-in", "/sign-up", "/forgot"];

#[tokio::test]
async fn every_error_summary_follows_its_form() {
    let app = TestApp::start().await;
    one_of_everything(&app).await;
    let mut forms = Vec::new();
    for page in PUBLIC {
        let form = Page::of(&app.text("lumaire", page).await).forms;
        forms.extend(
            form.into_iter()
                .filter(|form| form.action == page)
                .map(|form| (None, page.to_owned(), form)),
        );
    }
    let found = walk(&app).await.into_values();
    forms.extend(found.map(|found| (Some(found.role), found.page, found.form)));
    let (mut several, mut summaries) = (0, 0);
    for (role, page, form) in forms {
        let path = form.action.split('?').next().unwrap().to_owned();
        let mut browser = Browser { app: &app, cookie: None };
        if let Some(role) = role {
            browser.sign_in(role, "/").await;
            // What the page confirms, the form has confirmed.
            browser.get(&page).await;
        }
        // Nothing, and then what no field takes.
        for wrong in ["", "\u{1}@ 4242 4242 4242 4242"] {
            let sent: Vec<(String, String)> = form
                .fields
                .iter()
                .filter(|field| !["checkbox", "radio", "button"].contains(&field.kind.as_str()))
                .map(|field| match field.kind.as_str() {
                    "hidden" => (field.name.clone(), field.value.clone()),
                    _ => (field.name.clone(), wrong.to_owned()),
                })
                .collect();
            if sent.iter().all(|(_, value)| value.is_empty() || !wrong.is_empty() && value != wrong)
                && !wrong.is_empty()
            {
                continue;
            }
            let answer = browser.send(Method::POST, &path, &sent).await;
            if answer.status() != 422 {
                continue;
            }
            let html = answer.text().await.unwrap();
            let Some((_, summary)) = html.split_once("<h2 id=\"errors\"") else { continue };
            let (summary, rest) = summary.split_once("</div>").unwrap();
            let named: Vec<&str> = summary
                .split("href=\"#")
                .skip(1)
                .map(|link| link.split('"').next().unwrap())
                .collect();
            let places: Vec<usize> = named
                .iter()
                .map(|id| {
                    let at = html.find(&format!("id=\"{id}\""));
                    at.unwrap_or_else(|| panic!("{path}: nothing is called {id}: {rest}"))
                })
                .collect();
            assert!(places.is_sorted(), "{path}: {named:?}");
            summaries += 1;
            several += usize::from(named.len() > 1);
        }
    }
    assert!(summaries > 10 && several > 3, "{several} of {summaries} name several fields");
}
