//! Who comes: accounts and their ways in, the people whom data is about, the tokens of a tenant's own systems.

pub mod accounts;
mod forget;
pub mod providers;
pub mod subjects;
pub mod tokens;

pub(crate) use forget::ForgetEnded;
