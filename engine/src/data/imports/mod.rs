//! Data from where it lives, as lines of JSON.

mod batch;
mod by_address;
mod kinds;
mod line;
mod outcome;
mod reader;
mod rules;
mod run;
mod tell;

pub use by_address::{Known, Told, subject_by_address};
pub use line::{EventLine, Line, LineError, OrganisationLine, RecordLine, SubjectLine};
pub(crate) use line::{check_date, check_id};
pub use outcome::Outcome;
pub use reader::{Lines, MAX_LINE, RawBatch, RawLine, read_line};
pub use run::{BadLine, ImportError, Imported, Parsed, import, parse, take};
pub use tell::tell;
