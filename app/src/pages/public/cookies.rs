//! The cookies of the company's sites, and of this portal.

use super::published::Published;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;
use axum::extract::State;
use axum::response::Response;
use domain::policy::Document;
use domain::policy::placeholders::FactList;
use leptos::prelude::*;

use crate::ui::chrome::{Chrome, page};
use crate::ui::facts::fact_list;
use crate::ui::facts::table::Listed;
use crate::ui::reader::Reader;

/// `GET /cookies`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    Ok(respond::html(cookies(&visit.chrome_in_all(), published.document())))
}

/// The page.
pub fn cookies(chrome: &Chrome, document: &Document) -> String {
    let words = chrome.words;
    let title = words.text("cookies-title");
    page(chrome, &title, || {
        let list = fact_list(Reader { document, words }, FactList::Cookies);
        let list = list
            .map(Listed::view)
            .unwrap_or_else(|| view! { <p>{words.text("cookies-none")}</p> }.into_any());
        let site = document.controller.site.clone();
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with("cookies-intro", &[("site", site.into())])}</p>
                {list}
                <h2>{words.text("cookies-portal-title")}</h2>
                <p>{words.text("cookies-portal")}</p>
            </div>
        }
    })
}
