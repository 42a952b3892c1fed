//! What every answer tells the browser.

use app::respond::Scripts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Pages without an island: no script at all.
const WITHOUT_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
/// Pages on which a passkey can be used: a script of our own, which asks our own server.
const WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'";
/// Pages with an island: WebAssembly as well.
const WITH_ISLANDS: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const TWO_YEARS: &str = "max-age=63072000";

/// Sets the headers of an answer. `secure`: the portal is reached by HTTPS (L12).
pub fn set(headers: &mut HeaderMap, secure: bool, scripts: Option<Scripts>) {
    let policy = match scripts {
        None => WITHOUT_SCRIPT,
        Some(Scripts::Passkeys) => WITH_SCRIPT,
        Some(Scripts::Islands) => WITH_ISLANDS,
    };
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
        ),
    ];
    for (name, value) in fixed {
        // A page may have said something stricter.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TWO_YEARS));
    }
    // What is not kept for everybody is kept by nobody.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
