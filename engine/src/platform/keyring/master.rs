//! The keys that wrap all others, in a file.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::data_key::DataKey;
use super::ring::KeyringError;
use crate::platform::private;

/// The master keys of a file: the newest first, then those that something may
/// still be wrapped under. There are two during a rotation, else one.
///
/// The file has a key on each line: its id, a space, and 32 bytes in Base64. The
/// keyring, not the file, says which one new keys are wrapped under.
pub struct MasterKey {
    path: PathBuf,
    masters: RwLock<Vec<Master>>,
}

#[derive(Clone)]
struct Master {
    id: MasterId,
    key: DataKey,
}

/// What a wrapped key calls the master key that it is wrapped under. Derived from
/// that key, and tells nothing about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MasterId([u8; 8]);

impl MasterId {
    fn of(key: &DataKey) -> MasterId {
        let mut id = [0; 8];
        for (to, from) in id.iter_mut().zip(key.hash("master key", b"id")) {
            *to = from;
        }
        MasterId(id)
    }

    /// The id of these bytes, as a row holds them.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<MasterId> {
        bytes.try_into().ok().map(MasterId)
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// The id that an operator or a file names.
    pub fn parse(text: &str) -> Option<MasterId> {
        u64::from_str_radix(text, 16)
            .ok()
            .filter(|_| text.len() == 16)
            .map(|number| MasterId(number.to_be_bytes()))
    }
}

impl fmt::Display for MasterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

impl fmt::Debug for MasterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl MasterKey {
    /// Reads the keys from a file, or makes one where there is none. The file is
    /// readable by its owner alone.
    pub fn read_or_create(path: &Path) -> Result<MasterKey, KeyringError> {
        private::mend(path);
        let masters = match read(path) {
            Ok(masters) => masters,
            Err(KeyringError::File(error)) if error.kind() == ErrorKind::NotFound => create(path)?,
            Err(error) => return Err(error),
        };
        Ok(MasterKey { path: path.to_owned(), masters: RwLock::new(masters) })
    }

    /// The ids, the newest key's first.
    pub fn ids(&self) -> Vec<MasterId> {
        self.with(|masters| masters.iter().map(|master| master.id).collect())
    }

    /// The key of that id.
    pub(super) fn key(&self, id: MasterId) -> Option<DataKey> {
        self.with(|masters| masters.iter().find(|m| m.id == id).map(|m| m.key.clone()))
    }

    /// Every key.
    pub(super) fn keys(&self) -> Vec<(MasterId, DataKey)> {
        self.with(|masters| masters.iter().map(|m| (m.id, m.key.clone())).collect())
    }

    /// Reads the file again: a rotation may have brought another key.
    pub(super) fn reload(&self) -> Result<(), KeyringError> {
        self.set(read(&self.path)?);
        Ok(())
    }

    /// Makes a key and puts it before the others. It is on disk when this returns.
    pub(super) fn add(&self) -> Result<MasterId, KeyringError> {
        let fresh = generate()?;
        let id = fresh.id;
        let mut masters = self.with(|masters| masters.to_vec());
        masters.insert(0, fresh);
        replace(&self.path, &masters)?;
        self.set(masters);
        Ok(id)
    }

    /// Drops every key but one from the file.
    pub(super) fn keep_only(&self, id: MasterId) -> Result<(), KeyringError> {
        let kept: Vec<Master> =
            self.with(|masters| masters.iter().filter(|m| m.id == id).cloned().collect());
        if kept.is_empty() {
            return Err(KeyringError::WrongMaster);
        }
        replace(&self.path, &kept)?;
        self.set(kept);
        Ok(())
    }

    /// Takes the right to change the file: two rotations at a time would each lose
    /// the other's key. It ends with the process, however that ends.
    pub(super) fn lock(&self) -> Result<File, KeyringError> {
        let path = beside(&self.path, "lock");
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
        file.try_lock().map_err(|_| KeyringError::Rotating)?;
        Ok(file)
    }

    fn with<T>(&self, look: impl FnOnce(&[Master]) -> T) -> T {
        look(&self.masters.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, masters: Vec<Master>) {
        *self.masters.write().unwrap_or_else(PoisonError::into_inner) = masters;
    }
}

fn generate() -> Result<Master, KeyringError> {
    let key = DataKey::generate().map_err(|e| KeyringError::File(e.into()))?;
    Ok(Master { id: MasterId::of(&key), key })
}

fn read(path: &Path) -> Result<Vec<Master>, KeyringError> {
    let text = Zeroizing::new(fs::read_to_string(path)?);
    let masters: Option<Vec<Master>> =
        text.lines().filter(|line| !line.trim().is_empty()).map(parse).collect();
    masters
        .filter(|masters| !masters.is_empty())
        .ok_or_else(|| KeyringError::MasterKey(path.display().to_string()))
}

/// A line of the file. Files of earlier versions hold the key without its id.
fn parse(line: &str) -> Option<Master> {
    let (named, encoded) = match line.trim().split_once(' ') {
        Some((id, key)) => (Some(MasterId::parse(id)?), key.trim()),
        None => (None, line.trim()),
    };
    let bytes = Zeroizing::new(BASE64.decode(encoded.as_bytes()).ok()?);
    let key = DataKey::from_bytes(&bytes).ok()?;
    let id = MasterId::of(&key);
    named.is_none_or(|named| named == id).then_some(Master { id, key })
}

fn text(masters: &[Master]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for master in masters {
        let key = Zeroizing::new(BASE64.encode(master.key.bytes()));
        text.push_str(&format!("{} {}\n", master.id, key.as_str()));
    }
    text
}

fn create(path: &Path) -> Result<Vec<Master>, KeyringError> {
    if let Some(directory) = path.parent() {
        private::folder(directory)?;
    }
    let masters = vec![generate()?];
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    write(file, path, &masters)?;
    Ok(masters)
}

/// Puts another file in the place of the old one, wholly or not at all.
fn replace(path: &Path, masters: &[Master]) -> Result<(), KeyringError> {
    let draft = beside(path, "new");
    let file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    write(file, &draft, masters)?;
    fs::rename(&draft, path)?;
    sync_directory(path)
}

fn write(mut file: File, path: &Path, masters: &[Master]) -> Result<(), KeyringError> {
    file.write_all(text(masters).as_bytes())?;
    file.sync_all()?;
    sync_directory(path)
}

fn sync_directory(path: &Path) -> Result<(), KeyringError> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reads_back_and_one_of_an_earlier_version_too() {
        let one = generate().unwrap();
        let other = generate().unwrap();
        let masters = [one.clone(), other];
        let read: Vec<MasterId> =
            text(&masters).lines().map(|line| parse(line).unwrap().id).collect();
        assert_eq!(read, masters.iter().map(|master| master.id).collect::<Vec<_>>());
        let bare = BASE64.encode(one.key.bytes());
        assert_eq!(parse(&bare).unwrap().id, one.id);
        assert_eq!(MasterId::parse(&one.id.to_string()), Some(one.id));
    }

    #[test]
    fn a_key_with_the_id_of_another_is_no_key() {
        let (one, other) = (generate().unwrap(), generate().unwrap());
        let mixed = format!("{} {}", other.id, BASE64.encode(one.key.bytes()));
        assert!(parse(&mixed).is_none());
        assert!(parse("not a key").is_none() && parse("").is_none());
    }
}
