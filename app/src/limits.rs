//! How often something may be tried: by network, by tenant, by whoever is signed
//! in and by token.
//!
//! Nobody is locked out: whoever is too quick waits. These limits are each node's
//! own, in memory; what must not be guessed at several nodes at once (passwords,
//! codes, mailboxes) is counted in the database ([`engine::accounts`]).

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};

use domain::identifiers::{EmailAddress, TenantId};
use domain::networks::{Network, Width};
use domain::tries::{Rule, Tally, Wait};
use engine::{Engine, accounts};
use uuid::Uuid;

use crate::recent::Recent;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// How many networks, people and tokens are remembered at most.
const MOST: usize = 100_000;
/// Over how long an allowance of a network is spread, in seconds.
const WHILE: i64 = 600;
/// For how many seconds a tenant's allowance may be used up at once.
const TENANT_AT_ONCE: u32 = 20;
/// The same of a token.
const TOKEN_AT_ONCE: u32 = 10;

/// What was tried lately.
pub struct Limits {
    rates: Rates,
    tallies: Mutex<Recent<Key, Tally>>,
}

/// Who tries, or where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Network(Network),
    Tenant(TenantId),
    Person(TenantId, Uuid),
    Token(Uuid),
}

/// A try that was booked.
#[must_use = "what is right is refunded; what is not stays booked"]
pub struct Booked(Vec<(Key, Rule)>);

/// How often is too often.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Tries of one address in ten minutes; twice as many of its customer's network,
    /// four times as many of its neighbourhood.
    pub per_address: NonZeroU32,
    /// Tries at one tenant, per second.
    pub per_tenant: NonZeroU32,
    /// Mails to one address at once, and then one every five minutes.
    pub mails: NonZeroU32,
    /// Requests of one token of the API, per second.
    pub calls: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Rates {
        Rates { per_address: of(60), per_tenant: of(20), mails: of(5), calls: of(50) }
    }
}

impl Limits {
    /// With these rates.
    pub fn new(rates: Rates) -> Limits {
        Limits { rates, tallies: Mutex::new(Recent::at_most(MOST)) }
    }

    /// Before an address and a password are looked at.
    ///
    /// A browser in which that account was signed in before has an allowance of its
    /// own: whatever its neighbours do, its owner gets in.
    pub async fn signing_in(
        &self,
        engine: &Engine,
        visit: &Visit,
        email: &EmailAddress,
    ) -> Result<Booked, Trouble> {
        let refused = match self.book(&self.outside(visit), visit) {
            Ok(booked) => return Ok(booked),
            Err(refused) => refused,
        };
        let Some(token) = &visit.cookie else { return Err(refused) };
        match accounts::was_here(engine, &visit.scope, token, Some(email)).await? {
            Some(account) => self.showing(visit, account),
            None => Err(refused),
        }
    }

    /// Before anything else is looked at that somebody could go on trying: of
    /// whoever is signed in, or else of the networks that they come from; if those
    /// are used up, of whoever was signed in in this browser before.
    pub async fn trying(&self, engine: &Engine, visit: &Visit) -> Result<Booked, Trouble> {
        if let Some(session) = &visit.session {
            return self.showing(visit, session.account);
        }
        let refused = match self.book(&self.outside(visit), visit) {
            Ok(booked) => return Ok(booked),
            Err(refused) => refused,
        };
        let Some(token) = &visit.cookie else { return Err(refused) };
        match accounts::was_here(engine, &visit.scope, token, None).await? {
            Some(account) => self.showing(visit, account),
            None => Err(refused),
        }
    }

    /// Before somebody shows more of themselves who is known already.
    pub fn showing(&self, visit: &Visit, account: Uuid) -> Result<Booked, Trouble> {
        self.book(&[self.person(visit, account)], visit)
    }

    /// What was tried was right.
    pub fn right(&self, booked: Booked) {
        let mut tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, rule) in booked.0 {
            let tally = tallies.get(key);
            tallies.set(key, rule.refund(tally));
        }
    }

    /// After a token that opens nothing, or another secret that is nobody's, was
    /// shown.
    pub fn knocking(&self, visit: &Visit) -> Result<(), Trouble> {
        self.book(&self.outside(visit), visit).map(|_| ())
    }

    /// Before a request of a token is carried out.
    pub fn calling(&self, visit: &Visit, token: Uuid) -> Result<(), Trouble> {
        self.book(&[(Key::Token(token), per_second(self.rates.calls, TOKEN_AT_ONCE))], visit)
            .map(|_| ())
    }

    /// Before a mail is written to whoever is signed in.
    pub async fn mailing(&self, engine: &Engine, visit: &Visit) -> Result<(), Trouble> {
        let _booked = self.trying(engine, visit).await?;
        Ok(accounts::book_own_mail(engine, &visit.scope, self.mails()).await?)
    }

    /// Before a mail is written to an address that somebody typed.
    pub async fn mailing_to(
        &self,
        engine: &Engine,
        visit: &Visit,
        email: &EmailAddress,
    ) -> Result<(), Trouble> {
        let _booked = self.trying(engine, visit).await?;
        Ok(accounts::book_mail(engine, &visit.scope, email, self.mails()).await?)
    }

    fn mails(&self) -> Rule {
        Rule::Allowance { at_once: self.rates.mails.get(), each: 5 * 60 * 1000 }
    }

    /// A person has as much as a line.
    fn person(&self, visit: &Visit, account: Uuid) -> (Key, Rule) {
        let rule = Rule::allowance(self.rates.per_address.get(), WHILE);
        (Key::Person(visit.tenant.id, account), rule)
    }

    /// The networks around an address, and the tenant. Even the widest of the
    /// networks gets no more than half of what the tenant has at once: no
    /// neighbourhood closes a tenant for all others.
    fn outside(&self, visit: &Visit) -> Vec<(Key, Rule)> {
        let tenant = per_second(self.rates.per_tenant, TENANT_AT_ONCE);
        let half = self.rates.per_tenant.get().saturating_mul(TENANT_AT_ONCE) / 2;
        let networks = Width::ALL.map(|width| {
            let most = self.rates.per_address.get().saturating_mul(width.shares());
            let rule = Rule::allowance(most.min(half.max(1)), WHILE);
            (Key::Network(Network::around(visit.address, width)), rule)
        });
        networks.into_iter().chain([(Key::Tenant(visit.tenant.id), tenant)]).collect()
    }

    /// Books a try by all of these, or by none.
    fn book(&self, keys: &[(Key, Rule)], visit: &Visit) -> Result<Booked, Trouble> {
        let now = visit.scope.now.0;
        let mut tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        let mut booked = Vec::with_capacity(keys.len());
        for (key, rule) in keys {
            match rule.book(tallies.get(*key), now) {
                Ok(tally) => booked.push((*key, tally)),
                Err(wait) => return Err(too_many(wait)),
            }
        }
        for (key, tally) in booked {
            tallies.set(key, tally);
        }
        Ok(Booked(keys.to_vec()))
    }
}

fn too_many(wait: Wait) -> Trouble {
    Trouble::TooMany { seconds: wait.seconds() }
}

fn per_second(times: NonZeroU32, at_once: u32) -> Rule {
    Rule::Allowance {
        at_once: times.get().saturating_mul(at_once),
        each: 1000 / i64::from(times.get()),
    }
}

const fn of(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}
