//! HTTP from outside: one [`app::TestApp`], one file per concern.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod app;

mod api;
mod backups;
mod bad_input;
mod chaos;
mod commands;
mod contact;
mod corrections;
mod customers;
mod factors;
mod forms;
mod headers;
mod holds;
mod joining;
mod killed;
mod limits;
mod matrix;
mod methods;
mod newer;
mod packing;
mod permissions;
mod providers;
mod public;
mod serving;
mod signing_in;
mod stripe;
mod studio;
mod summaries;
mod trouble;
mod unsent;
mod walk;
mod watching;
