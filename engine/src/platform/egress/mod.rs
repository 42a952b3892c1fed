//! Every request that goes out to an address that a tenant has chosen: issuers,
//! mail servers, webhooks.
//!
//! One client: no redirects, no private or loopback addresses unless the
//! operator allows them, limits of time and size.

mod address;
mod client;

pub use address::Allowed;
pub use client::{Egress, EgressError};
