//! How much memory an export takes.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use app::presenter::PageOfExport;
use domain::identifiers::EmailAddress;
use domain::roles::Role;
use engine::accounts::{Password, create_customer};
use engine::jobs::{Drained, drain};
use engine::{Actor, Scope, exports, subjects};
use uuid::Uuid;

use crate::{memory, place, tell};

const RECORDS: usize = 100_000;

pub async fn prepare_and_measure(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let engine = place::sqlite(folder.into()).open(None).await?;
    let scope = place::tenant(&engine).await?;
    let lines = folder.join("lines.ndjson");
    place::write_subjects(&lines, 1)?;
    place::import_file(&engine, &scope, &lines).await?;
    place::write_records(&lines, 0..RECORDS, 0..1)?;
    place::import_file(&engine, &scope, &lines).await?;

    let email: EmailAddress = "person-0@example.org".parse()?;
    let password = Password::choose("correct horse battery".into())?;
    create_customer(&engine, &scope, &email, password).await?;
    let subject = subjects::find(&engine, &scope, "u-0").await?;
    let id = Uuid::nil();
    let person = Scope { actor: Actor::Account { id, role: Role::Customer, subject }, ..scope };
    exports::ask(&engine, &person).await?;
    place::close(engine).await;

    let alone = std::process::Command::new(std::env::current_exe()?)
        .arg("export-alone")
        .arg(folder)
        .status()?;
    ensure!(alone.success(), "the export failed");
    Ok(())
}

pub async fn measure(folder: &Path) -> Result<()> {
    let engine = place::sqlite(folder.into()).open(None).await?;
    memory::forget_most()?;
    let before = memory::now()?;
    let begun = Instant::now();
    let done = drain(&engine, &PageOfExport, &|| place::NOW).await?;
    let took = begun.elapsed();
    let most = memory::most()?;
    ensure!(done == Drained { done: 1, failed: 0 }, "{done:?}");
    tell("export.before", before);
    tell("export.most", most);
    tell("export.seconds", format!("{:.1}", took.as_secs_f64()));
    Ok(())
}
