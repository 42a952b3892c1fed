//! Data from where it lives, as lines of JSON.

mod batch;
mod line;
mod reader;
mod run;

pub use line::{EventLine, Line, LineError, OrganisationLine, RecordLine, SubjectLine};
pub use reader::{MAX_LINE, RawLine, read_line};
pub use run::{BadLine, ImportError, Imported, import};
