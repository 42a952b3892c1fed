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

/// Which of our own scripts run on a page, so that no others may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// The one that carries a passkey.
    Passkeys,
    /// The islands: JavaScript and WebAssembly.
    Islands,
}

/// A page with an island.
pub fn html_with_islands(page: String) -> Response {
    with_scripts(html(page), Scripts::Islands)
}

/// The same, whose form was not right.
pub fn unprocessable_with_islands(page: String) -> Response {
    with_scripts(unprocessable(page), Scripts::Islands)
}

/// A page on which a passkey can be used.
pub fn html_with_passkeys(page: String) -> Response {
    with_scripts(html(page), Scripts::Passkeys)
}

/// The same, whose form was not right.
pub fn unprocessable_with_passkeys(page: String) -> Response {
    with_scripts(unprocessable(page), Scripts::Passkeys)
}

fn with_scripts(mut response: Response, scripts: Scripts) -> Response {
    response.extensions_mut().insert(scripts);
    response
}
