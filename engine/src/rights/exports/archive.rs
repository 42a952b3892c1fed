//! A ZIP that is written without being kept: what the compressor gives out is
//! taken away piece by piece.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use jiff::civil;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::platform::failure::Failure;

/// A ZIP in the making.
pub(super) struct Archive {
    zip: ZipWriter<StreamWriter<Shared>>,
    out: Shared,
    options: SimpleFileOptions,
    hash: Sha256,
    bytes: u64,
    entries: Vec<Entry>,
}

/// A file of the ZIP, as its manifest names it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry {
    name: String,
    bytes: u64,
    sha256: String,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    /// One whose files say that they were made at that time. `huge`: a file may have more
    /// than 4 GiB, which takes ZIP64; readers that read while the file arrives know it not.
    pub(super) fn new(made: civil::DateTime, huge: bool) -> Archive {
        let out = Shared::default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::try_from(made).unwrap_or_default())
            .large_file(huge);
        Archive {
            options,
            zip: ZipWriter::new_stream(out.clone()),
            out,
            hash: Sha256::new(),
            bytes: 0,
            entries: Vec::new(),
        }
    }

    /// Begins a file.
    pub(super) fn begin(&mut self, name: &str) -> Result<(), Failure> {
        self.zip.start_file(name, self.options).map_err(Failure::corrupt)?;
        self.hash = Sha256::new();
        self.bytes = 0;
        self.entries.push(Entry { name: name.to_owned(), bytes: 0, sha256: String::new() });
        Ok(())
    }

    /// Adds to the file that was begun.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    /// Ends the file that was begun.
    pub(super) fn end(&mut self) {
        let digest = std::mem::take(&mut self.hash).finalize();
        if let Some(entry) = self.entries.last_mut() {
            entry.bytes = self.bytes;
            entry.sha256 = HEXLOWER.encode(&digest);
        }
    }

    /// The files so far.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes what has been written, if it is at least so much.
    pub(super) fn take(&mut self, at_least: usize) -> Option<Vec<u8>> {
        let mut out = self.out.0.lock().unwrap_or_else(PoisonError::into_inner);
        (out.len() >= at_least).then(|| std::mem::take(&mut *out))
    }

    /// Ends the ZIP and answers its last bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, Failure> {
        self.zip.finish().map_err(Failure::corrupt)?;
        let mut out = self.out.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut *out))
    }
}
