//! What people want their data not to be used for.

mod choose;
mod permissions;
mod told;

pub use choose::{ChoiceError, SALE_OR_SHARING, choose, note_signal};
pub use permissions::{Choice, Why, own_choices, permissions};
pub use told::ToldConsent;
