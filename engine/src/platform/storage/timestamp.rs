//! A point in time in the database.

use sea_orm::DeriveValueType;

/// A point in time as milliseconds since 1970-01-01T00:00Z, the same integer in
/// both databases. The one bridge between SeaORM and jiff.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    DeriveValueType,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// So much later (or earlier, if negative).
    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Timestamp {
        Timestamp(time.as_millisecond())
    }
}

impl From<Timestamp> for jiff::Timestamp {
    fn from(time: Timestamp) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(time.0).unwrap_or(if time.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}
