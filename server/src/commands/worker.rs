//! `candor worker`

use anyhow::Result;
use app::presenter::PageOfExport;
use engine::jobs;

use super::serve::asked_to_stop;
use crate::cli::{Store, Worker};
use crate::clock::now;
use crate::metrics;

/// Carries out jobs until it is asked to stop.
pub async fn run(store: &Store, options: &Worker) -> Result<()> {
    let engine = store.open(None).await?;
    metrics::serve(options.metrics.read_at, &engine, None).await?;
    tracing::info!("working");
    jobs::work(&engine, &PageOfExport, &now, asked_to_stop()).await;
    tracing::info!("stopped");
    Ok(())
}
