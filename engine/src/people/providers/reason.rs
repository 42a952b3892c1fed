//! Why a provider's word was not had, or not taken.

use sea_orm::DbErr;

use super::aim::Begun;
use crate::platform::egress::EgressError;
use crate::platform::failure::Failure;

/// Why, and what was begun, where that is known.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct NotVouched {
    /// Why.
    pub reason: Reason,
    /// What was begun.
    pub begun: Option<Begun>,
}

/// Why a provider's word was not had, or not taken.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The tenant has no such provider.
    #[error("there is no such provider")]
    NoProvider,
    /// Nobody can sign in to this tenant for now.
    #[error("the tenant is suspended")]
    Suspended,
    /// What came back is not an answer (RFC 6749, 4.1.2).
    #[error("that is not an answer")]
    Malformed,
    /// This browser has begun nothing of the kind, or it is used or too old.
    #[error("nothing was begun with this state")]
    NothingBegun,
    /// The person, or the provider, has said no.
    #[error("the provider says no")]
    Denied,
    /// The provider cannot be asked.
    #[error(transparent)]
    Unreachable(#[from] EgressError),
    /// The provider does not take the code, or the client.
    #[error("the provider takes the code not")]
    NotTaken,
    /// What the provider says is not to be believed; here what of it.
    #[error("the provider's {0} is not right")]
    NotBelieved(&'static str),
    /// It says nothing about an address, or its word about one is not taken.
    #[error("no address is vouched for")]
    NoAddress,
    /// It says that the address is not verified.
    #[error("the address is not verified")]
    Unverified,
    /// It names an address, and does not say whether it was verified.
    #[error("nothing is said of whether the address is verified")]
    Unsaid,
    /// No account is known for it, and none can be made.
    #[error("no account is known")]
    NoAccount,
    /// There is an account, but another provider leads to it.
    #[error("the account is signed in to in another way")]
    OtherWay,
    /// The password was reset, and nobody has said yet that this way in is theirs.
    #[error("the other ways in wait for a look")]
    ReviewFirst,
    /// It vouches for somebody whose account is another one.
    #[error("that is somebody else's")]
    NotYours,
    /// It does not vouch that the person has signed in there just now.
    #[error("the provider does not say that it asked just now")]
    NotFresh,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for Reason {
    fn from(error: DbErr) -> Reason {
        Reason::Failure(error.into())
    }
}

impl From<Reason> for NotVouched {
    fn from(reason: Reason) -> NotVouched {
        NotVouched { reason, begun: None }
    }
}

impl From<Failure> for NotVouched {
    fn from(failure: Failure) -> NotVouched {
        Reason::Failure(failure).into()
    }
}

impl From<DbErr> for NotVouched {
    fn from(error: DbErr) -> NotVouched {
        Reason::from(error).into()
    }
}
