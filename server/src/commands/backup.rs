//! `candor backup`
//!
//! The database first, then the keyring, then the ledger. A key is in the keyring
//! before a row that needs it is committed, and is destroyed only after its rows
//! are gone; so a keyring copied later than the database has every key of it, but
//! for those of what was erased in between, which the ledger names.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use engine::private;

use crate::cli::{Backup, Store};
use crate::clock::now;
use crate::manifest::{MANIFEST, Manifest};
use crate::open::sqlite_file;
use crate::say::say;

/// The copy of the database, where that is SQLite.
pub const DATABASE: &str = "candor.db";
/// The same of PostgreSQL, made by pg_dump.
pub const DATABASE_DUMP: &str = "database.dump";
/// The copy of the keyring, where that is SQLite.
pub const KEYRING: &str = "keyring.db";
/// The copy of the ledger.
pub const LEDGER: &str = "erasures.ledger";

/// Copies everything but the master key.
pub async fn run(store: &Store, options: &Backup) -> Result<()> {
    let folder = &options.to;
    private::folder(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let place = |name: &str| folder.join(name);
    if let Some(there) = [DATABASE, KEYRING, LEDGER, MANIFEST].iter().find(|it| place(it).exists())
    {
        bail!("{} is there already: name another folder", place(there).display());
    }
    let engine = store.open(None).await?;

    if store.is_sqlite() {
        engine.database().copy_to(&place(DATABASE)).await?;
        finish(&place(DATABASE))?;
        say!("{DATABASE}: the database");
    } else if !place(DATABASE_DUMP).exists() {
        bail!(
            "the database is on PostgreSQL, and comes first: make {} with pg_dump, then run this again (docs/OPERATING.md)",
            place(DATABASE_DUMP).display()
        );
    }
    let masters: Vec<String> = engine.keyring().masters().iter().map(ToString::to_string).collect();
    if sqlite_file(&store.keyring_url()?).is_some() {
        engine.keyring().copy_to(&place(KEYRING)).await?;
        finish(&place(KEYRING))?;
        say!("{KEYRING}: the keyring, wrapped under {}", masters.join(" and "));
    } else {
        say!("The keyring is on PostgreSQL: dump it now, after the database.");
    }
    engine.ledger().copy_to(&place(LEDGER)).await?;
    finish(&place(LEDGER))?;
    say!("{LEDGER}: what was erased until now");

    let made_at = jiff::Timestamp::from(now()).to_string();
    let all = [DATABASE, DATABASE_DUMP, KEYRING, LEDGER];
    private::file(&place(MANIFEST))?;
    Manifest::of(folder, &all, made_at, masters)?.write(folder)?;
    finish(&place(MANIFEST))?;
    File::open(folder)?.sync_all()?;
    say!("The master key is not among them: keep {} apart.", store.master_key().display());
    Ok(())
}

/// Readable by its owner alone, and on disk.
fn finish(file: &Path) -> Result<()> {
    fs::set_permissions(file, Permissions::from_mode(0o600))?;
    File::open(file)?.sync_all()?;
    Ok(())
}
