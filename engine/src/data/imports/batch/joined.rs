//! What is told of somebody by an id that they had before they were joined with another.

use uuid::Uuid;

use super::Desk;
use crate::data::imports::line::{LineError, SubjectLine};
use crate::data::imports::outcome::Outcome;
use crate::people::accounts::has_account;
use crate::people::subjects::{Profile, now, open_profile};
use crate::platform::failure::Failure;
use crate::platform::storage::subjects;

impl Desk<'_> {
    /// Two rows of one person would take turns in saying who they are. So the one that
    /// was joined is heard as long as it says nothing else.
    pub(super) async fn joined_subject(
        &self,
        row: &subjects::Model,
        line: &SubjectLine,
        organisation: Option<Uuid>,
    ) -> Result<Result<Outcome, LineError>, Failure> {
        let (now, profile) = match self.joined(row, &line.id).await? {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        let known = profile.email.as_ref().map(|email| email.folded());
        let name = profile.said.as_ref().or(profile.name.as_ref());
        let same = line.email.as_ref().is_none_or(|told| Some(told.folded()) == known)
            && line.name.as_ref().is_none_or(|told| Some(told) == name)
            && organisation.is_none_or(|told| Some(told) == now.organisation_id)
            && (!line.organisation_admin || now.organisation_admin);
        Ok(if same { Ok(Outcome::Unchanged) } else { Err(elsewhere(&line.id, profile)) })
    }

    /// An account is theirs who they are now; one that is there is left alone.
    pub(super) async fn joined_account(
        &self,
        row: &subjects::Model,
        id: &str,
    ) -> Result<Result<Outcome, LineError>, Failure> {
        let (now, profile) = match self.joined(row, id).await? {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        let there = has_account(self.tx, now.id).await?;
        Ok(if there { Ok(Outcome::Unchanged) } else { Err(elsewhere(id, profile)) })
    }

    async fn joined(
        &self,
        row: &subjects::Model,
        id: &str,
    ) -> Result<Result<(subjects::Model, Profile), LineError>, Failure> {
        let now = now(self.tx, row.clone()).await?;
        let profile = open_profile(self.engine, self.tx, now.id).await?;
        Ok(profile
            .map(|profile| (now, profile))
            .ok_or_else(|| LineError::Tombstoned(id.to_owned())))
    }
}

fn elsewhere(id: &str, now: Profile) -> LineError {
    LineError::Joined { id: id.to_owned(), now: now.id }
}
