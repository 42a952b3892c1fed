//! When something that was not taken is sent again.

use crate::platform::storage::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// How long is waited after each attempt, in seconds: about three days in all.
const WAITS: [i64; 9] =
    [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 17 * HOUR, 24 * HOUR];

/// For how long the log is kept, and what was not delivered can be sent again by
/// hand: 30 days, in seconds.
pub(crate) const KEPT: i64 = 30 * 24 * HOUR;

/// For how long it is tried, in seconds.
const TRIED: i64 = {
    let (mut all, mut rest) = (0, WAITS.as_slice());
    while let [first, others @ ..] = rest {
        all += *first;
        rest = others;
    }
    all
};

/// When something that happened at `since` and was not taken at the so-manieth
/// attempt is tried next. `None` gives up: its three days are over, however often it
/// was tried meanwhile.
pub(super) fn next_try(since: Timestamp, attempts: i64, now: Timestamp) -> Option<Timestamp> {
    let end = since.plus_seconds(TRIED);
    let before = usize::try_from(attempts.saturating_sub(1)).unwrap_or_default();
    let wait = WAITS.get(before).or(WAITS.last())?;
    (now < end).then(|| now.plus_seconds(*wait).min(end))
}

/// What happened at this time or before has been tried for long enough.
pub(super) fn overdue(now: Timestamp) -> Timestamp {
    now.plus_seconds(-TRIED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_try_is_at_the_end_of_the_three_days_however_often_it_was_tried() {
        let (since, end) = (Timestamp(0), Timestamp(TRIED * 1000));
        assert_eq!(next_try(since, 7, Timestamp(end.0 - 1)), Some(end));
        assert_eq!(next_try(since, 90, Timestamp(1000)), Some(Timestamp((24 * HOUR + 1) * 1000)));
        assert_eq!(next_try(since, 2, end), None);
    }

    #[test]
    fn it_is_tried_for_three_days_and_ever_less_often() {
        assert!(WAITS.is_sorted());
        assert!((72 * HOUR..73 * HOUR).contains(&TRIED), "{TRIED}");
        const { assert!(KEPT > TRIED) };
        let since = Timestamp(0);
        let mut tries = vec![since];
        while let Some(next) = next_try(since, tries.len() as i64, *tries.last().unwrap()) {
            tries.push(next);
        }
        let waits: Vec<i64> = tries.windows(2).map(|two| (two[1].0 - two[0].0) / 1000).collect();
        assert_eq!(waits, WAITS);
        assert_eq!(overdue(*tries.last().unwrap()), since);
    }
}
