//! What programs that look for pages may list.

use axum::response::Response;

use crate::respond;

/// `GET /robots.txt`: what is public may be found. What a link alone opens says itself that
/// it is not to be listed; the rest asks for a sign-in.
pub async fn show() -> Response {
    respond::with_type("text/plain; charset=utf-8", "User-agent: *\nAllow: /\n")
}
