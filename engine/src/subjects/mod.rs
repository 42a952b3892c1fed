//! The people whom data is about.

mod find;
mod profile;
mod with_address;

pub use find::find;
pub use profile::{Profile, profile};
pub(crate) use profile::{open_profile, profile_place};
pub(crate) use with_address::with_address;
