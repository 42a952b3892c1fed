//! What Candor does. The only crate that touches a database or a network.
//!
//! A folder is a capability, a file is one thing that it does. A use case takes
//! the [`Engine`] and a [`Scope`]: whose tenant, who acts, when.

pub mod accounts;
pub mod audit;
pub mod choices;
pub mod contact;
pub mod corrections;
pub mod demo;
pub mod directory;
pub mod egress;
mod engine;
pub mod erasure;
pub mod exports;
mod failure;
pub mod holds;
pub mod imports;
pub mod ingest;
pub mod jobs;
pub mod keyring;
pub mod mail;
pub mod policies;
mod presenter;
pub mod private;
pub mod providers;
pub mod records;
pub mod requests;
mod scope;
pub mod storage;
pub mod stripe;
pub mod subjects;
pub mod tenancy;
pub mod tenants;
pub mod tokens;
pub mod webhooks;
mod work;

pub use engine::{Engine, Settings};
pub use failure::Failure;
pub use presenter::Presenter;
pub use scope::{Actor, Scope};
