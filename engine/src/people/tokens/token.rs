//! What a token is.

use domain::grants::{Grant, Grants};
use uuid::Uuid;

use crate::people::accounts::Secret;
use crate::platform::storage::{Timestamp, api_tokens};

/// What is known of a token: all but the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its name in addresses.
    pub id: Uuid,
    /// What staff calls it.
    pub name: String,
    /// What it allows.
    pub grants: Grants,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// Until when it may also do what `end` and `access` allow, because it was made
    /// when these were part of `write`.
    pub old_until: Option<Timestamp>,
}

/// By which wording the grants of a new token are read.
pub(super) const WORDING: i64 = 2;

/// For how long a token that loses something by a new wording keeps it, in seconds: 90
/// days from the first start that knows the new one.
pub(super) const NOTICE: i64 = 90 * 24 * 3600;

/// What a token allows at a time.
pub(super) fn grants_of(row: &api_tokens::Model, now: Timestamp) -> Grants {
    let grants = Grants::parse(&row.grants);
    match old_until(row) {
        Some(until) if now < until => grants.as_of_old(),
        _ => grants,
    }
}

/// Until when it is read by the wording of old, if it says more by it. One that a node
/// of the earlier version has made since the first start has its days from then.
fn old_until(row: &api_tokens::Model) -> Option<Timestamp> {
    let loses = row.wording < WORDING && Grants::parse(&row.grants).allow(Grant::Write);
    let until = row.old_until.unwrap_or_else(|| row.created_at.plus_seconds(NOTICE));
    loses.then(|| until.min(row.expires_at))
}

/// How every token begins, so that whoever finds one knows what it opens.
const BEGINS: &str = "candor_";

/// The token itself: 256 random bits. Only its SHA-256 is stored.
pub struct Bearer(pub(super) Secret);

impl Bearer {
    /// Parses what stands in `Authorization`.
    pub fn parse(text: &str) -> Option<Bearer> {
        Secret::parse(text.strip_prefix(BEGINS)?).map(Bearer)
    }

    /// As it is sent.
    pub fn text(&self) -> String {
        format!("{BEGINS}{}", self.0.as_str())
    }
}

impl From<api_tokens::Model> for Token {
    fn from(row: api_tokens::Model) -> Token {
        let old_until = old_until(&row);
        Token {
            id: row.id,
            name: row.name,
            grants: Grants::parse(&row.grants),
            old_until,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
        }
    }
}
