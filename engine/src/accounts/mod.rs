//! Sign-ins: of the people whose data is held, and of staff.

mod confirm;
mod create;
mod password;
mod session;
mod sign_in;

pub use confirm::{NotConfirmed, confirm_password};
pub use create::{AccountError, create_customer, create_staff};
pub use password::{Password, PasswordError, Passwords};
pub use session::{Session, SessionToken, end_session, session};
pub use sign_in::{SignInError, sign_in};
