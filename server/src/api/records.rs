//! What is held.

use app::portal::Portal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::identifiers::Slug;
use engine::imports::{self, Told};
use engine::imports::{Line, RecordLine};
use engine::records::{Removed, record_heads, remove};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::call::Call;
use super::json::{Json, answer};
use super::page::{Asked, List, Page};
use super::problem::Problem;

/// Something that you hold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordBody {
    /// Your own id of it, unique within its source. What was told under it before
    /// is replaced.
    #[schema(min_length = 1, max_length = 200)]
    id: String,
    /// A category of the policy in force.
    #[schema(value_type = String, max_length = 64)]
    category: Slug,
    /// A published kind, or one of your own that begins with “x-”.
    #[schema(value_type = String, max_length = 64)]
    kind: Slug,
    /// The day that it is about.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Your own ids of the people whom it is about.
    #[serde(default)]
    #[schema(max_items = 50)]
    subjects: Vec<String>,
    /// Your own id of the organisation on whose behalf it is held.
    organisation: Option<String>,
    /// A source of the policy in force.
    #[schema(value_type = String, max_length = 64)]
    source: Slug,
    /// The thing itself, as its kind says.
    #[schema(value_type = Object)]
    data: Map<String, Value>,
}

/// What became of something that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Result)]
pub enum Result_ {
    /// It is new.
    Created,
    /// It has changed.
    Updated,
    /// It was known already.
    Unchanged,
}

/// An answer to something that was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// What became of it.
    pub result: Result_,
}

/// A record without its data.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordHead {
    /// Your own id, unique within its source.
    id: String,
    /// Its category.
    category: String,
    /// Its kind.
    kind: String,
    /// Its source.
    source: String,
    /// The day that it is about.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// When the portal was told of it, in milliseconds since 1970.
    recorded_at: i64,
}

impl From<Told> for Result_ {
    fn from(told: Told) -> Result_ {
        match told {
            Told::Created => Result_::Created,
            Told::Updated => Result_::Updated,
            Told::Unchanged => Result_::Unchanged,
        }
    }
}

impl Result_ {
    /// 201 for what is new, else 200.
    pub fn status(self) -> StatusCode {
        if self == Result_::Created { StatusCode::CREATED } else { StatusCode::OK }
    }
}

/// Tells of something that you hold.
#[utoipa::path(post, path = "/api/v1/records", tag = "Records", request_body = RecordBody,
    params(super::openapi::IdempotencyKey),
    responses((status = 200, body = Taken, description = "It was taken."),
        (status = 201, body = Taken, description = "It is new."), super::openapi::Problems),
    security(("token" = ["write"])))]
pub async fn tell(
    State(portal): State<Portal>,
    call: Call,
    body: Json<RecordBody>,
) -> Result<Response, Problem> {
    let RecordBody { id, category, kind, date, subjects, organisation, source, data } = body.value;
    let line = RecordLine { id, category, kind, date, subjects, organisation, source, data };
    take(&portal, &call, Line::Record(line), &body.bytes).await
}

/// What is held about one person alone, without the data itself, in the order in
/// which it became known.
#[utoipa::path(get, path = "/api/v1/subjects/{id}/records", tag = "Records",
    params(("id" = String, Path, description = "Your own id of the person.", min_length = 1, max_length = 200), Asked),
    responses((status = 200, body = List<RecordHead>, description = "A page of it."), super::openapi::Problems),
    security(("token" = ["read"])))]
pub async fn list(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
    page: Page,
) -> Result<Response, Problem> {
    let (engine, scope) = (&portal.engine, &call.scope);
    let (found, more) = record_heads(engine, scope, &id, page.after, page.limit).await?;
    let found = found.into_iter().map(|head| {
        let shown = RecordHead {
            id: head.id,
            category: head.category,
            kind: head.kind,
            source: head.source,
            date: head.date,
            recorded_at: head.recorded_at.0,
        };
        (head.key, shown)
    });
    Ok(answer(StatusCode::OK, &List::with(found.collect(), more)))
}

/// What became of a record that is gone at its source.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gone {
    /// It is deleted.
    Deleted,
    /// It was deleted before.
    Unchanged,
}

/// An answer to that.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordGone {
    /// What became of it.
    result: Gone,
}

/// Deletes one record, because its source is rid of it: for all whom it is about, and
/// under this id it is taken no more (410). It stays (409) while a law keeps it, by a
/// hold of the policy in force, or while something is under way about one of them that
/// lets nothing be deleted.
#[utoipa::path(delete, path = "/api/v1/records/{source}/{id}", tag = "Records",
    params(("source" = String, Path, description = "Where it came from, as you told it.", min_length = 1, max_length = 64),
        ("id" = String, Path, description = "Your own id of it.", min_length = 1, max_length = 200),
        super::openapi::IdempotencyKey),
    responses((status = 200, body = RecordGone, description = "It is deleted."), super::openapi::Problems),
    security(("token" = ["erase"])))]
pub async fn delete(
    State(portal): State<Portal>,
    call: Call,
    Path((source, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let request = call.request(&[]);
    let once = call.once(&request);
    let removed = remove(&portal.engine, &call.scope, (&source, &id), once).await?.answer;
    let result = match removed {
        Removed::Deleted => Gone::Deleted,
        Removed::Before => Gone::Unchanged,
    };
    Ok(answer(StatusCode::OK, &RecordGone { result }))
}

/// Takes one thing that was told.
pub async fn take(
    portal: &Portal,
    call: &Call,
    line: Line,
    body: &[u8],
) -> Result<Response, Problem> {
    let request = call.request(body);
    let told = imports::tell(&portal.engine, &call.scope, line, call.once(&request)).await?.answer;
    let result = Result_::from(told);
    Ok(answer(result.status(), &Taken { result }))
}
