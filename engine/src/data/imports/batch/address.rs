//! Addresses of people who are told of: what of a line counts at once, and what waits.

use domain::addresses::{Arrival, arrival};
use domain::grants::Telling;
use domain::identifiers::EmailAddress;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::Desk;
use crate::data::imports::line::{LineError, SubjectLine};
use crate::people::subjects::{ChangeAddress, Profile, seal_next};
use crate::platform::failure::Failure;
use crate::platform::jobs;
use crate::platform::keyring::DataKey;
use crate::platform::scope::Actor;
use crate::platform::storage::subjects;

/// What a line makes of a person's address.
pub(super) struct Arriving {
    /// The one that counts.
    pub email: Option<EmailAddress>,
    pub next: Next,
}

/// What becomes of the one that waits.
pub(super) enum Next {
    /// It goes on waiting, if there is one.
    Same,
    /// There is none any more.
    Dropped,
    /// This one, or that there is to be none, with its hash.
    Waits(Option<EmailAddress>, Vec<u8>),
}

impl Desk<'_> {
    /// What a line makes of the address of a person of whom `before` is known.
    pub(super) fn arriving(
        &self,
        before: Option<(&subjects::Model, Option<&Profile>)>,
        line: &SubjectLine,
    ) -> Result<Arriving, LineError> {
        let known = before.map(|(_, profile)| profile.and_then(|it| it.email.as_ref()));
        let told = line.email.as_ref();
        let waiting = before.and_then(|(row, _)| row.next_email_hash.as_ref());
        match (arrival(known, told), before) {
            (Arrival::AtOnce, _) | (_, None) => {
                Ok(Arriving { email: told.cloned(), next: Next::Same })
            }
            (Arrival::Known, _) => {
                let next = if waiting.is_some() { Next::Dropped } else { Next::Same };
                Ok(Arriving { email: known.flatten().cloned(), next })
            }
            (Arrival::Waits, Some((row, _))) => {
                let hash = told.map(|it| self.hash("email", &it.folded())).unwrap_or_default();
                let email = known.flatten().cloned();
                if waiting == Some(&hash) {
                    return Ok(Arriving { email, next: Next::Same });
                }
                self.may_tell(Telling::Address)?;
                let stopped = row.stopped_email_hash.as_ref() == Some(&hash);
                if stopped && self.scope.actor != Actor::Operator {
                    return Err(LineError::AddressStopped(line.id.clone()));
                }
                Ok(Arriving { email, next: Next::Waits(told.cloned(), hash) })
            }
        }
    }

    /// The columns of the one that waits, and the job that writes to whoever can be
    /// reached.
    pub(super) async fn wait(
        &self,
        key: &DataKey,
        subject: Uuid,
        next: Next,
    ) -> Result<subjects::ActiveModel, Failure> {
        let columns = |next_address: Option<Vec<u8>>, next_email_hash| subjects::ActiveModel {
            next_address: Set(next_address),
            next_email_hash: Set(next_email_hash),
            next_counts_at: Set(None),
            ..Default::default()
        };
        Ok(match next {
            Next::Same => subjects::ActiveModel::default(),
            Next::Dropped => columns(None, None),
            Next::Waits(email, hash) => {
                jobs::enqueue(self.tx, &ChangeAddress(subject), self.scope.now).await?;
                columns(Some(seal_next(self.tx, key, subject, &email)?), Some(hash))
            }
        })
    }
}
