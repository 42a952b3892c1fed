//! The key that wraps all others, in a file.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::data_key::DataKey;
use super::ring::KeyringError;

/// The key that wraps the keyring's keys.
pub struct MasterKey(pub(super) DataKey);

impl MasterKey {
    /// Reads the key from a file, or makes one where there is none. The file is
    /// readable by its owner alone.
    pub fn read_or_create(path: &Path) -> Result<MasterKey, KeyringError> {
        match fs::read_to_string(path) {
            Ok(text) => MasterKey::parse(&Zeroizing::new(text))
                .ok_or_else(|| KeyringError::MasterKey(path.display().to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => MasterKey::create(path),
            Err(error) => Err(KeyringError::File(error)),
        }
    }

    fn parse(text: &str) -> Option<MasterKey> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).ok()?);
        DataKey::from_bytes(&bytes).ok().map(MasterKey)
    }

    fn create(path: &Path) -> Result<MasterKey, KeyringError> {
        let key = DataKey::generate().map_err(|e| KeyringError::File(e.into()))?;
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        let text = Zeroizing::new(STANDARD.encode(key.bytes()));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        writeln!(file, "{}", text.as_str())?;
        file.sync_all()?;
        if let Some(directory) = path.parent() {
            fs::File::open(directory)?.sync_all()?;
        }
        Ok(MasterKey(key))
    }
}
