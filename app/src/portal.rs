//! What every handler shares.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use engine::Engine;
use engine::demo::Logins;
use engine::storage::Timestamp;

use crate::limits::Limits;
use crate::site::Site;

/// The running portal, as handlers see it. To clone it costs next to nothing: every
/// layer that a request passes has one of its own.
#[derive(Clone)]
pub struct Portal(Arc<Parts>);

/// What a portal is made of.
pub struct Parts {
    /// What does the work.
    pub engine: Engine,
    /// The islands, if they were built.
    pub site: Option<Site>,
    /// The demo's logins, in a demo.
    pub demo: Option<Logins>,
    /// The time. Only the outermost layer reads a clock.
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// How often something may be tried.
    pub limits: Limits,
    /// Proxies whose word about a request's origin is taken.
    pub proxies: Vec<IpAddr>,
    /// Whether the portal is reached by HTTPS: cookies are then `Secure` and
    /// named `__Host-`, and browsers are told to come back by HTTPS only.
    pub secure: bool,
}

impl From<Parts> for Portal {
    fn from(parts: Parts) -> Portal {
        Portal(Arc::new(parts))
    }
}

impl Deref for Portal {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Portal {
    /// The name of the one cookie.
    pub fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-candor" } else { "candor" }
    }
}
