//! What every handler shares.

use std::net::IpAddr;
use std::sync::Arc;

use engine::Engine;
use engine::demo::Logins;
use engine::storage::Timestamp;

use crate::limits::Limits;
use crate::site::Site;

/// The running portal, as handlers see it.
#[derive(Clone)]
pub struct Portal {
    /// What does the work.
    pub engine: Engine,
    /// The islands, if they were built.
    pub site: Option<Arc<Site>>,
    /// The demo's logins, in a demo.
    pub demo: Option<Arc<Logins>>,
    /// The time. Only the outermost layer reads a clock.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// How often something may be tried.
    pub limits: Arc<Limits>,
    /// Proxies whose word about a request's origin is taken.
    pub proxies: Arc<[IpAddr]>,
    /// Whether the portal is reached by HTTPS: cookies are then `Secure` and
    /// named `__Host-`, and browsers are told to come back by HTTPS only.
    pub secure: bool,
}

impl Portal {
    /// The name of the one cookie.
    pub fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-candor" } else { "candor" }
    }
}
