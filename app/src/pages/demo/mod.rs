//! What a demo shows beside its tenants.

pub mod index;
pub mod mail;
