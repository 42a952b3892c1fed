//! The problems that the check knows, with what each needs to be told.

use std::fmt;

use super::Severity;
use crate::identifiers::Slug;
use crate::policy::fields::FactKind;
use crate::policy::size::Measure;

/// What is wrong. The app says it in the reader's language by `name` and `args`;
/// `Display` says it in English for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each reads as its message below")]
pub enum Problem {
    PlaceholderUnknown { placeholder: String, suggestion: Option<String> },
    PlaceholderEmpty { placeholder: String },
    ListInSentence { placeholder: String },
    DuplicateName { name: Slug },
    UnknownReference { kind: FactKind, name: Slug, suggestion: Option<String> },
    TwoRules { category: Slug, rule: Slug, other: Slug },
    SlowerThanLaw { days: u16, limit: u16 },
    NoContact,
    TitleEmpty,
    SectionTooLong { bytes: usize, limit: usize },
    TableTooLarge { limit: usize },
    NestedTooDeep { limit: usize },
    TooMuch { of: Measure, found: usize, limit: usize },
    FieldTooLong { bytes: usize, limit: usize },
    CircularRule { event: Slug },
    TranslatedSectionUnknown { section: Slug },
    TranslatedLabelUnknown { path: String, suggestion: Option<String> },
    AssumedFieldUnknown { field: String },
    NotHttps { url: String },
    FieldAssumed,
    ProseAssumed { placeholder: String },
    NoRetention,
    NoPeriod,
    NoCountry,
    NoLegalBasis,
    NoInterest,
    LongSentence { words: usize, start: String },
    AllCaps { text: String },
    SectionEmpty,
    SectionUntranslated { section: Slug },
    ListEmpty { placeholder: String },
    PolicyEmpty,
    PlaceholderBroken { text: String },
    WordingPeriod { wording: String },
    ListMissing { placeholder: String },
    LabelUntranslated { path: String },
}

impl Problem {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            FieldAssumed
            | ProseAssumed { .. }
            | NoRetention
            | NoPeriod
            | NoCountry
            | NoLegalBasis
            | NoInterest => Severity::OpenPoint,
            LongSentence { .. }
            | AllCaps { .. }
            | SectionEmpty
            | SectionUntranslated { .. }
            | ListEmpty { .. }
            | ListMissing { .. }
            | LabelUntranslated { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The name under which its text is looked up.
    pub fn name(&self) -> &'static str {
        use Problem::*;
        match self {
            PlaceholderUnknown { .. } => "placeholder-unknown",
            PlaceholderEmpty { .. } => "placeholder-empty",
            ListInSentence { .. } => "list-in-sentence",
            DuplicateName { .. } => "duplicate-name",
            UnknownReference { .. } => "unknown-reference",
            TwoRules { .. } => "two-rules",
            SlowerThanLaw { .. } => "slower-than-law",
            NoContact => "no-contact",
            TitleEmpty => "title-empty",
            SectionTooLong { .. } => "section-too-long",
            TableTooLarge { .. } => "table-too-large",
            NestedTooDeep { .. } => "nested-too-deep",
            TooMuch { .. } => "too-much",
            FieldTooLong { .. } => "field-too-long",
            CircularRule { .. } => "circular-rule",
            TranslatedSectionUnknown { .. } => "translated-section-unknown",
            TranslatedLabelUnknown { .. } => "translated-label-unknown",
            AssumedFieldUnknown { .. } => "assumed-field-unknown",
            NotHttps { .. } => "not-https",
            FieldAssumed => "field-assumed",
            ProseAssumed { .. } => "prose-assumed",
            NoRetention => "no-retention",
            NoPeriod => "no-period",
            NoCountry => "no-country",
            NoLegalBasis => "no-legal-basis",
            NoInterest => "no-interest",
            LongSentence { .. } => "long-sentence",
            AllCaps { .. } => "all-caps",
            SectionEmpty => "section-empty",
            SectionUntranslated { .. } => "section-untranslated",
            ListEmpty { .. } => "list-empty",
            PolicyEmpty => "policy-empty",
            PlaceholderBroken { .. } => "placeholder-broken",
            WordingPeriod { .. } => "wording-period",
            ListMissing { .. } => "list-missing",
            LabelUntranslated { .. } => "label-untranslated",
        }
    }

    /// What its text needs, by name. `suggestion` is empty where there is none.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        use Problem::*;
        let or_empty = |suggestion: &Option<String>| suggestion.clone().unwrap_or_default();
        match self {
            PlaceholderUnknown { placeholder, suggestion } => {
                vec![("placeholder", placeholder.clone()), ("suggestion", or_empty(suggestion))]
            }
            PlaceholderEmpty { placeholder }
            | ListInSentence { placeholder }
            | ProseAssumed { placeholder }
            | ListEmpty { placeholder }
            | ListMissing { placeholder } => vec![("placeholder", placeholder.clone())],
            WordingPeriod { wording } => vec![("wording", wording.clone())],
            LabelUntranslated { path } => vec![("path", path.clone())],
            DuplicateName { name } => vec![("name", name.to_string())],
            UnknownReference { kind, name, suggestion } => vec![
                ("kind", kind.name().to_owned()),
                ("name", name.to_string()),
                ("suggestion", or_empty(suggestion)),
            ],
            TwoRules { category, rule, other } => vec![
                ("category", category.to_string()),
                ("rule", rule.to_string()),
                ("other", other.to_string()),
            ],
            SlowerThanLaw { days, limit } => {
                vec![("days", days.to_string()), ("limit", limit.to_string())]
            }
            SectionTooLong { bytes, limit } | FieldTooLong { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            TableTooLarge { limit } | NestedTooDeep { limit } => {
                vec![("limit", limit.to_string())]
            }
            TooMuch { of, found, limit } => vec![
                ("of", of.name().to_owned()),
                ("found", found.to_string()),
                ("limit", limit.to_string()),
            ],
            CircularRule { event } => vec![("event", event.to_string())],
            TranslatedSectionUnknown { section } | SectionUntranslated { section } => {
                vec![("section", section.to_string())]
            }
            TranslatedLabelUnknown { path, suggestion } => {
                vec![("path", path.clone()), ("suggestion", or_empty(suggestion))]
            }
            AssumedFieldUnknown { field } => vec![("field", field.clone())],
            NotHttps { url } => vec![("url", url.clone())],
            LongSentence { words, start } => {
                vec![("words", words.to_string()), ("start", start.clone())]
            }
            AllCaps { text } | PlaceholderBroken { text } => vec![("text", text.clone())],
            NoContact | TitleEmpty | FieldAssumed | NoRetention | NoPeriod | NoCountry
            | NoLegalBasis | NoInterest | SectionEmpty | PolicyEmpty => vec![],
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use Problem::*;
        let meant = |suggestion: &Option<String>| {
            suggestion.as_ref().map(|name| format!("; did you mean “{name}”?")).unwrap_or_default()
        };
        match self {
            PlaceholderUnknown { placeholder, suggestion } => {
                write!(f, "“{{{{{placeholder}}}}}” names nothing{}", meant(suggestion))
            }
            PlaceholderEmpty { placeholder } => {
                write!(f, "“{{{{{placeholder}}}}}” has no value yet: fill in the fact, or reword")
            }
            ListInSentence { placeholder } => {
                write!(f, "“{{{{{placeholder}}}}}” is a list of facts: put it alone in a paragraph")
            }
            DuplicateName { name } => write!(f, "the name “{name}” is used twice"),
            UnknownReference { kind, name, suggestion } => {
                write!(f, "there is no {} “{name}”{}", kind.name(), meant(suggestion))
            }
            TwoRules { category, rule, other } => write!(
                f,
                "“{category}” is governed by two rules, “{rule}” and “{other}”: keep it in one"
            ),
            SlowerThanLaw { days, limit } => {
                write!(f, "{days} days is slower than the law allows: {limit} days at most")
            }
            NoContact => f.write_str("there is no contact: people must be able to write to you"),
            TitleEmpty => f.write_str("the title is empty"),
            SectionTooLong { bytes, limit } => {
                write!(f, "the text is too long: {bytes} bytes, {limit} at most")
            }
            TableTooLarge { limit } => {
                write!(f, "the tables have more than {limit} cells: divide them into sections")
            }
            NestedTooDeep { limit } => {
                write!(f, "lists and quotes nest deeper than {limit} levels")
            }
            TooMuch { of, found, limit } => {
                let what = match of {
                    Measure::Sections => "sections",
                    Measure::Facts => "facts",
                    Measure::Lists => "lists of facts in the text",
                    Measure::Values => "values of facts in the text",
                    Measure::Page => "bytes of the page that it becomes",
                };
                write!(f, "there are too many {what}: {found}, {limit} at most")
            }
            FieldTooLong { bytes, limit } => {
                write!(f, "this is too long: {bytes} bytes, {limit} at most")
            }
            CircularRule { event } => {
                write!(f, "“{event}” both starts and cancels the rule, so it would never run")
            }
            TranslatedSectionUnknown { section } => {
                write!(f, "it translates a section “{section}” that the document does not have")
            }
            TranslatedLabelUnknown { path, suggestion } => {
                write!(f, "there is no label “{path}” to translate{}", meant(suggestion))
            }
            AssumedFieldUnknown { field } => {
                write!(f, "“{field}” is marked as assumed, but there is no such field")
            }
            NotHttps { url } => write!(f, "“{url}” has to begin with https://"),
            FieldAssumed => f.write_str("this is assumed: confirm or correct it"),
            ProseAssumed { placeholder } => {
                write!(f, "the text prints “{{{{{placeholder}}}}}”, which is only assumed")
            }
            NoRetention => f.write_str("no rule says how long this is kept"),
            NoPeriod => f.write_str("no period is stated"),
            NoCountry => f.write_str("the country is not stated"),
            NoLegalBasis => f.write_str("no legal basis is stated (GDPR art. 6)"),
            NoInterest => f.write_str("the legitimate interest is not named (GDPR art. 13(1)(d))"),
            LongSentence { words, start } => {
                write!(f, "a sentence of {words} words is hard to read: “{start}…”")
            }
            AllCaps { text } => write!(f, "capitals are hard to read: “{text}”"),
            SectionEmpty => f.write_str("the section has no text"),
            SectionUntranslated { section } => {
                write!(f, "the section “{section}” is not translated yet")
            }
            ListEmpty { placeholder } => {
                write!(f, "“{{{{{placeholder}}}}}” stands for a list that is empty")
            }
            PolicyEmpty => f.write_str("the policy has no text"),
            PlaceholderBroken { text } => {
                write!(f, "“{text}” looks like a placeholder and is none: write “{{{{name}}}}”")
            }
            WordingPeriod { wording } => {
                write!(
                    f,
                    "“{wording}” names a time that is not carried out: state it as the period"
                )
            }
            ListMissing { placeholder } => {
                write!(
                    f,
                    "“{{{{{placeholder}}}}}” stands nowhere in the text, so the page does not show it"
                )
            }
            LabelUntranslated { path } => write!(f, "the label “{path}” is not translated yet"),
        }
    }
}
