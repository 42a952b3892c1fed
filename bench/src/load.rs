//! How fast records come in, beside inserts of the same rows.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use engine::Engine;

use crate::databases::Databases;
use crate::inserts::inserted;
use crate::{bulk, place, tell};

const RECORDS: usize = 100_000;
const SUBJECTS: usize = 1_000;
/// As many rows per transaction as an import has.
const BATCH: usize = 1_000;
const ROUNDS: usize = 3;

/// The import from a file, the same lines through the API, and inserts: a row a
/// statement, and a whole transaction a statement.
pub async fn measure(folder: &Path) -> Result<()> {
    let all = Databases::all(folder).await?;
    let (people, lines) = (folder.join("subjects.ndjson"), folder.join("records.ndjson"));
    place::write_subjects(&people, SUBJECTS)?;
    place::write_records(&lines, 0..RECORDS, 0..SUBJECTS)?;
    for databases in all {
        let kind = databases.name();
        for round in 0..ROUNDS {
            let seeded = databases.create(&format!("seeded_{round}")).await?;
            let engine = seeded.store.open(None).await?;
            let scope = place::tenant(&engine).await?;
            place::import_file(&engine, &scope, &people).await?;
            place::close(engine).await;

            let ours = databases.copy(&seeded, &format!("import_{round}")).await?;
            let rate = imported(&lines, ours.store.open(None).await?).await?;
            tell(&format!("import.{kind}"), rate);

            let told = databases.copy(&seeded, &format!("bulk_{round}")).await?;
            let took = bulk::send(&lines, told.store.open(None).await?, RECORDS).await?;
            tell(&format!("bulk.{kind}"), per_second(took));

            let from = ours.plainly().await?;
            for (name, at_once) in [("insert", 1), ("rows", BATCH)] {
                let into = databases.copy(&seeded, &format!("{name}_{round}")).await?;
                let took = inserted(&from, &into.plainly().await?, RECORDS, BATCH, at_once).await?;
                tell(&format!("{name}.{kind}"), per_second(took));
            }
        }
    }
    Ok(())
}

/// Records per second, imported from a file.
async fn imported(lines: &Path, engine: Engine) -> Result<u64> {
    let scope = place::tenant(&engine).await?;
    let begun = Instant::now();
    let done = place::import_file(&engine, &scope, lines).await?;
    let rate = per_second(begun.elapsed());
    ensure!(done.created == RECORDS as u64, "{} were created", done.created);
    place::close(engine).await;
    Ok(rate)
}

fn per_second(took: Duration) -> u64 {
    (RECORDS as f64 / took.as_secs_f64()) as u64
}
