//! The version in force and its place among the others: what most public pages
//! load first.

use std::sync::Arc;

use domain::policy::Document;
use engine::policies::{self, Version};
use jiff::civil::Date;

use crate::portal::Portal;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// A version that is or was in force, with its neighbours.
pub struct Published {
    /// The version.
    pub version: Arc<Version>,
    /// When it came into force, where the tenant is.
    pub on: Date,
    /// The version before it.
    pub previous: Option<u32>,
    /// Whether it is in force.
    pub current: bool,
}

impl Published {
    /// The version in force; not found if there is none yet.
    pub async fn in_force(portal: &Portal, visit: &Visit) -> Result<Published, Trouble> {
        let version = policies::in_force(&portal.engine, &visit.scope).await?;
        Published::of(portal, visit, version.ok_or(Trouble::NotFound)?).await
    }

    /// The version of that number, as it stands in a URL.
    pub async fn numbered(
        portal: &Portal,
        visit: &Visit,
        number: &str,
    ) -> Result<Published, Trouble> {
        let number = number
            .parse::<u32>()
            .ok()
            // One spelling each: pages are kept by their address.
            .filter(|parsed| parsed.to_string() == number)
            .ok_or(Trouble::NotFound)?;
        let version = policies::version(&portal.engine, &visit.scope, i64::from(number)).await?;
        Published::of(portal, visit, Arc::new(version.ok_or(Trouble::NotFound)?)).await
    }

    async fn of(
        portal: &Portal,
        visit: &Visit,
        version: Arc<Version>,
    ) -> Result<Published, Trouble> {
        if !version.parsed.fits(&version.document) {
            return Err(Trouble::PolicyTooLarge);
        }
        let heads = policies::history(&portal.engine, &visit.scope).await?;
        let previous = heads
            .iter()
            .find(|head| head.number < version.number)
            .and_then(|head| u32::try_from(head.number).ok());
        let current = version.state == policies::State::Published;
        let at = version.published_at.unwrap_or(version.saved_at);
        Ok(Published { on: visit.scope.date_of(at), previous, current, version })
    }

    /// What it says.
    pub fn document(&self) -> &Document {
        &self.version.document
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        u32::try_from(self.version.number).unwrap_or_default()
    }
}
