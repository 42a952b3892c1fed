//! Many records at once through the API, from a client of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use domain::grants::Grant;
use engine::Engine;
use engine::accounts::{Confirmed, Task};
use engine::tokens::{self, Lifetime};
use serde_json::{Value, json};

use crate::{memory, place, portal, tell};

/// Sends a file of so many records that nobody has told of yet; the time is what
/// the client waits, for the last answer too.
pub async fn send(lines: &Path, engine: Engine, records: usize) -> Result<Duration> {
    let scope = place::tenant(&engine).await?;
    let made = tokens::make(
        &engine,
        &scope,
        Confirmed::at_the_machine(&scope, Task::Settings)?,
        "bench",
        &[Grant::Write].into_iter().collect(),
        Lifetime::Month,
    )
    .await?;
    let address = portal::serve(engine.clone()).await?;
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--fail-with-body", "-X", "POST", "-H", "Expect:", "-T"])
        .arg(lines)
        .args(["-H", "Content-Type: application/x-ndjson", "-H", "Host: lumaire.localhost"])
        .args(["-H", &format!("Authorization: Bearer {}", made.bearer.text())])
        .arg(format!("http://{address}/api/v1/bulk"));
    let begun = Instant::now();
    let answer = tokio::task::spawn_blocking(move || curl.output()).await??;
    let took = begun.elapsed();
    let answer = String::from_utf8(answer.stdout)?;
    let last = answer.lines().last().context("no answer")?;
    let last: Value = serde_json::from_str(last).context("not the last line")?;
    let done = last.get("done") == Some(&json!(true));
    ensure!(done && last.get("created") == Some(&json!(records)), "{last}");
    place::close(engine).await;
    Ok(took)
}

/// What a request takes in memory, with ten thousand records and with ten times
/// as many. A request before them warms the process up: what it keeps for the next
/// ones is no more for many lines than for few.
pub async fn measure_memory(folder: PathBuf) -> Result<()> {
    std::fs::create_dir_all(&folder)?;
    let lines = folder.join("lines.ndjson");
    let store = place::sqlite(folder);
    let engine = store.open(None).await?;
    let scope = place::tenant(&engine).await?;
    place::write_subjects(&lines, 1_000)?;
    place::import_file(&engine, &scope, &lines).await?;
    place::close(engine).await;
    let (before, few, many) = (0..10_000, 10_000..20_000, 20_000..120_000);
    for (name, records) in [("before", before), ("few", few), ("many", many)] {
        let amount = records.len();
        place::write_records(&lines, records, 0..1_000)?;
        let engine = store.open(None).await?;
        memory::forget_most()?;
        send(&lines, engine, amount).await?;
        tell(&format!("bulk.memory.{name}"), memory::most()?);
    }
    Ok(())
}
