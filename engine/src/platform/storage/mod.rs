//! The tables as entities, the two types that times are stored as, and the format
//! of what is stored as JSON.
//!
//! Nothing here runs a query: that takes a handle from [`crate::platform::tenancy`].

pub mod accounts;
pub mod anonymous_counts;
pub mod api_answers;
pub mod api_tokens;
pub mod audit_entries;
pub mod ceremonies;
pub mod choices;
pub mod data_keys;
pub mod disclosures;
pub mod erasures;
pub mod events;
pub mod export_chunks;
pub mod exports;
pub mod holds;
pub mod hosts;
pub mod identities;
pub mod jobs;
pub mod messages;
pub mod organisations;
pub mod outbox;
pub mod passkeys;
pub mod policy_versions;
pub mod proofs;
pub mod providers;
pub mod receipt_lines;
pub mod receipts;
pub mod record_parties;
pub mod records;
pub mod request_steps;
pub mod requests;
pub mod retained;
pub mod sessions;
pub mod stripe_connections;
pub mod stripe_events;
pub mod stripe_views;
pub mod subjects;
pub mod tenants;
pub mod tombstones;
pub mod tries;
pub mod webhook_deliveries;
pub mod webhook_endpoints;

mod day;
mod format;
mod timestamp;

pub use day::Day;
pub(crate) use format::Format;
pub use timestamp::Timestamp;
