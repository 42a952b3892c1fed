//! Turning the pages of a list.

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::problem::Problem;

/// How many things a page has if nobody says.
const USUAL: u64 = 100;
/// How many at most.
const MOST: u64 = 500;

/// Which page of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
    /// How many things, 100 if not said.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u64>,
}

/// The same, read.
pub struct Page {
    pub after: Option<Uuid>,
    pub limit: u64,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// What is on the page.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; none on the last.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// A page, with the way to the next if it is full.
    pub fn of(found: Vec<(Uuid, T)>, limit: u64) -> List<T> {
        let full = u64::try_from(found.len()).is_ok_and(|len| len == limit);
        List::with(found, full)
    }

    /// A page, with the way to the next if there are more.
    pub fn with(found: Vec<(Uuid, T)>, more: bool) -> List<T> {
        let next =
            found.last().filter(|_| more).map(|(last, _)| BASE64URL_NOPAD.encode(last.as_bytes()));
        List { items: found.into_iter().map(|(_, item)| item).collect(), next }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Page, Problem> {
        let asked: Result<Query<Asked>, QueryRejection> =
            Query::from_request_parts(parts, state).await;
        let Query(asked) = asked.map_err(|rejection| Problem::malformed(rejection.body_text()))?;
        let limit = asked.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Problem::malformed(format!("“limit” goes from 1 to {MOST}")));
        }
        let after = asked.cursor.map(|cursor| {
            let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok();
            bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()).ok_or_else(|| {
                let detail = "send the “next” of the page before, as it is";
                Problem::new("bad-cursor", StatusCode::BAD_REQUEST, detail)
            })
        });
        Ok(Page { after: after.transpose()?, limit })
    }
}
