//! Data from where it lives, as lines of JSON.

mod batch;
mod kinds;
mod line;
mod outcome;
mod reader;
mod rules;
mod run;

pub use line::{EventLine, Line, LineError, OrganisationLine, RecordLine, SubjectLine};
pub use outcome::Outcome;
pub use reader::{Lines, MAX_LINE, RawBatch, RawLine, read_line};
pub(crate) use rules::Rules;
pub(crate) use run::take_line;
pub use run::{BadLine, ImportError, Imported, Parsed, import, parse, take};
