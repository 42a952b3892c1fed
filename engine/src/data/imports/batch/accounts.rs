//! Writing accounts: how people signed in where they come from.

use domain::holds::Reason;
use domain::roles::Role;

use super::lookup::refusal;
use super::{Desk, Numbered};
use crate::data::holds::Stopped;
use crate::data::imports::line::{AccountLine, LineError};
use crate::data::imports::outcome::{Outcome, Outcomes};
use crate::people::accounts::{AccountError, has_account, insert_account};
use crate::platform::failure::Failure;
use crate::platform::scope::Actor;
use crate::platform::storage::subjects;

impl Desk<'_> {
    /// Creates accounts where there is none. What people have changed here since,
    /// their address or their password, is never set back by an import.
    pub(super) async fn accounts(
        &self,
        lines: Vec<Numbered<AccountLine>>,
        done: &mut Outcomes,
    ) -> Result<(), Failure> {
        let subjects =
            self.held_subjects(lines.iter().map(|(_, line)| line.subject.as_str())).await?;
        let stopped = self.stopped(&subjects).await?;
        for (number, line) in lines {
            let Some(subject) = subjects.get(&line.subject) else {
                done.refuse(number, LineError::UnknownSubject(line.subject));
                continue;
            };
            if subject.joined_into.is_some() {
                match self.joined_account(subject, &line.subject).await? {
                    Ok(outcome) => done.note(number, outcome),
                    Err(refused) => done.refuse(number, refused),
                }
                continue;
            }
            let stopped = stopped.get(&subject.id).and_then(Stopped::wholly);
            if subject.erased_at.is_some() || stopped == Some(Reason::Erasure) {
                done.refuse(number, LineError::Tombstoned(line.subject));
                continue;
            }
            if has_account(self.tx, subject.id).await? {
                done.note(number, Outcome::Unchanged);
                continue;
            }
            if let Some(reason) = stopped {
                done.refuse(number, refusal(reason, &line.subject));
                continue;
            }
            if !self.is_theirs(subject, &line) {
                done.refuse(number, LineError::NotTheirAddress(line.subject));
                continue;
            }
            let who = (Role::Customer, Some(subject.id));
            let made =
                insert_account(self.engine, self.tx, self.scope, &line.email, who, line.bcrypt);
            match made.await {
                Ok(_) => done.note(number, Outcome::Created),
                Err(AccountError::Failure(failure)) => return Err(failure),
                Err(_) => done.refuse(number, LineError::AddressTaken),
            }
        }
        Ok(())
    }

    /// Whether an account opens nothing to another address than the person's: it has
    /// that very address, or nothing was known of the person before this very call. The
    /// operator may vouch for any.
    fn is_theirs(&self, subject: &subjects::Model, line: &AccountLine) -> bool {
        self.scope.actor == Actor::Operator
            || subject.created_at == self.scope.now
            || subject.email_hash == Some(self.hash("email", &line.email.folded()))
    }
}
