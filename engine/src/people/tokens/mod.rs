//! Tokens by which a tenant's own systems use the API.

mod find;
mod make;
mod manage;
mod notice;
mod once;
mod token;

pub use find::{TokenError, find};
pub use make::{Lifetime, Made, make};
pub use manage::{list, revoke};
pub use notice::give_notice;
pub use once::{Once, Repeated};
pub(crate) use once::{OnceError, REMEMBERED, begin, keep};
pub use token::{Bearer, Token};
