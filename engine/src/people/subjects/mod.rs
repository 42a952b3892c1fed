//! The people whom data is about.

mod find;
mod hold;
mod joined;
mod locked_out;
mod next_address;
mod profile;
mod with_address;

pub use find::find;
pub(crate) use hold::hold;
pub(crate) use joined::{
    bury_joined, joined_into, known_as, now, now_kept, open_joined, seal_joined,
};
pub(crate) use locked_out::locks_out;
pub(crate) use next_address::{ChangeAddress, next_address, seal_next};
pub use next_address::{NextAddress, keep_address, keep_own_address};
pub(crate) use profile::{PROFILE, open_profile, profile_place, rename};
pub use profile::{Profile, profile};
pub(crate) use with_address::with_address;
