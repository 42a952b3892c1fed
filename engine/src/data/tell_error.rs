//! Why what the API tells or asks is not taken.

use domain::identifiers::Slug;
use domain::nearest::Meant;
use jiff::civil::Date;
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
    /// No record of this source is known by this id.
    #[error("no record of this source and id is known")]
    UnknownRecord,
    /// A hold keeps the record for now: somebody waits for an answer about it, or it was
    /// recorded that it is needed.
    #[error("a hold keeps this record for now: send it again once the desk has ended it")]
    Held,
    /// A law keeps it, by the policy's hold of that name.
    #[error("the policy’s hold “{hold}” keeps this record{}", until.map(|day| format!(" until {day}")).unwrap_or_default())]
    Retained {
        /// The hold.
        hold: Slug,
        /// When it may go, if the company states it.
        until: Option<Date>,
    },
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
    #[error("the policy in force has no processor “{0}”{1}")]
    UnknownRecipient(Slug, Meant),
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
