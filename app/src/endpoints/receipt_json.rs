//! Receipts as files that can be checked without the portal.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use engine::Failure;
use engine::erasure::public_keys;
use serde_json::json;

use crate::pages::public::receipt::{opened, secret};
use crate::part::Path;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// The receipt as a file that can be checked without the portal: see
/// `candor receipt verify`.
pub async fn file(
    State(portal): State<Portal>,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, Trouble> {
    let (_, found) = opened(&portal, &visit, &code).await?;
    let text = serde_json::to_string_pretty(&found.paper).map_err(Failure::corrupt)?;
    let mut answer = secret(respond::with_type("application/json", text));
    let name = format!("attachment; filename=\"receipt-{}.json\"", found.request.reference);
    if let Ok(name) = HeaderValue::from_str(&name) {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

/// The public keys that receipts are signed with.
pub async fn keys(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let keys = public_keys(&portal.engine, &visit.scope).await?;
    let text = serde_json::to_string_pretty(&json!({ "public-keys": keys }));
    Ok(respond::with_type("application/json", text.map_err(Failure::corrupt)?))
}
