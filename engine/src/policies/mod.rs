//! Policy versions: drafted, checked, published, read.

mod discard;
mod draft;
mod enact;
mod publish;
mod published;
mod state;
mod versions;

pub use discard::discard_draft;
pub use draft::{DraftError, draft, save_draft};
pub(crate) use enact::enact;
pub use enact::{Ground, enacted_by_file};
pub use publish::{PublishError, publish};
pub use published::Published;
pub(crate) use published::endings;
pub use state::State;
pub(crate) use versions::in_state;
pub use versions::{Head, Version, history, in_force, version};
