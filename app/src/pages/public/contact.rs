//! How to reach the company (L15, E24).

use axum::extract::State;
use axum::response::Response;
use domain::policy::placeholders::FactList;
use engine::contact::category;
use engine::policies::{self, Version};
use leptos::prelude::*;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::facts::fact_list;
use crate::ui::facts::table::Listed;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// The contacts.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let version = policies::in_force(&portal.engine, &visit.scope).await?;
    Ok(respond::html(contact(&visit.chrome_in_all(), version.as_deref())))
}

/// The page.
pub fn contact(chrome: &Chrome, version: Option<&Version>) -> String {
    let words = chrome.words;
    let title = words.text("contact-title");
    page(chrome, &title, || {
        let lists = version.map(|version| {
            let reader = Reader { document: &version.document, words };
            let site = reader.document.controller.site.clone();
            let form = category(&reader.document.facts).map(|_| {
                let href = chrome.href(paths::CONTACT_WRITE);
                view! { <p><a class="button plain" href=href>{words.text("write-link")}</a></p> }
            });
            view! {
                {form}
                {fact_list(reader, FactList::Contacts).map(Listed::view)}
                <h2>{words.text("fact-controller")}</h2>
                {fact_list(reader, FactList::Controller).map(Listed::view)}
                <p><a href=format!("https://{site}") rel="noopener">{site.clone()}</a></p>
            }
        });
        let none = version.is_none().then(|| view! { <p>{words.text("requests-no-policy")}</p> });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("contact-intro")}</p>
                {lists}
                {none}
                <p>{words.text("contact-request")}" "
                    <a href=chrome.href(paths::REQUESTS)>{words.text("requests-title")}</a></p>
            </div>
        }
    })
}
