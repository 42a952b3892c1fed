//! The companies that receive data.

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

/// `GET /processors`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    Ok(respond::html(processors(&visit.chrome_in_all(), published.document())))
}

/// The page.
pub fn processors(chrome: &Chrome, document: &Document) -> String {
    let words = chrome.words;
    let title = words.text("processors-title");
    page(chrome, &title, || {
        let reader = Reader { document, words };
        let list = fact_list(reader, FactList::Processors)
            .map(Listed::view)
            .unwrap_or_else(|| view! { <p>{words.text("processors-none")}</p> }.into_any());
        let transfers = fact_list(reader, FactList::Transfers)
            .map(|list| view! { <h2>{words.text("fact-transfers")}</h2>{list.view()} });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("processors-intro")}</p>
                {list}
                {transfers}
            </div>
        }
    })
}
