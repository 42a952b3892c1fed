//! A tenant's own account at Stripe: what it holds about a person, looked at now,
//! and kept as last seen for when Stripe cannot be asked.
//!
//! The portal only reads there, through the one client for all that goes out
//! ([`crate::platform::egress`]). References, amounts, dates and states come in, and
//! nothing else: the types have no place for the details of a card (L2).
//! Events say only *that* something has changed; what it is now is asked anew,
//! so that repeated and reordered ones do no harm.

mod answers;
mod ask;
mod category;
mod client;
mod connect;
mod customer;
mod erase;
mod error;
mod event;
mod join;
mod look;
mod picture;
mod refresh;
mod secrets;
mod settings;
mod signature;
mod store;
mod view;
mod webhook;

pub use category::category_in;
pub use connect::{ConnectError, check, connect, remove};
pub use customer::NoCustomer;
pub(crate) use erase::{forget_view, pass_on};
pub use error::{Asking, StripeError};
pub(crate) use join::pass_view_on;
pub use look::{Look, look};
pub use picture::{Entry, Picture};
pub(crate) use refresh::RefreshStripe;
pub use refresh::refresh;
pub use secrets::{SecretError, drop_previous, rotate};
pub use settings::{Described, Mistake, Mode, Settings, USUAL_BASE, Wrong};
pub use signature::{TOLERANCE, signature};
pub use store::{Connection, connection};
pub use view::Seen;
pub(crate) use view::last_seen;
pub(crate) use webhook::{ForgetStripeEvents, REMEMBERED};
pub use webhook::{Received, WebhookError, forget_events, receive, webhook_address};
