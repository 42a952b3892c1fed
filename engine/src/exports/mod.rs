//! Downloads of everything held: made by a job in constant memory, stored sealed.

mod archive;
mod ask;
mod csv_lines;
mod expire;
mod make;
mod presenter;
mod read;

pub use ask::ask;
pub use expire::expire;
pub use make::make;
pub use presenter::Presenter;
pub use read::{Export, chunk, export, latest};
