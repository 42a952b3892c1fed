//! The copy of the ledger in a file of this node, and what goes into it.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Ledger, PAGE};
use crate::platform::failure::Failure;
use crate::platform::keyring::{Link, MasterId};
use crate::platform::private;

/// The line of a file that holds the ledger's key, wrapped by the master key: with
/// an older keyring, which does not have it, the file is believed all the same.
#[derive(Serialize, Deserialize)]
pub struct KeyLine {
    format: u32,
    #[serde(rename = "ledger-key")]
    key: Uuid,
    master: String,
    wrapped: String,
}

impl Ledger {
    /// Writes to the file what it lacks.
    pub(super) async fn catch_up(&self) -> Result<(), Failure> {
        let mut copied = self.copied.lock().await;
        let mut last = match *copied {
            Some(last) => last,
            None => self.last_in_file().await?,
        };
        let begun = last;
        loop {
            let links = self.keyring.links(last, PAGE).await?;
            let Some(end) = links.last() else { break };
            last = end.number;
            write(&self.path, text(&links)).await?;
        }
        if last > begun {
            self.keyring.note_copied(&self.place(), last).await?;
        }
        *copied = Some(last);
        Ok(())
    }

    /// The highest number in the file, whoever wrote it: where nobody has looked
    /// more closely yet.
    async fn last_in_file(&self) -> Result<i64, Failure> {
        #[derive(Deserialize)]
        struct Numbered {
            number: i64,
        }
        each_line(&self.path, 0, |last: &mut i64, line| {
            if let Ok(Numbered { number }) = serde_json::from_str(line) {
                *last = number.max(*last);
            }
        })
        .await
    }

    /// Sees that the file holds the ledger's key, wrapped by the present master key:
    /// to be called after a rotation too.
    pub async fn keep_key(&self) -> Result<(), Failure> {
        let line = self.key_line().await?;
        let now = KeyLine::parse(&line);
        let there = key_lines(&self.path).await?;
        if there.iter().any(|it| now.as_ref().is_some_and(|now| now.is_as_good_as(it))) {
            return Ok(());
        }
        write(&self.path, line).await
    }

    /// The line with the ledger's key.
    pub(super) async fn key_line(&self) -> Result<String, Failure> {
        let (key, master, wrapped) = self.keyring.chain_key_to_go().await?;
        let wrapped = HEXLOWER.encode(&wrapped);
        let line = KeyLine { format: 2, key, master: master.to_string(), wrapped };
        Ok(serde_json::to_string(&line).map_err(Failure::corrupt)? + "\n")
    }

    /// What the keyring calls this node's file: a hash of machine and path.
    pub(super) fn place(&self) -> Vec<u8> {
        let read = |file: &str| fs::read(file).unwrap_or_default();
        let mut place = Sha256::new();
        for machine in ["/etc/machine-id", "/proc/sys/kernel/hostname"] {
            place.update(read(machine));
            place.update([0]);
        }
        let path = std::path::absolute(&self.path).unwrap_or_else(|_| self.path.clone());
        place.update(path.as_os_str().as_encoded_bytes());
        place.finalize().to_vec()
    }
}

impl KeyLine {
    pub(super) fn parse(line: &str) -> Option<KeyLine> {
        serde_json::from_str(line).ok()
    }

    /// The key's id, the master key's, and the wrapped key.
    pub(super) fn parts(&self) -> Option<(Uuid, MasterId, Vec<u8>)> {
        let wrapped = HEXLOWER_PERMISSIVE.decode(self.wrapped.as_bytes()).ok()?;
        Some((self.key, MasterId::parse(&self.master)?, wrapped))
    }

    /// Whether it is the same key under the same master key.
    pub(super) fn is_as_good_as(&self, other: &KeyLine) -> bool {
        (self.key, &self.master) == (other.key, &other.master)
    }
}

/// The lines of a file that hold a key.
pub(super) async fn key_lines(file: &Path) -> Result<Vec<KeyLine>, Failure> {
    let parse = |lines: &mut Vec<KeyLine>, line: &str| lines.extend(KeyLine::parse(line));
    each_line(file, Vec::new(), parse).await
}

/// Lines, as a file has them.
pub(super) fn text(links: &[Link]) -> String {
    links.iter().flat_map(|link| [link.line.as_str(), "\n"]).collect()
}

/// Shows each line of a file that is not empty to `look`, with what came of those
/// before. A file that is not there has none.
pub(super) async fn each_line<S: Send + 'static>(
    path: &Path,
    mut state: S,
    mut look: impl FnMut(&mut S, &str) + Send + 'static,
) -> Result<S, Failure> {
    let path = path.to_owned();
    off_thread(move || {
        let file = match fs::File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(state),
            opened => opened?,
        };
        let (mut reader, mut line) = (BufReader::new(file), Vec::new());
        while reader.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            let text = text.strip_suffix('\n').unwrap_or(&text);
            if !text.is_empty() {
                look(&mut state, text);
            }
            line.clear();
        }
        Ok(state)
    })
    .await
}

/// Appends lines to a file and sees them, and the file's name, on disk.
pub(super) async fn write(path: &Path, lines: String) -> Result<(), Failure> {
    let path = path.to_owned();
    off_thread(move || append(&path, lines.into_bytes())).await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Failure::CutOff(error.to_string()))??)
}

fn append(path: &Path, mut lines: Vec<u8>) -> std::io::Result<()> {
    let directory = path.parent().filter(|it| !it.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new("."));
    private::folder(directory)?;
    private::file(path)?;
    let mut file = OpenOptions::new().read(true).append(true).open(path)?;
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
