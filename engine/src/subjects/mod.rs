//! The people whom data is about.

mod find;
mod profile;

pub use find::find;
pub use profile::{Profile, profile};
pub(crate) use profile::{open_profile, profile_place};
