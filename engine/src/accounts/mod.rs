//! Sign-ins: of the people whose data is held, and of staff.

mod address;
mod browser;
mod ceremony;
mod confirm;
mod create;
mod password;
mod proof;
mod secret;
mod session;
mod sign_in;
mod task;

pub use browser::browser_of;
pub use confirm::{NotConfirmed, confirm_by_code, confirm_by_password, has_password, send_code};
pub use create::{AccountError, create_customer, create_staff};
pub use password::{Password, PasswordError, Passwords};
pub use proof::Purpose;
pub(crate) use proof::forget as forget_proof;
pub use secret::Secret;
pub use session::{Confirmed, Session, end_session, session};
pub use sign_in::{SignInError, sign_in};
pub use task::{Method, Task};
