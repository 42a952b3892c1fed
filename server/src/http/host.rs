//! Which host a request is for.

use axum::http::{HeaderMap, Uri, header};
use domain::identifiers::HostName;

/// The host of a request, without its port: from the one Host header, or from
/// HTTP/2's `:authority`. `None` if it is missing, repeated or malformed.
pub fn host_of(headers: &HeaderMap, uri: &Uri) -> Option<HostName> {
    let mut all = headers.get_all(header::HOST).iter();
    let text = match (all.next(), all.next()) {
        (Some(host), None) => host.to_str().ok()?,
        (None, _) => uri.authority()?.as_str(),
        (Some(_), Some(_)) => return None,
    };
    let (name, port) = text.rsplit_once(':').unwrap_or((text, "0"));
    let port_is_number =
        !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
    port_is_number.then(|| name.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn hosts() {
        let of = |hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(header::HOST, HeaderValue::from_str(host).unwrap());
            }
            host_of(&headers, &Uri::from_static("/")).map(|host| host.to_string())
        };
        assert_eq!(of(&["Lumaire.localhost:3000"]).as_deref(), Some("lumaire.localhost"));
        assert_eq!(of(&["lumaire.localhost"]).as_deref(), Some("lumaire.localhost"));
        for bad in
            [&["a b"][..], &["a", "b"], &[""], &["a:"], &["a:x"], &["[::1]:1"], &["a/b"], &[]]
        {
            assert_eq!(of(bad), None, "{bad:?}");
        }
    }
}
