//! Where somebody is sent after something that came in between.

use domain::roles::{Permission, Role};

use crate::paths;

/// Where somebody in that role begins.
pub fn home(role: Role) -> &'static str {
    let may = |permission: Permission| permission.granted_to(Some(role));
    if may(Permission::ControlOwnData) {
        paths::ACCOUNT
    } else if may(Permission::ReadDrafts) {
        paths::STUDIO
    } else {
        paths::DESK
    }
}

/// How long a path may be: that of a page with a hundred things chosen on it.
const LONGEST: usize = 5000;

/// Whether a path leads to a page of this portal and nowhere else. Browsers read
/// a backslash as a slash and skip control characters.
pub fn is_of_this_portal(next: &str) -> bool {
    next.len() <= LONGEST
        && next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.chars().all(|c| !c.is_control())
}

/// Percent-encodes a path for a query (RFC 3986, 3.4).
pub fn encoded(next: &str) -> String {
    next.bytes().map(encode).collect()
}

fn encode(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for good in ["/account", "/policy?lang=de", "/"] {
            assert!(is_of_this_portal(good), "{good}");
        }
        let long = format!("/{}", "a".repeat(LONGEST));
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "evil",
            &long,
        ] {
            assert!(!is_of_this_portal(bad), "{bad}");
        }
        assert_eq!(encoded("/a?b=c&d"), "/a%3Fb%3Dc%26d");
    }
}
