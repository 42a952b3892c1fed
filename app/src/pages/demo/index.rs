//! The list of demo tenants, on hosts of a demo that are no tenant's.

use leptos::prelude::*;

use crate::ui::chrome::{Chrome, page};

/// A demo tenant and how to sign in there.
#[derive(Debug, Clone)]
pub struct DemoTenant {
    /// Its name.
    pub name: String,
    /// What it is.
    pub tagline: Option<String>,
    /// Where it is.
    pub url: String,
    /// Accounts of made-up people.
    pub logins: Vec<DemoLogin>,
}

/// A made-up person's account.
#[derive(Debug, Clone)]
pub struct DemoLogin {
    /// What to see as this person.
    pub about: String,
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// The page.
pub fn demo_index(chrome: &Chrome, tenants: &[DemoTenant]) -> String {
    let words = chrome.words;
    let title = words.text("demo-title");
    page(chrome, &title, || {
        let list = tenants.iter().map(|tenant| one(chrome, tenant)).collect_view();
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("demo-intro")}</p>
                <p><a href=chrome.href("/mail")>{words.text("demo-mail-title")}</a></p>
                <ul class="tenants">{list}</ul>
            </div>
        }
    })
}

fn one(chrome: &Chrome, tenant: &DemoTenant) -> AnyView {
    let say = |id| chrome.words.text(id);
    let logins = tenant
        .logins
        .iter()
        .map(|login| {
            view! {
                <tr>
                    <th scope="row">{login.about.clone()}</th>
                    <td data-label=say("field-email")><code>{login.email.clone()}</code></td>
                    <td data-label=say("field-password")><code>{login.password.clone()}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <li>
            <h2><a href=tenant.url.clone()>{tenant.name.clone()}</a></h2>
            {tenant.tagline.clone().map(|tagline| view! { <p class="quiet">{tagline}</p> })}
            <table class="facts">
                <caption class="unseen">{say("demo-logins")}</caption>
                <thead><tr>
                    <th scope="col">{say("demo-person")}</th>
                    <th scope="col">{say("field-email")}</th>
                    <th scope="col">{say("field-password")}</th>
                </tr></thead>
                <tbody>{logins}</tbody>
            </table>
        </li>
    }
    .into_any()
}
