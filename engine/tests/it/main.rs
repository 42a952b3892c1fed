//! Use cases on real databases: the same checks on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

#[macro_use]
mod bed;

mod accounts;
mod child_reports;
mod contact;
mod corrections;
mod deeds;
mod erasure;
mod exports;
mod factors;
mod grants;
mod holds;
mod imports;
mod ingest;
mod integrator;
mod isolation;
mod issuer;
mod jobs;
mod joining;
mod keyring;
mod ledger;
mod lifetimes;
mod links;
mod mail;
mod numbers;
mod opening;
mod passkeys;
mod policies;
mod providers;
mod races;
mod receipts;
mod receiver;
mod reset;
mod restore;
mod rooms;
mod steps;
mod stripe;
mod stripe_peer;
mod tenants;
mod tries;
mod upgrade;
mod webhooks;
