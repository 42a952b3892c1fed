//! Writing records.

use std::collections::HashMap;

use futures_util::future::join;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::lookup::{one_of, refusal};
use super::sealing::key_of;
use super::{Desk, Numbered};
use crate::data::imports::line::{LineError, RecordLine};
use crate::data::imports::outcome::{Outcome, Outcomes};
use crate::data::records::{Payload, record_place};
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, Named};
use crate::platform::storage::{Day, Timestamp, record_parties, records, subjects};

/// A record line with its people and organisation found.
struct Addressed {
    number: u64,
    line: RecordLine,
    source_hash: Vec<u8>,
    /// What is sealed, and its keyed hash.
    plain: Vec<u8>,
    digest: Vec<u8>,
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
    fn is_same_as(&self, row: &Known) -> bool {
        (row.digest == self.digest || row.source_digest.as_ref() == Some(&self.digest))
            && row.subject_id == self.only_person()
            && row.organisation_id == self.organisation
            && row.category == self.line.category.as_str()
            && row.kind == self.line.kind.as_str()
            && row.source == self.line.source.as_str()
            && row.occurred_on == Day::from(self.line.date)
    }
}

/// What is known of a record, but for what is sealed: of a thousand that may be a
/// gigabyte.
#[derive(FromQueryResult)]
struct Known {
    id: Uuid,
    source_hash: Vec<u8>,
    subject_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    category: String,
    kind: String,
    source: String,
    occurred_on: Day,
    recorded_at: Timestamp,
    digest: Vec<u8>,
    source_digest: Option<Vec<u8>>,
}

impl Known {
    const COLUMNS: [records::Column; 11] = [
        records::Column::Id,
        records::Column::SourceHash,
        records::Column::SubjectId,
        records::Column::OrganisationId,
        records::Column::Category,
        records::Column::Kind,
        records::Column::Source,
        records::Column::OccurredOn,
        records::Column::RecordedAt,
        records::Column::Digest,
        records::Column::SourceDigest,
    ];
}

/// Records that are sealed and not yet written.
#[derive(Default)]
struct Sealed {
    fresh: Vec<records::ActiveModel>,
    /// Records of which there is another state now, and which they are.
    changed: Vec<records::ActiveModel>,
    replaced: Vec<Uuid>,
    parties: Vec<record_parties::ActiveModel>,
    /// Records whose source has taken a correction over.
    taken_over: Vec<Uuid>,
}

/// How many records are sealed while the ones before them are written.
const AT_ONCE: usize = 250;

impl Desk<'_> {
    pub(super) async fn records(
        &self,
        lines: Vec<Numbered<RecordLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let good = self.addressed(lines, done).await?;
        let mut known = self.known_records(&good).await?;
        self.hold_changed(&good, &mut known).await?;
        let keys = self.keys_of(&good).await?;
        let mut rest = good.into_iter();
        let mut sealed = Sealed::default();
        loop {
            let some: Vec<Addressed> = rest.by_ref().take(AT_ONCE).collect();
            let is_last = some.is_empty();
            // The database writes while the next ones are sealed.
            let (written, next) =
                join(self.write(sealed), async { self.seal_all(some, &known, &keys, done) }).await;
            written?;
            if is_last {
                return Ok(());
            }
            sealed = next?;
        }
    }

    /// The lines whose people and organisation are known.
    async fn addressed(
        &self,
        lines: Vec<Numbered<RecordLine>>,
        done: &mut Outcomes,
    ) -> Result<Vec<Addressed>, Failure> {
        let ids = || lines.iter().flat_map(|(_, line)| line.subjects.iter().map(String::as_str));
        let mut subjects = self.known_subjects(ids()).await?;
        subjects.retain(|_, row| row.erased_at.is_none());
        let stopped = self.stopped(&subjects).await?;
        let buried = self.tombstoned(ids().filter(|id| !subjects.contains_key(*id))).await?;
        let organisations = self
            .organisation_ids(lines.iter().filter_map(|(_, l)| l.organisation.as_deref()))
            .await?;
        let mut good: Vec<Addressed> = Vec::with_capacity(lines.len());
        'lines: for (number, mut line) in lines {
            let mut people = Vec::with_capacity(line.subjects.len());
            for id in &line.subjects {
                let stands_still = |row: &subjects::Model| {
                    stopped.get(&row.id).and_then(|it| it.category(line.category.as_str()))
                };
                let refused = match subjects.get(id) {
                    Some(row) => match stands_still(row) {
                        Some(reason) => refusal(reason, id),
                        None => {
                            people.push(row.id);
                            continue;
                        }
                    },
                    None if buried.contains(id) => LineError::Tombstoned(id.clone()),
                    None => LineError::UnknownSubject(id.clone()),
                };
                done.refuse(number, refused);
                continue 'lines;
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
            let data = Value::Object(std::mem::take(&mut line.data));
            let payload = Payload { id: line.id.clone(), data };
            let plain = serde_json::to_vec(&payload).map_err(Failure::corrupt)?;
            let digest = self.lookup.hash("payload", &plain);
            let record =
                Addressed { number, line, source_hash, plain, digest, people, organisation };
            good.push(record);
        }
        let deleted =
            self.deleted_records(good.iter().map(|record| record.source_hash.clone())).await?;
        if !deleted.is_empty() {
            good.retain(|record| {
                let gone = deleted.contains(&record.source_hash);
                if gone {
                    done.refuse(record.number, LineError::RecordGone(record.line.id.clone()));
                }
                !gone
            });
        }
        // Everybody writes in one order, so that of two with the same records one waits
        // for the other, and not both.
        good.sort_by(|one, other| one.source_hash.cmp(&other.source_hash));
        Ok(good)
    }

    async fn known_records(
        &self,
        records: &[Addressed],
    ) -> Result<HashMap<Vec<u8>, Known>, Failure> {
        let hashes = records.iter().map(|record| record.source_hash.clone());
        let column = records::Column::SourceHash;
        let rows: Vec<Known> =
            self.tx.rows_by::<records::Entity, _>(column, hashes, &Known::COLUMNS).await?;
        Ok(rows.into_iter().map(|row| (row.source_hash.clone(), row)).collect())
    }

    /// Locks the records that are to be changed, and reads them again: somebody else
    /// may have changed them in between.
    async fn hold_changed(
        &self,
        records: &[Addressed],
        known: &mut HashMap<Vec<u8>, Known>,
    ) -> Result<(), Failure> {
        let mut changed = Vec::new();
        for record in records {
            if known.get(&record.source_hash).is_some_and(|row| !record.is_same_as(row)) {
                known.remove(&record.source_hash);
                changed.push(record.source_hash.clone());
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let column = records::Column::SourceHash;
        let rows: Vec<Known> =
            self.tx.rows_locked_by::<records::Entity, _>(column, changed, &Known::COLUMNS).await?;
        known.extend(rows.into_iter().map(|row| (row.source_hash.clone(), row)));
        Ok(())
    }

    /// The keys of whom these records are about, or on whose behalf they are held.
    async fn keys_of(&self, records: &[Addressed]) -> Result<HashMap<Named, DataKey>, Failure> {
        let (mut of_people, mut of_organisations): (Vec<Named>, Vec<Named>) = Default::default();
        for record in records {
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
        Ok(keys)
    }

    fn seal_all(
        &self,
        records: Vec<Addressed>,
        known: &HashMap<Vec<u8>, Known>,
        keys: &HashMap<Named, DataKey>,
        done: &mut Outcomes,
    ) -> Result<Sealed, Failure> {
        let mut all = Sealed::default();
        for record in records {
            let number = record.number;
            let before = known.get(&record.source_hash);
            if let Some(row) = before.filter(|row| record.is_same_as(row)) {
                if row.source_digest.is_some() && row.digest == record.digest {
                    all.taken_over.push(row.id);
                }
                done.note(number, Outcome::Unchanged);
                continue;
            }
            let id = before.map_or_else(Uuid::now_v7, |row| row.id);
            let (sealed, parties) = self.seal_record(&record, id, keys)?;
            all.parties.extend(parties);
            let row = records::ActiveModel {
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
                digest: Set(record.digest),
                source_digest: Set(None),
                ..Default::default()
            };
            if before.is_some() {
                all.replaced.push(id);
                all.changed.push(row);
                done.note(number, Outcome::Updated);
            } else {
                all.fresh.push(row);
                done.note(number, Outcome::Created);
            }
        }
        Ok(all)
    }

    /// Seals a payload: for the organisation on whose behalf it is held, for the
    /// one person whom it is about, or with a key of its own that is wrapped for
    /// each of several people.
    fn seal_record(
        &self,
        record: &Addressed,
        id: Uuid,
        keys: &HashMap<Named, DataKey>,
    ) -> Result<(Vec<u8>, Vec<record_parties::ActiveModel>), Failure> {
        let (tenant, plain) = (self.scope.tenant, record.plain.as_slice());
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

    async fn write(&self, sealed: Sealed) -> Result<(), Failure> {
        if !sealed.replaced.is_empty() {
            let replaced = record_parties::Column::RecordId.is_in(sealed.replaced);
            self.tx.delete(record_parties::Entity::delete_many().filter(replaced)).await?;
            self.tx.put_many(sealed.changed, &in_its_place()).await?;
        }
        self.tx.insert_many(sealed.fresh).await?;
        self.tx.insert_many(sealed.parties).await?;
        self.take_over(sealed.taken_over).await
    }

    /// The source says what the person does: from now on it is heard again, even if
    /// it says what it had said before.
    async fn take_over(&self, records: Vec<Uuid>) -> Result<(), Failure> {
        if records.is_empty() {
            return Ok(());
        }
        let update = records::Entity::update_many()
            .col_expr(records::Column::SourceDigest, Expr::value(None::<Vec<u8>>))
            .filter(records::Column::Id.is_in(records));
        self.tx.update(update).await?;
        Ok(())
    }
}

/// What a source tells anew of a record that is held.
fn in_its_place() -> OnConflict {
    OnConflict::columns([records::Column::TenantId, records::Column::Id])
        .update_columns([
            records::Column::SubjectId,
            records::Column::OrganisationId,
            records::Column::Category,
            records::Column::Kind,
            records::Column::Source,
            records::Column::OccurredOn,
            records::Column::Sealed,
            records::Column::Digest,
            records::Column::SourceDigest,
        ])
        .to_owned()
}
