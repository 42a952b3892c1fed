//! Keys apart from what they seal: a second database, wrapped by a master key.
//!
//! Erasing a category of a person destroys its key here, which makes every copy
//! of the main database unreadable for it. Keys are not cached beyond a request.

mod chain;
mod data_key;
mod forget;
mod line;
mod master;
mod named;
mod place;
mod remembered;
mod ring;
mod rotate;

pub use chain::{Coming, Head, Link};
pub use data_key::{DataKey, Place, Unsealable};
pub(crate) use forget::ForgetKeys;
pub use line::{Judged, judge, line_hash};
pub use master::{MasterId, MasterKey};
pub use named::{ENVELOPE, EXPORT, IDENTITY, MAIL, Named, PROOF, TenantKeys, WEBHOOK};
pub use remembered::Remembered;
pub use ring::{Keyring, KeyringError};
pub use rotate::{Rotated, Wrapped};
