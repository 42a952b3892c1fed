//! How often something may be tried: by address, by account and by tenant.
//!
//! Nobody is locked out: whoever is too quick waits, and what a stranger does
//! from elsewhere makes the owner of an account wait for seconds at most.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::identifiers::{EmailAddress, TenantId};
use engine::storage::Timestamp;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::pages::errors::Trouble;
use crate::visit::Visit;

/// What failing at an account costs: after so many failures that are free, each
/// wait is twice as long as the one before, up to the longest, in seconds.
struct Delay {
    free: u32,
    longest: i64,
}

/// For whoever fails from one address.
const FROM_HERE: Delay = Delay { free: 5, longest: 60 };
/// For everybody, when somebody fails from many: short, since the owner of the
/// account waits with them.
const FROM_ANYWHERE: Delay = Delay { free: 50, longest: 5 };
/// After so long without a failure all is forgotten, in seconds.
const FORGIVEN: i64 = 15 * 60;
/// How many addresses and accounts are remembered at most.
const MOST: usize = 100_000;

/// An account as somebody typed it, known or not, hashed.
type Account = [u8; 32];

/// What was tried lately.
pub struct Limits {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    tenants: DefaultKeyedRateLimiter<TenantId>,
    mails: DefaultKeyedRateLimiter<Account>,
    factors: DefaultKeyedRateLimiter<Account>,
    tokens: DefaultKeyedRateLimiter<Uuid>,
    /// By where they came from; without an address, from anywhere.
    failures: Mutex<HashMap<(Option<IpAddr>, Account), Failures>>,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Timestamp,
}

/// How often is too often.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Tries of one address in ten minutes.
    pub per_address: NonZeroU32,
    /// Tries at one tenant, per second.
    pub per_tenant: NonZeroU32,
    /// Mails to one address in ten minutes.
    pub mails: NonZeroU32,
    /// Codes of a second factor that one account may try in ten minutes.
    pub factors: NonZeroU32,
    /// Requests of one token of the API, per second.
    pub calls: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Rates {
        Rates {
            per_address: of(60),
            per_tenant: of(20),
            mails: of(5),
            factors: of(30),
            calls: of(50),
        }
    }
}

impl Limits {
    /// With these rates.
    pub fn new(rates: Rates) -> Limits {
        let in_ten_minutes = |times: NonZeroU32| {
            Quota::with_period(Duration::from_secs(600) / times.get())
                .unwrap_or(Quota::per_minute(times))
                .allow_burst(times)
        };
        Limits {
            addresses: RateLimiter::keyed(in_ten_minutes(rates.per_address)),
            tenants: RateLimiter::keyed(
                Quota::per_second(rates.per_tenant)
                    .allow_burst(rates.per_tenant.saturating_mul(of(20))),
            ),
            mails: RateLimiter::keyed(in_ten_minutes(rates.mails)),
            factors: RateLimiter::keyed(in_ten_minutes(rates.factors)),
            tokens: RateLimiter::keyed(
                Quota::per_second(rates.calls).allow_burst(rates.calls.saturating_mul(of(10))),
            ),
            failures: Mutex::default(),
        }
    }

    /// Before an address and a password are looked at.
    pub fn signing_in(&self, visit: &Visit, email: &EmailAddress) -> Result<(), Trouble> {
        self.general(visit)?;
        self.delayed(visit, typed(visit, email))
    }

    /// After a token that opens nothing was shown.
    pub fn knocking(&self, visit: &Visit) -> Result<(), Trouble> {
        self.general(visit)
    }

    /// Before a request of a token is carried out.
    pub fn calling(&self, token: Uuid) -> Result<(), Trouble> {
        admit(&self.tokens, &token)
    }

    /// After a password or a code was wrong.
    pub fn failed(&self, visit: &Visit, email: &EmailAddress) {
        self.note(visit, typed(visit, email));
    }

    /// Before a password, a code or a factor of whoever is signed in, or about
    /// to be, is looked at. Codes have a limit of their own besides.
    pub fn confirming(&self, visit: &Visit) -> Result<(), Trouble> {
        self.general(visit)?;
        self.delayed(visit, acting(visit))
    }

    /// After what whoever is signed in has shown was wrong.
    pub fn missed(&self, visit: &Visit) {
        self.note(visit, acting(visit));
    }

    /// Before a second factor of an account is looked at, from wherever. Whoever
    /// comes so far has the password, and could go on guessing from a thousand
    /// addresses.
    pub fn showing_factor(&self, visit: &Visit, account: Uuid) -> Result<(), Trouble> {
        self.general(visit)?;
        admit(&self.factors, &hashed(visit, &account.to_string()))
    }

    /// Before a mail is written to whoever is signed in.
    pub fn mailing(&self, visit: &Visit) -> Result<(), Trouble> {
        self.general(visit)?;
        admit(&self.mails, &acting(visit))
    }

    /// Before a mail is written to an address that somebody typed.
    pub fn mailing_to(&self, visit: &Visit, email: &EmailAddress) -> Result<(), Trouble> {
        self.general(visit)?;
        admit(&self.mails, &typed(visit, email))
    }

    fn general(&self, visit: &Visit) -> Result<(), Trouble> {
        admit(&self.addresses, &network(visit.address))?;
        admit(&self.tenants, &visit.tenant.id)
    }

    /// The growing delay.
    fn delayed(&self, visit: &Visit, account: Account) -> Result<(), Trouble> {
        let now = visit.scope.now;
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let until = |(from, delay): (Option<IpAddr>, Delay)| {
            let failed = failures.get(&(from, account))?;
            let doublings = failed.count.checked_sub(delay.free)?;
            let wait = (1_i64 << doublings.min(30)).min(delay.longest);
            (now < failed.last.plus_seconds(FORGIVEN)).then(|| failed.last.plus_seconds(wait))
        };
        let here = Some(network(visit.address));
        let until = [(here, FROM_HERE), (None, FROM_ANYWHERE)].into_iter().filter_map(until).max();
        let Some(until) = until.filter(|until| now < *until) else { return Ok(()) };
        let seconds = (until.0 - now.0).div_euclid(1000) + 1;
        Err(Trouble::TooMany { seconds: u32::try_from(seconds).unwrap_or(60) })
    }

    fn note(&self, visit: &Visit, account: Account) {
        let now = visit.scope.now;
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MOST {
            failures.retain(|_, failed| now < failed.last.plus_seconds(FORGIVEN));
        }
        let none = Failures { count: 0, last: now };
        for from in [Some(network(visit.address)), None] {
            let failed = failures.entry((from, account)).or_insert(none);
            if now >= failed.last.plus_seconds(FORGIVEN) {
                *failed = none;
            }
            *failed = Failures { count: failed.count.saturating_add(1), last: now };
        }
    }
}

fn admit<K: std::hash::Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<(), Trouble> {
    if limiter.len() >= MOST {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        Trouble::TooMany { seconds: u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX) }
    })
}

/// Whoever has one address of IPv6 has the 2^64 beside it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn typed(visit: &Visit, email: &EmailAddress) -> Account {
    hashed(visit, &email.folded())
}

fn acting(visit: &Visit) -> Account {
    hashed(visit, &visit.scope.actor.to_string())
}

fn hashed(visit: &Visit, what: &str) -> Account {
    Sha256::new().chain_update(visit.tenant.id.0.to_be_bytes()).chain_update(what).finalize().into()
}

const fn of(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}
