//! What those see who answer requests.

mod correction;
pub mod holds;
pub mod join;
mod line;
pub mod messages;
pub mod queue;
pub mod report;
pub mod reports;
pub mod request;
