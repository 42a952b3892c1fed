//! `candor restore`
//!
//! What was altered since the backup is refused before anything is touched. The
//! ledger comes first, beside the living one, so that whatever is put back is erased
//! again at the next start, also if this is cut off. A keyring that is there stays:
//! it has every key that the backup has, but for those that were destroyed since.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use engine::keyring::{MasterId, MasterKey};
use engine::ledger::Ledger;
use engine::private;

use super::backup::{DATABASE, KEYRING, LEDGER};
use crate::cli::{Restore, Store};
use crate::clock::now;
use crate::manifest::Manifest;
use crate::open::sqlite_file;
use crate::say::say;

/// What accompanies an SQLite file.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Puts a backup back and replays the ledger.
pub async fn run(store: &Store, options: &Restore) -> Result<()> {
    let from = |name: &str| options.from.join(name);
    let manifest = Manifest::read(&options.from)?;
    store.make_data_dir()?;
    let alone = store.take_data_dir(true)?;

    let database = sqlite_file(&store.urls()?.tenant);
    let keyring = sqlite_file(&store.keyring_url()?);
    if let Some(database) = database.as_ref().filter(|file| file.exists() && !options.replace) {
        bail!(
            "{} is there: add --replace to move it aside. Nothing was changed",
            database.display()
        );
    }
    let keyring = keyring.filter(|file| options.replace_keyring || !file.exists());
    let wanted =
        [Some(LEDGER), database.as_ref().map(|_| DATABASE), keyring.as_ref().map(|_| KEYRING)];
    let wanted: Vec<&str> = wanted.into_iter().flatten().collect();
    if !manifest.check(&options.from, &wanted)? {
        say!("The backup is of an earlier version: whether it was altered cannot be told.");
    }
    if keyring.is_some() {
        has_master_keys(store, &manifest)?;
    }

    copy(&from(LEDGER), &Ledger::coming_back(&store.ledger()))?;
    say!("Ledger: what it lacks is taken over from the backup.");
    if let Some(file) = database {
        put(&from(DATABASE), &file)?;
        say!("Database: put back.");
    } else {
        say!("Database: on PostgreSQL, put back with pg_restore before.");
    }
    match keyring {
        Some(file) => {
            put(&from(KEYRING), &file)?;
            say!("Keyring: put back.");
        }
        None => say!("Keyring: the one that is there stays."),
    }
    drop(alone);

    let (_, replayed) = store.open_and_replay(None).await?;
    say!(
        "Erased again since the backup: {} people, {} keys. Ready to serve.",
        replayed.people,
        replayed.keys
    );
    Ok(())
}

/// Refuses a keyring that nothing here would open.
fn has_master_keys(store: &Store, manifest: &Manifest) -> Result<()> {
    let file = store.master_key();
    if !file.exists() {
        bail!("{} is missing: put the master key back first. Nothing was changed", file.display());
    }
    let there = MasterKey::read_or_create(&file)?.ids();
    for id in &manifest.master_keys {
        if !MasterId::parse(id).is_some_and(|id| there.contains(&id)) {
            bail!(
                "the keyring in the backup is wrapped under the master key {id}, which {} does not \
                 hold. Add its line to the file; `candor keys rotate` drops it again afterwards. \
                 Nothing was changed",
                file.display()
            );
        }
    }
    Ok(())
}

/// Puts a file in its place, wholly or not at all; what is there is moved aside.
fn put(from: &Path, to: &Path) -> Result<()> {
    let with = |endings: [&str; 2]| {
        let mut name = to.as_os_str().to_owned();
        endings.iter().for_each(|ending| name.push(ending));
        PathBuf::from(name)
    };
    let coming = with([".restoring", ""]);
    copy(from, &coming)?;
    let aside = jiff::Timestamp::from(now()).strftime(".before-%Y%m%dT%H%M%SZ").to_string();
    for beside in BESIDE {
        let (there, moved) = (with(["", beside]), with([&aside, beside]));
        if there.exists() {
            fs::rename(&there, &moved)?;
            say!("{} is kept as {}; delete it when all is well.", there.display(), moved.display());
        }
    }
    fs::rename(&coming, to)?;
    sync_folder(to)
}

/// Copies a file, readable by its owner alone, and sees it on disk.
fn copy(from: &Path, to: &Path) -> Result<()> {
    private::folder(to.parent().unwrap_or(Path::new("")))?;
    private::file(to)?;
    fs::copy(from, to).with_context(|| format!("{} cannot be copied", from.display()))?;
    fs::set_permissions(to, Permissions::from_mode(0o600))?;
    File::open(to)?.sync_all()?;
    sync_folder(to)
}

fn sync_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}
