//! Work that a committed change has promised.
//!
//! A job is enqueued in the transaction of its change and is idempotent: killed
//! anywhere and begun again, it ends in the same state.

mod kind;
mod queue;
mod worker;

pub use kind::Job;
pub use queue::{enqueue, enqueue_once, waiting};
pub use worker::{Drained, drain, work};
