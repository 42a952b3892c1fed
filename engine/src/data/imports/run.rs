//! Running an import.

use std::io::BufRead;
use std::time::Duration;

use domain::grants::Grant;
use domain::json::unmarked;
use sea_orm::DbErr;
use serde_json::{Value, json};

use super::batch::Batch;
use super::line::{Line, LineError};
use super::outcome::{Outcome, Outcomes};
use super::reader::{Lines, RawBatch, RawLine};
use super::rules::Rules;
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::keyring::Remembered;
use crate::platform::scope::Scope;
use crate::platform::tenancy::{WriteTx, retrying};

/// What a token must have one of, to tell anything in lines; each line may want another.
const TELLS: [Grant; 3] = [Grant::Write, Grant::End, Grant::Access];
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

/// Lines that were parsed: the good ones, and what became of the others.
#[derive(Clone)]
pub struct Parsed {
    rules: Rules,
    batch: Batch,
    outcomes: Outcomes,
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
    if atomic {
        return import_as_one(engine, scope, input, progress).await;
    }
    let mut input = input;
    let mut lines = Lines::default();
    let mut done = Imported::default();
    let remembered = Remembered::default();
    loop {
        // Read first: a slow input must not keep everybody else from writing.
        let (raw, more) = lines.batch(&mut input)?;
        let parsed = parse(engine, scope, raw).await?;
        done.add(take(engine, scope, parsed, &remembered).await?);
        progress(lines.bytes());
        if !more {
            return Ok(done);
        }
        tokio::time::sleep(BREATH).await;
    }
}

/// All lines in one transaction, by the policy that was in force before it began.
/// What loses to another writer is not run again: the input is read once.
async fn import_as_one(
    engine: &Engine,
    scope: &Scope,
    mut input: &mut (dyn BufRead + Send),
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<Imported, ImportError> {
    let rules = Rules::of(engine, scope).await?;
    let mut done = Imported::default();
    let remembered = Remembered::default();
    let mut lines = Lines::default();
    let (mut raw, mut more) = lines.batch(&mut input)?;
    let tx = engine.tenant(scope.grant_one_of(&TELLS)?).write().await?;
    loop {
        let parsed = parse_by(rules.clone(), scope, raw);
        done.add(write(engine, scope, &tx, parsed, &remembered).await?);
        progress(lines.bytes());
        if !more {
            break;
        }
        (raw, more) = lines.batch(&mut input)?;
    }
    if done.refused > 0 {
        return Err(ImportError::NotAtomic(done));
    }
    tx.commit().await?;
    Ok(done)
}

/// Takes the good ones of some lines, in one transaction, and says what became
/// of each. What is `remembered` is for the same request's next lines, unless
/// this fails.
pub async fn take(
    engine: &Engine,
    scope: &Scope,
    parsed: Parsed,
    remembered: &Remembered,
) -> Result<Vec<(u64, Outcome)>, ImportError> {
    retrying(|| async {
        let taken = take_once(engine, scope, parsed.clone(), remembered).await;
        if taken.is_err() {
            remembered.forget();
        }
        taken
    })
    .await
}

async fn take_once(
    engine: &Engine,
    scope: &Scope,
    parsed: Parsed,
    remembered: &Remembered,
) -> Result<Vec<(u64, Outcome)>, ImportError> {
    let tx = engine.tenant(scope.grant_one_of(&TELLS)?).write().await?;
    let outcomes = write(engine, scope, &tx, parsed, remembered).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Takes one line inside a transaction, by rules that were read before it.
pub(crate) async fn take_line(
    engine: &Engine,
    scope: &Scope,
    tx: &WriteTx,
    rules: Rules,
    line: Line,
) -> Result<Outcome, Failure> {
    if let Err(reason) = rules.check(scope, &line) {
        return Ok(Outcome::Refused(reason));
    }
    let mut parsed = Parsed { rules, batch: Batch::default(), outcomes: Outcomes::default() };
    parsed.batch.push(1, line);
    let outcomes = write(engine, scope, tx, parsed, &Remembered::default()).await?;
    let only = outcomes.into_iter().next().map(|(_, outcome)| outcome);
    only.ok_or_else(|| Failure::corrupt("a line without an outcome"))
}

/// Parses lines by the policy in force; empty ones are none. While some are taken,
/// the next ones can be parsed.
pub async fn parse(engine: &Engine, scope: &Scope, raw: RawBatch) -> Result<Parsed, ImportError> {
    Ok(parse_by(Rules::of(engine, scope).await?, scope, raw))
}

fn parse_by(rules: Rules, scope: &Scope, raw: RawBatch) -> Parsed {
    let (mut batch, mut outcomes) = (Batch::default(), Outcomes::default());
    for (number, raw) in raw.into_lines() {
        let parsed = match raw {
            RawLine::TooLong => Err(LineError::TooLong),
            RawLine::Returns => Err(LineError::Returns),
            RawLine::Whole(line) if unmarked(&line).iter().all(u8::is_ascii_whitespace) => continue,
            RawLine::Whole(line) => Line::read(&line).and_then(|line| {
                rules.check(scope, &line)?;
                Ok(line)
            }),
        };
        match parsed {
            Ok(line) => batch.push(number, line),
            Err(reason) => outcomes.refuse(number, reason),
        }
    }
    Parsed { rules, batch, outcomes }
}

async fn write(
    engine: &Engine,
    scope: &Scope,
    tx: &WriteTx,
    Parsed { rules, batch, mut outcomes }: Parsed,
    remembered: &Remembered,
) -> Result<Vec<(u64, Outcome)>, Failure> {
    batch.write(engine, scope, tx, (&rules, remembered), &mut outcomes).await?;
    let outcomes = outcomes.in_order();
    let mut done = Imported::default();
    done.add(outcomes.clone());
    audit::enter(tx, scope, "data.imported", scope.tenant, done.counts()).await?;
    Ok(outcomes)
}

impl Imported {
    fn add(&mut self, outcomes: Vec<(u64, Outcome)>) {
        for (number, outcome) in outcomes {
            match outcome {
                Outcome::Created => self.created += 1,
                Outcome::Updated => self.updated += 1,
                Outcome::Unchanged => self.unchanged += 1,
                Outcome::Superseded => {}
                Outcome::Refused(reason) => {
                    self.refused += 1;
                    if self.bad_lines.len() < TOLD {
                        self.bad_lines.push(BadLine { number, reason });
                    }
                }
            }
        }
    }

    /// As counts for the audit.
    fn counts(&self) -> Value {
        json!({
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
        })
    }
}
