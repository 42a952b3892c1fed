//! The policy as a program: a structured document that pages show and the
//! portal executes.

pub mod check;
pub mod diff;
pub mod document;
pub mod facts;
pub mod fields;
#[cfg(test)]
mod fixture;
pub mod markdown;
pub mod parsed;
pub mod placeholders;
pub mod plain;
pub mod public;
pub mod said;
pub mod schema;
pub mod size;

pub use document::Document;
pub use facts::Facts;
