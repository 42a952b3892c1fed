//! What became of a correction.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use engine::requests::{Row, own_request};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::button_link;
use crate::visit::Visit;

/// The requests that tell of it.
#[derive(Debug, Deserialize)]
pub struct Named {
    changed: Option<Uuid>,
    proposed: Option<Uuid>,
}

/// `GET /account/corrected`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    named: Result<Query<Named>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(named) = named.map_err(|_| Trouble::NotFound)?;
    let changed = find(&portal, &visit, named.changed).await?;
    let proposed = find(&portal, &visit, named.proposed).await?;
    if changed.is_none() && proposed.is_none() {
        return Err(Trouble::NotFound);
    }
    Ok(respond::html(view_of(&visit.chrome_in_all(), changed.as_ref(), proposed.as_ref())))
}

async fn find(portal: &Portal, visit: &Visit, id: Option<Uuid>) -> Result<Option<Row>, Trouble> {
    let Some(id) = id else { return Ok(None) };
    Ok(own_request(&portal.engine, &visit.scope, id).await?.map(|own| own.row))
}

fn view_of(chrome: &Chrome, changed: Option<&Row>, proposed: Option<&Row>) -> String {
    let words = chrome.words;
    let title = words.text(match (changed, proposed) {
        (Some(_), None) => "corrected-title",
        (None, _) => "corrected-proposed-title",
        _ => "corrected-both-title",
    });
    page(chrome, &title, || {
        let told = |row: &Row, text: &'static str| {
            let values = [
                ("reference", row.reference.clone().into()),
                ("date", words.date(row.due_on).into()),
            ];
            let href = chrome.href(&paths::OWN_REQUEST.of(row.id));
            view! {
                <p class="notice" role="status">{words.with(text, &values)}" "
                    <a href=href>{words.text("corrected-see")}</a></p>
            }
        };
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                {changed.map(|row| told(row, "corrected-changed"))}
                {proposed.map(|row| told(row, "corrected-proposed"))}
                <p class="buttons">{button_link(chrome.href(paths::ACCOUNT), words.text("account-title"))}</p>
            </div>
        }
    })
}
