//! What must stay gone, in a file apart from both databases.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::identifiers::TenantId;
use serde::Serialize;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::failure::Failure;
use crate::storage::Timestamp;

/// The append-only list of erased subjects and destroyed keys, by id. After a
/// restore of older backups it says what to destroy again.
#[derive(Clone)]
pub struct Ledger {
    path: PathBuf,
    turn: Arc<Mutex<()>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    tenant: TenantId,
    request: Uuid,
    subject: Uuid,
    keys: &'a [Uuid],
    at: Timestamp,
}

impl Ledger {
    /// The ledger in that file, made when the first entry is written.
    pub fn at(path: PathBuf) -> Ledger {
        Ledger { path, turn: Arc::new(Mutex::new(())) }
    }

    /// Appends an erasure. It is on disk when this returns. An entry that is
    /// there twice, after a crash, says the same twice.
    pub(super) async fn append(
        &self,
        tenant: TenantId,
        (request, subject): (Uuid, Uuid),
        keys: &[Uuid],
        at: Timestamp,
    ) -> Result<(), Failure> {
        let entry = Entry { tenant, request, subject, keys, at };
        let mut line = serde_json::to_vec(&entry).map_err(Failure::corrupt)?;
        line.push(b'\n');
        let _turn = self.turn.lock().await;
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || write(&path, line))
            .await
            .map_err(|error| Failure::CutOff(error.to_string()))??;
        Ok(())
    }
}

/// Appends a line and sees it, and the file's name, on disk.
fn write(path: &Path, mut line: Vec<u8>) -> std::io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory)?;
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            // What a crash has cut off stays a line of its own.
            line.insert(0, b'\n');
        }
    }
    file.write_all(&line)?;
    file.sync_all()?;
    fs::File::open(directory)?.sync_all()
}
