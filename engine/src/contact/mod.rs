//! Messages from the contact form (L4, L13, E6, E22).
//!
//! Whoever writes says who they are, and anybody can say that. A message is held
//! with an *unverified subject* of its own, which no address leads to, and comes to
//! a person's dashboard only once the address is shown to be its writer's and one
//! person alone has it.

mod desk;
mod draft;
mod form;
mod pause;
mod receive;
mod verify;

pub use desk::{Message, message, messages, of_request, urgent};
pub use draft::{Draft, LONGEST, Reason, Typed, Wrong};
pub use form::{Sent, form_token, look};
pub use pause::release;
pub use receive::{Received, category, receive};
pub use verify::verify;
