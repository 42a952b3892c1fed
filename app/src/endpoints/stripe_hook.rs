//! Events from Stripe: signed, and answered in a word.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::stripe::{self, WebhookError};

use crate::portal::Portal;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// `POST /hooks/stripe`. What is signed is the body as it was sent, byte by byte.
pub async fn receive(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Trouble> {
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok());
    let signature = signature.ok_or(Trouble::BadRequest)?;
    match stripe::receive(&portal.engine, &visit.scope, signature, &body).await {
        // Whatever became of it, it need not be sent again.
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(WebhookError::NotSigned | WebhookError::NotUnderstood) => Err(Trouble::BadRequest),
        Err(WebhookError::Failure(failure)) => Err(failure.into()),
    }
}
