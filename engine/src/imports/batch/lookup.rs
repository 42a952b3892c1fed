//! Finding what lines refer to, many at once.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Desk, Numbered};
use crate::failure::Failure;
use crate::imports::outcome::{Outcome, Outcomes};
use crate::storage::{organisations, subjects, tombstones};

impl Desk<'_> {
    /// Which of these subjects were erased.
    pub(super) async fn tombstoned(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashSet<String>, Failure> {
        let by_hash = self.by_hash("subject", ids);
        let mut found = HashSet::new();
        for some in chunks(&by_hash) {
            let query =
                tombstones::Entity::find().filter(tombstones::Column::SourceHash.is_in(some));
            found.extend(
                self.tx
                    .all(query)
                    .await?
                    .into_iter()
                    .filter_map(|row| by_hash.get(&row.source_hash).cloned()),
            );
        }
        Ok(found)
    }

    pub(super) async fn known_subjects(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashMap<String, subjects::Model>, Failure> {
        let by_hash = self.by_hash("subject", ids);
        let mut found = HashMap::with_capacity(by_hash.len());
        for some in chunks(&by_hash) {
            // An erasure waits until this import is done, and the other way round.
            let query = subjects::Entity::find()
                .filter(subjects::Column::SourceHash.is_in(some))
                .lock(LockType::KeyShare);
            for row in self.tx.all(query).await? {
                if let Some(id) = by_hash.get(&row.source_hash) {
                    found.insert(id.clone(), row);
                }
            }
        }
        Ok(found)
    }

    pub(super) async fn organisation_ids(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashMap<String, Uuid>, Failure> {
        let by_hash = self.by_hash("organisation", ids);
        let mut found = HashMap::with_capacity(by_hash.len());
        for some in chunks(&by_hash) {
            let query =
                organisations::Entity::find().filter(organisations::Column::SourceHash.is_in(some));
            for row in self.tx.all(query).await? {
                if let Some(id) = by_hash.get(&row.source_hash) {
                    found.insert(id.clone(), row.id);
                }
            }
        }
        Ok(found)
    }

    pub(super) fn by_hash<'b>(
        &self,
        what: &str,
        ids: impl Iterator<Item = &'b str>,
    ) -> HashMap<Vec<u8>, String> {
        ids.map(|id| (self.hash(what, id), id.to_owned())).collect()
    }

    pub(super) fn hash(&self, what: &str, text: &str) -> Vec<u8> {
        self.lookup.hash(what, text.as_bytes())
    }
}

/// The organisation that a line names, if it names one; else the id that nobody
/// has told of.
pub(super) fn one_of(
    known: &HashMap<String, Uuid>,
    named: Option<&String>,
) -> Result<Option<Uuid>, String> {
    named.map(|id| known.get(id).copied().ok_or_else(|| id.clone())).transpose()
}

/// Of several lines with one id in a batch, the last is what is meant.
pub(super) fn last_of_each<T>(
    lines: Vec<Numbered<T>>,
    done: &mut Outcomes,
    id: impl Fn(&T) -> String,
) -> Vec<Numbered<T>> {
    let last: HashMap<String, u64> =
        lines.iter().map(|(number, line)| (id(line), *number)).collect();
    let (meant, earlier): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|(number, line)| last.get(&id(line)) == Some(number));
    for (number, _) in earlier {
        done.note(number, Outcome::Superseded);
    }
    meant
}

/// Both databases take a bounded number of values in one statement.
pub(super) fn chunks(by_hash: &HashMap<Vec<u8>, String>) -> Vec<Vec<Vec<u8>>> {
    let hashes: Vec<Vec<u8>> = by_hash.keys().cloned().collect();
    hashes.chunks(500).map(<[Vec<u8>]>::to_vec).collect()
}
