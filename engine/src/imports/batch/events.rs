//! Writing events.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::lookup::{last_of_each, one_of, refusal};
use super::{Desk, Numbered};
use crate::failure::Failure;
use crate::holds::Stopped;
use crate::imports::line::{EventLine, LineError};
use crate::imports::outcome::{Outcome, Outcomes};
use crate::storage::{Day, events};

impl Desk<'_> {
    pub(super) async fn events(
        &self,
        lines: Vec<Numbered<EventLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let lines = last_of_each(lines, done, |line| line.id.clone());
        let subjects =
            self.known_subjects(lines.iter().filter_map(|(_, l)| l.subject.as_deref())).await?;
        let stopped = self.stopped(&subjects).await?;
        let organisations = self
            .organisation_ids(lines.iter().filter_map(|(_, l)| l.organisation.as_deref()))
            .await?;
        for (number, line) in lines {
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
            let source_hash = self.hash("event", &line.id);
            let before = self
                .tx
                .one(
                    events::Entity::find()
                        .filter(events::Column::SourceHash.eq(source_hash.clone())),
                )
                .await?;
            let day = Day::from(line.date);
            match before {
                Some(row)
                    if row.name == line.name.as_str()
                        && row.occurred_on == day
                        && row.subject_id == subject
                        && row.organisation_id == organisation =>
                {
                    done.note(number, Outcome::Unchanged);
                    continue;
                }
                Some(row) => {
                    let telling = self.endings.telling(Some(&row.name), line.name.as_str());
                    if let Err(refused) = self.may_tell(telling) {
                        done.refuse(number, refused);
                        continue;
                    }
                    self.tx
                        .delete(events::Entity::delete_many().filter(events::Column::Id.eq(row.id)))
                        .await?;
                    done.note(number, Outcome::Updated);
                }
                None => done.note(number, Outcome::Created),
            }
            self.tx
                .insert(events::ActiveModel {
                    id: Set(Uuid::now_v7()),
                    source_hash: Set(source_hash),
                    subject_id: Set(subject),
                    organisation_id: Set(organisation),
                    name: Set(line.name.to_string()),
                    occurred_on: Set(day),
                    ..Default::default()
                })
                .await?;
        }
        Ok(())
    }
}
