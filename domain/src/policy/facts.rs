//! The facts of a policy: typed, each stated by the tenant or assumed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::said::{Noted, Said};
use crate::identifiers::Slug;
use crate::period::Period;
use crate::requests::{Regime, Right};

/// All facts of one policy version.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Facts {
    /// What personal data is used for.
    #[serde(default)]
    pub purposes: Vec<Purpose>,
    /// Where personal data comes from.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// The kinds of personal data.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// The third parties that receive data.
    #[serde(default)]
    pub processors: Vec<Processor>,
    /// The cookies that the company's sites set.
    #[serde(default)]
    pub cookies: Vec<Cookie>,
    /// How long each category is kept.
    #[serde(default)]
    pub retention: Vec<RetentionRule>,
    /// The legal grounds that keep something longer.
    #[serde(default)]
    pub holds: Vec<Hold>,
    /// What people may ask for, and how fast they are answered.
    #[serde(default)]
    pub rights: Vec<RightPromise>,
    /// Promises that are neither a period nor a right.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// Decisions made by a machine alone (GDPR art. 22).
    #[serde(default)]
    pub automated_decisions: Vec<AutomatedDecision>,
    /// Whether personal data is sold or shared (CCPA 1798.140).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale: Option<Sale>,
    /// For whom the service is not meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<Children>,
    /// How people learn of a changed policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<NoticeOfChanges>,
}

/// The names of the fields of a fact that the portal needed and the policy did
/// not state. `all` means the whole fact. What is assumed is an open point for
/// the admin and is never printed as a promise on the public page.
pub type Assumed = BTreeSet<String>;

/// A fact that can be named in a placeholder and compared between versions.
pub trait Fact {
    /// Its name, unique in its list.
    fn id(&self) -> &Slug;
    /// Which of its fields are assumed.
    fn assumed(&self) -> &Assumed;
    /// Whether a field is the tenant's own statement.
    fn states(&self, field: &str) -> bool {
        !self.assumed().contains("all") && !self.assumed().contains(field)
    }
    /// What the tenant itself says in a field, which depends on others too: what is
    /// stated from an assumed event is not stated.
    fn said<T>(&self, fields: &[&str], value: Option<T>) -> Said<T> {
        match value {
            None => Said::Nothing,
            Some(_) if !fields.iter().all(|field| self.states(field)) => Said::Assumed,
            Some(value) => Said::Stated(value),
        }
    }
}

macro_rules! fact {
    ($($name:ident),+) => {$(
        impl Fact for $name {
            fn id(&self) -> &Slug {
                &self.id
            }
            fn assumed(&self) -> &Assumed {
                &self.assumed
            }
        }
    )+};
}
fact!(
    Purpose,
    Source,
    Category,
    Processor,
    Cookie,
    RetentionRule,
    Hold,
    RightPromise,
    Commitment,
    AutomatedDecision
);

/// The fact of that name in a list.
pub fn named<'a, F: Fact>(facts: &'a [F], id: &Slug) -> Option<&'a F> {
    facts.iter().find(|fact| fact.id() == id)
}

/// Why processing is lawful (GDPR art. 6(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasis {
    /// Art. 6(1)(a).
    Consent,
    /// Art. 6(1)(b).
    Contract,
    /// Art. 6(1)(c).
    LegalObligation,
    /// Art. 6(1)(f).
    LegitimateInterests,
}

/// What personal data is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Purpose {
    /// Its name.
    pub id: Slug,
    /// What the data is used for, as "to run your account".
    pub label: String,
    /// Why that is lawful.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<Noted<LegalBasis>>,
    /// The interest pursued, where the basis is one (GDPR art. 13(1)(d)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interest: Option<Noted<String>>,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

impl Purpose {
    /// Why processing for it is lawful.
    pub fn legal_basis(&self) -> Said<LegalBasis> {
        self.said(&["legal-basis"], self.legal_basis.as_ref().map(|it| *it.past_the_fact()))
    }

    /// The interest pursued.
    pub fn interest(&self) -> Said<&str> {
        let interest = self.interest.as_ref().map(|it| it.past_the_fact().as_str());
        self.said(&["interest"], interest)
    }
}

/// Where personal data comes from (GDPR art. 14(2)(f)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// Its name.
    pub id: Slug,
    /// As "you", "our platform", "Stripe".
    pub label: String,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

/// In which capacity the company holds a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// It decides about the data itself.
    #[default]
    Controller,
    /// It holds the data on behalf of an organisation, its customer.
    Processor,
}

/// What an erasure does with a category that nothing keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ErasureMethod {
    /// The records are deleted and their key destroyed.
    #[default]
    Erase,
    /// The records are counted per kind and month, then deleted like the others.
    Count,
}

/// A kind of personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Category {
    /// Its name.
    pub id: Slug,
    /// Its name on the page.
    pub label: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The single things that it consists of.
    #[serde(default)]
    pub items: Vec<String>,
    /// In which capacity it is held.
    #[serde(default)]
    pub role: Capacity,
    /// Whether it can be linked to a person at all. Anonymous statistics cannot.
    #[serde(default = "yes")]
    pub linked: bool,
    /// Special categories (GDPR art. 9), sensitive personal information (CCPA).
    #[serde(default)]
    pub sensitive: bool,
    /// Provided by the person or observed (GDPR art. 20): part of portability.
    #[serde(default)]
    pub portable: bool,
    /// What it is used for.
    #[serde(default)]
    pub purposes: Vec<Slug>,
    /// Where it comes from.
    #[serde(default)]
    pub sources: Vec<Slug>,
    /// What an erasure does with it.
    #[serde(default)]
    pub erasure: ErasureMethod,
    /// The fields of its records that people correct themselves, at once
    /// (GDPR art. 16). All others are proposed to staff.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editable: Vec<String>,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

impl Category {
    /// Whether a person corrects this field of their own records at once. Whether a
    /// record is theirs is told by the record, not by what the category is now.
    ///
    /// An email address never: it is what people are known by, and would be
    /// verified by the field in dispute. The address to sign in with is changed
    /// where one signs in.
    pub fn lets_edit(&self, field: &str) -> bool {
        let plain: String = field.chars().filter(char::is_ascii_alphanumeric).collect();
        let address = plain.to_ascii_lowercase().contains("email");
        !address && self.editable.iter().any(|it| it == field)
    }
}

/// A third party that receives data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Processor {
    /// Its name in placeholders.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// What it does for the company.
    pub does: String,
    /// The categories that it receives.
    #[serde(default)]
    pub categories: Vec<Slug>,
    /// Where it processes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Noted<String>>,
    /// What protects a transfer to that country (GDPR art. 44 to 49).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safeguard: Option<Noted<Safeguard>>,
    /// Its own privacy policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_url: Option<String>,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

impl Processor {
    /// Where it processes data.
    pub fn country(&self) -> Said<&str> {
        self.said(&["country"], self.country.as_ref().map(|it| it.past_the_fact().as_str()))
    }

    /// What protects a transfer to that country.
    pub fn safeguard(&self) -> Said<Safeguard> {
        self.said(&["safeguard"], self.safeguard.as_ref().map(|it| *it.past_the_fact()))
    }

    /// Whether it receives a category; assumed where that is only assumed.
    pub fn receives(&self, category: &Slug) -> Said<()> {
        self.said(&["categories"], self.categories.contains(category).then_some(()))
    }
}

/// What protects a transfer to a third country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Safeguard {
    /// No transfer: the data stays in the EEA or the UK.
    NoTransfer,
    /// A decision that the country protects data adequately (art. 45).
    Adequacy,
    /// Standard contractual clauses (art. 46(2)(c)).
    StandardClauses,
    /// Binding corporate rules (art. 47).
    BindingRules,
    /// Another approved mechanism.
    OtherMechanism,
}

/// What a cookie is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CookiePurpose {
    /// Without it the site does not work: signing in.
    Necessary,
    /// It keeps robots and attackers out.
    Security,
    /// It measures use.
    Analytics,
    /// It measures speed and errors.
    Performance,
    /// It serves advertising.
    Advertising,
}

/// A cookie, or a family of cookies, that the company's sites set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cookie {
    /// Its name in placeholders.
    pub id: Slug,
    /// Its name in the browser, with `*` for what varies.
    pub name: String,
    /// Who sets it: a processor's id; the company itself if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processor: Option<Slug>,
    /// What it is for.
    pub purpose: CookiePurpose,
    /// The same in a sentence.
    pub description: String,
    /// How long it stays; until the browser closes if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifetime: Option<Period>,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

/// How long some categories are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RetentionRule {
    /// Its name: `{{retention.call-recording.period}}`.
    pub id: Slug,
    /// The categories that it governs.
    pub categories: Vec<Slug>,
    /// How long; "as long as needed" if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Noted<Period>>,
    /// The event from which it runs: `record` for the record's own date, else
    /// the name of an event that the company's systems report.
    pub starts: Slug,
    /// The event that stops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<Slug>,
    /// Until when, in words, where there is no period: "while your account is active".
    /// Beside a period the words come from the event ([`crate::words::Words::after`]).
    #[serde(default)]
    pub wording: String,
    /// What happens when it has run.
    #[serde(default)]
    pub action: ErasureMethod,
    /// Who carries it out.
    #[serde(default)]
    pub kept_by: KeptBy,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

impl RetentionRule {
    /// How long: stated only if it is also stated for what and from when.
    pub fn period(&self) -> Said<Period> {
        let period = self.period.as_ref().map(|it| *it.past_the_fact());
        self.said(&["period", "starts", "cancelled-by", "categories"], period)
    }
}

/// The event name that stands for a record's own date.
pub const RECORD: &str = "record";

/// A legal ground that keeps something for a stated time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Hold {
    /// Its name.
    pub id: Slug,
    /// The categories that it keeps.
    pub categories: Vec<Slug>,
    /// The ground, as "tax and accounting law".
    pub ground: Noted<String>,
    /// How long from the record's date; without it nothing can be erased, and
    /// the check reports an open point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Noted<Period>>,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

impl Hold {
    /// The ground, as "tax and accounting law".
    pub fn ground(&self) -> Said<&str> {
        self.said(&["ground"], Some(self.ground.past_the_fact().as_str()))
    }

    /// How long: stated only if it is also stated for what.
    pub fn period(&self) -> Said<Period> {
        let period = self.period.as_ref().map(|it| *it.past_the_fact());
        self.said(&["period", "categories"], period)
    }
}

/// A right, and how fast the company promises to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RightPromise {
    /// Its name.
    pub id: Slug,
    /// The right.
    pub right: Right,
    /// Under which law it is asked for.
    pub regime: Regime,
    /// In a sentence.
    pub description: String,
    /// Calendar days within which the company promises to answer, never rolled
    /// to a working day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Noted<u16>>,
    /// From which event the promised days run.
    #[serde(default)]
    pub counts_from: CountsFrom,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

impl RightPromise {
    /// Within how many calendar days the company promises to answer.
    pub fn days(&self) -> Said<u16> {
        self.said(&["days"], self.days.as_ref().map(|it| *it.past_the_fact()))
    }
}

/// The event from which a promised deadline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CountsFrom {
    /// The request's receipt.
    #[default]
    Receipt,
    /// The day on which the person's identity was verified.
    Verification,
}

/// Who sees to it that a promise is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeptBy {
    /// The portal does it.
    #[default]
    Executed,
    /// The portal gives a person or processor the task and follows it up.
    Tasked,
    /// The company confirms it each year.
    Attested,
    /// It is a statement.
    Shown,
}

/// A promise that is neither a period nor a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Commitment {
    /// Its name.
    pub id: Slug,
    /// The promise, in a sentence.
    pub text: String,
    /// Who sees to it.
    pub kept_by: KeptBy,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

/// A decision made by a machine alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AutomatedDecision {
    /// Its name.
    pub id: Slug,
    /// What is decided.
    pub label: String,
    /// By what logic, and what follows for the person.
    pub logic: String,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

/// Whether personal data is sold or shared for advertising.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sale {
    /// Sold for money or other value.
    pub sold: bool,
    /// Shared for advertising across other sites.
    pub shared: bool,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

/// For whom the service is not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Children {
    /// The age below which it is not meant for a person, in years.
    pub minimum_age: u8,
    /// What happens when a child's data is reported.
    pub on_report: String,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

/// How people learn of a changed policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoticeOfChanges {
    /// Whether account holders get a mail when a change is material.
    pub by_mail: bool,
    /// Whether the next visit records that the version was shown.
    pub acceptance: bool,
    /// Fields that are assumed.
    #[serde(default, skip_serializing_if = "Assumed::is_empty")]
    pub assumed: Assumed,
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_never_corrected_by_itself() {
        let category: Category = toml::from_str(
            r#"
            id = "account"
            label = "Account"
            description = ""
            editable = ["name", "email", "E-Mail address"]
            "#,
        )
        .unwrap();
        assert!(category.lets_edit("name"));
        for field in ["email", "E-Mail address", "phone", "Name"] {
            assert!(!category.lets_edit(field), "{field}");
        }
        let on_behalf = Category { role: Capacity::Processor, ..category };
        assert!(on_behalf.lets_edit("name"));
    }
}
