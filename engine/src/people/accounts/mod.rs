//! Sign-ins: of the people whose data is held, and of staff.

mod address;
mod alter;
mod browser;
mod caller;
pub(crate) mod ceremony;
mod confirm;
mod create;
mod decided;
mod deeds;
mod factor;
mod link;
mod locked;
mod notice;
mod own;
mod passkey;
mod password;
mod proof;
mod reset;
mod review;
mod secret;
pub(crate) mod session;
mod sign_in;
mod staff;
mod task;
mod tries;
mod unsent;
mod ways_in;
mod wish;

pub(crate) use address::{address_hash, address_of, pass_on, with_address};
pub(crate) use alter::{Alteration, alter};
pub use browser::browser_of;
pub use caller::Caller;
pub use confirm::{
    NotConfirmed, confirm_by_code, confirm_by_factor, confirm_by_password, has_password,
    needs_factor, send_code,
};
pub use create::{AccountError, create_customer, create_staff};
pub(crate) use create::{has_account, insert as insert_account, subject_with};
pub use decided::{By, Decided, decided};
pub(crate) use deeds::{Deed, tell_admins};
pub(crate) use factor::LASTS as CEREMONY;
pub use factor::{
    Added, Entered, Factor, FactorError, RecoveryCode, SetUp, add_factor, begin_factor,
    factor_awaited, factor_begun, make_recovery, own_factor, remove_factor, show_factor,
};
pub use link::{LinkError, Opened, change_address, choose_password, is_good};
pub(crate) use link::{good, used};
pub(crate) use locked::{lock, may_enter};
pub(crate) use notice::TellUnlinked;
pub use own::{OwnAccount, OwnSession, ask_for_address, change_password, end_own, own};
pub use passkey::{
    OwnPasskey, PasskeyError, PasskeyName, add_passkey, begin_passkey, begin_passkey_confirmation,
    begin_passkey_sign_in, confirm_by_passkey, own_passkeys, remove_passkey, rename_passkey,
    sign_in_by_passkey,
};
pub use password::{Password, PasswordError, Passwords};
pub use proof::Purpose;
pub(crate) use proof::{ForgetProof, write as write_proof};
pub use review::{Mine, Review, answer_review, review};
pub use secret::Secret;
pub(crate) use session::{ABSOLUTE, IDLE};
pub use session::{Confirmed, Session, end_session, session};
pub use sign_in::{Begun, SignInError, sign_in, was_here};
pub(crate) use sign_in::{NotEntered, Shown, book as book_sign_in, finish_sign_in};
pub use staff::{
    Invitation, Member, StaffError, change_role, invite, remove as remove_staff, revoke, staff,
};
pub use task::{Method, Task};
pub(crate) use tries::{Booked, SweepTries, refund as refund_try};
pub use tries::{NotBooked, book_mail, book_own_mail};
pub(crate) use unsent::{LASTS as UNSENT_FORM, forget_forms_of};
pub use unsent::{
    UnsentForm, forget_form, forget_forms, hand_over_forms, keep_form, unsent_form, was_signed_in,
};
pub use ways_in::WaysIn;
pub(crate) use ways_in::ways_in;
pub use wish::ask_for_link;
pub(crate) use wish::{AnswerWish, letter as link_letter};
