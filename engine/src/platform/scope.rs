//! Who acts, in which tenant, and when: passed to every use case.

use domain::grants::{Grant, Grants, Telling};
use domain::identifiers::{Language, TenantId};
use domain::roles::{Permission, Role};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::storage::Timestamp;
use crate::platform::tenancy::Permit;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who is not signed in.
    Visitor,
    /// Somebody who is.
    Account {
        /// The account.
        id: Uuid,
        /// Its role at the time of the request.
        role: Role,
        /// The subject whose account it is.
        subject: Option<Uuid>,
    },
    /// A system of the tenant's, by a token of the API.
    Token {
        /// The token.
        id: Uuid,
        /// What it allows.
        grants: Grants,
    },
    /// The `candor` command.
    Operator,
    /// The portal itself, carrying out what was asked of it before.
    Portal,
}

/// The frame of every use case. Nothing in the engine reads a clock or a
/// "current" anything.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The tenant that everything happens in.
    pub tenant: TenantId,
    /// Where its days begin and end.
    pub zone: TimeZone,
    /// Who acts.
    pub actor: Actor,
    /// In which language they are answered.
    pub language: Language,
    /// The time.
    pub now: Timestamp,
    /// The request or command that this belongs to, for log and audit.
    pub request_id: Uuid,
}

impl Scope {
    /// Today in the tenant's time zone.
    pub fn today(&self) -> Date {
        self.date_of(self.now)
    }

    /// The date of a point in time in the tenant's time zone.
    pub fn date_of(&self, time: Timestamp) -> Date {
        jiff::Timestamp::from(time).to_zoned(self.zone.clone()).date()
    }

    /// What the clocks of the tenant's time zone show at a point in time.
    pub fn civil(&self, time: Timestamp) -> DateTime {
        jiff::Timestamp::from(time).to_zoned(self.zone.clone()).datetime()
    }

    /// When a day begins in the tenant's time zone.
    pub fn start_of(&self, day: Date) -> Timestamp {
        let start = day.to_zoned(self.zone.clone()).map(|start| start.timestamp());
        start.map_or(self.now, Timestamp::from)
    }

    /// Refuses unless the actor has the permission.
    pub fn permit(&self, permission: Permission) -> Result<Permit, Failure> {
        let granted = match self.actor {
            Actor::Visitor | Actor::Token { .. } => permission.granted_to(None),
            Actor::Account { role, .. } => permission.granted_to(Some(role)),
            Actor::Operator | Actor::Portal => true,
        };
        granted.then(|| self.checked()).ok_or(Failure::Forbidden(permission))
    }

    /// Refuses unless the actor's token has the grant.
    pub fn grant(&self, grant: Grant) -> Result<Permit, Failure> {
        let granted = match &self.actor {
            Actor::Token { grants, .. } => grants.allow(grant),
            Actor::Operator | Actor::Portal => true,
            Actor::Visitor | Actor::Account { .. } => false,
        };
        granted.then(|| self.checked()).ok_or(Failure::NotGranted(grant))
    }

    /// Refuses unless the actor's token has one of the grants.
    pub fn grant_one_of(&self, grants: &[Grant]) -> Result<Permit, Failure> {
        let first = grants.first().copied().unwrap_or(Grant::Write);
        grants.iter().find_map(|grant| self.grant(*grant).ok()).ok_or(Failure::NotGranted(first))
    }

    /// The grant that is missing, if the actor may not tell this.
    pub fn tells(&self, telling: Telling) -> Result<(), Grant> {
        let needed = telling.needs();
        self.grant(needed).map(|_| ()).map_err(|_| needed)
    }

    /// The subject whose own data the actor may control.
    pub fn own_subject(&self) -> Result<Uuid, Failure> {
        let _permit = self.permit(Permission::ControlOwnData)?;
        match self.actor {
            Actor::Account { subject: Some(subject), .. } => Ok(subject),
            _ => Err(Failure::Forbidden(Permission::ControlOwnData)),
        }
    }

    /// Refuses unless what is held about this subject may be read and changed: by the
    /// person, and by the portal where it carries out what was asked.
    pub fn about(&self, subject: Uuid) -> Result<Permit, Failure> {
        match self.actor {
            Actor::Operator | Actor::Portal => Ok(self.checked()),
            _ if self.own_subject()? == subject => Ok(self.checked()),
            _ => Err(Failure::Forbidden(Permission::ControlOwnData)),
        }
    }

    /// Refuses unless it is the portal itself that acts, or its operator: for jobs and
    /// commands, which nobody reaches by a page.
    pub fn portal(&self) -> Result<Permit, Failure> {
        match self.actor {
            Actor::Operator | Actor::Portal => Ok(self.checked()),
            _ => Err(Failure::Forbidden(Permission::ManageSettings)),
        }
    }

    fn checked(&self) -> Permit {
        Permit::checked(self.tenant)
    }

    /// The same frame with the portal itself as the actor.
    pub fn as_portal(&self) -> Scope {
        Scope { actor: Actor::Portal, ..self.clone() }
    }
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Actor::Visitor => f.write_str("visitor"),
            Actor::Account { id, .. } => write!(f, "account:{id}"),
            Actor::Token { id, .. } => write!(f, "token:{id}"),
            Actor::Operator => f.write_str("operator"),
            Actor::Portal => f.write_str("portal"),
        }
    }
}
