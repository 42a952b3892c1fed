//! Why something cannot be answered as it was asked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::Failure;
use engine::accounts::NotBooked;
use uuid::Uuid;

/// After how many seconds whoever found it closed for a moment may come back.
pub const MOMENT: u32 = 30;

/// Why a page cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// What was asked cannot be understood at all.
    BadRequest,
    /// There is no such page.
    NotFound,
    /// The address is longer than any of this portal.
    TooLong,
    /// No portal answers to this host. It says nothing about which ones do.
    UnknownHost,
    /// The reader may not see it, or the form was sent from another site.
    Forbidden,
    /// The page cannot be asked for in this way.
    MethodNotAllowed,
    /// What was sent cannot be read.
    Unprocessable,
    /// Too many requests; how many seconds to wait.
    TooMany {
        /// Seconds until the next try can succeed.
        seconds: u32,
    },
    /// Something is broken here; the log has the same reference.
    Internal {
        /// The reference.
        reference: String,
    },
    /// It is closed for a moment.
    Unavailable,
    /// There is no room to save anything.
    Full,
    /// Nobody can sign in at this tenant for now.
    Suspended,
    /// The policy is larger than a page can be: it was published before that was checked.
    PolicyTooLarge,
}

impl Trouble {
    /// The status code.
    pub fn status(&self) -> u16 {
        match self {
            Trouble::BadRequest => 400,
            Trouble::NotFound | Trouble::UnknownHost => 404,
            Trouble::TooLong => 414,
            Trouble::Forbidden => 403,
            Trouble::MethodNotAllowed => 405,
            Trouble::Unprocessable => 422,
            Trouble::TooMany { .. } => 429,
            Trouble::Internal { .. } => 500,
            Trouble::Unavailable | Trouble::Suspended | Trouble::PolicyTooLarge => 503,
            Trouble::Full => 507,
        }
    }

    /// After how many seconds the next try can succeed, where that is known.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Trouble::TooMany { seconds } => Some(*seconds),
            Trouble::Unavailable | Trouble::Full => Some(MOMENT),
            _ => None,
        }
    }

    /// What its texts are called.
    pub fn name(&self) -> &'static str {
        match self {
            Trouble::BadRequest => "bad-request",
            Trouble::NotFound => "not-found",
            Trouble::TooLong => "too-long",
            Trouble::UnknownHost => "unknown-host",
            Trouble::Forbidden => "forbidden",
            Trouble::MethodNotAllowed => "method",
            Trouble::Unprocessable => "unprocessable",
            Trouble::TooMany { .. } => "too-many",
            Trouble::Internal { .. } => "internal",
            Trouble::Unavailable => "unavailable",
            Trouble::Full => "full",
            Trouble::Suspended => "suspended",
            Trouble::PolicyTooLarge => "policy-large",
        }
    }
}

/// A trouble on its way out: an outer layer makes the page, which needs to know
/// whose portal it is.
#[derive(Clone)]
pub struct InTrouble(pub Trouble);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(InTrouble(self));
        response
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        match failure {
            Failure::Forbidden(_) | Failure::NotGranted(_) => Trouble::Forbidden,
            Failure::Newer(_) => {
                tracing::warn!(error = %failure, "a request is left to a newer node");
                Trouble::Unavailable
            }
            failure if failure.is_busy() => {
                tracing::warn!(error = %failure, "a request gave way to others");
                Trouble::Unavailable
            }
            failure if failure.is_full() => {
                tracing::error!(error = %failure, "the disk is full: nothing was changed, make room");
                Trouble::Full
            }
            failure => {
                let reference = Uuid::new_v4().simple().to_string();
                tracing::error!(%reference, error = %failure, "a request failed");
                Trouble::Internal { reference }
            }
        }
    }
}

impl From<NotBooked> for Trouble {
    fn from(error: NotBooked) -> Trouble {
        match error {
            NotBooked::TooMany { seconds, .. } => Trouble::TooMany { seconds },
            NotBooked::Failure(failure) => failure.into(),
        }
    }
}
