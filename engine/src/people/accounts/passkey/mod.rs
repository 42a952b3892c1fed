//! Passkeys (WebAuthn Level 3): a key pair per account and device, which signs
//! only for this tenant's host, and only after its owner has unlocked it.

mod add;
mod confirm;
mod keep;
mod name;
mod own;
mod relying_party;
mod sign_in;
mod verify;

pub use add::{PasskeyError, add_passkey, begin_passkey};
pub use confirm::{begin_passkey_confirmation, confirm_by_passkey};
pub use name::PasskeyName;
pub use own::{OwnPasskey, own_passkeys, remove_passkey, rename_passkey};
pub use sign_in::{begin_passkey_sign_in, sign_in_by_passkey};
