//! The second factor: codes that an app makes, and recovery codes for the day
//! on which the app is gone.

mod recovery;
mod set_up;
mod sign_in;
mod totp;

pub use recovery::RecoveryCode;
pub(super) use recovery::left as recovery_left;
pub(crate) use set_up::LASTS;
pub use set_up::{
    Added, Factor, FactorError, SetUp, add_factor, begin_factor, factor_begun, make_recovery,
    own_factor, remove_factor,
};
pub use sign_in::{Entered, factor_awaited, show_factor};
pub(super) use sign_in::{FACTOR, await_factor, spend};
