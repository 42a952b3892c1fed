//! One line of an import.

use domain::cards::{CardLike, find_card};
use domain::endings::Endings;
use domain::grants::{Grant, Telling};
use domain::harmless::has_controls;
use domain::identifiers::{EmailAddress, Slug};
use domain::json::{DATA, Step, TooMuch, Unreadable, find, read};
use domain::passwords::find_password;
use domain::policy::Facts;
use domain::policy::facts::{Capacity, named};
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
    /// Not text.
    #[error("not UTF-8 text")]
    NotText,
    /// Too long to be one thing held.
    #[error("longer than {} kB", super::MAX_LINE / 1000)]
    TooLong,
    /// Not the JSON of a line.
    #[error("{0}")]
    Malformed(String),
    /// More of it than one thing held can have.
    #[error("{0}")]
    TooMuch(TooMuch),
    /// An id that is empty or very long.
    #[error("every id must have 1 to 200 characters, none of them a control character")]
    Id,
    /// A name that is no name.
    #[error("“name” is longer than {LONGEST_NAME} bytes")]
    Name,
    /// A category that the policy does not declare.
    #[error("the policy in force has no category “{0}”")]
    UnknownCategory(Slug),
    /// A category that cannot be linked to a person.
    #[error(
        "the category “{0}” is declared as not linked to a person, so no records of it are taken"
    )]
    NotLinked(Slug),
    /// A source that the policy does not declare.
    #[error("the policy in force has no source “{0}”")]
    UnknownSource(Slug),
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
    /// Something that looks like card data (L2).
    #[error("{0}")]
    Card(String),
    /// A password or its hash, which is no personal data to show or export (L1).
    #[error("{0}: a password or its hash is not held here")]
    Password(String),
    /// A kind that is neither published nor the tenant's own.
    #[error("there is no kind “{0}”: use a published one, or begin the name of your own with “x-”")]
    UnknownKind(String),
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
    /// Invisible characters that text does not need and displays trip over.
    #[error("{0}: contains control characters")]
    Control(String),
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
}

impl LineError {
    /// A name for it that does not change with its wording.
    pub fn code(&self) -> &'static str {
        match self {
            LineError::NotText | LineError::Malformed(_) => "malformed",
            LineError::TooLong => "too-long",
            LineError::TooMuch(_) => "too-much",
            LineError::Id => "bad-id",
            LineError::Name => "too-long",
            LineError::UnknownCategory(_) => "unknown-category",
            LineError::NotLinked(_) => "not-linked",
            LineError::UnknownSource(_) => "unknown-source",
            LineError::OrganisationMissing(_) => "organisation-missing",
            LineError::OrganisationUnexpected(_) => "organisation-unexpected",
            LineError::NobodyNamed => "nobody-named",
            LineError::TooManyPeople => "too-many-people",
            LineError::UnknownSubject(_) => "unknown-subject",
            LineError::UnknownOrganisation(_) => "unknown-organisation",
            LineError::EventOfNobody => "event-of-nobody",
            LineError::Card(_) => "card-number",
            LineError::Password(_) => "password",
            LineError::UnknownKind(_) => "unknown-kind",
            LineError::Schema { .. } => "schema",
            LineError::Control(_) => "control-characters",
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
/// The longest name of a person or an organisation, in bytes.
const LONGEST_NAME: usize = 1_000;

impl Line {
    /// Reads a line; what it says is not checked yet.
    pub(super) fn read(bytes: &[u8]) -> Result<Line, LineError> {
        let text = std::str::from_utf8(bytes).map_err(|_| LineError::NotText)?;
        Ok(read(text.as_bytes(), &DATA)?)
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

    /// The tenant's own ids in it: of what it is, and of whom it names.
    fn ids(&self) -> impl Iterator<Item = &str> {
        let (id, people, more): (_, &[String], [Option<&String>; 2]) = match self {
            Line::Organisation(line) => (&line.id, &[], [None, None]),
            Line::Subject(line) => (&line.id, &[], [line.organisation.as_ref(), None]),
            Line::Account(line) => (&line.subject, &[], [None, None]),
            Line::Record(line) => (&line.id, &line.subjects, [line.organisation.as_ref(), None]),
            Line::Event(line) => {
                (&line.id, &[], [line.subject.as_ref(), line.organisation.as_ref()])
            }
        };
        [id].into_iter().chain(people).chain(more.into_iter().flatten()).map(String::as_str)
    }

    pub(super) fn check(&self, facts: &Facts, today: Date) -> Result<(), LineError> {
        if !self.ids().all(is_id) {
            return Err(LineError::Id);
        }
        let (name, date) = match self {
            Line::Organisation(line) => (Some(&line.name), today),
            Line::Subject(line) => (line.name.as_ref(), today),
            Line::Account(_) => (None, today),
            Line::Record(line) => (None, line.date),
            Line::Event(line) => (None, line.date),
        };
        if name.is_some_and(|name| name.len() > LONGEST_NAME) {
            return Err(LineError::Name);
        }
        // Clocks of two systems may differ by a day, not more.
        if today.tomorrow().is_ok_and(|tomorrow| date > tomorrow) {
            return Err(LineError::Future(date));
        }
        match self {
            Line::Organisation(_) | Line::Subject(_) => Ok(()),
            Line::Account(line) if line.bcrypt.as_deref().is_some_and(|hash| !is_bcrypt(hash)) => {
                Err(LineError::Bcrypt)
            }
            Line::Account(_) => Ok(()),
            Line::Record(line) => line.check(facts),
            Line::Event(line) if line.subject.is_some() == line.organisation.is_some() => {
                Err(LineError::EventOfNobody)
            }
            Line::Event(_) => Ok(()),
        }
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().count() <= 200 && !id.chars().any(char::is_control)
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

    fn check(&self, facts: &Facts) -> Result<(), LineError> {
        let category = named(&facts.categories, &self.category)
            .ok_or_else(|| LineError::UnknownCategory(self.category.clone()))?;
        if !category.linked {
            return Err(LineError::NotLinked(self.category.clone()));
        }
        if named(&facts.sources, &self.source).is_none() {
            return Err(LineError::UnknownSource(self.source.clone()));
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
        if let Some((place, card)) = find_card(&data) {
            let other = match card {
                CardLike::Number(_) => {
                    "; if it is another number, such as an order’s, put a letter before it"
                }
                CardLike::Field(_) => "",
            };
            return Err(LineError::Card(format!("{place}: {card}{other}")));
        }
        if let Some(place) = find_password(&data) {
            return Err(LineError::Password(place));
        }
        if let Some(place) = find_control(&data) {
            return Err(LineError::Control(place));
        }
        super::kinds::check(self.kind.as_str(), &data)
    }
}

/// The first place with a control character other than those that lay text out.
fn find_control(data: &Value) -> Option<String> {
    let has = |text: &str| has_controls(text, true);
    let found = find(data, |step, value| match (step, value) {
        (Step::Field(name), _) if has(name) => Some(true),
        (_, Value::String(text)) if has(text) => Some(false),
        _ => None,
    });
    found.map(|(place, in_name)| match place.rsplit_once('/').filter(|_| in_name) {
        Some((above, _)) => format!("{above}/…"),
        None => place,
    })
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
                    let _ = line.and_then(|line| line.check(&facts, date(2026, 11, 21)));
                }
            }
        });
    }

    /// Records of any text: what passes has no control characters and fits its kind.
    #[test]
    fn no_record_is_too_strange() {
        check!().with_type::<(String, String, i64)>().for_each(|(name, text, number)| {
            let data = serde_json::json!({ name.clone(): text, "name": number, "more": [text] });
            let found = find_control(&data).is_some();
            let strange = |text: &str| {
                text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            };
            assert_eq!(found, strange(name) || strange(text));
            let _ = super::super::kinds::check("profile", &data);
        });
    }
}
