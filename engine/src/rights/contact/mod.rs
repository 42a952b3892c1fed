//! Messages from the contact form (L4, L13, E6, E22).
//!
//! Whoever writes says who they are, and anybody can say that. A message is held
//! with an *unverified subject* of its own, which no address leads to, and comes to
//! a person's dashboard only once the address is shown to be its writer's and one
//! person alone has it.

mod concerned;
mod decide;
mod desk;
mod draft;
mod form;
mod receive;
mod report;
mod said;
mod verify;
mod vouch;

pub use concerned::Concerned;
pub use decide::{DecideError, delete, release};
pub use desk::{
    Message, Standing, Waiting, count_since, message, messages, of_request, report, reports,
};
pub use draft::{Draft, LONGEST, Reason, Typed, Wrong};
pub use form::{Handing, Sent, form_token, look};
pub use receive::{Received, category, receive};
pub use verify::verify;
pub use vouch::agree;
