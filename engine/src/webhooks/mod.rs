//! Telling the tenant's own systems what happened here, signed as Standard
//! Webhooks has it (<https://www.standardwebhooks.com>); docs/WEBHOOKS.md is for
//! those who receive it.
//!
//! What is told is written in the transaction of the change ([`tell`]), sealed
//! until it is delivered, and delivered by a job ([`deliver`]), unless its endpoint
//! is being left alone (`breaker`).

mod breaker;
mod deliver;
mod endpoint;
mod event;
mod given_up;
mod log;
mod schedule;
mod secret;
mod tell;

pub(crate) use breaker::TendWebhook;
pub use deliver::deliver;
pub(crate) use deliver::{DeliverWebhook, ForgetWebhook};
pub use endpoint::{
    Described, Endpoint, Mistake, SaveError, add, change, find, list, remove, rotate,
};
pub use event::{ConsentChanged, CorrectionMade, ErasureAsked, ErasureDone, Event, EventType};
pub use log::{Delivery, Stand, again, deliveries};
pub(crate) use schedule::KEPT;
pub use secret::SigningSecret;
pub use tell::{tell, test};
