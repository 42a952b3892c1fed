//! `candor keys …`

use anyhow::Result;

use crate::cli::Store;
use crate::say::say;

/// Says how many keys are wrapped under which master key.
pub async fn list(store: &Store) -> Result<()> {
    let engine = store.open(None).await?;
    let in_file = engine.keyring().masters();
    let wrapped = engine.keyring().wrapped().await?;
    for master in &in_file {
        let keys = wrapped.iter().find(|under| under.master == Some(*master));
        say!("{master}\t{} keys", keys.map_or(0, |under| under.keys));
    }
    for under in wrapped.iter().filter(|under| under.master.is_none()) {
        say!("without id\t{} keys", under.keys);
    }
    if in_file.len() > 1 {
        say!("A rotation was begun: `candor keys rotate` finishes it.");
    }
    Ok(())
}

/// Puts another master key in the place of the present one.
pub async fn rotate(store: &Store) -> Result<()> {
    let engine = store.open(None).await?;
    let rotated = engine.keyring().rotate().await?;
    engine.ledger().keep_key().await?;
    let begun = if rotated.resumed { "Finished what an earlier run had begun. " } else { "" };
    say!(
        "{begun}{} keys are wrapped anew under the master key {}.",
        rotated.wrapped,
        rotated.master
    );
    say!("{} holds it alone. Back it up now.", store.master_key().display());
    say!("Backups of the keyring from before need the old one: keep its copy as long as them.");
    Ok(())
}
