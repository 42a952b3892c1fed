//! The version in force and its place among the others: what most public pages
//! load first.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use data_encoding::HEXLOWER;
use domain::policy::Document;
use domain::policy::public::public;
use domain::policy::schema::{hash_of, json_schema};
use engine::policies::{self, Version};
use jiff::civil::Date;
use serde_json::json;

use super::errors::Trouble;
use super::policy::PolicyPage;
use crate::portal::Portal;
use crate::respond;
use crate::visit::Visit;

/// A version that is or was in force, with its neighbours.
pub struct Published {
    /// The version.
    pub version: Arc<Version>,
    /// When it came into force, where the tenant is.
    pub on: Date,
    /// The version before it.
    pub previous: Option<u32>,
    /// Whether it is in force.
    pub current: bool,
}

impl Published {
    /// The version in force; not found if there is none yet.
    pub async fn in_force(portal: &Portal, visit: &Visit) -> Result<Published, Trouble> {
        let version = policies::in_force(&portal.engine, &visit.scope).await?;
        Published::of(portal, visit, version.ok_or(Trouble::NotFound)?).await
    }

    /// The version of that number, as it stands in a URL.
    pub async fn numbered(
        portal: &Portal,
        visit: &Visit,
        number: &str,
    ) -> Result<Published, Trouble> {
        let number = number
            .parse::<u32>()
            .ok()
            // One spelling each: pages are kept by their address.
            .filter(|parsed| parsed.to_string() == number)
            .ok_or(Trouble::NotFound)?;
        let version = policies::version(&portal.engine, &visit.scope, i64::from(number)).await?;
        Published::of(portal, visit, Arc::new(version.ok_or(Trouble::NotFound)?)).await
    }

    async fn of(
        portal: &Portal,
        visit: &Visit,
        version: Arc<Version>,
    ) -> Result<Published, Trouble> {
        if !version.parsed.fits(&version.document) {
            return Err(Trouble::PolicyTooLarge);
        }
        let heads = policies::history(&portal.engine, &visit.scope).await?;
        let previous = heads
            .iter()
            .find(|head| head.number < version.number)
            .and_then(|head| u32::try_from(head.number).ok());
        let current = version.state == policies::State::Published;
        let at = version.published_at.unwrap_or(version.saved_at);
        Ok(Published { on: visit.scope.date_of(at), previous, current, version })
    }

    /// What it says.
    pub fn document(&self) -> &Document {
        &self.version.document
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        u32::try_from(self.version.number).unwrap_or_default()
    }

    /// The same as the policy's page takes it.
    pub fn page(&self) -> PolicyPage<'_> {
        PolicyPage {
            document: self.document(),
            parsed: &self.version.parsed,
            number: self.number(),
            published: self.on,
            previous: self.previous,
            current: self.current,
        }
    }
}

/// `GET /policy.json`: the document as data, without what the company has not stated
/// yet, and with the hash of what is printed.
pub async fn as_json(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    let document = public(published.document());
    let hash = HEXLOWER.encode(&hash_of(&document));
    let body = json!({
        "$schema": "/policy.schema.json",
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
