//! Why what the API tells or asks is not taken.

use sea_orm::DbErr;

use crate::data::imports::{ImportError, LineError};
use crate::data::joining::JoinError;
use crate::people::tokens::OnceError;
use crate::platform::failure::Failure;

/// Why a request of the API was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
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
    /// The person is known by another id.
    #[error("this subject was joined with “{0}”: if the person is meant, name them by that id")]
    Joined(String),
    /// Two people were not joined.
    #[error(transparent)]
    NotJoined(JoinError),
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

impl From<DbErr> for TellError {
    fn from(error: DbErr) -> TellError {
        TellError::Failure(error.into())
    }
}

impl From<OnceError> for TellError {
    fn from(error: OnceError) -> TellError {
        match error {
            OnceError::OtherRequest => TellError::OtherRequest,
            OnceError::Failure(failure) => TellError::Failure(failure),
        }
    }
}

impl From<JoinError> for TellError {
    fn from(error: JoinError) -> TellError {
        match error {
            JoinError::Unknown => TellError::Unknown,
            JoinError::Erased => TellError::Erased,
            JoinError::Failure(failure) => TellError::Failure(failure),
            other => TellError::NotJoined(other),
        }
    }
}

impl From<ImportError> for TellError {
    fn from(error: ImportError) -> TellError {
        match error {
            ImportError::NoPolicy => TellError::NoPolicy,
            ImportError::Failure(failure) => TellError::Failure(failure),
            other => TellError::Failure(Failure::corrupt(other)),
        }
    }
}
