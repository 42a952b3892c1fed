//! JSON from outside: measured while it is read, so that whoever sends it decides
//! neither how much memory it takes nor how long it is looked through.
//!
//! Text goes through [`read`] or [`measure`] before anything is built of it; what was
//! built of it is looked through by [`find`] alone, which makes no copy of a path
//! until something was found.

mod bounds;
mod encoding;
mod find;

pub use bounds::{ANSWER, Bounds, DATA, DOCUMENT, TooMuch, Unreadable, measure, read};
pub use encoding::{NotText, text, unmarked};
pub use find::{Step, find};
