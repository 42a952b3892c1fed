//! Downloads of everything held: made by a job in constant memory, stored sealed.

mod archive;
mod ask;
mod expire;
mod make;
mod read;
mod table;

pub(crate) use ask::LIFETIME;
pub use ask::ask;
pub(crate) use expire::ExpireExport;
pub(crate) use make::MakeExport;
pub use read::{Export, chunk, export, latest};
