//! Who is at the other end before anybody is signed in.

use domain::networks::Network;

use super::secret::Secret;

/// A browser that signs in.
#[derive(Clone, Default)]
pub struct Caller {
    /// What it is called on the page that lists sessions; see [`super::browser_of`].
    pub browser: String,
    /// The network of its customer.
    pub network: Network,
    /// The token in its one cookie: of a session that has ended meanwhile, if
    /// somebody was signed in in it before.
    pub cookie: Option<Secret>,
}
