//! What a person's data may be used for.

use app::portal::Portal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::policy::facts::LegalBasis;
use engine::choices::{self, Choice, SALE_OR_SHARING, ToldConsent, Why};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::call::Call;
use super::json::answer;
use super::problem::Problem;

/// What a person's data may be used for at this moment. Ask before you use it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Permissions {
    /// Purpose by purpose, as the policy in force names them.
    purposes: Vec<Permission>,
    /// Whether the data may be sold or shared for advertising (CCPA 1798.120).
    sale_or_sharing: Decided,
}

/// One purpose.
#[derive(Debug, Serialize, ToSchema)]
pub struct Permission {
    /// The purpose.
    purpose: String,
    /// On what it rests, if your policy states it.
    #[schema(value_type = Option<String>, example = "legitimate-interests")]
    legal_basis: Option<LegalBasis>,
    /// What is so.
    #[serde(flatten)]
    decided: Decided,
}

/// What is so, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Whether the data may be used.
    allowed: bool,
    /// Why.
    reason: Reason,
    /// When the person chose, in milliseconds since 1970, if they did; of a consent that
    /// you told of, when its day began.
    chosen_at: Option<i64>,
    /// The record of yours that says so, where it counts and not what the person chose
    /// here.
    proof: Option<Proof>,
}

/// A record of a consent that you told of.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proof {
    /// Where it came from.
    source: String,
    /// Your own id of it.
    record: String,
    /// The day of the consent, or of its withdrawal.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// What the person was asked, if you told it.
    wording: Option<String>,
    /// Where they were asked, if you told it.
    #[serde(rename = "where")]
    place: Option<String>,
}

/// Why data may, or may not, be used.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A contract or the law asks for it.
    NoChoice,
    /// Nobody has said anything against it.
    NotRefused,
    /// The person has consented.
    Given,
    /// No consent was given yet.
    NotGiven,
    /// The person has withdrawn or objected.
    Refused,
    /// The person's browser has opted out (Global Privacy Control).
    Signal,
    /// The policy says that it is not done at all.
    NotDone,
    /// The person's data is to be erased, or waits for a look of your staff.
    Frozen,
}

/// What a person's data may be used for at this moment.
#[utoipa::path(get, path = "/api/v1/subjects/{id}/permissions", tag = "Permissions",
    params(("id" = String, Path, description = "Your own id of the person.", min_length = 1, max_length = 200)),
    responses((status = 200, body = Permissions, description = "Purpose by purpose."), super::openapi::Problems),
    security(("token" = ["permissions"])))]
pub async fn show(
    State(portal): State<Portal>,
    call: Call,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let all = choices::permissions(&portal.engine, &call.scope, &id).await?;
    let (sale, purposes): (Vec<Choice>, Vec<Choice>) =
        all.into_iter().partition(|choice| choice.purpose == SALE_OR_SHARING);
    let sale_or_sharing =
        sale.into_iter().next().map_or(
            Decided { allowed: false, reason: Reason::NotDone, chosen_at: None, proof: None },
            |choice| decided(&choice),
        );
    let purposes = purposes
        .into_iter()
        .map(|choice| Permission {
            decided: decided(&choice),
            purpose: choice.purpose,
            legal_basis: choice.legal_basis,
        })
        .collect();
    Ok(answer(StatusCode::OK, &Permissions { purposes, sale_or_sharing }))
}

fn proof(told: &ToldConsent) -> Proof {
    let ToldConsent { consent, source, record } = told.clone();
    Proof { source, record, on: consent.on, wording: consent.wording, place: consent.place }
}

fn decided(choice: &Choice) -> Decided {
    let reason = match choice.why {
        Why::NoChoice => Reason::NoChoice,
        Why::NotRefused => Reason::NotRefused,
        Why::Given => Reason::Given,
        Why::NotGiven => Reason::NotGiven,
        Why::Refused => Reason::Refused,
        Why::Signal => Reason::Signal,
        Why::NotDone => Reason::NotDone,
        Why::Frozen => Reason::Frozen,
    };
    Decided {
        allowed: choice.allowed,
        reason,
        chosen_at: choice.chosen_at.map(|at| at.0),
        proof: choice.proof.as_ref().map(proof),
    }
}
