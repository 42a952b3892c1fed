//! The parts of pages that come alive in the browser, compiled for both sides.
//!
//! An island makes a page nicer that works without it. Its texts come as properties, which anyone can
//! read in the page: never secrets, never whole entities.

#![allow(missing_docs, reason = "the macros write public items without documentation")]

pub mod preview;
