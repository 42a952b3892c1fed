//! One line of an import.

use domain::consents::{self, Consent};
use domain::endings::Endings;
use domain::grants::{Grant, Telling};
use domain::identifiers::{EmailAddress, Slug};
use domain::json::{DATA, NotText, TooMuch, Unreadable, read};
use domain::nearest::{Meant, nearest};
use domain::passwords::find_password;
use domain::policy::Facts;
use domain::policy::facts::{Capacity, named};
use domain::texts::{ID, Limit, NAME, Unfit, check_all};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A line, by its `type`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Line {
    /// A customer of the tenant that has several subjects.
    Organisation(OrganisationLine),
    /// A person.
    Subject(SubjectLine),
    /// How a person signs in.
    Account(AccountLine),
    /// Something held.
    Record(RecordLine),
    /// Something that starts or stops a retention period.
    Event(EventLine),
}

/// `{"type":"organisation","id":…,"name":…}`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationLine {
    /// The tenant's own id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// `{"type":"subject","id":…,"email":…,"name":…,"organisation":…}`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectLine {
    /// The tenant's own id.
    pub id: String,
    /// The address, if known.
    pub email: Option<EmailAddress>,
    /// The name, if known.
    pub name: Option<String>,
    /// The tenant's own id of the organisation.
    pub organisation: Option<String>,
    /// Whether the person sees what is held on its behalf.
    #[serde(default, rename = "organisation-admin")]
    pub organisation_admin: bool,
}

/// `{"type":"account","subject":…,"email":…,"bcrypt":…}`
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountLine {
    /// The tenant's own id of the person.
    pub subject: String,
    /// The address to sign in with, which the tenant has verified.
    pub email: EmailAddress,
    /// The password's hash, as the tenant has it; without one the person chooses
    /// a password by a mailed link.
    pub bcrypt: Option<String>,
}

impl std::fmt::Debug for AccountLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountLine").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// `{"type":"record","id":…,"category":…,"kind":…,"date":…,"subjects":[…],"data":{…}}`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLine {
    /// The source's own id.
    pub id: String,
    /// A category of the policy.
    pub category: Slug,
    /// What it looks like.
    pub kind: Slug,
    /// The record's own date.
    pub date: Date,
    /// The tenant's own ids of the people whom it is about.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// The organisation on whose behalf it is held.
    pub organisation: Option<String>,
    /// A source of the policy.
    pub source: Slug,
    /// The data, by field.
    pub data: Map<String, Value>,
}

/// `{"type":"event","id":…,"name":…,"date":…,"subject":…}`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLine {
    /// The source's own id.
    pub id: String,
    /// As a retention rule names it.
    pub name: Slug,
    /// When it happened.
    pub date: Date,
    /// The person it concerns.
    pub subject: Option<String>,
    /// The organisation it concerns.
    pub organisation: Option<String>,
}

/// Why a line is not taken. Shown with its number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Not text in UTF-8.
    #[error(transparent)]
    NotText(NotText),
    /// Lines that end as those of old Macintoshes do, so that all of them are one.
    #[error("lines end with CR alone: end each with LF, or CR and LF")]
    Returns,
    /// Too long to be one thing held.
    #[error("longer than {} kB", super::MAX_LINE / 1000)]
    TooLong,
    /// Not the JSON of a line.
    #[error("{0}")]
    Malformed(String),
    /// More of it than one thing held can have.
    #[error("{0}")]
    TooMuch(TooMuch),
    /// A text that cannot be taken, and the field that it stands in.
    #[error("“{field}” {why}")]
    Text {
        /// The field: its name, or its place in the data as a JSON pointer.
        field: String,
        /// What is wrong, without the text.
        why: Unfit,
    },
    /// A category that the policy does not declare.
    #[error("the policy in force has no category “{0}”{1}")]
    UnknownCategory(Slug, Meant),
    /// A category that cannot be linked to a person.
    #[error(
        "the category “{0}” is declared as not linked to a person, so no records of it are taken"
    )]
    NotLinked(Slug),
    /// A source that the policy does not declare.
    #[error("the policy in force has no source “{0}”{1}")]
    UnknownSource(Slug, Meant),
    /// An event that no rule waits for.
    #[error(
        "no rule of the policy waits for an event “{0}”{1}{hint}",
        hint = if *.1 == Meant::default() { "; begin the name of one of your own with “x-”" } else { "" }
    )]
    UnknownEvent(Slug, Meant),
    /// Consent to something that the policy does not name.
    #[error("the policy in force has no purpose “{0}”{1}")]
    UnknownPurpose(String, Meant),
    /// Held on behalf of an organisation that is not named.
    #[error("the category “{0}” is held on behalf of an organisation: name it in “organisation”")]
    OrganisationMissing(Slug),
    /// An organisation that has no say in this category.
    #[error(
        "the category “{0}” is not held on behalf of an organisation: leave “organisation” out"
    )]
    OrganisationUnexpected(Slug),
    /// About nobody.
    #[error("name whom it is about in “subjects”")]
    NobodyNamed,
    /// More people than a record can be about.
    #[error("a record can be about at most 50 people")]
    TooManyPeople,
    /// A person whom no earlier line and no earlier import named.
    #[error("no subject “{0}” is known: name it in an earlier line")]
    UnknownSubject(String),
    /// The same of an organisation.
    #[error("no organisation “{0}” is known: name it in an earlier line")]
    UnknownOrganisation(String),
    /// An event of neither a person nor an organisation, or of both.
    #[error("name either “subject” or “organisation”")]
    EventOfNobody,
    /// A password or its hash, which is no personal data to show or export (L1).
    #[error("{0}: a password or its hash is not held here")]
    Password(String),
    /// A kind that is neither published nor the tenant's own.
    #[error(
        "there is no kind “{0}”{1}{hint}",
        hint = if *.1 == Meant::default() { ": use a published one, or begin the name of your own with “x-”" } else { "" }
    )]
    UnknownKind(String, Meant),
    /// Data that is not what its kind says.
    #[error("{place}: {mistake} (kind “{kind}”)")]
    Schema {
        /// The kind.
        kind: String,
        /// Where in the data.
        place: String,
        /// What is wrong, without the value.
        mistake: String,
    },
    /// A date that cannot be meant.
    #[error("the date {0} is more than a day in the future")]
    Future(Date),
    /// Not a hash that bcrypt can check, or one that takes too long.
    #[error("“bcrypt” must be a hash such as “$2b$12$…”, of 60 characters and cost 4 to 16")]
    Bcrypt,
    /// Somebody else signs in with this address.
    #[error("another account has this address already")]
    AddressTaken,
    /// Something that the token may not tell.
    #[error("this needs a token with the grant “{}”", .0.name())]
    NotGranted(Grant),
    /// An account that would open what is held about somebody to another address.
    #[error(
        "the account’s address is not the one that is known of “{0}”: tell of that first, and of the account once it counts"
    )]
    NotTheirAddress(String),
    /// An address that the person has said is not theirs.
    #[error("“{0}” has said by the link that was mailed that this address is not theirs")]
    AddressStopped(String),
    /// A person whose data is only kept for now (L13).
    #[error(
        "“{0}” is frozen until somebody at the desk has looked at a report; send it again then"
    )]
    Paused(String),
    /// Who somebody is, told by an id that they had before they were joined with another.
    #[error("“{id}” was joined with “{now}”: tell by that id who the person is")]
    Joined {
        /// The id.
        id: String,
        /// The one by which the person is known now.
        now: String,
    },
    /// A person whose data was erased.
    #[error("“{0}” was erased and is not brought back")]
    Tombstoned(String),
    /// A record that was deleted since it is gone at its source.
    #[error("the record “{0}” was deleted, as its source is rid of it, and is not brought back")]
    RecordGone(String),
}

impl LineError {
    /// A name for it that does not change with its wording.
    pub fn code(&self) -> &'static str {
        match self {
            LineError::NotText(_) | LineError::Malformed(_) | LineError::Returns => "malformed",
            LineError::TooLong => "too-long",
            LineError::TooMuch(_) => "too-much",
            LineError::Text { why: Unfit::Card(_) | Unfit::CardField(_), .. } => "card-number",
            // How an id is wrong makes no difference to whoever sent it.
            LineError::Text { field, .. } if names_an_id(field) => "bad-id",
            LineError::Text { why: Unfit::Empty, .. } => "bad-id",
            LineError::Text { why: Unfit::TooLong(_), .. } => "too-long",
            LineError::Text { why: Unfit::Control, .. } => "control-characters",
            LineError::UnknownCategory(..) => "unknown-category",
            LineError::NotLinked(_) => "not-linked",
            LineError::UnknownSource(..) => "unknown-source",
            LineError::OrganisationMissing(_) => "organisation-missing",
            LineError::OrganisationUnexpected(_) => "organisation-unexpected",
            LineError::NobodyNamed => "nobody-named",
            LineError::TooManyPeople => "too-many-people",
            LineError::UnknownSubject(_) => "unknown-subject",
            LineError::UnknownOrganisation(_) => "unknown-organisation",
            LineError::EventOfNobody => "event-of-nobody",
            LineError::UnknownEvent(..) => "unknown-event",
            LineError::UnknownPurpose(..) => "unknown-purpose",
            LineError::Password(_) => "password",
            LineError::UnknownKind(..) => "unknown-kind",
            LineError::Schema { .. } => "schema",
            LineError::RecordGone(_) => "record-gone",
            LineError::Future(_) => "future-date",
            LineError::Bcrypt => "bad-hash",
            LineError::AddressTaken => "address-taken",
            LineError::Joined { .. } => "joined",
            LineError::Tombstoned(_) => "erased",
            LineError::Paused(_) => "paused",
            LineError::NotGranted(_) => "not-granted",
            LineError::NotTheirAddress(_) => "not-their-address",
            LineError::AddressStopped(_) => "address-stopped",
        }
    }
}

impl From<Unreadable> for LineError {
    fn from(error: Unreadable) -> LineError {
        match error {
            Unreadable::NotText(not) => LineError::NotText(not),
            Unreadable::TooMuch(too_much) => LineError::TooMuch(too_much),
            Unreadable::Malformed(error) => {
                let mut told = error.to_string().replace(" at line 1", " at");
                // It quotes what it did not expect, however long that is.
                if told.len() > LONGEST_TOLD {
                    told.truncate(told.floor_char_boundary(LONGEST_TOLD));
                    told.push('…');
                }
                LineError::Malformed(told)
            }
        }
    }
}

/// The longest answer to a line that cannot be read, in bytes.
const LONGEST_TOLD: usize = 300;
/// What the fields are called that hold an id of the tenant's.
const IDS: [&str; 4] = ["id", "subject", "subjects", "organisation"];

fn names_an_id(field: &str) -> bool {
    IDS.contains(&field)
}

/// Whether an id of the tenant's own can be taken.
///
/// # Errors
/// What is wrong with it, by the field.
pub(crate) fn check_id(field: &str, id: &str) -> Result<(), LineError> {
    check_text(field, id, ID)
}

fn check_text(field: &str, text: &str, limit: Limit) -> Result<(), LineError> {
    limit.check(text).map_err(|why| LineError::Text { field: field.to_owned(), why })
}

impl Line {
    /// Reads a line; what it says is not checked yet.
    pub(super) fn read(bytes: &[u8]) -> Result<Line, LineError> {
        // Between values a return is as good as a space: one line with it is read.
        read(bytes, &DATA).map_err(|error| match error {
            Unreadable::Malformed(_) if bytes.contains(&b'\r') => LineError::Returns,
            other => other.into(),
        })
    }

    /// What it tells, as far as that can be seen without the database.
    pub fn telling(&self, endings: &Endings) -> Telling {
        match self {
            Line::Organisation(_) => Telling::Organisation,
            Line::Subject(_) => Telling::Person,
            Line::Account(_) => Telling::Account,
            Line::Record(_) => Telling::Record,
            Line::Event(line) => endings.telling(None, line.name.as_str()),
        }
    }

    /// Its texts, each with its field and how long it may be. Every field is named here,
    /// so that a new one is not forgotten.
    fn texts(&self) -> Vec<(&'static str, &str, Limit)> {
        fn some<'t>(
            field: &'static str,
            text: Option<&'t str>,
            limit: Limit,
        ) -> Option<(&'static str, &'t str, Limit)> {
            text.map(|text| (field, text, limit))
        }
        fn address(email: &EmailAddress) -> (&'static str, &str, Limit) {
            ("email", email.as_str(), ADDRESS)
        }
        match self {
            Line::Organisation(OrganisationLine { id, name }) => {
                vec![("id", id, ID), ("name", name, NAME)]
            }
            Line::Subject(line) => {
                let SubjectLine { id, email, name, organisation, organisation_admin: _ } = line;
                let more = [
                    email.as_ref().map(address),
                    some("name", name.as_deref(), NAME),
                    some("organisation", organisation.as_deref(), ID),
                ];
                [("id", id.as_str(), ID)].into_iter().chain(more.into_iter().flatten()).collect()
            }
            Line::Account(AccountLine { subject, email, bcrypt: _ }) => {
                vec![("subject", subject, ID), address(email)]
            }
            Line::Record(line) => {
                // The data is looked through as a whole; category and source are the policy's.
                let RecordLine {
                    id,
                    category: _,
                    kind,
                    date: _,
                    subjects,
                    organisation,
                    source: _,
                    data: _,
                } = line;
                let people = subjects.iter().map(|id| ("subjects", id.as_str(), ID));
                [("id", id.as_str(), ID), ("kind", kind.as_str(), ID)]
                    .into_iter()
                    .chain(people)
                    .chain(some("organisation", organisation.as_deref(), ID))
                    .collect()
            }
            Line::Event(EventLine { id, name, date: _, subject, organisation }) => {
                let more = [
                    some("subject", subject.as_deref(), ID),
                    some("organisation", organisation.as_deref(), ID),
                ];
                [("id", id.as_str(), ID), ("name", name.as_str(), ID)]
                    .into_iter()
                    .chain(more.into_iter().flatten())
                    .collect()
            }
        }
    }

    pub(super) fn check(
        &self,
        facts: &Facts,
        endings: &Endings,
        today: Date,
    ) -> Result<(), LineError> {
        for (field, text, limit) in self.texts() {
            check_text(field, text, limit)?;
        }
        match self {
            Line::Organisation(_) | Line::Subject(_) => Ok(()),
            Line::Account(line) if line.bcrypt.as_deref().is_some_and(|hash| !is_bcrypt(hash)) => {
                Err(LineError::Bcrypt)
            }
            Line::Account(_) => Ok(()),
            Line::Record(line) => line.check(facts, today),
            Line::Event(line) => line.check(endings, today),
        }
    }
}

/// An address has its own limit (RFC 5321, 4.5.3.1.3); here it is looked at for cards.
const ADDRESS: Limit = Limit::line(254);

/// What counts for a purpose names one that the policy has.
fn check_consent(consent: &Consent, facts: &Facts, today: Date) -> Result<(), LineError> {
    check_date(consent.on, today)?;
    let purposes = || facts.purposes.iter().map(|purpose| purpose.id.as_str());
    if purposes().any(|purpose| purpose == consent.purpose) {
        return Ok(());
    }
    let meant = nearest(&consent.purpose, purposes());
    Err(LineError::UnknownPurpose(consent.purpose.chars().take(100).collect(), meant))
}

/// Clocks of two systems may differ by a day, not more.
pub(crate) fn check_date(date: Date, today: Date) -> Result<(), LineError> {
    match today.tomorrow() {
        Ok(tomorrow) if date > tomorrow => Err(LineError::Future(date)),
        _ => Ok(()),
    }
}

impl EventLine {
    fn check(&self, endings: &Endings, today: Date) -> Result<(), LineError> {
        check_date(self.date, today)?;
        if !endings.know(self.name.as_str()) {
            let meant = nearest(self.name.as_str(), endings.names());
            return Err(LineError::UnknownEvent(self.name.clone(), meant));
        }
        if self.subject.is_some() == self.organisation.is_some() {
            return Err(LineError::EventOfNobody);
        }
        Ok(())
    }
}

fn is_bcrypt(hash: &str) -> bool {
    let parts = hash.parse::<bcrypt::HashParts>();
    hash.len() == 60 && parts.is_ok_and(|parts| (4..=16).contains(&parts.get_cost()))
}

impl RecordLine {
    /// What makes it one and the same: its source and the source's own id.
    pub(super) fn named(&self) -> String {
        format!("{}\0{}", self.source, self.id)
    }

    fn check(&self, facts: &Facts, today: Date) -> Result<(), LineError> {
        check_date(self.date, today)?;
        let category = named(&facts.categories, &self.category).ok_or_else(|| {
            let known = facts.categories.iter().map(|it| it.id.as_str());
            LineError::UnknownCategory(
                self.category.clone(),
                nearest(self.category.as_str(), known),
            )
        })?;
        if !category.linked {
            return Err(LineError::NotLinked(self.category.clone()));
        }
        if named(&facts.sources, &self.source).is_none() {
            let known = facts.sources.iter().map(|it| it.id.as_str());
            let meant = nearest(self.source.as_str(), known);
            return Err(LineError::UnknownSource(self.source.clone(), meant));
        }
        match (category.role, &self.organisation) {
            (Capacity::Processor, None) => {
                return Err(LineError::OrganisationMissing(self.category.clone()));
            }
            (Capacity::Controller, Some(_)) => {
                return Err(LineError::OrganisationUnexpected(self.category.clone()));
            }
            (Capacity::Controller, None) if self.subjects.is_empty() => {
                return Err(LineError::NobodyNamed);
            }
            _ => {}
        }
        if self.subjects.len() > 50 {
            return Err(LineError::TooManyPeople);
        }
        let data = Value::Object(self.data.clone());
        check_all(&data).map_err(|(field, why)| LineError::Text { field, why })?;
        if let Some(place) = find_password(&data) {
            return Err(LineError::Password(place));
        }
        super::kinds::check(self.kind.as_str(), &data)?;
        if self.kind.as_str() == consents::KIND
            && let Some(consent) = Consent::read(&data, self.date)
        {
            check_consent(&consent, facts, today)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use bolero::check;
    use jiff::civil::date;

    use super::*;
    use crate::data::imports::read_line;

    /// Lines of any bytes: they are taken or told why not, and never more than that.
    #[test]
    fn no_line_is_too_strange() {
        let facts = Facts::default();
        check!().for_each(|input: &[u8]| {
            let mut input = input;
            while let Ok(Some((line, _))) = read_line(&mut input) {
                if let crate::data::imports::RawLine::Whole(line) = line {
                    let line = Line::read(&line);
                    let endings = Endings::default();
                    let _ = line.and_then(|line| line.check(&facts, &endings, date(2026, 11, 21)));
                }
            }
        });
    }

    /// Records of any text: what passes has no control characters and fits its kind.
    #[test]
    fn no_record_is_too_strange() {
        check!().with_type::<(String, String, i64)>().for_each(|(name, text, number)| {
            let data = serde_json::json!({ name.clone(): text, "name": number, "more": [text] });
            let found = check_all(&data).is_err();
            let strange = |text: &str| {
                text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            };
            assert!(found || !strange(name) && !strange(text));
            let _ = super::super::kinds::check("profile", &data);
        });
    }
}
