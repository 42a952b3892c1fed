//! Writing records.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::lookup::{last_of_each, one_of};
use super::sealing::key_of;
use super::{Desk, Numbered};
use crate::failure::Failure;
use crate::imports::line::{LineError, RecordLine};
use crate::imports::outcome::{Outcome, Outcomes};
use crate::keyring::{DataKey, Named};
use crate::records::{Payload, record_place};
use crate::storage::{Day, record_parties, records};

/// A record line with its people and organisation found.
struct Addressed {
    number: u64,
    line: RecordLine,
    source_hash: Vec<u8>,
    people: Vec<Uuid>,
    organisation: Option<Uuid>,
}

impl Addressed {
    fn only_person(&self) -> Option<Uuid> {
        match self.people.as_slice() {
            [person] => Some(*person),
            _ => None,
        }
    }

    /// Whether the line says nothing new: what is held, or what the source had said
    /// before the person corrected it (GDPR art. 16). A source that has not taken the
    /// correction over yet does not undo it; one that says something else does.
    fn is_same_as(&self, row: &records::Model, digest: &[u8]) -> bool {
        (row.digest == digest || row.source_digest.as_deref() == Some(digest))
            && row.subject_id == self.only_person()
            && row.organisation_id == self.organisation
            && row.category == self.line.category.as_str()
            && row.kind == self.line.kind.as_str()
            && row.source == self.line.source.as_str()
            && row.occurred_on == Day::from(self.line.date)
    }
}

impl Desk<'_> {
    pub(super) async fn records(
        &self,
        lines: Vec<Numbered<RecordLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let lines = last_of_each(lines, done, RecordLine::named);
        let subject_ids: Vec<&str> =
            lines.iter().flat_map(|(_, l)| l.subjects.iter().map(String::as_str)).collect();
        let subjects = self.known_subjects(subject_ids.iter().copied()).await?;
        let buried = self.tombstoned(subject_ids.iter().copied()).await?;
        let organisations = self
            .organisation_ids(lines.iter().filter_map(|(_, l)| l.organisation.as_deref()))
            .await?;
        let mut good: Vec<Addressed> = Vec::with_capacity(lines.len());
        'lines: for (number, line) in lines {
            let mut people = Vec::with_capacity(line.subjects.len());
            for id in &line.subjects {
                match subjects.get(id).filter(|row| row.erased_at.is_none()) {
                    _ if buried.contains(id) => {
                        done.refuse(number, LineError::Tombstoned(id.clone()));
                        continue 'lines;
                    }
                    Some(row) if row.paused_at.is_some() => {
                        done.refuse(number, LineError::Paused(id.clone()));
                        continue 'lines;
                    }
                    Some(row) => people.push(row.id),
                    None => {
                        done.refuse(number, LineError::UnknownSubject(id.clone()));
                        continue 'lines;
                    }
                }
            }
            people.sort();
            people.dedup();
            let organisation = match one_of(&organisations, line.organisation.as_ref()) {
                Ok(found) => found,
                Err(id) => {
                    done.refuse(number, LineError::UnknownOrganisation(id));
                    continue;
                }
            };
            let source_hash = self.hash("record", &line.named());
            good.push(Addressed { number, line, source_hash, people, organisation });
        }
        let known = self.known_records(&good).await?;
        let (mut of_people, mut of_organisations): (Vec<Named>, Vec<Named>) = Default::default();
        for record in &good {
            let label = || record.line.category.to_string();
            match record.organisation {
                Some(organisation) => of_organisations.push((organisation, label())),
                None => of_people.extend(record.people.iter().map(|person| (*person, label()))),
            }
        }
        for names in [&mut of_people, &mut of_organisations] {
            names.sort();
            names.dedup();
        }
        let keyring = &self.engine.keyring;
        let mut keys = keyring.ensure_remembered(self.tx, &of_people, self.remembered).await?;
        keys.extend(keyring.ensure(self.tx, &of_organisations).await?);

        let mut rows = Vec::with_capacity(good.len());
        let mut parties = Vec::new();
        let mut taken_over = Vec::new();
        for record in good {
            let number = record.number;
            let payload = Payload {
                id: record.line.id.clone(),
                data: Value::Object(record.line.data.clone()),
            };
            let plain = serde_json::to_vec(&payload).map_err(Failure::corrupt)?;
            let digest = self.lookup.hash("payload", &plain);
            let before = known.get(&record.source_hash);
            if let Some(row) = before.filter(|row| record.is_same_as(row, &digest)) {
                if row.source_digest.is_some() && row.digest == digest {
                    taken_over.push(row.id);
                }
                done.note(number, Outcome::Unchanged);
                continue;
            }
            match before {
                Some(row) => {
                    self.tx
                        .delete(
                            records::Entity::delete_many().filter(records::Column::Id.eq(row.id)),
                        )
                        .await?;
                    done.note(number, Outcome::Updated);
                }
                None => done.note(number, Outcome::Created),
            }
            let id = before.map_or_else(Uuid::now_v7, |row| row.id);
            let (sealed, wrapped) = self.seal_record(&record, id, &keys, &plain)?;
            parties.extend(wrapped);
            rows.push(records::ActiveModel {
                id: Set(id),
                subject_id: Set(record.only_person()),
                organisation_id: Set(record.organisation),
                category: Set(record.line.category.to_string()),
                kind: Set(record.line.kind.to_string()),
                source: Set(record.line.source.to_string()),
                source_hash: Set(record.source_hash),
                occurred_on: Set(Day::from(record.line.date)),
                recorded_at: Set(before.map_or(self.scope.now, |row| row.recorded_at)),
                sealed: Set(sealed),
                digest: Set(digest),
                source_digest: Set(None),
                ..Default::default()
            });
        }
        self.tx.insert_many(rows).await?;
        self.tx.insert_many(parties).await?;
        self.take_over(taken_over).await
    }

    /// The source says what the person does: from now on it is heard again, even if
    /// it says what it had said before.
    async fn take_over(&self, records: Vec<Uuid>) -> Result<(), Failure> {
        for some in records.chunks(500) {
            let update = records::Entity::update_many()
                .col_expr(records::Column::SourceDigest, Expr::value(None::<Vec<u8>>))
                .filter(records::Column::Id.is_in(some.iter().copied()));
            self.tx.update(update).await?;
        }
        Ok(())
    }

    /// Seals a payload: for the organisation on whose behalf it is held, for the
    /// one person whom it is about, or with a key of its own that is wrapped for
    /// each of several people.
    fn seal_record(
        &self,
        record: &Addressed,
        id: Uuid,
        keys: &HashMap<Named, DataKey>,
        plain: &[u8],
    ) -> Result<(Vec<u8>, Vec<record_parties::ActiveModel>), Failure> {
        let tenant = self.scope.tenant;
        let category = record.line.category.as_str();
        let party = |person: Uuid, wrapped: Vec<u8>| record_parties::ActiveModel {
            record_id: Set(id),
            subject_id: Set(person),
            wrapped_key: Set(wrapped),
            ..Default::default()
        };
        let sealed = |key: &DataKey, owner: Uuid, bytes: &[u8]| {
            key.seal(record_place(tenant, owner, category, id), bytes)
                .map_err(|e| Failure::Keyring(e.into()))
        };
        if let Some(organisation) = record.organisation {
            let key = key_of(keys, organisation, category)?;
            let parties = match record.people.as_slice() {
                [_] => Vec::new(),
                several => several.iter().map(|person| party(*person, Vec::new())).collect(),
            };
            return Ok((sealed(key, organisation, plain)?, parties));
        }
        if let [person] = record.people.as_slice() {
            let key = key_of(keys, *person, category)?;
            return Ok((sealed(key, *person, plain)?, Vec::new()));
        }
        let own = DataKey::generate().map_err(Failure::corrupt)?;
        let parties = record
            .people
            .iter()
            .map(|person| {
                let key = key_of(keys, *person, category)?;
                Ok(party(*person, sealed(key, *person, own.bytes())?))
            })
            .collect::<Result<_, Failure>>()?;
        Ok((sealed(&own, id, plain)?, parties))
    }

    async fn known_records(
        &self,
        records: &[Addressed],
    ) -> Result<HashMap<Vec<u8>, records::Model>, Failure> {
        let hashes = records.iter().map(|record| record.source_hash.clone());
        let column = records::Column::SourceHash;
        let rows = self.tx.all_by::<records::Entity>(column, hashes).await?;
        Ok(rows.into_iter().map(|row| (row.source_hash.clone(), row)).collect())
    }
}
