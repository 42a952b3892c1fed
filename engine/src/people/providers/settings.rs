//! What a tenant says about a provider, but for the client's secret.

use std::net::IpAddr;

use domain::identifiers::Slug;
use reqwest::Url;
use serde::{Deserialize, Serialize};

/// The longest text in any field, in bytes.
const LONGEST: usize = 500;

/// What is public about a provider, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Settings {
    /// Its name on buttons.
    pub name: String,
    /// How it is spoken with.
    #[serde(flatten)]
    pub kind: Kind,
    /// What the portal is called there.
    pub client_id: String,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// Whether an address that it calls verified may find or make an account.
    pub trusted_email: bool,
}

/// How a provider is spoken with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all_fields = "kebab-case")]
pub enum Kind {
    /// OpenID Connect: the issuer tells all else (OpenID Connect Discovery 1.0).
    #[serde(rename = "openid")]
    OpenId {
        /// Where it is.
        issuer: String,
    },
    /// OAuth 2 alone (RFC 6749), as GitHub does it.
    #[serde(rename = "oauth2")]
    OAuth2 {
        /// Where browsers are sent.
        authorize_url: String,
        /// Where a code is exchanged.
        token_url: String,
        /// Where it says who has signed in; `id` in its answer is the name.
        userinfo_url: String,
        /// Where it lists addresses, with which of them is primary and verified.
        emails_url: Option<String>,
    },
}

/// A provider as a file or a form describes it, not yet checked. What is left
/// empty is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Its name in addresses.
    pub slug: String,
    /// Its name on buttons.
    pub name: String,
    /// `openid` or `oauth2`.
    pub kind: String,
    /// See [`Kind::OpenId`].
    pub issuer: String,
    /// See [`Kind::OAuth2`].
    pub authorize_url: String,
    /// See [`Kind::OAuth2`].
    pub token_url: String,
    /// See [`Kind::OAuth2`].
    pub userinfo_url: String,
    /// See [`Kind::OAuth2`].
    pub emails_url: String,
    /// What the portal is called there.
    pub client_id: String,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Whether its word about addresses is taken.
    pub trusted_email: bool,
}

/// Something that is wrong with a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {wrong}")]
pub struct Mistake {
    /// The field, as files and forms call it.
    pub field: &'static str,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It must be given.
    #[error("this must be given")]
    Missing,
    /// Not a name in addresses.
    #[error("write lower-case letters, digits and single hyphens; not “new”")]
    Slug,
    /// Neither of the two.
    #[error("write “openid” or “oauth2”")]
    Kind,
    /// Not an address that people and secrets may be sent to.
    #[error("write an address that begins with https://, without a password and without #")]
    Url,
    /// Not a scope (RFC 6749, 3.3).
    #[error("write scopes of visible characters, without spaces and quotes")]
    Scope,
    /// Too long.
    #[error("write at most 500 characters")]
    Long,
}

impl Described {
    /// What is asked for where nothing is said.
    pub fn usual_scopes(kind: &str) -> Vec<String> {
        if kind == "openid" { vec!["openid".to_owned(), "email".to_owned()] } else { Vec::new() }
    }

    /// Checks all of it.
    pub fn checked(&self) -> Result<(Slug, Settings), Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut wrong = |field, wrong| mistakes.push(Mistake { field, wrong });
        let slug = self.slug.parse::<Slug>().ok().filter(|slug| slug.as_str() != "new");
        if slug.is_none() {
            wrong("slug", Wrong::Slug);
        }
        for (field, text) in [("name", &self.name), ("client-id", &self.client_id)] {
            if text.is_empty() {
                wrong(field, Wrong::Missing);
            } else if text.len() > LONGEST {
                wrong(field, Wrong::Long);
            }
        }
        let must = |field, text: &str| match () {
            () if text.is_empty() => Some(Mistake { field, wrong: Wrong::Missing }),
            () if !is_safe_url(text) => Some(Mistake { field, wrong: Wrong::Url }),
            () => None,
        };
        let kind = match self.kind.as_str() {
            "openid" => {
                // An issuer has no query (OpenID Connect Discovery 1.0, section 2).
                let query = self.issuer.contains('?');
                let query = query.then_some(Mistake { field: "issuer", wrong: Wrong::Url });
                mistakes.extend(must("issuer", &self.issuer).or(query));
                Some(Kind::OpenId { issuer: self.issuer.clone() })
            }
            "oauth2" => {
                mistakes.extend(must("authorize-url", &self.authorize_url));
                mistakes.extend(must("token-url", &self.token_url));
                mistakes.extend(must("userinfo-url", &self.userinfo_url));
                let emails_url = Some(self.emails_url.clone()).filter(|url| !url.is_empty());
                mistakes.extend(emails_url.as_ref().and_then(|url| must("emails-url", url)));
                Some(Kind::OAuth2 {
                    authorize_url: self.authorize_url.clone(),
                    token_url: self.token_url.clone(),
                    userinfo_url: self.userinfo_url.clone(),
                    emails_url,
                })
            }
            _ => {
                wrong("kind", Wrong::Kind);
                None
            }
        };
        if !self.scopes.iter().all(|scope| is_scope(scope)) {
            mistakes.push(Mistake { field: "scopes", wrong: Wrong::Scope });
        }
        match (slug, kind, mistakes.is_empty()) {
            (Some(slug), Some(kind), true) => {
                // Every request to an OpenID provider asks for it anyway.
                let mut scopes = self.scopes.clone();
                scopes.retain(|scope| scope != "openid");
                let settings = Settings {
                    name: self.name.clone(),
                    kind,
                    client_id: self.client_id.clone(),
                    scopes,
                    trusted_email: self.trusted_email,
                };
                Ok((slug, settings))
            }
            _ => Err(mistakes),
        }
    }
}

impl Settings {
    /// The same as a form is filled in with it.
    pub fn described(&self, slug: &str) -> Described {
        let mut described = Described {
            slug: slug.to_owned(),
            name: self.name.clone(),
            client_id: self.client_id.clone(),
            scopes: self.scopes.clone(),
            trusted_email: self.trusted_email,
            ..Described::default()
        };
        match self.kind.clone() {
            Kind::OpenId { issuer } => {
                described.kind = "openid".to_owned();
                described.issuer = issuer;
            }
            Kind::OAuth2 { authorize_url, token_url, userinfo_url, emails_url } => {
                described.kind = "oauth2".to_owned();
                described.authorize_url = authorize_url;
                described.token_url = token_url;
                described.userinfo_url = userinfo_url;
                described.emails_url = emails_url.unwrap_or_default();
            }
        }
        described
    }
}

/// Whether people and secrets may be sent there: by HTTPS, or to a machine at
/// hand in a trial. A provider's own documents are held to it too, since they
/// could name an address that runs something (`javascript:`).
pub(crate) fn is_safe_url(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let host = url.host_str().unwrap_or_default();
    let at_hand = host == "localhost"
        || host.ends_with(".localhost")
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let scheme = url.scheme() == "https" || (url.scheme() == "http" && at_hand);
    scheme
        && text.len() <= LONGEST
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
}

fn is_scope(scope: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    !scope.is_empty() && scope.len() <= LONGEST && scope.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openid() -> Described {
        Described {
            slug: "acme".into(),
            name: "Acme".into(),
            kind: "openid".into(),
            issuer: "https://id.acme.example".into(),
            client_id: "portal".into(),
            scopes: vec!["openid".into(), "email".into()],
            ..Described::default()
        }
    }

    #[test]
    fn settings_read_back() {
        let oauth2 = Described {
            kind: "oauth2".into(),
            issuer: String::new(),
            authorize_url: "https://a.example/authorize".into(),
            token_url: "https://a.example/token".into(),
            userinfo_url: "https://a.example/user?v=1".into(),
            emails_url: "https://a.example/emails".into(),
            scopes: vec!["user:email".into()],
            ..openid()
        };
        for described in [openid(), oauth2] {
            let (slug, settings) = described.checked().unwrap();
            let text = serde_json::to_string(&settings).unwrap();
            assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), settings);
            let again = settings.described(slug.as_str()).checked().unwrap();
            assert_eq!(again, (slug, settings));
        }
    }

    #[test]
    fn every_mistake_is_told_by_its_field() {
        let fields = |described: Described| -> Vec<&str> {
            described.checked().unwrap_err().iter().map(|mistake| mistake.field).collect()
        };
        assert_eq!(fields(Described::default()), ["slug", "name", "client-id", "kind"],);
        let oauth2 = Described { kind: "oauth2".into(), ..openid() };
        assert_eq!(fields(oauth2), ["authorize-url", "token-url", "userinfo-url"]);
        assert_eq!(fields(Described { slug: "new".into(), ..openid() }), ["slug"]);
        assert_eq!(fields(Described { scopes: vec!["a b".into()], ..openid() }), ["scopes"]);
        for issuer in [
            "id.acme.example",
            "http://id.acme.example",
            "javascript:alert(1)",
            "https://a:b@id.acme.example",
            "https://id.acme.example/#x",
            "https://id.acme.example/?x",
            "ftp://127.0.0.1",
        ] {
            assert_eq!(fields(Described { issuer: issuer.into(), ..openid() }), ["issuer"]);
        }
        for issuer in ["http://127.0.0.1:9000", "http://[::1]:9000", "http://id.localhost:1"] {
            assert!(Described { issuer: issuer.into(), ..openid() }.checked().is_ok());
        }
    }
}
