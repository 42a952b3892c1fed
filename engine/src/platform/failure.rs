//! What can go wrong in every use case and is nobody's input.

use domain::grants::Grant;
use domain::roles::Permission;
use sea_orm::DbErr;

use crate::platform::keyring::KeyringError;
use crate::platform::mail::MailError;
use crate::platform::tenancy::{Contention, is_full, told};

/// A failure that the person in front of the screen cannot mend, and the lack of
/// a permission.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The actor may not do this.
    #[error("this needs the permission {0:?}")]
    Forbidden(Permission),
    /// The token may not do this.
    #[error("this needs a token with the grant “{}”", .0.name())]
    NotGranted(Grant),
    /// The database failed.
    #[error("database: {}", told(.0))]
    Storage(#[source] DbErr),
    /// Others were at the same rows, for longer than anybody should wait. Nothing
    /// was changed; sent again, it can succeed.
    #[error("too many at once: {}", told(.0))]
    Busy(#[source] DbErr),
    /// The person was joined with another a moment ago. Nothing was changed; sent again,
    /// it is done for the one whom they are now.
    #[error("the person was joined with another meanwhile")]
    Joined,
    /// The keyring failed.
    #[error("keyring: {0}")]
    Keyring(#[from] KeyringError),
    /// A mail did not leave; it is tried again.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Something stored is not what was stored.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// Something stored was written by a newer version of Candor, which runs on
    /// another node: that one reads it.
    #[error("{0} was written by a newer version of Candor, and is left to it")]
    Newer(&'static str),
    /// The file system failed.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A task ended without an answer.
    #[error("a task was cut off: {0}")]
    CutOff(String),
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Failure {
        match Contention::of(&error) {
            Some(_) => Failure::Busy(error),
            None => Failure::Storage(error),
        }
    }
}

impl Failure {
    /// Whether nothing is broken: others were faster, here or in the keyring, and to
    /// try again can succeed.
    pub fn is_busy(&self) -> bool {
        matches!(self, Failure::Joined) || Contention::behind(self).is_some()
    }

    /// Whether the disk is full, of the database or of what is beside it.
    pub fn is_full(&self) -> bool {
        is_full(self)
    }

    /// For what should have parsed, since this program wrote it.
    pub fn corrupt(what: impl std::fmt::Display) -> Failure {
        Failure::Corrupt(what.to_string())
    }

    /// Its name, where no more is to be told: what it says could quote something.
    pub fn name(&self) -> &'static str {
        match self {
            _ if self.is_full() => "full-disk",
            Failure::Forbidden(_) => "forbidden",
            Failure::NotGranted(_) => "not-granted",
            Failure::Storage(_) => "database",
            Failure::Busy(_) => "busy",
            Failure::Joined => "joined",
            Failure::Keyring(_) => "keyring",
            Failure::Mail(_) => "mail",
            Failure::Corrupt(_) => "corrupt",
            Failure::Newer(_) => "newer",
            Failure::File(_) => "file",
            Failure::CutOff(_) => "cut-off",
        }
    }
}
