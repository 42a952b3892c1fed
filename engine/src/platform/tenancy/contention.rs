//! What becomes of a transaction that meets another.

use std::error::Error;
use std::future::Future;

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlxError};

/// How often a transaction is run at the most. Each time it loses, another one has
/// committed, so that the work as a whole goes on.
const TRIES: u32 = 16;

/// Why a transaction could not do its work beside others. Nothing of it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contention {
    /// Another was faster: run again, it reads what that one has written.
    Lost,
    /// It has waited for others as long as anybody should.
    Waited,
}

impl Contention {
    /// What the database says of others, if that is what it says.
    pub fn of(error: &DbErr) -> Option<Contention> {
        let error = match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => return Some(Contention::Waited),
            DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error))
            | DbErr::Conn(RuntimeErr::SqlxError(error)) => error,
            _ => return None,
        };
        let SqlxError::Database(error) = error.as_ref() else { return None };
        match error.code()?.as_ref() {
            // PostgreSQL: not serialisable, a deadlock.
            "40001" | "40P01"
            // What was just inserted by another, or what a row refers to and another
            // has just deleted.
            | "23505" | "23503"
            // The same on SQLite, and what was read is no longer the latest.
            | "2067" | "1555" | "787" | "517" => Some(Contention::Lost),
            // PostgreSQL: the time limits for a lock and a statement. SQLite: busy, locked.
            "55P03" | "57014" | "5" | "6" | "261" | "262" => Some(Contention::Waited),
            _ => None,
        }
    }

    /// The same of whatever a use case failed with.
    pub fn behind(error: &(dyn Error + 'static)) -> Option<Contention> {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref() {
                return Contention::of(error);
            }
            cause = error.source();
        }
        None
    }
}

/// Runs something again whose transaction has lost to another one.
///
/// The whole of it is run again: it reads anew, and decides by what it reads. So it
/// holds one transaction, and nothing outside of it is changed before the commit.
/// What loses again and again fails with what the database said, which
/// [`Failure::is_busy`](crate::Failure::is_busy) knows.
pub async fn retrying<T, E, F>(mut once: impl FnMut() -> F) -> Result<T, E>
where
    E: Error + 'static,
    F: Future<Output = Result<T, E>>,
{
    let mut tries = 1;
    loop {
        match once().await {
            Err(error) if tries < TRIES && Contention::behind(&error) == Some(Contention::Lost) => {
                tries += 1;
            }
            ended => return ended,
        }
    }
}
