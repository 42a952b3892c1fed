//! HEAD and OPTIONS, which no page has to think of.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers HEAD with the headers of GET (RFC 9110, 9.3.2): all below sees a GET, so that
/// it asks for a sign-in and packs as it does for one. The router leaves the content out.
pub async fn head_as_get(mut request: Request, next: Next) -> Response {
    if *request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    next.run(request).await
}

/// Answers OPTIONS where the path knows no such method: with what it knows, which the
/// router says in `Allow`, and nothing for other origins.
pub fn options(method: &Method, answer: Response) -> Response {
    if *method == Method::OPTIONS && answer.status() == StatusCode::METHOD_NOT_ALLOWED {
        return StatusCode::NO_CONTENT.into_response();
    }
    answer
}
