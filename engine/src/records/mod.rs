//! What is held: stored sealed, counted, and opened for the person it is about.

mod holdings;
mod open;
mod overview;
mod payload;

pub use holdings::{Holding, Organisation};
pub(crate) use holdings::{counts, organisation_place};
pub use open::{Cursor, Opened, open_page};
pub use overview::{Overview, overview};
pub(crate) use payload::{Payload, record_place};
