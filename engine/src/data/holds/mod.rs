//! Holds: what stands still for a person or a category, and why.
//!
//! A hold is a row for as long as it is in force; when it began and ended, and by
//! whom, is in the audit log. What each reason stops is a table,
//! [`domain::holds`]. Whoever is about to do something asks [`blocks`] or
//! [`stopped`] and looks at nothing else: two columns of `subjects` say the same for
//! nodes of the version before, and are kept in step here.

mod begin;
mod end;
mod legal;
mod list;
mod look;
mod row;
mod step;

pub(crate) use begin::{About, Origin, begin};
pub(crate) use end::{end, end_of_request};
pub use legal::{LegalError, lift, record};
pub use list::{Hold, Recorded, of_subject, recorded};
pub(crate) use look::blocks_everybody;
pub use look::{Stopped, blocks, stopped};
pub(crate) use row::reason_of;
pub(crate) use step::keep_in_step;
