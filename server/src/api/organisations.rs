//! Organisations.

use app::portal::Portal;
use axum::extract::{Path, State};
use axum::response::Response;
use engine::imports::{Line, OrganisationLine};
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::Call;
use super::json::Json;
use super::problem::Problem;
use super::records::{Taken, take};

/// A customer of yours with several people.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationBody {
    /// Its name.
    #[schema(max_length = 300)]
    name: String,
}

/// Tells of an organisation by your own id. What was told before is replaced.
#[utoipa::path(put, path = "/api/v1/organisations/{id}", tag = "Organisations",
    params(("id" = String, Path, description = "Your own id.", min_length = 1, max_length = 200)),
    request_body = OrganisationBody,
    responses((status = 200, body = Taken, description = "It was taken."),
        (status = 201, body = Taken, description = "It is new."), super::openapi::Problems),
    security(("token" = ["write"])))]
pub async fn tell(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
    body: Json<OrganisationBody>,
) -> Result<Response, Problem> {
    let line = Line::Organisation(OrganisationLine { id, name: body.value.name });
    take(&portal, &call, line, &body.bytes).await
}
