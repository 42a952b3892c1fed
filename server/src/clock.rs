//! The only place that reads the system's clock.

use engine::storage::Timestamp;

/// The time.
#[expect(clippy::disallowed_methods, reason = "everybody else is passed the time")]
pub fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}
