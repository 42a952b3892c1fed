//! To whom data was given.

use app::portal::Portal;
use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Slug;
use engine::disclosures::{self, Disclosure};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::call::Call;
use super::json::{Json, answer};
use super::problem::Problem;
use super::records::{Result_, Taken};

/// That a person's data of a category was given to somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosureBody {
    /// Your own id of it. Told again, it changes nothing.
    #[schema(min_length = 1, max_length = 200)]
    id: String,
    /// Your own id of the person.
    subject: String,
    /// A category of the policy in force.
    #[schema(value_type = String, max_length = 64)]
    category: Slug,
    /// A processor of the policy in force.
    #[schema(value_type = String, max_length = 64)]
    recipient: Slug,
    /// When.
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// Tells to whom a person's data was given, so that the person's page can say so.
#[utoipa::path(post, path = "/api/v1/disclosures", tag = "Disclosures", request_body = DisclosureBody,
    params(super::openapi::IdempotencyKey),
    responses((status = 200, body = Taken, description = "It was known."),
        (status = 201, body = Taken, description = "It is new."), super::openapi::Problems),
    security(("token" = ["write"])))]
pub async fn tell(
    State(portal): State<Portal>,
    call: Call,
    body: Json<DisclosureBody>,
) -> Result<Response, Problem> {
    let DisclosureBody { id, subject, category, recipient, date } = body.value;
    let disclosure = Disclosure { id, subject, category, recipient, date };
    let request = call.request(&body.bytes);
    let (engine, scope) = (&portal.engine, &call.scope);
    let told = disclosures::disclose(engine, scope, disclosure, call.once(&request)).await?.answer;
    let result = Result_::from(told);
    Ok(answer(result.status(), &Taken { result }))
}
