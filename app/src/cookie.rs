//! The one cookie.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use cookie::{Cookie, SameSite};
use engine::accounts::Secret;

use crate::portal::Portal;

/// Puts a token into the browser (L8): no Max-Age and no Expires, so that it goes
/// when the browser closes.
pub fn set(portal: &Portal, response: &mut Response, token: &Secret) {
    write(portal, response, Cookie::new(portal.cookie_name(), token.as_str()), false);
}

/// Takes the cookie out of the browser.
pub fn clear(portal: &Portal, response: &mut Response) {
    write(portal, response, Cookie::new(portal.cookie_name(), ""), true);
}

fn write(portal: &Portal, response: &mut Response, mut cookie: Cookie<'_>, ended: bool) {
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(portal.secure.then_some(true));
    if ended {
        cookie.set_max_age(cookie::time::Duration::ZERO);
    }
    if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}
