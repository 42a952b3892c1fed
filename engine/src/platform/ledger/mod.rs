//! What must stay gone: a chain of lines in the keyring's database, the same for
//! every node, and a copy of it in a file of each node, apart from both databases.
//!
//! After a restore of older backups it says what to destroy again. A line that is
//! genuine counts wherever it stands; one that is not is told of and not obeyed.

mod copy;
mod merge;
mod odd;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use domain::identifiers::TenantId;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::keyring::{Coming, Judged, Keyring, judge};
use crate::platform::storage::Timestamp;

pub use odd::{Kind, Odd};

/// How many lines are read at once.
const PAGE: u64 = 500;

/// The append-only list of erased subjects and destroyed keys, by id.
#[derive(Clone)]
pub struct Ledger {
    keyring: Keyring,
    path: PathBuf,
    /// Up to which line the file is known to be a copy.
    copied: Arc<Mutex<Option<i64>>>,
    odd: Arc<RwLock<Vec<Odd>>>,
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
    /// The ledger in that keyring, with its copy in that file.
    pub fn new(keyring: Keyring, path: PathBuf) -> Ledger {
        let (copied, odd) = (Arc::default(), Arc::default());
        Ledger { keyring, path, copied, odd }
    }

    /// Appends an erasure. It is in the keyring and in this node's file, on disk,
    /// when this returns. An entry that is there twice, after a crash, says the same
    /// twice.
    pub(crate) async fn append(&self, entry: &Entry) -> Result<(), Failure> {
        self.keyring.lengthen(&[Coming { says: said(entry)?, copied: None }]).await?;
        self.catch_up().await
    }

    /// The genuine entries of some lines behind that number, and the number of the
    /// last of these lines; `None` behind the end.
    pub(crate) async fn page(&self, after: i64) -> Result<Option<(Vec<Entry>, i64)>, Failure> {
        let links = self.keyring.links(after, PAGE).await?;
        let Some(last) = links.last().map(|link| link.number) else { return Ok(None) };
        let keys = self.keyring.chain_keys().await?;
        let entries = links
            .iter()
            .filter(|link| matches!(judge(&keys, &link.line), Judged::Genuine { .. }))
            .filter_map(|link| serde_json::from_str(&link.line).ok())
            .collect();
        Ok(Some((entries, last)))
    }

    /// Every genuine entry, in order.
    pub async fn entries(&self) -> Result<Vec<Entry>, Failure> {
        let (mut all, mut after) = (Vec::new(), 0);
        while let Some((entries, last)) = self.page(after).await? {
            all.extend(entries);
            after = last;
        }
        Ok(all)
    }

    /// What the last start found that should not be so.
    pub fn odd(&self) -> Vec<Odd> {
        self.odd.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Copies the ledger into a new file.
    pub async fn copy_to(&self, file: &Path) -> Result<(), Failure> {
        copy::write(file, self.key_line().await?).await?;
        let mut after = 0;
        loop {
            let links = self.keyring.links(after, PAGE).await?;
            let Some(last) = links.last() else { return Ok(()) };
            after = last.number;
            copy::write(file, copy::text(&links)).await?;
        }
    }

    /// The file of lines that a restore has put beside the living one: they are
    /// taken over at the next start.
    pub fn coming_back(path: &Path) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(".restored");
        PathBuf::from(name)
    }
}

fn said(entry: &Entry) -> Result<String, Failure> {
    serde_json::to_string(entry).map_err(Failure::corrupt)
}
