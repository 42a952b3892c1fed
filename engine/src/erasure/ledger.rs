//! What must stay gone, in a file apart from both databases.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::identifiers::TenantId;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::failure::Failure;
use crate::private;
use crate::storage::Timestamp;

/// The append-only list of erased subjects and destroyed keys, by id. After a
/// restore of older backups it says what to destroy again.
#[derive(Clone)]
pub struct Ledger {
    path: PathBuf,
    turn: Arc<Mutex<()>>,
}

/// An erasure, without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// In which tenant.
    pub tenant: TenantId,
    /// The request.
    pub request: Uuid,
    /// The person.
    pub subject: Uuid,
    /// The keys that were destroyed.
    pub keys: Vec<Uuid>,
    /// The keyed hash of the tenant's own id for the person, in hexadecimal: what
    /// keeps an import from bringing them back, also into a database that never
    /// knew them. Missing in entries of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Ledger {
    /// The ledger in that file, made when the first entry is written.
    pub fn at(path: PathBuf) -> Ledger {
        Ledger { path, turn: Arc::new(Mutex::new(())) }
    }

    /// Appends an erasure. It is on disk when this returns. An entry that is
    /// there twice, after a crash, says the same twice.
    pub(super) async fn append(&self, entry: &Entry) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(entry).map_err(Failure::corrupt)?;
        line.push(b'\n');
        let _turn = self.turn.lock().await;
        let path = self.path.clone();
        off_thread(move || write(&path, line)).await
    }

    /// Every entry, in the order in which they were made. A line that a crash has
    /// cut off is passed over: its erasure was not finished, and so is made again.
    pub async fn entries(&self) -> Result<Vec<Entry>, Failure> {
        let path = self.path.clone();
        let text = off_thread(move || match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            read => read,
        })
        .await?;
        let mut entries = Vec::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty()) {
            match serde_json::from_str(line) {
                Ok(entry) => entries.push(entry),
                Err(_) => tracing::warn!(line = number, "a line of the ledger cannot be read"),
            }
        }
        Ok(entries)
    }

    /// Adds the lines of a copy that this one lacks, and tells how many those were.
    /// What this one has stays, so that an older copy takes nothing away.
    pub async fn add_from(&self, copy: &Path) -> Result<u64, Failure> {
        let _turn = self.turn.lock().await;
        let (path, copy) = (self.path.clone(), copy.to_owned());
        off_thread(move || {
            let own = match fs::read_to_string(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
                read => read?,
            };
            let known: HashSet<&str> = own.lines().collect();
            let copied = fs::read_to_string(copy)?;
            let mut missing = String::new();
            let mut lines = 0;
            for line in copied.lines().filter(|line| !line.is_empty() && !known.contains(line)) {
                missing.push_str(line);
                missing.push('\n');
                lines += 1;
            }
            if lines > 0 {
                write(&path, missing.into_bytes())?;
            }
            Ok(lines)
        })
        .await
    }

    /// Copies the ledger into a new file; an empty one if nothing was erased yet.
    pub async fn copy_to(&self, file: &Path) -> Result<(), Failure> {
        let _turn = self.turn.lock().await;
        let (path, file) = (self.path.clone(), file.to_owned());
        off_thread(move || {
            private::file(&file)?;
            match fs::read(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                read => fs::write(&file, read?),
            }
        })
        .await
    }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Failure::CutOff(error.to_string()))??)
}

/// Appends lines and sees them, and the file's name, on disk.
fn write(path: &Path, mut lines: Vec<u8>) -> std::io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    private::folder(directory)?;
    private::file(path)?;
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            // What a crash has cut off stays a line of its own.
            lines.insert(0, b'\n');
        }
    }
    file.write_all(&lines)?;
    file.sync_all()?;
    fs::File::open(directory)?.sync_all()
}
