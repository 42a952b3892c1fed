//! Writing events.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::lookup::{one_of, refusal};
use super::{Desk, Numbered};
use crate::data::holds::Stopped;
use crate::data::imports::line::{EventLine, LineError};
use crate::data::imports::outcome::{Outcome, Outcomes};
use crate::platform::failure::Failure;
use crate::platform::storage::{Day, events};

impl Desk<'_> {
    pub(super) async fn events(
        &self,
        lines: Vec<Numbered<EventLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let subjects =
            self.known_subjects(lines.iter().filter_map(|(_, l)| l.subject.as_deref())).await?;
        let stopped = self.stopped(&subjects).await?;
        let organisations = self
            .organisation_ids(lines.iter().filter_map(|(_, l)| l.organisation.as_deref()))
            .await?;
        let mut lines: Vec<(Vec<u8>, Numbered<EventLine>)> = lines
            .into_iter()
            .map(|numbered| (self.hash("event", &numbered.1.id), numbered))
            .collect();
        // Everybody writes in one order.
        lines.sort_by(|one, other| one.0.cmp(&other.0));
        let hashes = lines.iter().map(|(hash, _)| hash.clone());
        let known: HashMap<Vec<u8>, events::Model> = self
            .tx
            .all_by::<events::Entity>(events::Column::SourceHash, hashes)
            .await?
            .into_iter()
            .map(|row| (row.source_hash.clone(), row))
            .collect();
        for (source_hash, (number, line)) in lines {
            let subject = match &line.subject {
                None => None,
                Some(id) => match subjects.get(id).filter(|row| row.erased_at.is_none()) {
                    Some(row) => Some(row.id),
                    None => {
                        done.refuse(number, LineError::UnknownSubject(id.clone()));
                        continue;
                    }
                },
            };
            let organisation = match one_of(&organisations, line.organisation.as_ref()) {
                Ok(found) => found,
                Err(id) => {
                    done.refuse(number, LineError::UnknownOrganisation(id));
                    continue;
                }
            };
            let stands_still = subject.and_then(|id| stopped.get(&id)).and_then(Stopped::wholly);
            if let Some((reason, id)) = stands_still.zip(line.subject.as_ref()) {
                done.refuse(number, refusal(reason, id));
                continue;
            }
            let told = Told { source_hash, subject, organisation, line };
            let before = known.get(&told.source_hash);
            if before.is_some_and(|row| told.is_same_as(row)) {
                done.note(number, Outcome::Unchanged);
                continue;
            }
            match self.put_event(told).await? {
                Ok(outcome) => done.note(number, outcome),
                Err(refused) => done.refuse(number, refused),
            }
        }
        Ok(())
    }

    /// Writes an event that is new or says something else than the one that is held.
    async fn put_event(&self, told: Told) -> Result<Result<Outcome, LineError>, Failure> {
        let by_source = [events::Column::TenantId, events::Column::SourceHash];
        let nothing = OnConflict::columns(by_source).do_nothing().to_owned();
        let row = events::ActiveModel {
            id: Set(Uuid::now_v7()),
            source_hash: Set(told.source_hash.clone()),
            subject_id: Set(told.subject),
            organisation_id: Set(told.organisation),
            name: Set(told.line.name.to_string()),
            occurred_on: Set(Day::from(told.line.date)),
            ..Default::default()
        };
        if self.tx.insert_or(row.clone(), nothing).await? > 0 {
            return Ok(Ok(Outcome::Created));
        }
        // It is there, perhaps since a moment ago.
        let column = events::Column::SourceHash;
        let hash = [told.source_hash.clone()];
        let there = self.tx.all_locked_by::<events::Entity>(column, hash).await?;
        if there.iter().any(|row| told.is_same_as(row)) {
            return Ok(Ok(Outcome::Unchanged));
        }
        for row in &there {
            let telling = self.endings.telling(Some(&row.name), told.line.name.as_str());
            if let Err(refused) = self.may_tell(telling) {
                return Ok(Err(refused));
            }
        }
        let update = events::Entity::update_many()
            .col_expr(events::Column::SubjectId, Expr::value(told.subject))
            .col_expr(events::Column::OrganisationId, Expr::value(told.organisation))
            .col_expr(events::Column::Name, Expr::value(told.line.name.to_string()))
            .col_expr(events::Column::OccurredOn, Expr::value(Day::from(told.line.date)))
            .filter(events::Column::SourceHash.eq(told.source_hash));
        if self.tx.update(update).await? == 0 {
            // Deleted in between: then it is new after all.
            self.tx.insert(row).await?;
            return Ok(Ok(Outcome::Created));
        }
        Ok(Ok(Outcome::Updated))
    }
}

/// An event line with whom it concerns found.
struct Told {
    source_hash: Vec<u8>,
    subject: Option<Uuid>,
    organisation: Option<Uuid>,
    line: EventLine,
}

impl Told {
    fn is_same_as(&self, row: &events::Model) -> bool {
        row.name == self.line.name.as_str()
            && row.occurred_on == Day::from(self.line.date)
            && row.subject_id == self.subject
            && row.organisation_id == self.organisation
    }
}
