//! What a tenant's own systems tell the portal, and ask of it, by the API.

mod disclose;
mod erase;
mod error;
mod list;
mod once;
mod subject;
mod tell;

pub use disclose::{Disclosure, disclose};
pub use erase::{Begun, erase};
pub use error::IngestError;
pub(crate) use list::living;
pub use list::{RecordHead, Subject, record_heads, source_id, subject, subjects};
pub use once::{Once, Repeated};
pub use subject::{Known, Told, subject_by_address};
pub use tell::tell;
