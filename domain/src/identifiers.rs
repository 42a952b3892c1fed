//! Names and addresses, parsed once at the edge into types that cannot be wrong.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a string is not the identifier that it should be. Shown to people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Not a slug: lower-case letters, digits and single hyphens.
    #[error(
        "“{0}” is not a valid name: use lower-case letters, digits and hyphens, at most 64 characters"
    )]
    Slug(String),
    /// Not an email address.
    #[error("“{0}” is not an email address")]
    Email(String),
    /// Not a host name.
    #[error("“{0}” is not a host name")]
    Host(String),
    /// Not a language that the portal speaks.
    #[error("“{0}” is not a language of this portal: use “en” or “de”")]
    Language(String),
}

/// Makes a string newtype whose only constructor is its parser.
macro_rules! parsed_string {
    ($name:ident) => {
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = Malformed;
            fn try_from(text: String) -> Result<Self, Malformed> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}

/// A tenant's number. Every key in the database starts with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TenantId(pub i64);

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of a fact (`call-recording`), a tenant or a section: it appears in
/// URLs, placeholders and files, so it is plain ASCII.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(#[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))] String);
parsed_string!(Slug);

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Slug {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let wellformed = text.len() <= 64
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        wellformed.then(|| Slug(text.to_owned())).ok_or_else(|| Malformed::Slug(text.to_owned()))
    }
}

/// An email address, trimmed, with its domain in lower case and in letters of ASCII, as
/// mail and databases carry it (RFC 5890: A-labels). It is printed as people write it.
///
/// Two addresses name the same mailbox here when their [`EmailAddress::folded`]
/// forms are equal; the local part is kept as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(#[schemars(email)] String);
parsed_string!(EmailAddress);

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

impl EmailAddress {
    /// The address as a person writes it: its domain in the letters of its language.
    pub fn written(&self) -> Cow<'_, str> {
        match self.0.rsplit_once('@') {
            Some((local, domain)) if domain.contains("xn--") => {
                let (shown, valid) = idna::domain_to_unicode(domain);
                if valid.is_ok() { format!("{local}@{shown}").into() } else { (&self.0).into() }
            }
            _ => (&self.0).into(),
        }
    }

    /// The form that look-ups compare: in lower case, of the letters of ASCII only.
    /// Others have look-alikes that fold into them: "K" the sign of Kelvin is not
    /// the "k" of somebody's address.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl FromStr for EmailAddress {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let malformed = || Malformed::Email(text.chars().take(120).collect());
        let trimmed = text.trim();
        let (local, domain) = trimmed.rsplit_once('@').ok_or_else(malformed)?;
        let domain = ascii_domain(domain).and_then(|it| it.parse::<HostName>().ok());
        let domain = domain.ok_or_else(malformed)?;
        let wellformed = local.len() + 1 + domain.as_str().len() <= 254
            && !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
            && domain.as_str().contains('.');
        if !wellformed {
            return Err(malformed());
        }
        Ok(EmailAddress(format!("{local}@{domain}")))
    }
}

/// A domain in letters of ASCII; `None` if there is no such domain (UTS 46, with the
/// rules for new registrations).
fn ascii_domain(domain: &str) -> Option<Cow<'_, str>> {
    if domain.is_ascii() {
        return Some(domain.into());
    }
    let (hyphens, length) = (Hyphens::Check, DnsLength::Verify);
    Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, hyphens, length).ok()
}

/// A host name without a port, in lower case.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
pub struct HostName(String);
parsed_string!(HostName);

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for HostName {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let host = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        let wellformed = !host.is_empty()
            && host.len() <= 253
            && host.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        wellformed
            .then_some(HostName(host))
            .ok_or_else(|| Malformed::Host(text.chars().take(120).collect()))
    }
}

/// A language that the portal's own texts exist in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// Every language, in the order in which a switch lists them.
    pub const ALL: [Language; 2] = [Language::En, Language::De];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
        }
    }

    /// The language's name in itself, as a language switch shows it.
    pub fn endonym(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::De => "Deutsch",
        }
    }

    /// The best of our languages for an Accept-Language header (RFC 9110, 12.5.4).
    pub fn negotiate(header: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or_default();
            let Ok(language) = primary.to_ascii_lowercase().parse::<Language>() else {
                continue;
            };
            if weight > 0.0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

impl FromStr for Language {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        Language::ALL
            .into_iter()
            .find(|l| l.tag() == text)
            .ok_or_else(|| Malformed::Language(text.chars().take(16).collect()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs() {
        for good in ["a", "call-recording", "l10", "0"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-", "a-", "-a", "a--b", "A", "a b", "é", &"x".repeat(65)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }

    #[test]
    fn email_addresses() {
        let parsed: EmailAddress = " Ada@Example.COM ".parse().expect("an address");
        assert_eq!(parsed.as_str(), "Ada@example.com");
        assert_eq!(parsed.folded(), "ada@example.com");
        for bad in [
            "",
            "a",
            "@b.c",
            "a@",
            "a@b",
            "a b@c.de",
            "a@b..c",
            "a\r\nBcc:x@y.z",
            "a@b.c\n",
            "<a@b.c>",
            ".a@b.cd",
        ] {
            assert!(bad.parse::<EmailAddress>().is_err() || bad.trim() != bad, "{bad:?}");
        }
    }

    #[test]
    fn domains_of_every_script_are_one_in_ascii_and_shown_as_they_are_written() {
        for (typed, inside, shown) in [
            ("ada@bücher.example", "ada@xn--bcher-kva.example", "ada@bücher.example"),
            ("Ada@BÜCHER.Example", "Ada@xn--bcher-kva.example", "Ada@bücher.example"),
            ("ada@bu\u{308}cher.example", "ada@xn--bcher-kva.example", "ada@bücher.example"),
            ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example", "ada@bücher.example"),
            ("ada@straße.example", "ada@xn--strae-oqa.example", "ada@straße.example"),
            ("ada@例え。テスト", "ada@xn--r8jz45g.xn--zckzah", "ada@例え.テスト"),
            ("ada@пример.рф", "ada@xn--e1afmkfd.xn--p1ai", "ada@пример.рф"),
            ("ada@example.org", "ada@example.org", "ada@example.org"),
        ] {
            let parsed: EmailAddress = typed.parse().expect(typed);
            assert_eq!((parsed.as_str(), &*parsed.written()), (inside, shown));
            assert_eq!(parsed.written().parse(), Ok(parsed.clone()));
            assert_eq!(serde_json::to_value(&parsed).expect("JSON"), inside);
        }
        for bad in ["a@bü cher.de", "a@bücher", "a@-bücher.de", "a@b\u{202e}ücher.de", "a@ü..de"]
        {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad}");
        }
        // Letters that only look like those of another domain are another domain.
        let like: EmailAddress = "ada@ехample.org".parse().expect("an address");
        assert!(like.folded().contains("xn--"));
    }

    #[test]
    fn accept_language() {
        let cases = [
            ("de", Some(Language::De)),
            ("de-AT,en;q=0.8", Some(Language::De)),
            ("fr,en;q=0.3,de;q=0.7", Some(Language::De)),
            ("fr", None),
            ("de;q=0", None),
            ("en,de", Some(Language::En)),
            ("", None),
            (";;q=;,", None),
        ];
        for (header, expected) in cases {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn no_input_panics_and_what_parses_parses_again(text in "\\PC{0,80}") {
            if let Ok(host) = text.parse::<HostName>() {
                prop_assert_eq!(host.as_str().parse::<HostName>(), Ok(host.clone()));
            }
            if let Ok(email) = text.parse::<EmailAddress>() {
                prop_assert_eq!(email.as_str().parse::<EmailAddress>(), Ok(email.clone()));
            }
            let _ = Language::negotiate(&text);
        }
    }
}
