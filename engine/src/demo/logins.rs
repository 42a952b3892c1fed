//! The demo's logins, in a file beside its data.

use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::platform::private;

/// Who can sign in to the demo. One password, made on first run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logins {
    /// The password of all of them.
    pub password: String,
    /// Whether the demo is complete.
    pub seeded: bool,
    /// The accounts.
    pub accounts: Vec<Login>,
}

/// One account of the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The tenant's slug.
    pub tenant: String,
    /// The role's name.
    pub role: String,
    /// The address.
    pub email: String,
}

impl Logins {
    /// Reads the file, or makes a password where there is none yet.
    pub fn read_or_create(path: &Path) -> std::io::Result<Logins> {
        if path.exists() {
            return Ok(serde_json::from_slice(&std::fs::read(path)?)?);
        }
        let mut bytes = [0; 12];
        getrandom::fill(&mut bytes)?;
        let logins = Logins {
            password: BASE64URL_NOPAD.encode(&bytes),
            seeded: false,
            accounts: Vec::new(),
        };
        logins.write(path)?;
        Ok(logins)
    }

    /// Writes the file.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        if let Some(directory) = path.parent() {
            private::folder(directory)?;
        }
        private::file(path)?;
        std::fs::write(path, serde_json::to_vec_pretty(self)?)
    }
}
