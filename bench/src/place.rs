//! Databases to measure on, and what is imported into them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::Parser;
use domain::identifiers::Language;
use engine::imports::{Imported, import};
use engine::storage::Timestamp;
use engine::tenants::{TenantFile, apply};
use engine::{Actor, Engine, Scope};
use jiff::tz::TimeZone;
use server::cli::{Cli, Store};
use uuid::Uuid;

/// 2026-11-21 12:00 UTC: so that a run does not depend on its day.
pub const NOW: Timestamp = Timestamp(1_795_262_400_000);
/// The demo tenant.
pub const LUMAIRE: &str = include_str!("../../demo/lumaire-2.toml");
const LUMINA: &str = include_str!("../../demo/lumina-erp-2.toml");

/// SQLite in a folder. Nobody signs in here, so bcrypt may be cheap.
pub fn sqlite(data_dir: PathBuf) -> Store {
    let mut store = Cli::parse_from(["candor", "--bcrypt-cost", "4", "doctor"]).store;
    store.data_dir = data_dir;
    store
}

/// Makes the demo tenant with its policy, if need be; the scope is the operator's.
pub async fn tenant(engine: &Engine) -> Result<Scope> {
    founded(engine, LUMAIRE).await
}

/// Another one beside it.
pub async fn other_tenant(engine: &Engine) -> Result<Scope> {
    founded(engine, LUMINA).await
}

async fn founded(engine: &Engine, file: &str) -> Result<Scope> {
    let applied = apply(engine, &TenantFile::parse(file)?, NOW).await?;
    Ok(Scope {
        tenant: applied.tenant,
        zone: TimeZone::UTC,
        actor: Actor::Operator,
        language: Language::En,
        now: NOW,
        request_id: Uuid::now_v7(),
    })
}

/// Ends an engine's connections, so that its database can be copied.
pub async fn close(engine: Engine) {
    engine.database().clone().close().await;
    engine.keyring().clone().close().await;
}

/// Writes lines about so many people.
pub fn write_subjects(file: &Path, subjects: usize) -> Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for n in 0..subjects {
        writeln!(
            out,
            r#"{{"type":"subject","id":"u-{n}","email":"person-{n}@example.org","name":"Person {n}"}}"#
        )?;
    }
    Ok(out.flush()?)
}

/// Writes lines about these messages, in turn with each of these people.
pub fn write_records(file: &Path, messages: Range<usize>, people: Range<usize>) -> Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for n in messages {
        let who = people.start + n % people.len();
        let (month, day) = (1 + n % 10, 1 + n % 28);
        writeln!(
            out,
            r#"{{"type":"record","id":"m-{n}","category":"communication","kind":"message","date":"2026-{month:02}-{day:02}","subjects":["u-{who}"],"source":"email","data":{{"direction":"to-you","channel":"email","subject":"Lesson {n} of your course","text":"Hello Person {who}, the recording of lesson {n} is in your library. You find the sheet music below it, and the next live hour is on day {day}. Write back if anything is missing."}}}}"#
        )?;
    }
    Ok(out.flush()?)
}

/// Imports a file, which must have no bad line.
pub async fn import_file(engine: &Engine, scope: &Scope, file: &Path) -> Result<Imported> {
    let mut input = BufReader::new(File::open(file)?);
    let done = import(engine, scope, &mut input, false, &|_| {}).await?;
    ensure!(done.refused == 0, "lines were refused: {:?}", done.bad_lines.first());
    Ok(done)
}
