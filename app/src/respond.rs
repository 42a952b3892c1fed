//! Answers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::trouble::Trouble;

/// A page.
pub fn html(page: String) -> Response {
    with_type("text/html; charset=utf-8", page)
}

/// A page whose form was not right, filled in as it was sent.
pub fn unprocessable(page: String) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, html(page)).into_response()
}

/// A page that says why what was sent comes too late.
pub fn conflict(page: String) -> Response {
    (StatusCode::CONFLICT, html(page)).into_response()
}

/// A page whose form is right, but was sent too often; it may be sent again after so
/// many seconds.
pub fn too_many(page: String, seconds: u32) -> Response {
    let mut response = html(page);
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Any other content.
pub fn with_type(content_type: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(content_type))], body.into()).into_response()
}

/// To another page, after a form was right (303).
pub fn redirect(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => Trouble::Unprocessable.into_response(),
    }
}

/// Says that a page has an island or uses a passkey, so that our own scripts may
/// run on it.
#[derive(Clone, Copy)]
pub struct HasIslands;

/// A page with an island, or on which a passkey can be used.
pub fn html_with_islands(page: String) -> Response {
    let mut response = html(page);
    response.extensions_mut().insert(HasIslands);
    response
}

/// The same, whose form was not right.
pub fn unprocessable_with_islands(page: String) -> Response {
    let mut response = html_with_islands(page);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}
