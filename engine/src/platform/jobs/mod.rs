//! Work that a committed change has promised.
//!
//! A job is enqueued in the transaction of its change and is idempotent: killed
//! anywhere and begun again, it ends in the same state. What jobs there are is
//! said by the capabilities ([`Job`]) and listed in `work.rs`; nothing here knows
//! any of them.

mod drain;
mod job;
mod kind;
mod lane;
mod queue;
mod run;
mod standing;
mod turns;
mod worker;

pub use drain::{Drained, drain};
pub use job::{Job, With};
pub use kind::{Kind, Kinds};
pub use lane::Lane;
pub use queue::{enqueue, enqueue_hourly, waiting};
pub use standing::{Standing, standing};
pub use worker::work;
