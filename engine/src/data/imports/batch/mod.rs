//! Writing many lines at once: each kind of thing is looked up, sealed and
//! inserted together.

mod accounts;
mod address;
mod events;
mod joined;
mod lookup;
mod organisations;
mod records;
mod sealing;
mod subjects;

use domain::endings::Endings;
use domain::grants::Telling;

use self::lookup::last_good_of_each;
use super::line::{
    AccountLine, EventLine, Line, LineError, OrganisationLine, RecordLine, SubjectLine,
};
use super::outcome::Outcomes;
use super::rules::Rules;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::{DataKey, Remembered};
use crate::platform::scope::Scope;
use crate::platform::tenancy::WriteTx;

type Numbered<T> = (u64, T);

/// Good lines, by type. Organisations are written before subjects, and both
/// before what refers to them.
#[derive(Clone, Default)]
pub(super) struct Batch {
    organisations: Vec<Numbered<OrganisationLine>>,
    subjects: Vec<Numbered<SubjectLine>>,
    accounts: Vec<Numbered<AccountLine>>,
    records: Vec<Numbered<RecordLine>>,
    events: Vec<Numbered<EventLine>>,
}

/// What the writing of a batch needs at hand.
struct Desk<'a> {
    engine: &'a Engine,
    scope: &'a Scope,
    tx: &'a WriteTx,
    lookup: DataKey,
    endings: &'a Endings,
    remembered: &'a Remembered,
}

impl Batch {
    pub(super) fn push(&mut self, number: u64, line: Line) {
        match line {
            Line::Organisation(line) => self.organisations.push((number, line)),
            Line::Subject(line) => self.subjects.push((number, line)),
            Line::Account(line) => self.accounts.push((number, line)),
            Line::Record(line) => self.records.push((number, line)),
            Line::Event(line) => self.events.push((number, line)),
        }
    }

    pub(super) async fn write(
        self,
        engine: &Engine,
        scope: &Scope,
        tx: &WriteTx,
        (rules, remembered): (&Rules, &Remembered),
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let lookup = engine.keyring.of_tenant(tx).await?.lookup;
        let endings = rules.endings.as_ref();
        let desk = Desk { engine, scope, tx, lookup, endings, remembered };
        let id = |line: &OrganisationLine| line.id.clone();
        last_good_of_each(self.organisations, done, id, async |some, done| {
            desk.organisations(some, done).await
        })
        .await?;
        let id = |line: &SubjectLine| line.id.clone();
        last_good_of_each(self.subjects, done, id, async |some, done| {
            desk.subjects(some, done).await
        })
        .await?;
        let id = |line: &AccountLine| line.subject.clone();
        last_good_of_each(self.accounts, done, id, async |some, done| {
            desk.accounts(some, done).await
        })
        .await?;
        last_good_of_each(self.records, done, RecordLine::named, async |some, done| {
            desk.records(some, done).await
        })
        .await?;
        let id = |line: &EventLine| line.id.clone();
        last_good_of_each(self.events, done, id, async |some, done| desk.events(some, done).await)
            .await
    }
}

impl Desk<'_> {
    /// Refuses what the token may not tell.
    fn may_tell(&self, telling: Telling) -> Result<(), LineError> {
        self.scope.tells(telling).map_err(LineError::NotGranted)
    }
}
