//! What is held: how it comes in, where it lies, what may be done with it.

pub mod choices;
pub mod disclosures;
pub mod holds;
pub mod imports;
pub mod joining;
pub mod records;
pub mod stripe;
mod tell_error;

pub use tell_error::TellError;
