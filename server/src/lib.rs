//! The `candor` command: its options, what its commands do, and HTTP.

pub mod api;
pub mod cli;
mod clock;
mod commands;
pub mod http;
mod open;
