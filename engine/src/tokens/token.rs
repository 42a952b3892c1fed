//! What a token is.

use domain::grants::Grants;
use uuid::Uuid;

use crate::accounts::Secret;
use crate::storage::{Timestamp, api_tokens};

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
        Token {
            id: row.id,
            name: row.name,
            grants: Grants::parse(&row.grants),
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
        }
    }
}
