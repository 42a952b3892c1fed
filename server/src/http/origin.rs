//! Whether a request comes from a page of this portal, above all one that changes something.
//!
//! Tenants live on sibling hosts, so "same site" is not enough. Instead of a
//! token per form: the browser's own word, which a page cannot forge.

use axum::http::{HeaderMap, Method, header};
use domain::identifiers::HostName;

/// Paths under which a request shows by itself who sends it, by a token or a
/// signature, and never by a cookie: no page of another site can forge it.
const SHOWN_OTHERWISE: [&str; 2] = ["/api/v1/", "/hooks/"];

/// Whether the origin of a request says nothing about who sends it.
pub fn is_shown_otherwise(path: &str) -> bool {
    SHOWN_OTHERWISE.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether the request may go on. Reading always may; all else only from the
/// same origin, by `Sec-Fetch-Site`, or for older browsers by `Origin`.
pub fn is_from_here(method: &Method, headers: &HeaderMap, host: &HostName) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    // Said twice, both must say so.
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    match sites.peek() {
        Some(_) => sites.all(|site| site.as_bytes() == b"same-origin"),
        None => headers
            .get(header::ORIGIN)
            .and_then(|origin| origin.to_str().ok())
            .is_some_and(|origin| is_of_host(origin, headers, host)),
    }
}

/// Whether a page of this portal or the person at the browser has made a request, by the
/// browser's own word: what it asks for is then no stranger's choice.
pub fn is_asked_here(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    sites.peek().is_some() && sites.all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}

/// The origin's host and port are the ones that the request itself was sent to.
fn is_of_host(origin: &str, headers: &HeaderMap, host: &HostName) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let sent_to = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    matches!(scheme, "http" | "https")
        && sent_to.map_or_else(
            || authority.eq_ignore_ascii_case(host.as_str()),
            |sent_to| authority.eq_ignore_ascii_case(sent_to),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_portal_change_anything() {
        let host: HostName = "a.example".parse().unwrap();
        let check = |method: Method, pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "a.example".parse().unwrap());
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_from_here(&method, &headers, &host)
        };
        let site = |value| [("sec-fetch-site", value)];
        assert!(check(Method::GET, &site("cross-site")));
        assert!(check(Method::POST, &site("same-origin")));
        for other in ["same-site", "cross-site", "none", "", "SAME-ORIGIN"] {
            assert!(!check(Method::POST, &site(other)), "{other}");
        }
        assert!(check(Method::POST, &[("origin", "https://a.example")]));
        for other in [
            "https://b.example",
            "null",
            "https://a.example.evil",
            "a.example",
            "https://a.example:1",
        ] {
            assert!(!check(Method::POST, &[("origin", other)]), "{other}");
        }
        assert!(!check(Method::POST, &[]));
        assert!(!check(
            Method::POST,
            &[("sec-fetch-site", "cross-site"), ("origin", "https://a.example")]
        ));
    }
}
