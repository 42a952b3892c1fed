//! Mail: written with the change that it tells of, sealed until it is sent.

mod deliver;
mod outbox;

pub use deliver::deliver;
pub use outbox::{Mail, post};
