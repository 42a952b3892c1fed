//! The `candor` command: its options, what its commands do, and HTTP.

// A reader who leaves is no reason to panic: see `say.rs`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod api;
pub mod capacity;
pub mod cli;
mod clock;
mod commands;
pub mod http;
mod log;
mod manifest;
mod metrics;
mod open;
mod panics;
mod say;
mod turns;

/// A page is made of thousands of small pieces of memory, on several threads, for
/// which this one takes half the time of the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
