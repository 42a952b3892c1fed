//! Other places to sign in with, per tenant: OpenID providers by their issuer,
//! and plain OAuth 2 where there is no OpenID.
//!
//! A browser is sent there ([`start`]) and comes back ([`back`]); what the place
//! vouches for is an *identity*, which belongs to one account.

mod aim;
mod answer;
mod back;
mod check;
mod discovery;
mod http;
mod id_token;
mod identity;
mod link;
mod oauth2;
mod openid;
mod reason;
mod settings;
mod start;
mod store;
mod trouble;
mod vouched;

pub use aim::{Aim, Begun};
pub use answer::Answer;
pub use back::{Arrived, back};
pub use check::{Found, check};
pub(crate) use discovery::Discovered;
pub use identity::{OwnProvider, UnlinkError, able_to_confirm, own_providers, unlink};
pub use link::{link_by_password, linking};
pub use reason::{NotVouched, Reason};
pub(crate) use settings::is_safe_url;
pub use settings::{Described, Kind, Mistake, Settings, Wrong};
pub use start::{Going, back_address, start};
pub(crate) use store::{FromFile, called, changes, set_all};
pub use store::{NewSecret, Provider, SaveError, find, linked_people, list, remove, save};
pub use trouble::Trouble;
