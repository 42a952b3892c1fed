//! The JSON body of a request.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::json::{DATA, read};
use engine::imports::LineError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// A body that was read as what the route wants, with its bytes.
pub struct Json<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>, Problem> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let is_json = content_type
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            let detail = "send JSON, as “Content-Type: application/json”";
            return Err(Problem::new("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| {
                match rejection.into_response().status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                        "too-long",
                        StatusCode::PAYLOAD_TOO_LARGE,
                        "a body can be 1 MB long; send less at once, or use /api/v1/bulk",
                    ),
                    _ => Problem::malformed("the body was cut off"),
                }
            })?;
        let value = read(&bytes, &DATA).map_err(|error| Problem::from(&LineError::from(error)))?;
        Ok(Json { value, bytes })
    }
}

/// An answer in JSON.
pub fn answer(status: StatusCode, value: &impl Serialize) -> Response {
    let body = serde_json::to_string(value).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
