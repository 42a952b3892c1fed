//! Signing in, showing once more who one is, and changing how one signs in.

pub mod ask_link;
pub mod confirm;
pub mod confirm_passkey;
pub mod open_link;
pub mod own;
pub mod provider;
pub mod with_factor;
pub mod with_passkey;
pub mod with_password;
