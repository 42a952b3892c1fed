//! What a row says.

use domain::holds::Reason;

use crate::platform::failure::Failure;
use crate::platform::storage::holds;

/// Why the row is there.
pub(crate) fn reason_of(row: &holds::Model) -> Result<Reason, Failure> {
    // What it blocks, only the newer version knows.
    Reason::named(&row.reason).ok_or(Failure::Newer("a hold"))
}
