//! Why something is not taken.

use sea_orm::DbErr;

use crate::failure::Failure;
use crate::imports::{ImportError, LineError};

/// Why a request of the API was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// What was sent is not right.
    #[error(transparent)]
    Refused(#[from] LineError),
    /// The tenant has no policy in force.
    #[error("this tenant has no policy in force, so nothing can be held for it yet")]
    NoPolicy,
    /// Nobody is known by this id.
    #[error("no subject of this id is known")]
    Unknown,
    /// The person was erased, and is not brought back.
    #[error("this subject was erased and is not brought back")]
    Erased,
    /// Several people have the address, and are never taken for one.
    #[error("several people have this address: name the one who is meant by “id”")]
    Several,
    /// Nobody of the policy's processors is meant.
    #[error("the policy in force has no processor “{0}”")]
    UnknownRecipient(String),
    /// The key was used for another request.
    #[error("this idempotency key was used for another request")]
    OtherRequest,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for IngestError {
    fn from(error: DbErr) -> IngestError {
        IngestError::Failure(error.into())
    }
}

impl From<ImportError> for IngestError {
    fn from(error: ImportError) -> IngestError {
        match error {
            ImportError::NoPolicy => IngestError::NoPolicy,
            ImportError::Failure(failure) => IngestError::Failure(failure),
            other => IngestError::Failure(Failure::corrupt(other)),
        }
    }
}
