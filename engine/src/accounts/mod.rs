//! Sign-ins: of the people whose data is held, and of staff.

mod address;
mod browser;
mod ceremony;
mod confirm;
mod create;
mod link;
mod notice;
mod own;
mod password;
mod proof;
mod secret;
mod session;
mod sign_in;
mod staff;
mod task;
mod wish;

pub use browser::browser_of;
pub use confirm::{NotConfirmed, confirm_by_code, confirm_by_password, has_password, send_code};
pub(crate) use create::insert as insert_account;
pub use create::{AccountError, create_customer, create_staff};
pub use link::{LinkError, Opened, change_address, choose_password, is_good};
pub use own::{OwnAccount, OwnSession, ask_for_address, change_password, end_own, own};
pub use password::{Password, PasswordError, Passwords};
pub use proof::Purpose;
pub(crate) use proof::forget as forget_proof;
pub use secret::Secret;
pub use session::{Confirmed, Session, end_session, session};
pub use sign_in::{SignInError, sign_in};
pub use staff::{
    Invitation, Member, StaffError, change_role, invite, remove as remove_staff, revoke, staff,
};
pub use task::{Method, Task};
pub(crate) use wish::answer as answer_wish;
pub use wish::ask_for_link;
