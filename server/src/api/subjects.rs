//! People.

use app::portal::Portal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::identifiers::EmailAddress;
use engine::imports::{Line, SubjectLine};
use engine::{erasure, imports, joining, records};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::Call;
use super::json::{Json, answer};
use super::page::{Asked, List, Page};
use super::problem::Problem;
use super::records::Result_;

/// A person, as your systems know them. What is left out is not known.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectBody {
    /// The address.
    #[schema(value_type = Option<String>, format = "email")]
    email: Option<EmailAddress>,
    /// The name.
    #[schema(max_length = 300)]
    name: Option<String>,
    /// Your own id of the organisation that the person works for.
    organisation: Option<String>,
    /// Whether the person sees what you hold on its behalf.
    #[serde(default)]
    organisation_admin: bool,
}

/// A person whom you know by address alone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectByAddress {
    /// The address.
    #[schema(value_type = String, format = "email")]
    email: EmailAddress,
    /// The name; left out, it stays as it is.
    #[schema(max_length = 300)]
    name: Option<String>,
    /// Your own id of the organisation that the person works for.
    organisation: Option<String>,
}

/// With whom somebody is joined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinBody {
    /// Your own id of the one who stays.
    #[schema(min_length = 1, max_length = 200)]
    into: String,
}

/// What became of a person who was told of by address.
#[derive(Debug, Serialize, ToSchema)]
pub struct ByAddress {
    /// What became of it.
    result: Result_,
    /// The person's id, for further requests.
    id: String,
}

/// A person whom the portal knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectHead {
    /// Your own id.
    id: String,
    /// Whether the data must not be used now: an erasure is under way, somebody has
    /// to look at a report first, or the person has it restricted or objects.
    frozen: bool,
    /// When the portal was told of the person, in milliseconds since 1970.
    created_at: i64,
}

/// An erasure that is under way.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erasure {
    /// What the person and your staff see it under; none if it was under way before.
    reference: Option<String>,
    /// By when it is done at the latest. It is done within moments.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<jiff::civil::Date>,
}

/// The people whom the portal knows, in the order in which they became known.
#[utoipa::path(get, path = "/api/v1/subjects", tag = "Subjects", params(Asked),
    responses((status = 200, body = List<SubjectHead>, description = "A page of them."), super::openapi::Problems),
    security(("token" = ["read"])))]
pub async fn list(
    State(portal): State<Portal>,
    call: Call,
    page: Page,
) -> Result<Response, Problem> {
    let found = records::subjects(&portal.engine, &call.scope, page.after, page.limit).await?;
    let found = found.into_iter().map(|subject| (subject.key, head(subject))).collect();
    Ok(answer(StatusCode::OK, &List::of(found, page.limit)))
}

/// One person.
#[utoipa::path(get, path = "/api/v1/subjects/{id}", tag = "Subjects", params(("id" = String, Path, description = "Your own id.", min_length = 1, max_length = 200)),
    responses((status = 200, body = SubjectHead, description = "The person."), super::openapi::Problems),
    security(("token" = ["read"])))]
pub async fn show(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let subject = records::subject(&portal.engine, &call.scope, &id).await?;
    Ok(answer(StatusCode::OK, &head(subject)))
}

/// Tells of a person by your own id. What was told before is replaced. Another address of
/// somebody who is known, a first one, that there is none any more, and that somebody
/// administers an organisation also need the grant “access”. Another address counts
/// three days after the known one was written to, unless the person stops it by a link.
#[utoipa::path(put, path = "/api/v1/subjects/{id}", tag = "Subjects", params(("id" = String, Path, description = "Your own id.", min_length = 1, max_length = 200)),
    request_body = SubjectBody,
    responses((status = 200, body = super::records::Taken, description = "It was taken."),
        (status = 201, body = super::records::Taken, description = "The person is new."), super::openapi::Problems),
    security(("token" = ["write"])))]
pub async fn tell(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
    body: Json<SubjectBody>,
) -> Result<Response, Problem> {
    let SubjectBody { email, name, organisation, organisation_admin } = body.value;
    let line = Line::Subject(SubjectLine { id, email, name, organisation, organisation_admin });
    super::records::take(&portal, &call, line, &body.bytes).await
}

/// Tells of a person by address: the only one who has it, or somebody new. Several
/// who share an address are never taken for one.
#[utoipa::path(post, path = "/api/v1/subjects", tag = "Subjects", request_body = SubjectByAddress,
    params(super::openapi::IdempotencyKey),
    responses((status = 200, body = ByAddress, description = "The person was known."),
        (status = 201, body = ByAddress, description = "The person is new."), super::openapi::Problems),
    security(("token" = ["write"])))]
pub async fn by_address(
    State(portal): State<Portal>,
    call: Call,
    body: Json<SubjectByAddress>,
) -> Result<Response, Problem> {
    let SubjectByAddress { email, name, organisation } = body.value;
    let request = call.request(&body.bytes);
    let (engine, scope) = (&portal.engine, &call.scope);
    let told =
        imports::subject_by_address(engine, scope, email, name, organisation, call.once(&request));
    let known = told.await?.answer;
    let id = records::source_id(engine, scope, known.subject).await?;
    let result = Result_::from(known.told);
    Ok(answer(result.status(), &ByAddress { result, id }))
}

/// Opens the erasure of a person, as the person could on the page: what the policy
/// retains stays, the person is told, and the id is not taken again.
#[utoipa::path(delete, path = "/api/v1/subjects/{id}", tag = "Subjects",
    params(("id" = String, Path, description = "Your own id.", min_length = 1, max_length = 200), super::openapi::IdempotencyKey),
    responses((status = 202, body = Erasure, description = "It is under way."), super::openapi::Problems),
    security(("token" = ["erase"])))]
pub async fn erase(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let request = call.request(&[]);
    let begun =
        erasure::ask_by_id(&portal.engine, &call.scope, &id, call.once(&request)).await?.answer;
    let erasure = Erasure { reference: begun.reference, due: begun.due_on };
    Ok(answer(StatusCode::ACCEPTED, &erasure))
}

/// Joins a person with another, who stays: both ids are one person from then on, and all
/// that was held about the one is held about the other. It needs both grants. Both must
/// have the same address. What is told about the person by the id that was joined reaches
/// the one who stays; who the person is, and that they are erased, is told by the id that
/// stays.
#[utoipa::path(post, path = "/api/v1/subjects/{id}/join", tag = "Subjects", request_body = JoinBody,
    params(("id" = String, Path, description = "Your own id of the one who goes.", min_length = 1, max_length = 200), super::openapi::IdempotencyKey),
    responses((status = 200, body = super::records::Taken, description = "They are one: “updated” if since now, “unchanged” if before."), super::openapi::Problems),
    security(("token" = ["access", "erase"])))]
pub async fn join(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
    body: Json<JoinBody>,
) -> Result<Response, Problem> {
    let request = call.request(&body.bytes);
    let (engine, scope) = (&portal.engine, &call.scope);
    let joined = joining::join_by_id(engine, scope, (&id, &body.value.into), call.once(&request));
    let result = Result_::from(joined.await?.answer);
    Ok(answer(StatusCode::OK, &super::records::Taken { result }))
}

fn head(subject: records::Subject) -> SubjectHead {
    SubjectHead { id: subject.id, frozen: subject.frozen, created_at: subject.created_at.0 }
}
