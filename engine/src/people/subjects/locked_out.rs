//! Whether somebody is locked out.

use crate::platform::storage::Timestamp;

/// Whether somebody is locked out, by `subjects.frozen_at`: for statements that have
/// the row at hand, such as the one that every request runs. Nothing but an erasure
/// under way locks out, and that sets the column.
pub(crate) fn locks_out(frozen_at: Option<Timestamp>) -> bool {
    frozen_at.is_some()
}
