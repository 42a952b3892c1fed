//! What starts or stops the time for which something is kept.

use app::portal::Portal;
use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Slug;
use engine::imports::{EventLine, Line};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::Call;
use super::json::Json;
use super::problem::Problem;
use super::records::{Taken, take};

/// Something that happened, of a person or of an organisation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventBody {
    /// Your own id of it. What was told under it before is replaced.
    #[schema(min_length = 1, max_length = 200)]
    id: String,
    /// As a retention rule of the policy names it: “subscription-cancelled”. One that no
    /// rule waits for is refused, unless it is your own and begins with “x-”.
    #[schema(value_type = String, max_length = 64)]
    name: Slug,
    /// When it happened.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Your own id of the person, if it is a person's.
    subject: Option<String>,
    /// Your own id of the organisation, if it is an organisation's.
    organisation: Option<String>,
}

/// Tells of something that starts or stops the time for which something is kept. What
/// starts it, as a retention rule of the policy in force or of an earlier one says,
/// needs the grant “end”, and so does taking back what starts or stops it; anything
/// else needs “write”.
#[utoipa::path(post, path = "/api/v1/events", tag = "Events", request_body = EventBody,
    params(super::openapi::IdempotencyKey),
    responses((status = 200, body = Taken, description = "It was taken."),
        (status = 201, body = Taken, description = "It is new."), super::openapi::Problems),
    security(("token" = ["write"]), ("token" = ["end"])))]
pub async fn tell(
    State(portal): State<Portal>,
    call: Call,
    body: Json<EventBody>,
) -> Result<Response, Problem> {
    let EventBody { id, name, date, subject, organisation } = body.value;
    let line = Line::Event(EventLine { id, name, date, subject, organisation });
    take(&portal, &call, line, &body.bytes).await
}
