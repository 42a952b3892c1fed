//! Running an import.

use std::io::BufRead;
use std::time::Duration;

use domain::policy::Facts;
use jiff::civil::Date;
use sea_orm::DbErr;
use serde_json::{Value, json};

use super::batch::Batch;
use super::line::{Line, LineError};
use super::reader::{RawLine, read_line};
use crate::audit;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::policies;
use crate::scope::Scope;
use crate::tenancy::WriteTx;

/// How many lines go into one transaction.
const BATCH: usize = 1000;
/// How many bytes, at the most but for its last line.
const BATCH_BYTES: u64 = 8_000_000;
/// How long others may write between two transactions of an import.
const BREATH: Duration = Duration::from_millis(5);
/// How many bad lines are told one by one; the rest is only counted.
const TOLD: usize = 1000;

/// A line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1.
    pub number: u64,
    /// Why.
    pub reason: LineError,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// New things.
    pub created: u64,
    /// Known things that have changed.
    pub updated: u64,
    /// Known things that say the same as before.
    pub unchanged: u64,
    /// How many lines were not taken.
    pub refused: u64,
    /// The first of them, in order.
    pub bad_lines: Vec<BadLine>,
}

/// Why an import did not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The tenant has no policy in force, so nothing may be held.
    #[error("this tenant has no policy in force, so nothing can be held for it yet")]
    NoPolicy,
    /// The input cannot be read.
    #[error("the input cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// `--atomic`, and a line was not taken.
    #[error("{} lines were not taken, so nothing was", .0.refused)]
    NotAtomic(Imported),
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for ImportError {
    fn from(error: DbErr) -> ImportError {
        ImportError::Failure(error.into())
    }
}

/// Reads lines until the end and takes every good one, in transactions of a
/// thousand; with `atomic`, in one transaction, and only if all are good. Nobody
/// else writes for as long as that takes on SQLite.
///
/// To import the same input again changes nothing, so that an import that was
/// cut off is simply run once more. `progress` is told the bytes read so far.
pub async fn import(
    engine: &Engine,
    scope: &Scope,
    input: &mut (dyn BufRead + Send),
    atomic: bool,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<Imported, ImportError> {
    let policy = policies::in_force(engine, scope).await?.ok_or(ImportError::NoPolicy)?;
    let facts = &policy.document.facts;
    let db = engine.tenant(scope.tenant);
    let mut done = Imported::default();
    let mut lines = Lines { input, number: 0, bytes: 0 };
    let mut all: Option<WriteTx> = None;
    loop {
        // Read first: a slow input must not keep everybody else from writing.
        let before = done.clone();
        let (batch, more) = lines.next(facts, scope.today(), &mut done)?;
        let tx = match all.take() {
            Some(tx) => tx,
            None => db.write().await?,
        };
        batch.write(engine, scope, &tx, &mut done).await?;
        progress(lines.bytes);
        audit::enter(&tx, scope, "data.imported", scope.tenant, done.since(&before)).await?;
        match (atomic, more) {
            (true, true) => all = Some(tx),
            (true, false) if done.refused > 0 => break,
            (_, more) => {
                tx.commit().await?;
                if !more {
                    break;
                }
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    done.bad_lines.sort_by_key(|bad| bad.number);
    if atomic && done.refused > 0 {
        return Err(ImportError::NotAtomic(done));
    }
    Ok(done)
}

impl Imported {
    /// What was done since, as counts for the audit.
    fn since(&self, before: &Imported) -> Value {
        json!({
            "created": self.created - before.created,
            "updated": self.updated - before.updated,
            "unchanged": self.unchanged - before.unchanged,
            "refused": self.refused - before.refused,
        })
    }

    /// Notes a line that is not taken.
    pub(super) fn refuse(&mut self, number: u64, reason: LineError) {
        self.refused += 1;
        if self.bad_lines.len() < TOLD {
            self.bad_lines.push(BadLine { number, reason });
        }
    }
}

struct Lines<'a> {
    input: &'a mut (dyn BufRead + Send),
    number: u64,
    bytes: u64,
}

impl Lines<'_> {
    /// The next good lines, and whether there may be more.
    fn next(
        &mut self,
        facts: &Facts,
        today: Date,
        done: &mut Imported,
    ) -> Result<(Batch, bool), ImportError> {
        let mut batch = Batch::default();
        let begun = self.bytes;
        for _ in 0..BATCH {
            if self.bytes - begun > BATCH_BYTES {
                break;
            }
            let Some((raw, bytes)) = read_line(&mut self.input)? else {
                return Ok((batch, false));
            };
            self.number += 1;
            self.bytes += bytes;
            let parsed = match raw {
                RawLine::TooLong => Err(LineError::TooLong),
                RawLine::Whole(line) if line.iter().all(u8::is_ascii_whitespace) => continue,
                RawLine::Whole(line) => Line::parse(&line, facts, today),
            };
            match parsed {
                Ok(line) => batch.push(self.number, line),
                Err(reason) => done.refuse(self.number, reason),
            }
        }
        Ok((batch, true))
    }
}
