//! Requests: the exercise of a right, with a state, a due date and a history.

mod ask;
mod envelope;
mod list;
mod open;
mod reference;
mod report;
mod step;

pub use ask::ask;
pub(crate) use envelope::{open_envelope, seal_envelope};
pub(crate) use list::by_id;
pub use list::{
    Newer, OwnRequest, Page, Row, of_subject, own_request, request, request_rows, steps_of,
};
pub use open::{Opened, open};
pub(crate) use reference::reference;
pub(crate) use report::report;
pub use step::step;
