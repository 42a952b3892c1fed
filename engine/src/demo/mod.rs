//! The demo: two tenants with people, made through the same calls that people
//! use, never by inserting rows.

mod dates;
mod logins;
mod seed;

pub use logins::{Login, Logins};
pub use seed::{SeedError, seed};
