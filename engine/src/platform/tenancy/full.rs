//! A disk without room, whoever says so.

use std::error::Error;
use std::io::{self, ErrorKind};

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// Whether something failed since the disk is full: the database's or another.
pub fn is_full(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<DbErr>().is_some_and(says_so) {
            return true;
        }
        if error.downcast_ref::<io::Error>().is_some_and(|error| is_of_room(error.kind())) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_of_room(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

fn says_so(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    match error.as_ref() {
        // SQLite's SQLITE_FULL, PostgreSQL's disk_full.
        SqlxError::Database(error) => {
            error.code().is_some_and(|code| matches!(code.as_ref(), "13" | "53100"))
        }
        SqlxError::Io(error) => is_of_room(error.kind()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectOptions, ConnectionTrait, Database};

    use super::*;
    use crate::platform::failure::Failure;

    #[tokio::test]
    async fn a_full_database_is_called_full_and_not_broken() {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        let database = Database::connect(options).await.unwrap();
        let run = async |sql: &str| database.execute_unprepared(sql).await;
        run("create table rows (content blob)").await.unwrap();
        run("pragma max_page_count = 4").await.unwrap();
        let full = run("insert into rows values (zeroblob(1000000))").await.unwrap_err();
        let failure = Failure::from(full);
        assert!(failure.is_full() && !failure.is_busy(), "{failure}");
        assert_eq!(failure.name(), "full-disk");
        let other = run("insert into nothing values (1)").await.unwrap_err();
        assert!(!Failure::from(other).is_full());
    }

    #[test]
    fn so_is_a_full_disk_below_a_file() {
        assert!(Failure::from(io::Error::from(ErrorKind::StorageFull)).is_full());
        assert!(!Failure::from(io::Error::from(ErrorKind::NotFound)).is_full());
    }
}
