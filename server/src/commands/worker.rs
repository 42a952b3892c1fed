//! `candor worker`

use anyhow::Result;
use app::presenter::PageOfExport;
use engine::jobs;

use super::serve::{asked_to_stop, log};
use crate::cli::Store;
use crate::clock::now;

/// Carries out jobs until it is asked to stop.
pub async fn run(store: &Store) -> Result<()> {
    log();
    let engine = store.open(None).await?;
    tracing::info!("working");
    jobs::work(&engine, &PageOfExport, &now, asked_to_stop()).await;
    tracing::info!("stopped");
    Ok(())
}
