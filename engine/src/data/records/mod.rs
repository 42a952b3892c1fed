//! What is held: stored sealed, counted, and opened for the person it is about.

mod holdings;
mod open;
mod organisation;
mod overview;
mod payload;
mod remove;
mod subjects;
mod timeline;

pub use holdings::{Holding, MANY, Organisation, Part};
pub(crate) use holdings::{
    counts, open_organisation, organisation_place, shared_with, stays_with_others,
};
pub(crate) use open::open_all;
pub use open::{Cursor, Filter, Most, Opened, Page, Whose, open_filtered, open_page};
pub use organisation::{administered, organisation_holdings};
pub(crate) use overview::overview_in_full;
pub use overview::{Overview, overview};
pub(crate) use payload::{PAYLOAD, Payload, record_place};
pub use remove::{Removed, remove};
pub use subjects::{RecordHead, Subject, record_heads, source_id, subject, subjects};
pub(crate) use subjects::{living, living_kept};
pub use timeline::{Entry, Happened, Timeline, timeline};
