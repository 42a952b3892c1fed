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

use crate::pages::errors::Trouble;
use crate::visit::Visit;

/// Failures of one address at one account that cost nothing; after them each
/// wait is twice as long as the one before.
const FREE: u32 = 5;
/// The longest such wait, in seconds.
const LONGEST: i64 = 60;
/// After so long without a failure all is forgotten, in seconds.
const FORGIVEN: i64 = 15 * 60;
/// How many addresses and accounts are remembered at most.
const MOST: usize = 100_000;

/// An account as somebody typed it, known or not, hashed.
type Account = [u8; 32];

/// What was tried lately.
pub struct Limits {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    accounts: DefaultKeyedRateLimiter<Account>,
    tenants: DefaultKeyedRateLimiter<TenantId>,
    mails: DefaultKeyedRateLimiter<Account>,
    failures: Mutex<HashMap<(IpAddr, Account), Failures>>,
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
    /// Sign-ins to one account in ten minutes, from wherever.
    pub per_account: NonZeroU32,
    /// Tries at one tenant, per second.
    pub per_tenant: NonZeroU32,
    /// Mails to one address in ten minutes.
    pub mails: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Rates {
        Rates { per_address: of(60), per_account: of(100), per_tenant: of(20), mails: of(5) }
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
            accounts: RateLimiter::keyed(in_ten_minutes(rates.per_account)),
            tenants: RateLimiter::keyed(
                Quota::per_second(rates.per_tenant)
                    .allow_burst(rates.per_tenant.saturating_mul(of(20))),
            ),
            mails: RateLimiter::keyed(in_ten_minutes(rates.mails)),
            failures: Mutex::default(),
        }
    }

    /// Before an address and a password are looked at.
    pub fn signing_in(&self, visit: &Visit, email: &EmailAddress) -> Result<(), Trouble> {
        self.general(visit)?;
        let account = typed(visit, email);
        self.delayed(visit, account)?;
        admit(&self.accounts, &account)
    }

    /// After a password or a code was wrong.
    pub fn failed(&self, visit: &Visit, email: &EmailAddress) {
        self.note(visit, typed(visit, email));
    }

    /// Before a password, a code or a factor of whoever is signed in, or about
    /// to be, is looked at. Codes have a limit of their own besides.
    pub fn confirming(&self, visit: &Visit) -> Result<(), Trouble> {
        self.general(visit)
    }

    /// Before a mail is written to whoever is signed in.
    pub fn mailing(&self, visit: &Visit) -> Result<(), Trouble> {
        self.general(visit)?;
        admit(&self.mails, &hashed(visit, &visit.scope.actor.to_string()))
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
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(failed) = failures.get(&(network(visit.address), account)) else { return Ok(()) };
        let Some(doublings) = failed.count.checked_sub(FREE) else { return Ok(()) };
        let wait = (1_i64 << doublings.min(30)).min(LONGEST);
        let until = failed.last.plus_seconds(wait);
        if visit.scope.now >= until || visit.scope.now >= failed.last.plus_seconds(FORGIVEN) {
            return Ok(());
        }
        let seconds = (until.0 - visit.scope.now.0).div_euclid(1000) + 1;
        Err(Trouble::TooMany { seconds: u32::try_from(seconds).unwrap_or(60) })
    }

    fn note(&self, visit: &Visit, account: Account) {
        let now = visit.scope.now;
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MOST {
            failures.retain(|_, failed| now < failed.last.plus_seconds(FORGIVEN));
        }
        let none = Failures { count: 0, last: now };
        let failed = failures.entry((network(visit.address), account)).or_insert(none);
        if now >= failed.last.plus_seconds(FORGIVEN) {
            *failed = none;
        }
        *failed = Failures { count: failed.count.saturating_add(1), last: now };
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

fn hashed(visit: &Visit, what: &str) -> Account {
    Sha256::new().chain_update(visit.tenant.id.0.to_be_bytes()).chain_update(what).finalize().into()
}

const fn of(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}
