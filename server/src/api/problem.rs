//! What went wrong, as a problem document (RFC 9457).

use app::trouble::{MOMENT, Trouble};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::grants::Grant;
use engine::Failure;
use engine::TellError;
use engine::imports::LineError;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Which problem it is: a relative reference that does not change.
    #[serde(rename = "type")]
    #[schema(example = "/api/v1/docs#card-number")]
    pub kind: String,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The status code.
    pub status: u16,
    /// What is wrong here, and what to do. Never quotes what was sent where
    /// that could be personal data.
    pub detail: String,
    /// Seconds until the next try can succeed.
    #[serde(skip)]
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem of this name, also the anchor under which the page tells of it.
    pub fn new(code: &str, status: StatusCode, detail: impl ToString) -> Problem {
        Problem {
            kind: format!("/api/v1/docs#{code}"),
            title: title(code),
            status: status.as_u16(),
            detail: detail.to_string(),
            retry_after: None,
        }
    }

    /// Without a token.
    pub fn token_missing() -> Problem {
        let detail = "send a token: “Authorization: Bearer candor_…”";
        Problem::new("token", StatusCode::UNAUTHORIZED, detail)
    }

    /// With a token that may not do this.
    pub fn not_granted(grant: Grant) -> Problem {
        let detail = format!("this needs a token with the grant “{}”", grant.name());
        Problem::new("not-granted", StatusCode::FORBIDDEN, detail)
    }

    /// With what cannot be read as what is asked for.
    pub fn malformed(detail: impl ToString) -> Problem {
        Problem::new("malformed", StatusCode::BAD_REQUEST, detail)
    }
}

/// Every problem by the end of its `type`, with its title.
pub const PROBLEMS: [(&str, &str); 51] = [
    ("token", "A valid token is needed"),
    ("expired-token", "The token has expired"),
    ("not-granted", "The token does not allow this"),
    ("malformed", "The request cannot be read"),
    ("media-type", "The content has another type"),
    ("too-long", "The request is too long"),
    ("too-much", "There is too much in it"),
    ("not-found", "There is nothing at this address"),
    ("method", "The address does not know this method"),
    ("too-many", "Too many requests"),
    ("unavailable", "Closed for a moment"),
    ("suspended", "The portal is suspended"),
    ("internal", "Something is broken here"),
    ("unknown-subject", "The person is not known"),
    ("unknown-record", "The record is not known"),
    ("erased", "The person was erased"),
    ("joined", "The person is known by another id now"),
    ("not-joined", "The two cannot be joined as things are"),
    ("record-gone", "The record was deleted"),
    ("held", "A hold keeps it for now"),
    ("retained", "A law keeps it"),
    ("paused", "Nothing is taken about this person for now"),
    ("several-people", "Several people have the address"),
    ("no-policy", "No policy is in force"),
    ("idempotency-key", "The idempotency key cannot be taken"),
    ("bad-id", "The id cannot be taken"),
    ("bad-cursor", "The cursor is none of this list"),
    ("unknown-category", "The policy has no such category"),
    ("unknown-source", "The policy has no such source"),
    ("unknown-event", "No rule waits for such an event"),
    ("unknown-purpose", "The policy has no such purpose"),
    ("unknown-recipient", "The policy has no such processor"),
    ("not-linked", "The category is not linked to a person"),
    ("organisation-missing", "An organisation has to be named"),
    ("organisation-unexpected", "No organisation can be named"),
    ("unknown-organisation", "The organisation is not known"),
    ("nobody-named", "Somebody has to be named"),
    ("too-many-people", "Too many people"),
    ("event-of-nobody", "The event has to be somebody’s"),
    ("card-number", "This looks like card data"),
    ("password", "A password is not held here"),
    ("unknown-kind", "There is no such kind"),
    ("schema", "The data is not what its kind says"),
    ("control-characters", "The text has control characters"),
    ("future-date", "The date is in the future"),
    ("bad-hash", "The hash cannot be taken"),
    ("address-taken", "The address is taken"),
    ("not-their-address", "The address is not the person’s"),
    ("address-stopped", "The person has stopped the address"),
    ("host", "No portal answers here"),
    ("forbidden", "This is not allowed"),
];

fn title(code: &str) -> &'static str {
    PROBLEMS.iter().find(|(name, _)| *name == code).map_or("A problem", |(_, title)| title)
}

impl From<&LineError> for Problem {
    fn from(error: &LineError) -> Problem {
        let status = match error {
            LineError::NotGranted(grant) => return Problem::not_granted(*grant),
            LineError::AddressStopped(_) | LineError::Joined { .. } => StatusCode::CONFLICT,
            LineError::Tombstoned(_) | LineError::RecordGone(_) => StatusCode::GONE,
            LineError::NotText(_) | LineError::Malformed(_) | LineError::Returns => {
                StatusCode::BAD_REQUEST
            }
            LineError::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Problem::new(error.code(), status, error)
    }
}

impl From<TellError> for Problem {
    fn from(error: TellError) -> Problem {
        let (code, status) = match &error {
            TellError::Refused(reason) => return Problem::from(reason),
            TellError::NoPolicy => ("no-policy", StatusCode::CONFLICT),
            TellError::Unknown => ("unknown-subject", StatusCode::NOT_FOUND),
            TellError::UnknownRecord => ("unknown-record", StatusCode::NOT_FOUND),
            TellError::Held => ("held", StatusCode::CONFLICT),
            TellError::Retained { .. } => ("retained", StatusCode::CONFLICT),
            TellError::Erased => ("erased", StatusCode::GONE),
            TellError::Joined(_) => ("joined", StatusCode::CONFLICT),
            TellError::NotJoined(_) => ("not-joined", StatusCode::CONFLICT),
            TellError::Several => ("several-people", StatusCode::CONFLICT),
            TellError::UnknownRecipient(..) => {
                ("unknown-recipient", StatusCode::UNPROCESSABLE_ENTITY)
            }
            TellError::OtherRequest => ("idempotency-key", StatusCode::UNPROCESSABLE_ENTITY),
            TellError::Failure(_) => {
                let TellError::Failure(failure) = error else { return internal(&error) };
                return Problem::from(failure);
            }
        };
        Problem::new(code, status, error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        match failure {
            Failure::NotGranted(grant) => Problem::not_granted(grant),
            Failure::Newer(_) => newer(&failure),
            _ if failure.is_busy() => busy(&failure),
            _ => internal(&failure),
        }
    }
}

/// What a newer version wrote: a node of that version answers.
fn newer(error: &dyn std::error::Error) -> Problem {
    tracing::warn!(%error, "a request of the API is left to a newer node");
    let problem = Problem::new("unavailable", StatusCode::SERVICE_UNAVAILABLE, error);
    Problem { retry_after: Some(MOMENT), ..problem }
}

/// Too many at the same things: whoever comes again finds them done.
fn busy(error: &dyn std::error::Error) -> Problem {
    tracing::warn!(%error, "a request of the API gave way to others");
    let detail = "others were telling of the same: nothing was changed, send it again";
    let problem = Problem::new("unavailable", StatusCode::SERVICE_UNAVAILABLE, detail);
    Problem { retry_after: Some(MOMENT), ..problem }
}

/// A defect, told by a reference that the log has too.
fn internal(error: &dyn std::error::Error) -> Problem {
    let reference = Uuid::new_v4().simple().to_string();
    tracing::error!(%reference, %error, "a request of the API failed");
    let detail = format!("nothing was changed; the log says more under {reference}");
    Problem::new("internal", StatusCode::INTERNAL_SERVER_ERROR, detail)
}

impl From<&Trouble> for Problem {
    fn from(trouble: &Trouble) -> Problem {
        let status =
            StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (code, detail) = match trouble {
            Trouble::BadRequest => ("malformed", "the request cannot be read"),
            Trouble::NotFound => ("not-found", "there is nothing at this address"),
            Trouble::TooLong => ("too-long", "the address is too long"),
            Trouble::UnknownHost => ("host", "no portal answers to this host"),
            Trouble::Forbidden => ("forbidden", "this is not allowed"),
            Trouble::MethodNotAllowed => ("method", "see “Allow” for what it knows"),
            Trouble::Unprocessable => ("malformed", "the request cannot be read"),
            Trouble::TooMany { .. } => ("too-many", "wait as long as “Retry-After” says"),
            Trouble::PolicyTooLarge | Trouble::Unavailable => {
                ("unavailable", "try again in a moment")
            }
            Trouble::Suspended => ("suspended", "nothing can be told here for now"),
            Trouble::Internal { reference } => {
                let detail = format!("nothing was changed; the log says more under {reference}");
                return Problem::new("internal", status, detail);
            }
        };
        Problem { retry_after: trouble.retry_after(), ..Problem::new(code, status, detail) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut answer = (status, [(header::CONTENT_TYPE, JSON)], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        if let Some(seconds) = self.retry_after {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

/// Whether an answer is one already.
pub fn is_one(answer: &Response) -> bool {
    answer.headers().get(header::CONTENT_TYPE) == Some(&JSON)
}

#[cfg(test)]
mod tests {
    use domain::texts::Unfit;

    use super::*;

    #[test]
    fn every_problem_has_a_title() {
        for (code, _) in PROBLEMS {
            assert_ne!(title(code), "A problem", "{code}");
        }
        let date = "2999-01-01".parse().unwrap();
        let wrong = |field: &str, why| LineError::Text { field: field.to_owned(), why };
        for error in [
            LineError::Future(date),
            wrong("name", Unfit::TooLong(9)),
            wrong("id", Unfit::Empty),
            wrong("/a", Unfit::Control),
        ] {
            assert_ne!(Problem::from(&error).title, "A problem");
        }
    }
}
