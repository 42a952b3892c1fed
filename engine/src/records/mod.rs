//! What is held: stored sealed, counted, and opened for the person it is about.

mod holdings;
mod open;
mod organisation;
mod overview;
mod payload;
mod timeline;

pub use holdings::{Holding, Organisation};
pub(crate) use holdings::{counts, organisation_place};
pub use open::{Cursor, Filter, Opened, Whose, open_filtered, open_page};
pub use organisation::{administered, organisation_holdings};
pub use overview::{Overview, overview};
pub(crate) use payload::{Payload, record_place};
pub use timeline::{Entry, Happened, Timeline, timeline};
