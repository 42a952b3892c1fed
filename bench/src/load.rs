//! How fast records are imported, beside plain inserts of the same rows.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use engine::Engine;
use engine::storage::records;
use engine::tenancy::{DatabaseUrls, migrate};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait,
    Statement, TransactionTrait,
};
use server::cli::Store;

use crate::{place, tell};

const RECORDS: usize = 100_000;
const SUBJECTS: usize = 1_000;
/// As many rows per transaction as an import has.
const BATCH: usize = 1_000;
const ROUNDS: usize = 3;

pub async fn measure(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    place::write_subjects(&folder.join("subjects.ndjson"), SUBJECTS)?;
    place::write_records(&folder.join("records.ndjson"), RECORDS, SUBJECTS)?;
    on_sqlite(folder).await?;
    if let Ok(superuser) = std::env::var("CANDOR_TEST_POSTGRES") {
        on_postgres(folder, &superuser).await?;
    }
    Ok(())
}

async fn on_sqlite(folder: &Path) -> Result<()> {
    for round in 0..ROUNDS {
        let data_dir = folder.join(format!("sqlite-{round}"));
        let store = place::sqlite(data_dir.clone());
        let engine = store.open(None).await?;
        seed(folder, engine).await?;

        let (ours, plain) = (data_dir.join("candor.db"), data_dir.join("plain.db"));
        let log = data_dir.join("candor.db-wal");
        ensure!(!log.exists(), "{} is still in use", log.display());
        std::fs::copy(&ours, &plain)?;

        tell("import.sqlite", imported(folder, store.open(None).await?).await?);
        let from = Database::connect(format!("sqlite://{}", ours.display())).await?;
        let into = one_connection(&format!("sqlite://{}", plain.display())).await?;
        for pragma in ["journal_mode = wal", "synchronous = full", "foreign_keys = on"] {
            into.execute_unprepared(&format!("pragma {pragma}")).await?;
        }
        tell("insert.sqlite", inserted(&from, &into).await?);
    }
    Ok(())
}

async fn on_postgres(folder: &Path, superuser: &str) -> Result<()> {
    let (before, _) = superuser.rsplit_once('/').context("postgres://USER@HOST/NAME")?;
    let (_, host) = before.split_once('@').context("postgres://USER@HOST/NAME")?;
    let url = |role: &str, name: &str| format!("postgres://{role}@{host}/{name}");
    let server = Database::connect(superuser).await?;
    server.execute_unprepared("create role candor_bench_owner login createrole").await?;
    for round in 0..ROUNDS {
        let (ours, plain) =
            (format!("candor_bench_{round}"), format!("candor_bench_plain_{round}"));
        server
            .execute_unprepared(&format!("create database {ours} owner candor_bench_owner"))
            .await?;
        let from = Database::connect(format!("{before}/{ours}")).await?;
        from.execute_unprepared("alter schema public owner to candor_bench_owner").await?;
        from.close().await?;
        let owner = url("candor_bench_owner", &ours);
        let urls = DatabaseUrls { tenant: String::new(), across: String::new(), owner };
        migrate(&urls).await?;
        if round == 0 {
            for kind in ["tenant", "across"] {
                let role = format!("create role candor_bench_{kind} login in role candor_{kind}");
                server.execute_unprepared(&role).await?;
            }
        }
        let store = Store {
            database_url: Some(url("candor_bench_tenant", &ours)),
            across_url: Some(url("candor_bench_across", &ours)),
            ..place::sqlite(folder.join(format!("postgres-{round}")))
        };
        let engine = store.open(None).await?;
        seed(folder, engine).await?;
        server.execute_unprepared(&format!("create database {plain} template {ours}")).await?;

        tell("import.postgres", imported(folder, store.open(None).await?).await?);
        let from = Database::connect(format!("{before}/{ours}")).await?;
        // The superuser: not even row-level security is in the way of the plain inserts.
        let into = one_connection(&format!("{before}/{plain}")).await?;
        tell("insert.postgres", inserted(&from, &into).await?);
    }
    Ok(())
}

async fn one_connection(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// Everything that the records refer to.
async fn seed(folder: &Path, engine: Engine) -> Result<()> {
    let scope = place::tenant(&engine).await?;
    place::import_file(&engine, &scope, &folder.join("subjects.ndjson")).await?;
    place::close(engine).await;
    Ok(())
}

/// Records per second, imported from a file.
async fn imported(folder: &Path, engine: Engine) -> Result<u64> {
    let scope = place::tenant(&engine).await?;
    let begun = Instant::now();
    let done = place::import_file(&engine, &scope, &folder.join("records.ndjson")).await?;
    let rate = per_second(begun);
    ensure!(done.created == RECORDS as u64, "{} were created", done.created);
    place::close(engine).await;
    Ok(rate)
}

/// Rows per second, inserted by one prepared statement per row.
async fn inserted(from: &DatabaseConnection, into: &DatabaseConnection) -> Result<u64> {
    let rows = records::Entity::find().all(from).await?;
    ensure!(rows.len() == RECORDS, "{} rows", rows.len());
    let backend = into.get_database_backend();
    let marks: Vec<String> = (1..=12)
        .map(|n| if backend == DbBackend::Postgres { format!("${n}") } else { format!("?{n}") })
        .collect();
    let sql = format!(
        "insert into records (tenant_id, id, subject_id, organisation_id, category, kind, source, \
         source_hash, occurred_on, recorded_at, sealed, digest) values ({})",
        marks.join(", ")
    );
    let statements: Vec<Statement> = rows
        .into_iter()
        .map(|row| {
            let values = [
                row.tenant_id.into(),
                row.id.into(),
                row.subject_id.into(),
                row.organisation_id.into(),
                row.category.into(),
                row.kind.into(),
                row.source.into(),
                row.source_hash.into(),
                row.occurred_on.0.into(),
                row.recorded_at.0.into(),
                row.sealed.into(),
                row.digest.into(),
            ];
            Statement::from_sql_and_values(backend, &sql, values)
        })
        .collect();
    let mut statements = statements.into_iter().peekable();
    let begun = Instant::now();
    while statements.peek().is_some() {
        let tx = into.begin().await?;
        for statement in statements.by_ref().take(BATCH) {
            tx.execute_raw(statement).await?;
        }
        tx.commit().await?;
    }
    Ok(per_second(begun))
}

fn per_second(begun: Instant) -> u64 {
    (RECORDS as f64 / begun.elapsed().as_secs_f64()) as u64
}
