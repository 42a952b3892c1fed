//! One table of the fields of each kind of fact. Comparing two versions, checking
//! assumptions and naming translatable labels all read it.

use super::Document;
use super::document::Representative;
use super::facts::{
    Assumed, Capacity, CookiePurpose, CountsFrom, ErasureMethod, Fact, Facts, KeptBy, LegalBasis,
    Safeguard,
};
use super::said::Noted;
use crate::identifiers::{EmailAddress, Slug};
use crate::period::Period;
use crate::requests::{Regime, Right};

/// A kind of fact, in the order of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the fact of that name")]
pub enum FactKind {
    Controller,
    Contact,
    Purpose,
    Source,
    Category,
    Processor,
    Cookie,
    Retention,
    Hold,
    Right,
    Commitment,
    AutomatedDecision,
    Sale,
    Children,
    Changes,
}

impl FactKind {
    /// The name with which paths and placeholders begin: `category.account.label`.
    pub fn name(self) -> &'static str {
        match self {
            FactKind::Controller => "controller",
            FactKind::Contact => "contact",
            FactKind::Purpose => "purpose",
            FactKind::Source => "source",
            FactKind::Category => "category",
            FactKind::Processor => "processor",
            FactKind::Cookie => "cookie",
            FactKind::Retention => "retention",
            FactKind::Hold => "hold",
            FactKind::Right => "right",
            FactKind::Commitment => "commitment",
            FactKind::AutomatedDecision => "automated-decision",
            FactKind::Sale => "sale",
            FactKind::Children => "children",
            FactKind::Changes => "changes",
        }
    }

    /// Whether a document has at most one of it, which then has no name of its own.
    pub fn is_single(self) -> bool {
        matches!(
            self,
            FactKind::Controller | FactKind::Sale | FactKind::Children | FactKind::Changes
        )
    }
}

/// The value of a field, as a comparison shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Not stated.
    Absent,
    /// Words.
    Text(String),
    /// A length of time.
    Period(Period),
    /// Calendar days.
    Days(u16),
    /// Yes or no.
    Flag(bool),
    /// The names of other facts, or a list of words.
    Names(Vec<String>),
    /// One of a fixed set, by its name in files.
    Choice(&'static str),
}

/// One fact with its fields.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its kind.
    pub kind: FactKind,
    /// Its name; the kind's name for a single one.
    pub id: Slug,
    /// What people call it.
    pub label: String,
    /// Its assumed fields; a controller or contact has none.
    pub assumed: Option<&'a Assumed>,
    /// Every field but the name.
    pub fields: Vec<(&'static str, FieldValue)>,
}

impl Entry<'_> {
    /// Whether the whole fact is assumed.
    pub fn is_assumed(&self) -> bool {
        self.assumed.is_some_and(|a| a.contains("all"))
    }

    /// A field's value as the tenant states it: absent where it is assumed.
    pub fn stated(&self, field: &str) -> FieldValue {
        let assumed = self.is_assumed() || self.assumed.is_some_and(|a| a.contains(field));
        let value = self.fields.iter().find(|(name, _)| *name == field);
        match value {
            Some((_, value)) if !assumed => value.clone(),
            _ => FieldValue::Absent,
        }
    }

    /// The path of a field: `hold.tax.ground`, `children.on-report`.
    pub fn path(&self, field: &str) -> String {
        let kind = self.kind.name();
        if self.kind.is_single() {
            format!("{kind}.{field}")
        } else {
            format!("{kind}.{}.{field}", self.id)
        }
    }
}

/// Pairs each field with its name in files.
macro_rules! fields {
    ($fact:ident: $($field:ident),+) => {
        vec![$((kebab(stringify!($field)), $fact.$field.shown())),+]
    };
}

/// Every fact of a document, the controller and contacts included.
pub fn entries(document: &Document) -> Vec<Entry<'_>> {
    let facts = &document.facts;
    let mut entries = Vec::new();
    entries.extend(controller(document));
    entries.extend(document.controller.contacts.iter().map(|contact| Entry {
        kind: FactKind::Contact,
        id: contact.id.clone(),
        label: contact.label.clone(),
        assumed: None,
        fields: fields![contact: label, email],
    }));
    data(facts, &mut entries);
    promises(facts, &mut entries);
    singles(facts, &mut entries);
    entries
}

fn entry<'a, F: Fact>(
    kind: FactKind,
    fact: &'a F,
    label: &str,
    fields: Vec<(&'static str, FieldValue)>,
) -> Entry<'a> {
    Entry {
        kind,
        id: fact.id().clone(),
        label: label.to_owned(),
        assumed: Some(fact.assumed()),
        fields,
    }
}

fn controller(document: &Document) -> Option<Entry<'_>> {
    let c = &document.controller;
    let mut fields = fields![c: name, legal_name, site, address, representatives];
    fields.push(("data-protection-officer", c.data_protection_officer.shown()));
    let authority = c.authority.as_ref().map(|a| format!("{}, {}", a.name, a.url));
    fields.push(("authority", authority.shown()));
    single(FactKind::Controller, &c.name, None, fields)
}

fn data<'a>(facts: &'a Facts, entries: &mut Vec<Entry<'a>>) {
    entries.extend(
        facts.purposes.iter().map(|f| {
            entry(FactKind::Purpose, f, &f.label, fields![f: label, legal_basis, interest])
        }),
    );
    entries.extend(
        facts.sources.iter().map(|f| entry(FactKind::Source, f, &f.label, fields![f: label])),
    );
    entries.extend(facts.categories.iter().map(|f| {
        let fields = fields![f: label, description, items, role, linked, sensitive, portable, purposes, sources, erasure, editable];
        entry(FactKind::Category, f, &f.label, fields)
    }));
    entries.extend(facts.processors.iter().map(|f| {
        let fields = fields![f: name, does, categories, country, safeguard, policy_url];
        entry(FactKind::Processor, f, &f.name, fields)
    }));
    entries.extend(facts.cookies.iter().map(|f| {
        let fields = fields![f: name, processor, purpose, description, lifetime];
        entry(FactKind::Cookie, f, &f.name, fields)
    }));
}

fn promises<'a>(facts: &'a Facts, entries: &mut Vec<Entry<'a>>) {
    // Rules and holds have no label: people know them by what they govern.
    let labels = |ids: &[Slug]| {
        let label = |id: &Slug| {
            let category = facts.categories.iter().find(|c| c.id == *id);
            category.map_or_else(|| id.to_string(), |c| c.label.clone())
        };
        ids.iter().map(label).collect::<Vec<_>>().join(", ")
    };
    entries.extend(facts.retention.iter().map(|f| {
        let mut fields =
            fields![f: categories, period, starts, cancelled_by, wording, action, kept_by];
        // Beside a period the words come from the event that is carried out.
        if f.period.is_some() {
            fields.iter_mut().filter(|(name, _)| *name == "wording").for_each(|(_, value)| {
                *value = FieldValue::Absent;
            });
        }
        entry(FactKind::Retention, f, &labels(&f.categories), fields)
    }));
    entries.extend(facts.holds.iter().map(|f| {
        let fields = fields![f: categories, ground, period];
        entry(FactKind::Hold, f, &labels(&f.categories), fields)
    }));
    entries.extend(facts.rights.iter().map(|f| {
        let fields = fields![f: right, regime, description, days, counts_from];
        entry(FactKind::Right, f, &f.description, fields)
    }));
    entries.extend(
        facts
            .commitments
            .iter()
            .map(|f| entry(FactKind::Commitment, f, &f.text, fields![f: text, kept_by])),
    );
    entries.extend(
        facts
            .automated_decisions
            .iter()
            .map(|f| entry(FactKind::AutomatedDecision, f, &f.label, fields![f: label, logic])),
    );
}

fn singles<'a>(facts: &'a Facts, entries: &mut Vec<Entry<'a>>) {
    entries.extend(
        facts
            .sale
            .iter()
            .filter_map(|f| single(FactKind::Sale, "", Some(&f.assumed), fields![f: sold, shared])),
    );
    entries.extend(facts.children.iter().filter_map(|f| {
        single(FactKind::Children, "", Some(&f.assumed), fields![f: minimum_age, on_report])
    }));
    entries.extend(facts.changes.iter().filter_map(|f| {
        single(FactKind::Changes, "", Some(&f.assumed), fields![f: by_mail, acceptance])
    }));
}

fn single<'a>(
    kind: FactKind,
    label: &str,
    assumed: Option<&'a Assumed>,
    fields: Vec<(&'static str, FieldValue)>,
) -> Option<Entry<'a>> {
    let id = kind.name().parse().ok()?;
    Some(Entry { kind, id, label: label.to_owned(), assumed, fields })
}

/// The names of fields whose Rust name is of several words.
fn kebab(field: &'static str) -> &'static str {
    match field {
        "legal_name" => "legal-name",
        "legal_basis" => "legal-basis",
        "policy_url" => "policy-url",
        "cancelled_by" => "cancelled-by",
        "kept_by" => "kept-by",
        "counts_from" => "counts-from",
        "minimum_age" => "minimum-age",
        "on_report" => "on-report",
        "by_mail" => "by-mail",
        one_word => one_word,
    }
}

/// What can be a field.
trait Field {
    fn shown(&self) -> FieldValue;
}

impl<T: Field> Field for Option<T> {
    fn shown(&self) -> FieldValue {
        self.as_ref().map_or(FieldValue::Absent, Field::shown)
    }
}

impl<T: Field> Field for Noted<T> {
    fn shown(&self) -> FieldValue {
        self.unproven().shown()
    }
}

impl<T: ToString> Field for Vec<T> {
    fn shown(&self) -> FieldValue {
        FieldValue::Names(self.iter().map(T::to_string).collect())
    }
}

macro_rules! values {
    ($($field:ty, $value:ident => $shown:expr;)+) => {$(
        impl Field for $field {
            fn shown(&self) -> FieldValue {
                let $value = self;
                $shown
            }
        }
    )+};
}
values! {
    String, value => FieldValue::Text(value.clone());
    Slug, value => FieldValue::Text(value.to_string());
    EmailAddress, value => FieldValue::Text(value.to_string());
    Representative, value => FieldValue::Text(value.to_string());
    u8, value => FieldValue::Text(value.to_string());
    u16, value => FieldValue::Days(*value);
    bool, value => FieldValue::Flag(*value);
    Period, value => FieldValue::Period(*value);
    Right, value => FieldValue::Choice(value.name());
    Regime, value => FieldValue::Choice(value.name());
}

macro_rules! choices {
    ($($choice:ident { $($variant:ident => $name:literal),+ })+) => {$(
        impl $choice {
            /// The name under which it stands in files and is looked up in texts.
            pub fn name(self) -> &'static str {
                match self {
                    $($choice::$variant => $name),+
                }
            }
        }
        impl Field for $choice {
            fn shown(&self) -> FieldValue {
                FieldValue::Choice(self.name())
            }
        }
        #[cfg(test)]
        impl $choice {
            fn all() -> Vec<$choice> {
                vec![$($choice::$variant),+]
            }
        }
    )+};
}
choices! {
    LegalBasis {
        Consent => "consent", Contract => "contract", LegalObligation => "legal-obligation",
        LegitimateInterests => "legitimate-interests"
    }
    Capacity { Controller => "controller", Processor => "processor" }
    ErasureMethod { Erase => "erase", Count => "count" }
    Safeguard {
        NoTransfer => "no-transfer", Adequacy => "adequacy", StandardClauses => "standard-clauses",
        BindingRules => "binding-rules", OtherMechanism => "other-mechanism"
    }
    CookiePurpose {
        Necessary => "necessary", Security => "security", Analytics => "analytics",
        Performance => "performance", Advertising => "advertising"
    }
    CountsFrom { Receipt => "receipt", Verification => "verification" }
    KeptBy {
        Executed => "executed", Tasked => "tasked", Attested => "attested", Shown => "shown"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::document;
    use serde::Serialize;

    fn same_as_in_files<T: Serialize + Copy>(all: Vec<T>, name: fn(T) -> &'static str) {
        for value in all {
            assert_eq!(serde_json::json!(value), name(value));
        }
    }

    #[test]
    fn choices_have_the_names_that_files_use() {
        same_as_in_files(LegalBasis::all(), LegalBasis::name);
        same_as_in_files(Capacity::all(), Capacity::name);
        same_as_in_files(ErasureMethod::all(), ErasureMethod::name);
        same_as_in_files(Safeguard::all(), Safeguard::name);
        same_as_in_files(CookiePurpose::all(), CookiePurpose::name);
        same_as_in_files(CountsFrom::all(), CountsFrom::name);
        same_as_in_files(KeptBy::all(), KeptBy::name);
    }

    /// Without this a field added to a fact would be missing from every diff.
    #[test]
    fn the_table_has_every_field_of_every_fact() {
        let schema = serde_json::to_value(schemars::schema_for!(Document)).expect("a schema");
        let mut document = document();
        let more = toml::from_str::<Facts>(
            r#"
            commitments = [{ id = "never-sold", text = "", kept-by = "shown" }]
            automated-decisions = [{ id = "scoring", label = "", logic = "" }]
            sale = { sold = false, shared = false }
            changes = { by-mail = true, acceptance = false }
            "#,
        )
        .expect("facts");
        document.facts.commitments = more.commitments;
        document.facts.automated_decisions = more.automated_decisions;
        document.facts.sale = more.sale;
        document.facts.changes = more.changes;
        let types = [
            (FactKind::Controller, "Controller"),
            (FactKind::Contact, "Contact"),
            (FactKind::Purpose, "Purpose"),
            (FactKind::Source, "Source"),
            (FactKind::Category, "Category"),
            (FactKind::Processor, "Processor"),
            (FactKind::Cookie, "Cookie"),
            (FactKind::Retention, "RetentionRule"),
            (FactKind::Hold, "Hold"),
            (FactKind::Right, "RightPromise"),
            (FactKind::Commitment, "Commitment"),
            (FactKind::AutomatedDecision, "AutomatedDecision"),
            (FactKind::Sale, "Sale"),
            (FactKind::Children, "Children"),
            (FactKind::Changes, "NoticeOfChanges"),
        ];
        let entries = entries(&document);
        for (kind, name) in types {
            let entry = entries.iter().find(|e| e.kind == kind).expect(name);
            let mut listed: Vec<_> = entry.fields.iter().map(|(name, _)| *name).collect();
            listed.extend(["id", "assumed", "contacts"]);
            for field in schema["$defs"][name]["properties"].as_object().expect(name).keys() {
                assert!(listed.contains(&field.as_str()), "{name}.{field}");
            }
        }
    }
}
