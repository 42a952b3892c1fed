//! What Candor does. The only crate that touches a database or a network.
//!
//! A folder is a capability, a file is one thing that it does. A use case takes
//! the [`Engine`] and a [`Scope`]: whose tenant, who acts, when.
//!
//! Capabilities stand in rooms, and a room knows only those before it: [`platform`],
//! [`people`], [`policies`], [`webhooks`], [`data`], [`rights`], [`tenants`], [`demo`].
//! A test holds them to it.

pub mod data;
pub mod demo;
mod engine;
mod lifetimes;
pub mod people;
pub mod platform;
pub mod policies;
mod presenter;
pub mod rights;
pub mod tenants;
pub mod webhooks;
mod work;

pub use data::{TellError, choices, disclosures, holds, imports, joining, records, stripe};
pub use engine::{Engine, Settings};
pub use lifetimes::{Lifetime, lifetimes};
pub use people::{accounts, providers, subjects, tokens};
pub use platform::failure::Failure;
pub use platform::scope::{Actor, Scope};
pub use platform::{
    audit, directory, egress, health, jobs, keyring, ledger, mail, meters, private, storage,
    tenancy,
};
pub use presenter::Presenter;
pub use rights::{contact, corrections, erasure, exports, requests};
