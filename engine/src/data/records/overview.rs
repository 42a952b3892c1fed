//! All that an answer to a person needs at hand (GDPR art. 15).

use std::sync::Arc;

use domain::identifiers::Slug;
use domain::retention::Event;
use jiff::civil::Date;
use uuid::Uuid;

use super::holdings::{Holding, Organisation, Part, holdings, organisation_of};
use crate::engine::Engine;
use crate::people::subjects::{NextAddress, Profile, next_address, profile};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::policies::{self, Version};

/// What is held about a person, and the policy that says why, for how long and
/// who receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The person.
    pub subject: Uuid,
    /// Who that is.
    pub profile: Profile,
    /// Another address that waits to be theirs, and from which day it counts.
    pub next_address: Option<(NextAddress, Option<Date>)>,
    /// The policy version in force.
    pub version: Arc<Version>,
    /// What is held, by category.
    pub holdings: Vec<Holding>,
    /// What retention counts from.
    pub events: Vec<Event>,
    /// The organisation that the person works for.
    pub organisation: Option<Organisation>,
}

/// The overview of a person; `None` where the portal holds none, because no
/// policy is in force or the person was erased.
///
/// Of very many records it says that they are many; see [`Part::more`].
pub async fn overview(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Overview>, Failure> {
    overview_of(engine, scope, subject, false).await
}

/// The same with everything counted, however long that takes.
pub(crate) async fn overview_in_full(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
) -> Result<Option<Overview>, Failure> {
    overview_of(engine, scope, subject, true).await
}

async fn overview_of(
    engine: &Engine,
    scope: &Scope,
    subject: Uuid,
    exact: bool,
) -> Result<Option<Overview>, Failure> {
    let Some(version) = policies::in_force(engine, scope).await? else { return Ok(None) };
    let Some(profile) = profile(engine, scope, subject).await? else { return Ok(None) };
    let (holdings, events) = holdings(engine, scope, subject, exact).await?;
    let organisation = organisation_of(engine, scope, subject).await?;
    let tx = engine.tenant(scope.about(subject)?).read().await?;
    let next_address = next_address(engine, &tx, subject).await?.map(|next| {
        let from = next.counts_at.map(|at| scope.date_of(at));
        (next, from)
    });
    Ok(Some(Overview { subject, profile, next_address, version, holdings, events, organisation }))
}

impl Overview {
    /// What is held in a category.
    pub fn holding(&self, category: &Slug) -> Option<&Holding> {
        self.holdings.iter().find(|holding| holding.category == category.as_str())
    }

    /// What the company itself holds about the person, in all categories together.
    pub fn of_company(&self) -> Part {
        self.holdings.iter().map(Holding::of_company).fold(Part::default(), Part::and)
    }

    /// What is held on behalf of an organisation, in all categories together.
    pub fn on_behalf(&self) -> Part {
        self.holdings.iter().map(|holding| holding.on_behalf).fold(Part::default(), Part::and)
    }
}
