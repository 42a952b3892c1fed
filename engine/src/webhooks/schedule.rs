//! When something that was not taken is sent again.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// How long is waited after each attempt, in seconds: about three days in all.
const WAITS: [i64; 9] =
    [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 17 * HOUR, 24 * HOUR];

/// For how long the log is kept, and what was not delivered can be sent again by
/// hand: 30 days, in seconds.
pub(super) const KEPT: i64 = 30 * 24 * HOUR;

/// How many seconds are waited after so many attempts; `None` gives up.
pub(super) fn wait_after(attempts: i64) -> Option<i64> {
    let before = usize::try_from(attempts).ok()?.checked_sub(1)?;
    WAITS.get(before).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_for_three_days_and_ever_less_often() {
        assert_eq!(wait_after(1), Some(5));
        assert_eq!((wait_after(0), wait_after(10)), (None, None));
        assert!(WAITS.is_sorted());
        let all: i64 = WAITS.iter().sum();
        assert!((72 * HOUR..73 * HOUR).contains(&all), "{all}");
        assert!(KEPT > all);
    }
}
