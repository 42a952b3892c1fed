//! One request, once it is known whose portal it is for and who makes it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::identifiers::{HostName, Language};
use domain::networks::{Network, Width};
use domain::words::Words;
use engine::accounts::{Caller, Confirmed, Secret, Session, Task};
use engine::directory::TenantHead;
use engine::{Actor, Engine, Scope};
use jiff::civil::Date;

use crate::assets::{CSS, PASSKEY};
use crate::site::Site;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, TenantLook, Viewer};

/// Whose portal, who, when and in which language. The middleware puts it into
/// the request before a handler runs.
#[derive(Clone)]
pub struct Visit {
    /// The tenant of the host.
    pub tenant: Arc<TenantHead>,
    /// The frame for use cases.
    pub scope: Scope,
    /// The host that was asked.
    pub host: HostName,
    /// Where the request comes from.
    pub address: IpAddr,
    /// What the browser is called on the page that lists sessions.
    pub browser: String,
    /// The token in the one cookie, whether there is a session or not.
    pub cookie: Option<Secret>,
    /// The session of that token, if it is alive.
    pub session: Option<Session>,
    /// Path and query without `lang`.
    pub path: String,
    /// The same where it can be read, else the nearest page above: where the links that
    /// switch the language lead.
    pub here: String,
    /// Whether the URL says the language.
    pub explicit_language: bool,
}

impl Visit {
    /// The browser, to whoever signs somebody in.
    pub fn caller(&self) -> Caller {
        Caller {
            browser: self.browser.clone(),
            network: Network::around(self.address, Width::Customer),
            cookie: self.cookie.clone(),
        }
    }

    /// The texts, in the reader's language.
    pub fn words(&self) -> Words {
        Words::new(self.scope.language)
    }

    /// Today, where the tenant is.
    pub fn today(&self) -> Date {
        self.scope.today()
    }

    /// Where this page is on the host that passkeys are for, if it is not this
    /// one: a passkey works at one host only.
    pub fn elsewhere_for_passkeys(
        &self,
        engine: &Engine,
        path: &str,
    ) -> Result<Option<String>, Trouble> {
        if self.host == self.tenant.canonical_host {
            return Ok(None);
        }
        Ok(Some(engine.link(self.tenant.id, &self.chrome_in_all().href(path))?))
    }

    /// That the task was confirmed. The gate asks for it before a handler of a
    /// route that names the task.
    pub fn confirmed(&self, task: Task) -> Result<Confirmed, Trouble> {
        let session = self.session.as_ref();
        session
            .and_then(|session| session.confirmed(task, self.scope.now))
            .ok_or(Trouble::Forbidden)
    }

    /// What surrounds a page in these languages.
    pub fn chrome(&self, languages: &[Language]) -> Chrome {
        let viewer = match self.scope.actor {
            Actor::Account { role, .. } => Some(Viewer { role }),
            _ => None,
        };
        let tagline = &self.tenant.tagline;
        Chrome {
            words: self.words(),
            tenant: Some(TenantLook {
                name: self.tenant.name.clone(),
                tagline: (!tagline.is_empty()).then(|| tagline.clone()),
                theme_href: crate::ui::theme::href(&self.tenant.accent),
                suspended: self.tenant.suspended,
            }),
            path: self.here.clone(),
            languages: languages.to_vec(),
            explicit_language: self.explicit_language,
            viewer,
            css_href: CSS.path.clone(),
            script_href: None,
        }
    }

    /// What surrounds a page of the portal's own texts, which exist in every
    /// language.
    pub fn chrome_in_all(&self) -> Chrome {
        self.chrome(&Language::ALL)
    }

    /// The same on a page with an island.
    pub fn chrome_with_islands(&self, site: Option<&Site>) -> Chrome {
        let script_href = site.map(|site| site.script_href().to_owned());
        Chrome { script_href, ..self.chrome_in_all() }
    }

    /// The same on a page on which a passkey can be used.
    pub fn chrome_with_passkeys(&self) -> Chrome {
        Chrome { script_href: Some(PASSKEY.path.clone()), ..self.chrome_in_all() }
    }
}

/// Whether the browser sends a Global Privacy Control signal.
pub fn sends_signal(headers: &HeaderMap) -> bool {
    headers.get("sec-gpc").is_some_and(|value| value.as_bytes() == b"1")
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Trouble> {
        // Without one the route was not in the table.
        parts.extensions.get::<Visit>().cloned().ok_or(Trouble::NotFound)
    }
}
