//! What a provider vouches for.

use domain::identifiers::EmailAddress;

use super::reason::Reason;
use crate::platform::keyring::TenantKeys;

/// Somebody at a provider.
pub(super) struct Vouched {
    /// Which names are unique: those of one issuer.
    pub issuer: String,
    /// The name there, which never changes; nothing that people read.
    pub subject: String,
    pub address: Address,
    /// Whether more than one factor was shown there.
    pub strong: bool,
    /// When the person signed in there, in milliseconds since 1970.
    pub at: Option<i64>,
}

/// What a provider says about an address.
pub(super) enum Address {
    None,
    Unverified,
    /// There is one, and nothing is said of whether it was verified.
    Unsaid,
    Verified(EmailAddress),
    /// It could not be asked for.
    NotHad(Reason),
}

impl Vouched {
    /// How the identity is stored: nobody can tell from it who it is.
    pub fn name_hash(&self, keys: &TenantKeys) -> Vec<u8> {
        let name = [self.issuer.as_bytes(), b"\0", self.subject.as_bytes()].concat();
        keys.lookup.hash("identity", &name)
    }
}
