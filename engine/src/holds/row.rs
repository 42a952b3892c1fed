//! What a row says.

use domain::holds::Reason;

use crate::failure::Failure;
use crate::storage::holds;

/// Why the row is there.
pub(crate) fn reason_of(row: &holds::Model) -> Result<Reason, Failure> {
    Reason::named(&row.reason).ok_or_else(|| Failure::corrupt(format!("hold {}", row.reason)))
}
