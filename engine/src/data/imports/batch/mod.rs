//! Writing many lines at once: each kind of thing is looked up, sealed and
//! inserted together.

mod accounts;
mod address;
mod events;
mod joined;
mod lookup;
mod organisations;
mod records;
mod rounds;
mod sealing;
mod subjects;

use domain::endings::Endings;
use domain::grants::Telling;

use self::rounds::Rounds;
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
        macro_rules! take {
            ($lines:expr, $id:expr, $write:ident) => {
                let mut rounds = Rounds::of($lines, $id);
                while let Some(some) = rounds.next() {
                    let mut round = Outcomes::default();
                    desk.$write(some, &mut round).await?;
                    rounds.judge(round, done);
                }
            };
        }
        take!(self.organisations, |line| line.id.clone(), organisations);
        take!(self.subjects, |line| line.id.clone(), subjects);
        take!(self.accounts, |line| line.subject.clone(), accounts);
        take!(self.records, RecordLine::named, records);
        take!(self.events, |line| line.id.clone(), events);
        Ok(())
    }
}

impl Desk<'_> {
    /// Refuses what the token may not tell.
    fn may_tell(&self, telling: Telling) -> Result<(), LineError> {
        self.scope.tells(telling).map_err(LineError::NotGranted)
    }
}
