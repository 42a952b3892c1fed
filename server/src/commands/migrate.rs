//! `candor migrate`

use anyhow::Result;

use crate::cli::Store;
use crate::say::say;

/// Brings the database to the schema of this version and says what that took.
pub async fn run(store: &Store) -> Result<()> {
    store.make_data_dir()?;
    let applied = store.migrate().await?;
    match applied.as_slice() {
        [] => say!("The database is up to date."),
        names => say!("Applied {}: {}", names.len(), names.join(", ")),
    }
    Ok(())
}
