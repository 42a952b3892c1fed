//! The rules of Candor, pure: no input or output, no clock.
//!
//! Whatever can be decided without asking a database or a network is decided
//! here, as functions of values, so that it can be tested as a table.

pub mod addresses;
pub mod cards;
pub mod consents;
pub mod deadlines;
pub mod endings;
pub mod erasure;
pub mod grants;
pub mod harmless;
pub mod holds;
pub mod identifiers;
pub mod joining;
pub mod json;
pub mod kinds;
pub mod money;
pub mod nearest;
pub mod networks;
pub mod passwords;
pub mod period;
pub mod policy;
pub mod requests;
pub mod retention;
pub mod roles;
pub mod texts;
pub mod tries;
pub mod words;
