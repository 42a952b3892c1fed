//! The description of the API, made from its handlers (OpenAPI 3.1).

use std::sync::LazyLock;

use app::respond;
use axum::response::Response;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi};

use super::problem::Problem;
use super::{bulk, disclosures, events, organisations, permissions, records, subjects};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Candor",
        version = "1",
        description = "Tells a privacy portal what is held about people, and asks it what may be done with it.",
    ),
    paths(
        subjects::list, subjects::by_address, subjects::show, subjects::tell, subjects::erase,
        subjects::join,
        records::list, permissions::show, organisations::tell, records::tell, records::delete, events::tell,
        disclosures::tell, bulk::take,
    ),
    components(schemas(Problem)),
    modifiers(&WithToken),
)]
struct Api;

/// The one scheme: a token.
struct WithToken;

impl Modify for WithToken {
    fn modify(&self, api: &mut Description) {
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of the portal’s studio: “candor_…”."))
            .build();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// What every request may be answered when it is not taken.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "it only describes")]
pub enum Problems {
    /// It cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Problem),
    /// There is no token, or none that is good.
    #[response(status = 401, content_type = "application/problem+json")]
    Token(Problem),
    /// The token does not allow it.
    #[response(status = 403, content_type = "application/problem+json")]
    NotGranted(Problem),
    /// The person is not known.
    #[response(status = 404, content_type = "application/problem+json")]
    Unknown(Problem),
    /// The address does not know this method.
    #[response(status = 405, content_type = "application/problem+json")]
    Method(Problem),
    /// It cannot be done as things are.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Problem),
    /// The person was erased, or the record deleted.
    #[response(status = 410, content_type = "application/problem+json")]
    Erased(Problem),
    /// It is too long.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLong(Problem),
    /// Its address is too long.
    #[response(status = 414, content_type = "application/problem+json")]
    AddressTooLong(Problem),
    /// It has another type.
    #[response(status = 415, content_type = "application/problem+json")]
    MediaType(Problem),
    /// It says something that cannot be.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(Problem),
    /// There are too many: wait as long as `Retry-After` says.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// Something is broken here.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem),
    /// It is closed for a moment.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// A header for doing something once.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "it only describes")]
pub struct IdempotencyKey {
    /// A key of your choice: sent again within a day, the answer is the same, and
    /// nothing is done again.
    #[param(
        rename = "Idempotency-Key",
        required = false,
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$"
    )]
    key: Option<String>,
}

static DESCRIPTION: LazyLock<String> =
    LazyLock::new(|| Api::openapi().to_json().unwrap_or_default());

/// The description as a value.
pub fn description() -> Description {
    Api::openapi()
}

/// `GET /api/v1/openapi.json`
pub async fn show() -> Response {
    respond::with_type("application/json", DESCRIPTION.as_str())
}
