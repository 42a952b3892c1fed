//! How often something may be tried before one has to wait.
//!
//! A try is *booked* before it is looked at, and *refunded* if it was right: of
//! many at the same time no more are looked at than of as many in a row.

/// What is remembered of the tries at one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many there were. [`Rule::Allowance`] has no use for it.
    pub count: i64,
    /// A time in milliseconds since 1970: of the last try ([`Rule::Delay`]), of the
    /// first ([`Rule::Times`]), or when the allowance is whole again.
    pub at: i64,
}

/// How long to wait before the next try can be booked, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub i64);

/// When a try is one too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A growing delay: after those that are free, each wait is twice as long as
    /// the one before.
    Delay {
        /// How many cost nothing.
        free: u32,
        /// The longest wait, in seconds.
        longest: i64,
        /// After so many seconds without a try all is forgotten. More than `longest`,
        /// or waiting would begin anew every time.
        forgiven: i64,
    },
    /// So many, and then it is over for as long as it lasts.
    Times {
        /// How many.
        most: u32,
        /// For how many seconds since the first.
        lasts: i64,
    },
    /// So many at once, and then one at a time.
    Allowance {
        /// How many at once.
        at_once: u32,
        /// How many milliseconds one takes to come back; 0 for no limit.
        each: i64,
    },
}

/// At one account from one network: nobody else waits with whoever fails there.
pub const SIGN_IN_HERE: Rule = Rule::Delay { free: 5, longest: 60, forgiven: 15 * 60 };
/// At one account from wherever: short, since its owner waits as well.
pub const SIGN_IN_ANYWHERE: Rule = Rule::Delay { free: 50, longest: 5, forgiven: 15 * 60 };
/// The password of whoever is signed in, who alone waits.
pub const CONFIRM: Rule = Rule::Delay { free: 5, longest: 60, forgiven: 15 * 60 };
/// Codes of one account, of an app or mailed. Whoever comes so far has the
/// password or a session, and could go on guessing for months: so it takes an hour
/// for each, and a million codes outlast all of them.
pub const CODES: Rule = Rule::Delay { free: 10, longest: 3600, forgiven: 24 * 3600 };
/// Codes of an app by which one session confirms.
pub const CODES_OF_SESSION: Rule = Rule::Times { most: 5, lasts: 10 * 60 };

impl Rule {
    /// An allowance of so many in a time, in seconds, all of them at once if need be.
    pub const fn allowance(most: u32, seconds: i64) -> Rule {
        Rule::Allowance { at_once: most, each: seconds.saturating_mul(1000) / most as i64 }
    }

    /// Books a try: what is remembered from now on.
    ///
    /// # Errors
    /// How long to wait, if it is one too many; then nothing changes.
    pub fn book(self, before: Tally, now: i64) -> Result<Tally, Wait> {
        match self {
            Rule::Delay { free, longest, forgiven } => {
                let before =
                    if now >= after(before.at, forgiven) { Tally::default() } else { before };
                // Another node's clock may be ahead of ours.
                let last = before.at.min(now);
                if let Ok(doublings) = u32::try_from(before.count.saturating_sub(i64::from(free))) {
                    let seconds = (1_i64 << doublings.min(30)).min(longest);
                    wait_until(after(last, seconds), now)?;
                }
                Ok(Tally { count: before.count.saturating_add(1), at: now })
            }
            Rule::Times { most, lasts } => {
                if before.count == 0 || now >= after(before.at, lasts) {
                    return Ok(Tally { count: 1, at: now });
                }
                if before.count >= i64::from(most) {
                    wait_until(after(before.at.min(now), lasts), now)?;
                }
                Ok(Tally { count: before.count.saturating_add(1), ..before })
            }
            Rule::Allowance { at_once, each } => {
                let whole = each.saturating_mul(i64::from(at_once));
                let at = before.at.clamp(now, now.saturating_add(whole));
                let next = at.saturating_add(each);
                wait_until(next.saturating_sub(whole), now)?;
                Ok(Tally { count: 0, at: next })
            }
        }
    }

    /// Takes a booking back: the try was right. Others may have been booked since.
    pub fn refund(self, after: Tally) -> Tally {
        match self {
            Rule::Delay { .. } | Rule::Times { .. } => match after.count {
                ..=1 => Tally::default(),
                count => Tally { count: count - 1, ..after },
            },
            Rule::Allowance { each, .. } => Tally { at: after.at.saturating_sub(each), ..after },
        }
    }

    /// From when on what is remembered makes no difference any more.
    pub fn forgotten_at(self, tally: Tally) -> i64 {
        match self {
            Rule::Delay { forgiven: seconds, .. } | Rule::Times { lasts: seconds, .. } => {
                after(tally.at, seconds)
            }
            Rule::Allowance { .. } => tally.at,
        }
    }
}

impl Wait {
    /// In whole seconds, as `Retry-After` has it; at least one.
    pub fn seconds(self) -> u32 {
        u32::try_from(self.0.saturating_add(999) / 1000).unwrap_or(u32::MAX).max(1)
    }
}

fn after(time: i64, seconds: i64) -> i64 {
    time.saturating_add(seconds.saturating_mul(1000))
}

fn wait_until(time: i64, now: i64) -> Result<(), Wait> {
    if now >= time { Ok(()) } else { Err(Wait(time.saturating_sub(now))) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULES: [Rule; 6] = [
        SIGN_IN_HERE,
        SIGN_IN_ANYWHERE,
        CONFIRM,
        CODES,
        CODES_OF_SESSION,
        Rule::allowance(60, 600),
    ];
    /// Far from 1970, as times are.
    const NOW: i64 = 1_795_262_400_000;

    #[test]
    fn the_delay_doubles_up_to_the_longest_and_is_forgiven() {
        let mut tally = Tally::default();
        for _ in 0..5 {
            tally = SIGN_IN_HERE.book(tally, NOW).unwrap();
        }
        let mut now = NOW;
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            assert_eq!(SIGN_IN_HERE.book(tally, now), Err(Wait(seconds * 1000)));
            assert_eq!(SIGN_IN_HERE.book(tally, now + seconds * 1000 - 1), Err(Wait(1)));
            now += seconds * 1000;
            tally = SIGN_IN_HERE.book(tally, now).unwrap();
        }
        let first = Tally { count: 1, at: now + 900_000 };
        assert_eq!(SIGN_IN_HERE.book(tally, now + 900_000), Ok(first));
    }

    #[test]
    fn after_so_many_times_it_is_over_for_a_while() {
        let mut tally = Tally::default();
        for second in 0..5 {
            tally = CODES_OF_SESSION.book(tally, NOW + second * 1000).unwrap();
        }
        assert_eq!(CODES_OF_SESSION.book(tally, NOW + 5000), Err(Wait(595_000)));
        assert!(CODES_OF_SESSION.book(tally, NOW + 600_000).is_ok());
    }

    #[test]
    fn a_million_codes_outlast_whoever_guesses_them() {
        let (mut tally, mut now, mut tries) = (Tally::default(), NOW, 0_u32);
        while now < NOW + 365 * 24 * 3_600_000 {
            match CODES.book(tally, now) {
                Ok(booked) => (tally, tries) = (booked, tries + 1),
                Err(Wait(wait)) => now += wait,
            }
        }
        // Three codes are good at a time: 2.7 in a hundred, in a year of not being noticed.
        assert!(tries < 9000, "{tries}");
    }

    #[test]
    fn by_a_clock_that_is_behind_nobody_waits_longer_than_the_longest() {
        for rule in RULES {
            let mut tally = Tally::default();
            while let Ok(booked) = rule.book(tally, NOW + 3_600_000_000) {
                tally = booked;
            }
            let most = match rule {
                Rule::Delay { longest: seconds, .. } | Rule::Times { lasts: seconds, .. } => {
                    seconds
                }
                Rule::Allowance { .. } => 10,
            };
            let Err(Wait(wait)) = rule.book(tally, NOW) else { panic!("{rule:?}") };
            assert!(wait <= most * 1000, "{rule:?}: {wait}");
        }
    }

    #[test]
    fn no_limit_is_none() {
        let none = Rule::allowance(u32::MAX, 1);
        let mut tally = Tally::default();
        for _ in 0..10_000 {
            tally = none.book(tally, NOW).unwrap();
        }
    }

    #[test]
    fn whoever_waits_as_long_as_told_gets_in() {
        for (wait, seconds) in [(1, 1), (1000, 1), (1001, 2), (60_000, 60)] {
            assert_eq!(Wait(wait).seconds(), seconds);
        }
    }

    proptest! {
        #[test]
        fn whoever_waits_as_long_as_told_is_booked(
            which in 0..RULES.len(),
            steps in proptest::collection::vec(0_i64..200_000, 1..200),
        ) {
            let (rule, mut tally, mut now) = (RULES[which], Tally::default(), NOW);
            for step in steps {
                now += step;
                match rule.book(tally, now) {
                    Ok(booked) => tally = booked,
                    Err(Wait(wait)) => {
                        prop_assert!(wait > 0);
                        prop_assert!(rule.book(tally, now + wait).is_ok());
                        prop_assert!(rule.book(tally, now + wait - 1).is_err());
                    }
                }
            }
        }

        /// The next try is then decided as if the refunded ones had never been.
        #[test]
        fn what_was_right_costs_nothing(which in 0..RULES.len(), wrong in 0..4_usize, right in 0..40_usize) {
            let rule = RULES[which];
            let book = |tally| rule.book(tally, NOW).unwrap();
            let failed = (0..wrong).fold(Tally::default(), |tally, _| book(tally));
            let tally = (0..right).fold(failed, |tally, _| rule.refund(book(tally)));
            prop_assert_eq!(
                rule.book(tally, NOW).map(|tally| rule.forgotten_at(tally)),
                rule.book(failed, NOW).map(|tally| rule.forgotten_at(tally))
            );
            prop_assert_eq!(tally.count, failed.count);
        }

        #[test]
        fn an_allowance_is_never_exceeded(
            most in 1_u32..100,
            steps in proptest::collection::vec(0_i64..30_000, 1..300),
        ) {
            let rule = Rule::allowance(most, 600);
            let (mut tally, mut now, mut booked) = (Tally::default(), NOW, Vec::new());
            for step in steps {
                now += step;
                if let Ok(next) = rule.book(tally, now) {
                    tally = next;
                    booked.push(now);
                }
            }
            for (index, start) in booked.iter().enumerate() {
                let within = booked[index..].iter().filter(|at| **at < start + 600_000).count();
                prop_assert!(within <= 2 * most as usize);
                let at_once = booked[index..].iter().filter(|at| *at == start).count();
                prop_assert!(at_once <= most as usize);
            }
        }
    }
}
