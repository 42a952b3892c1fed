//! Secrets that are handed out once and stored as hashes.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::platform::failure::Failure;

/// 256 random bits, in a cookie or a mailed link. Only its SHA-256 is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Parses what a browser sent.
    pub fn parse(text: &str) -> Option<Secret> {
        let wellformed = text.len() == 43
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        wellformed.then(|| Secret(text.to_owned()))
    }

    /// A new one.
    pub fn generate() -> Result<Secret, Failure> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(Failure::corrupt)?;
        Ok(Secret(BASE64URL_NOPAD.encode(&bytes)))
    }

    /// As it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is stored.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}
