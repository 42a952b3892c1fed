//! Finding what lines refer to, many at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::holds::{Act, Reason};
use sea_orm::{EntityTrait, QuerySelect};
use uuid::Uuid;

use super::Desk;
use crate::data::holds::{Stopped, stopped};
use crate::data::imports::line::LineError;
use crate::people::subjects::now_kept;
use crate::platform::failure::Failure;
use crate::platform::storage::{organisations, subjects, tombstones};

impl Desk<'_> {
    /// Which of these subjects were erased.
    pub(super) async fn tombstoned(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashSet<String>, Failure> {
        let by_hash = self.by_hash("subject", ids);
        let column = tombstones::Column::SourceHash;
        let rows = self.tx.all_by::<tombstones::Entity>(column, by_hash.keys().cloned()).await?;
        Ok(rows.into_iter().filter_map(|row| by_hash.get(&row.source_hash).cloned()).collect())
    }

    /// Which of these records were deleted because their source is rid of them. Asked for
    /// once those whom they are about are held.
    pub(super) async fn deleted_records(
        &self,
        hashes: impl Iterator<Item = Vec<u8>>,
    ) -> Result<HashSet<Vec<u8>>, Failure> {
        // Most tenants have none.
        if self.tx.one(tombstones::Entity::find().limit(1)).await?.is_none() {
            return Ok(HashSet::new());
        }
        let column = tombstones::Column::SourceHash;
        let rows = self.tx.all_by::<tombstones::Entity>(column, hashes).await?;
        Ok(rows.into_iter().map(|row| row.source_hash).collect())
    }

    /// Whom these ids lead to: whoever was joined with another is that one.
    pub(super) async fn known_subjects(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashMap<String, subjects::Model>, Failure> {
        let by_hash = self.by_hash("subject", ids);
        let column = subjects::Column::SourceHash;
        // An erasure waits until this import is done, and the other way round.
        let rows = self.tx.all_kept_by::<subjects::Entity>(column, by_hash.keys().cloned()).await?;
        let named = |row: subjects::Model| Some((by_hash.get(&row.source_hash)?.clone(), row));
        let mut people = rows.into_iter().filter_map(named).collect();
        now_kept(self.tx, &mut people).await?;
        Ok(people)
    }

    /// Of whom nothing new is taken in now.
    pub(super) async fn stopped(
        &self,
        people: &HashMap<String, subjects::Model>,
    ) -> Result<HashMap<Uuid, Stopped>, Failure> {
        stopped(self.tx, self.scope.now, people.values(), Act::NewData).await
    }

    /// The rows of these ids, which nobody else changes before this transaction ends.
    pub(super) async fn held_subjects(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashMap<String, subjects::Model>, Failure> {
        let by_hash = self.by_hash("subject", ids);
        let column = subjects::Column::SourceHash;
        let rows =
            self.tx.all_locked_by::<subjects::Entity>(column, by_hash.keys().cloned()).await?;
        let named = |row: subjects::Model| Some((by_hash.get(&row.source_hash)?.clone(), row));
        Ok(rows.into_iter().filter_map(named).collect())
    }

    pub(super) async fn organisation_ids(
        &self,
        ids: impl Iterator<Item = &str>,
    ) -> Result<HashMap<String, Uuid>, Failure> {
        let by_hash = self.by_hash("organisation", ids);
        let column = organisations::Column::SourceHash;
        // Whoever deletes what is held on its behalf waits, as for people.
        let hashes = by_hash.keys().cloned();
        let rows = self.tx.all_kept_by::<organisations::Entity>(column, hashes).await?;
        let named =
            |row: organisations::Model| Some((by_hash.get(&row.source_hash)?.clone(), row.id));
        Ok(rows.into_iter().filter_map(named).collect())
    }

    /// Each id once, with its hash, in the order in which everybody locks.
    fn by_hash<'b>(
        &self,
        what: &str,
        ids: impl Iterator<Item = &'b str>,
    ) -> BTreeMap<Vec<u8>, String> {
        let once: HashSet<&str> = ids.collect();
        once.into_iter().map(|id| (self.hash(what, id), id.to_owned())).collect()
    }

    pub(super) fn hash(&self, what: &str, text: &str) -> Vec<u8> {
        self.lookup.hash(what, text.as_bytes())
    }
}

/// What a line is told that brings something new about somebody of whom nothing new
/// is taken in. Whose erasure is under way does not come back.
pub(super) fn refusal(reason: Reason, id: &str) -> LineError {
    match reason {
        Reason::Erasure => LineError::Tombstoned(id.to_owned()),
        _ => LineError::Paused(id.to_owned()),
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
