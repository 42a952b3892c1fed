//! Inserts of rows that the portal has made, and of nothing else.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use engine::storage::records;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement, TransactionTrait, Value,
};

/// Inserts the records of one database into another, so many rows in a
/// transaction and so many in a statement; the time is that of the inserts alone.
pub async fn inserted(
    from: &DatabaseConnection,
    into: &DatabaseConnection,
    records: usize,
    in_transaction: usize,
    in_statement: usize,
) -> Result<Duration> {
    let rows = records::Entity::find().all(from).await?;
    ensure!(rows.len() == records, "{} rows", rows.len());
    let backend = into.get_database_backend();
    let mut transactions = Vec::new();
    for some in rows.chunks(in_transaction) {
        let statements: Vec<Statement> =
            some.chunks(in_statement).map(|rows| statement(backend, rows)).collect();
        transactions.push(statements);
    }
    let begun = Instant::now();
    for statements in transactions {
        let tx = into.begin().await?;
        for statement in statements {
            tx.execute_raw(statement).await?;
        }
        tx.commit().await?;
    }
    Ok(begun.elapsed())
}

fn statement(backend: DbBackend, rows: &[records::Model]) -> Statement {
    let values: Vec<Value> = rows.iter().flat_map(values).collect();
    let columns = values.len() / rows.len().max(1);
    // SQLite takes far longer for marks with numbers, if there are many.
    let mark = |n: usize| match backend {
        DbBackend::Postgres => format!("${n}"),
        _ => "?".to_owned(),
    };
    let tuples: Vec<String> = (0..rows.len())
        .map(|row| {
            let marks: Vec<String> = (1..=columns).map(|n| mark(row * columns + n)).collect();
            format!("({})", marks.join(", "))
        })
        .collect();
    let sql = format!(
        "insert into records (tenant_id, id, subject_id, organisation_id, category, kind, source, \
         source_hash, occurred_on, recorded_at, sealed, digest) values {}",
        tuples.join(", ")
    );
    Statement::from_sql_and_values(backend, sql, values)
}

fn values(row: &records::Model) -> [Value; 12] {
    let row = row.clone();
    [
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
    ]
}
