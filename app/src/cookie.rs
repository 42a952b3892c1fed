//! The one cookie.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use engine::accounts::Secret;

use crate::portal::Portal;

/// Puts a token into the browser (L8): no Max-Age and no Expires, so that it goes
/// when the browser closes.
pub fn set(portal: &Portal, response: &mut Response, token: &Secret) {
    write(portal, response, token.as_str(), "");
}

/// Takes the cookie out of the browser.
pub fn clear(portal: &Portal, response: &mut Response) {
    write(portal, response, "", "; Max-Age=0");
}

fn write(portal: &Portal, response: &mut Response, value: &str, more: &str) {
    let secure = if portal.secure { "; Secure" } else { "" };
    let name = portal.cookie_name();
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}
