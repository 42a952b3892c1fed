//! The policy as data, and the schemas of what is data here.

use axum::extract::State;
use axum::response::Response;
use data_encoding::HEXLOWER;
use domain::policy::public::public;
use domain::policy::schema::{hash_of, json_schema};
use serde_json::json;

use crate::pages::public::published::Published;
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// `GET /policy.json`: the document as data, without what the company has not stated
/// yet, and with the hash of what is printed.
pub async fn as_json(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    let document = public(published.document());
    let hash = HEXLOWER.encode(&hash_of(&document));
    let body = json!({
        "$schema": paths::POLICY_SCHEMA,
        "version": published.number(),
        "published": published.on.to_string(),
        "sha256": hash,
        "document": document,
    });
    Ok(respond::with_type("application/json", body.to_string()))
}

/// `GET /policy.schema.json`: the JSON Schema of the document.
pub async fn schema() -> Response {
    respond::with_type("application/schema+json", json_schema().to_string())
}

/// `GET /kinds/{file}`: the JSON Schema of a kind of records.
pub async fn kind(Path(file): Path<String>) -> Result<Response, Trouble> {
    let name = file.strip_suffix(".schema.json").ok_or(Trouble::NotFound)?;
    let kind = domain::kinds::kind(name).ok_or(Trouble::NotFound)?;
    Ok(respond::with_type("application/schema+json", kind.schema))
}

/// `GET /.well-known/gpc.json`: this site honours Global Privacy Control (L7).
pub async fn gpc(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    let body = json!({ "gpc": true, "lastUpdate": published.on.to_string() });
    Ok(respond::with_type("application/json", body.to_string()))
}
