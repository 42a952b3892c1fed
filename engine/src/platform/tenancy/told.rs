//! What may be told of a database's error: logs hold no personal data, and a
//! database quotes the values that it does not like.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// The error in words that quote no value.
pub fn told(error: &DbErr) -> String {
    match error {
        DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner) => match inner {
            RuntimeErr::SqlxError(error) => of_driver(error),
            RuntimeErr::Internal(_) => "an internal error".to_owned(),
        },
        DbErr::TryIntoErr { from, into, .. } => format!("{from} is not {into}"),
        DbErr::RecordNotFound(_) => "a row is missing".to_owned(),
        DbErr::Type(_) | DbErr::Json(_) => "a value has another type".to_owned(),
        DbErr::Custom(_) => "an error of its own".to_owned(),
        // Names of ours, or nothing.
        other => other.to_string(),
    }
}

fn of_driver(error: &SqlxError) -> String {
    match error {
        SqlxError::Database(error) => {
            let code = error.code().unwrap_or_default().into_owned();
            // Data exceptions quote the value; all others name tables and constraints.
            if code.len() == 5 && code.starts_with("22") {
                return format!("a value that cannot be ({code})");
            }
            format!("{} ({code})", error.message())
        }
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::RowNotFound
        | SqlxError::ColumnNotFound(_)
        | SqlxError::WorkerCrashed => error.to_string(),
        _ => "the driver cannot read it".to_owned(),
    }
}
