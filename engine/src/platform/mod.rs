//! What everything stands on: tenants kept apart, rows, keys, jobs, mail, requests going out, who acts.

pub mod audit;
pub mod directory;
pub mod egress;
pub mod failure;
pub mod health;
pub mod jobs;
pub mod keyring;
pub mod ledger;
pub mod mail;
pub mod meters;
pub mod private;
pub mod scope;
pub mod storage;
pub mod tenancy;
