//! Writing subjects.

use std::collections::HashMap;

use domain::grants::Telling;
use domain::holds::Reason;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::address::{Arriving, Next};
use super::lookup::{one_of, refusal};
use super::sealing::{key_of, opened, seal};
use super::{Desk, Numbered};
use crate::data::holds::Stopped;
use crate::data::imports::line::{LineError, SubjectLine};
use crate::data::imports::outcome::{Outcome, Outcomes};
use crate::people::subjects::{Profile, profile_place};
use crate::platform::failure::Failure;
use crate::platform::keyring::{IDENTITY, Named};
use crate::platform::storage::subjects;

impl Desk<'_> {
    pub(super) async fn subjects(
        &self,
        lines: Vec<Numbered<SubjectLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let lines = self.without_tombstoned(lines, done).await?;
        let organisations = self
            .organisation_ids(lines.iter().filter_map(|(_, l)| l.organisation.as_deref()))
            .await?;
        let known: HashMap<String, subjects::Model> =
            self.held_subjects(lines.iter().map(|(_, line)| line.id.as_str())).await?;
        let stopped = self.stopped(&known).await?;
        let stands_still = |id: &Uuid| stopped.get(id).and_then(Stopped::wholly);
        let mut good = Vec::with_capacity(lines.len());
        for (number, line) in lines {
            let organisation = match one_of(&organisations, line.organisation.as_ref()) {
                Ok(found) => found,
                Err(id) => {
                    done.refuse(number, LineError::UnknownOrganisation(id));
                    continue;
                }
            };
            let before = known.get(&line.id);
            if let Some(row) = before.filter(|row| row.joined_into.is_some()) {
                match self.joined_subject(row, &line, organisation).await? {
                    Ok(outcome) => done.note(number, outcome),
                    Err(refused) => done.refuse(number, refused),
                }
                continue;
            }
            let erasing = |row: &subjects::Model| stands_still(&row.id) == Some(Reason::Erasure);
            if before.is_some_and(|row| row.erased_at.is_some() || erasing(row)) {
                done.refuse(number, LineError::Tombstoned(line.id));
                continue;
            }
            let id = before.map_or_else(Uuid::now_v7, |row| row.id);
            good.push((number, line, id, organisation));
        }
        let names: Vec<Named> =
            good.iter().map(|(_, _, id, _)| (*id, IDENTITY.to_owned())).collect();
        let keys = self.engine.keyring.ensure(self.tx, &names).await?;
        let mut fresh = Vec::new();
        for (number, line, id, organisation) in good {
            let key = key_of(&keys, id, IDENTITY)?;
            let place = profile_place(self.tx, id);
            let row = known.get(&line.id);
            let profile = |row: &subjects::Model| opened(key, place, row.sealed.as_deref()?);
            let before = row.map(|row| (row, profile(row)));
            let known = before.as_ref().map(|(row, profile)| (*row, profile.as_ref()));
            // Of nothing, nobody is the administrator.
            let admin = line.organisation_admin && organisation.is_some();
            let arriving = self.arriving(known, &line).and_then(|arriving| {
                if admin && row.is_none_or(|row| !administers(row, organisation)) {
                    self.may_tell(Telling::Administrator)?;
                }
                Ok(arriving)
            });
            let Arriving { email, next } = match arriving {
                Ok(arriving) => arriving,
                Err(refused) => {
                    done.refuse(number, refused);
                    continue;
                }
            };
            let heard = before.as_ref().and_then(|(_, profile)| profile.clone());
            let profile = Profile::heard(heard, line.id, email, line.name);
            let email_hash = profile.email.as_ref().map(|e| self.hash("email", &e.folded()));
            match before {
                Some((row, Some(before)))
                    if row.organisation_id == organisation
                        && row.organisation_admin == admin
                        && before == profile
                        && matches!(next, Next::Same) =>
                {
                    done.note(number, Outcome::Unchanged);
                }
                Some((row, _)) => {
                    if let Some(reason) = stands_still(&row.id) {
                        done.refuse(number, refusal(reason, &profile.id));
                        continue;
                    }
                    let told = subjects::ActiveModel {
                        sealed: Set(Some(seal(key, place, &profile)?)),
                        email_hash: Set(email_hash),
                        organisation_id: Set(organisation),
                        organisation_admin: Set(admin),
                        ..self.wait(key, id, next).await?
                    };
                    let update = subjects::Entity::update_many()
                        .set(told)
                        .filter(subjects::Column::Id.eq(id));
                    self.tx.update(update).await?;
                    done.note(number, Outcome::Updated);
                }
                None => {
                    let source_hash = self.hash("subject", &profile.id);
                    let row = subjects::ActiveModel {
                        id: Set(id),
                        source_hash: Set(source_hash.clone()),
                        email_hash: Set(email_hash),
                        organisation_id: Set(organisation),
                        organisation_admin: Set(admin),
                        sealed: Set(Some(seal(key, place, &profile)?)),
                        created_at: Set(self.scope.now),
                        frozen_at: Set(None),
                        erased_at: Set(None),
                        ..Default::default()
                    };
                    fresh.push((source_hash, row));
                    done.note(number, Outcome::Created);
                }
            }
        }
        // In one order, so that of two who tell of the same people only one waits.
        fresh.sort_by(|one: &(Vec<u8>, _), other| one.0.cmp(&other.0));
        self.tx.insert_many(fresh.into_iter().map(|(_, row)| row)).await?;
        Ok(())
    }

    async fn without_tombstoned(
        &self,
        lines: Vec<Numbered<SubjectLine>>,
        done: &mut Outcomes,
    ) -> Result<Vec<Numbered<SubjectLine>>, Failure> {
        let buried = self.tombstoned(lines.iter().map(|(_, line)| line.id.as_str())).await?;
        let (gone, alive): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|(_, line)| buried.contains(&line.id));
        for (number, line) in gone {
            done.refuse(number, LineError::Tombstoned(line.id));
        }
        Ok(alive)
    }
}

/// Whether somebody sees already what is held on behalf of an organisation.
fn administers(row: &subjects::Model, organisation: Option<Uuid>) -> bool {
    row.organisation_admin && row.organisation_id == organisation
}
