//! What would have been mailed, on a host of a demo that is no tenant's.

use leptos::prelude::*;

use crate::ui::chrome::{Chrome, page};

/// A mail of the demo.
#[derive(Debug, Clone)]
pub struct DemoMail {
    /// To whom.
    pub to: String,
    /// From whom.
    pub from: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The page.
pub fn demo_mail(chrome: &Chrome, mails: &[DemoMail]) -> String {
    let words = chrome.words;
    let title = words.text("demo-mail-title");
    page(chrome, &title, || {
        let none = mails.is_empty().then(|| view! { <p>{words.text("demo-mail-none")}</p> });
        let list = mails.iter().map(one).collect_view();
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href("/")>{words.text("demo-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("demo-mail-intro")}</p>
                {none}
                <ul class="tenants">{list}</ul>
            </div>
        }
    })
}

fn one(mail: &DemoMail) -> AnyView {
    // A line that is an address can be followed.
    let lines = mail
        .text
        .lines()
        .map(|line| {
            if line.starts_with("http") {
                let href = line.to_owned();
                view! { <a href=href>{line.to_owned()}</a>"\n" }.into_any()
            } else {
                format!("{line}\n").into_any()
            }
        })
        .collect_view();
    view! {
        <li>
            <h2>{mail.subject.clone()}</h2>
            <p class="quiet">{mail.from.clone()}" → "{mail.to.clone()}</p>
            <div class="mail">{lines}</div>
        </li>
    }
    .into_any()
}
