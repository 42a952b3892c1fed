//! `backup.json`: what a backup holds, by SHA-256, so that nothing is put back that
//! was altered since.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Its name. Written last: a folder without it is no whole backup.
pub const MANIFEST: &str = "backup.json";

/// What a backup holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// When it was made.
    pub made_at: String,
    /// The master keys that its keyring is wrapped under.
    #[serde(default)]
    pub master_keys: Vec<String>,
    /// Its files with their SHA-256, in hexadecimal. Backups of earlier versions do
    /// not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<BTreeMap<String, String>>,
}

impl Manifest {
    /// The manifest of those of these files that are in a folder.
    pub fn of(
        folder: &Path,
        names: &[&str],
        made_at: String,
        master_keys: Vec<String>,
    ) -> Result<Manifest> {
        let mut files = BTreeMap::new();
        for name in names {
            if let Some(hash) = hash(&folder.join(name))? {
                files.insert((*name).to_owned(), hash);
            }
        }
        Ok(Manifest { made_at, master_keys, files: Some(files) })
    }

    /// Reads the manifest of a backup.
    pub fn read(folder: &Path) -> Result<Manifest> {
        let file = folder.join(MANIFEST);
        let text = fs::read_to_string(&file)
            .with_context(|| format!("this is no whole backup: {} is missing", file.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("this is no whole backup: {} cannot be read", file.display()))
    }

    /// Writes it.
    pub fn write(&self, folder: &Path) -> Result<()> {
        fs::write(folder.join(MANIFEST), serde_json::to_string_pretty(self)? + "\n")?;
        Ok(())
    }

    /// Refuses a backup that is not as it was made: a file that was altered or is
    /// gone, and one of `wanted` that was not among them. The answer is whether
    /// there was anything to go by.
    pub fn check(&self, folder: &Path, wanted: &[&str]) -> Result<bool> {
        let Some(files) = &self.files else { return Ok(false) };
        for (name, expected) in files {
            // A name is that of a file in the folder and nothing else.
            if Path::new(name).file_name().is_none_or(|file| file != name.as_str()) {
                bail!(
                    "{MANIFEST} names “{name}”, which is no file of a backup. Nothing was changed"
                );
            }
            let file = folder.join(name);
            match hash(&file)? {
                Some(found) if found == *expected => {}
                Some(_) => bail!(
                    "{} is not what was backed up: it was altered since (its SHA-256 is not the \
                     one in {MANIFEST}). Nothing was changed. Use another backup",
                    file.display()
                ),
                None => bail!(
                    "{} is missing, although it was backed up. Nothing was changed. Use another \
                     backup",
                    file.display()
                ),
            }
        }
        for name in wanted {
            if !files.contains_key(*name) {
                bail!(
                    "{} was not backed up, by {MANIFEST}: somebody has put it there, or it is \
                     missing. Nothing was changed. Use another backup",
                    folder.join(name).display()
                );
            }
        }
        Ok(true)
    }
}

/// The SHA-256 of a file, if there is one.
fn hash(file: &Path) -> Result<Option<String>> {
    let mut file = match File::open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let (mut hash, mut some) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut some)?;
        match some.get(..read) {
            Some([]) | None => return Ok(Some(HEXLOWER.encode(&hash.finalize()))),
            Some(bytes) => hash.update(bytes),
        }
    }
}
