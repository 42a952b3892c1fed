//! What the check finds, in words, and where it can be mended.

use domain::policy::Document;
use domain::policy::check::{Finding, Place, Problem, Severity};
use domain::policy::fields::{FactKind, entries};
use domain::words::{Value, Words};
use leptos::prelude::*;

use crate::paths;
use crate::ui::chrome::Chrome;
use crate::ui::facts::rights::named;
use crate::ui::reader::Reader;

/// What is wrong or open, as a sentence.
pub fn finding_text(reader: Reader<'_>, finding: &Finding) -> String {
    let words = reader.words;
    let mut args: Vec<(&'static str, Value<'static>)> = finding
        .problem
        .args()
        .into_iter()
        .map(|(name, value)| (name, argument(reader, name, value)))
        .collect();
    if let (Problem::FieldAssumed, Place::Fact { field, .. }) = (&finding.problem, &finding.place) {
        let field =
            field.map_or_else(|| words.text("finding-whole"), |field| field_name(words, field));
        args.push(("field", field.into()));
    }
    words.with(&format!("finding-{}", finding.problem.name()), &args)
}

/// Numbers go in as numbers, so that plurals fit, and names as people know them.
fn argument(reader: Reader<'_>, name: &str, value: String) -> Value<'static> {
    match name {
        "days" | "limit" | "bytes" | "words" => match value.parse::<u64>() {
            Ok(number) => number.into(),
            Err(_) => value.into(),
        },
        "kind" => reader.words.find(&format!("finding-kind-{value}")).unwrap_or(value).into(),
        "category" => value.parse().map_or(value, |id| reader.category(&id)).into(),
        "section" => section_title(reader, &value).unwrap_or(value).into(),
        "field" => field_name(reader.words, &value).into(),
        "suggestion" => or_none(value).into(),
        _ => value.into(),
    }
}

/// A text cannot ask whether a value is empty, but which word it is.
fn or_none(value: String) -> String {
    if value.is_empty() { "none".to_owned() } else { value }
}

/// Where something was found, as people call the place.
pub fn place_text(reader: Reader<'_>, place: &Place) -> String {
    let words = reader.words;
    match place {
        Place::Document => words.text("place-document"),
        Place::Section(id) => {
            let title = section_title(reader, id.as_str()).unwrap_or_else(|| id.to_string());
            words.with("place-section", &[("title", title.into())])
        }
        Place::Translation { language, section } => {
            let title = section.as_ref().and_then(|id| section_title(reader, id.as_str()));
            let title = or_none(title.unwrap_or_default());
            words.with(
                "place-translation",
                &[("language", language.endonym().into()), ("title", title.into())],
            )
        }
        Place::Fact { kind, id, .. } => {
            let called = fact_label(reader, *kind, id.as_str());
            let kind = words.find(&format!("kind-{}", kind.name())).unwrap_or_default();
            // What there is only one of has no name but its kind's.
            if called.is_empty() {
                return kind;
            }
            words.with("place-fact", &[("kind", kind.into()), ("label", called.into())])
        }
    }
}

/// Where it is shown on the page of the draft, for those who may not mend it.
pub fn look(place: &Place) -> String {
    match place {
        Place::Document | Place::Translation { section: None, .. } => {
            paths::STUDIO_POLICY.to_owned()
        }
        Place::Section(id) | Place::Translation { section: Some(id), .. } => {
            format!("{}#{id}", paths::STUDIO_POLICY)
        }
        Place::Fact { kind, id, .. } => {
            format!("{}#{}", paths::STUDIO_POLICY, anchor(*kind, id.as_str()))
        }
    }
}

/// Whether two places are the same entry, whichever of its fields they name.
pub fn same_entry(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::Fact { kind: a, id: x, .. }, Place::Fact { kind: b, id: y, .. }) => {
            a == b && x == y
        }
        _ => one == other,
    }
}

/// What was found in one entry, as sentences. What is only assumed takes one
/// sentence, however many fields it concerns.
pub fn entry_texts(reader: Reader<'_>, findings: &[&Finding]) -> Vec<String> {
    let words = reader.words;
    let mut texts = Vec::new();
    let mut fields = Vec::new();
    for finding in findings {
        match (&finding.problem, &finding.place) {
            (Problem::FieldAssumed, Place::Fact { field: Some(field), .. }) => {
                fields.push(field_name(words, field).trim_end_matches(',').to_owned());
            }
            _ => texts.push(finding_text(reader, finding)),
        }
    }
    if !fields.is_empty() {
        texts
            .insert(0, words.with("finding-field-assumed", &[("field", fields.join(", ").into())]));
    }
    texts
}

/// Where it can be mended, or at least looked at.
pub fn mend(place: &Place) -> String {
    match place {
        Place::Document | Place::Fact { kind: FactKind::Controller | FactKind::Contact, .. } => {
            paths::STUDIO_CONTACTS.to_owned()
        }
        Place::Section(id) => paths::studio_section(id, None),
        Place::Translation { language, section: Some(id) } => {
            paths::studio_section(id, Some(*language))
        }
        Place::Translation { section: None, .. } => paths::STUDIO_POLICY.to_owned(),
        Place::Fact { kind: FactKind::Retention, id, .. } => paths::STUDIO_RETENTION.of(id),
        Place::Fact { kind: FactKind::Processor, id, .. } => paths::STUDIO_PROCESSOR.of(id),
        Place::Fact { kind, id, .. } => {
            format!("{}#{}", paths::STUDIO_POLICY, anchor(*kind, id.as_str()))
        }
    }
}

/// The id of a fact on the page of the draft.
pub fn anchor(kind: FactKind, id: &str) -> String {
    format!("fact-{}-{id}", kind.name())
}

/// Findings as notes beside what they are about.
pub fn notes(chrome: &Chrome, document: &Document, findings: &[&Finding]) -> Option<AnyView> {
    let reader = Reader { document, words: chrome.words };
    let notes = [Severity::Error, Severity::OpenPoint, Severity::Warning]
        .into_iter()
        .flat_map(|severity| {
            let found: Vec<&Finding> =
                findings.iter().copied().filter(|finding| finding.severity == severity).collect();
            entry_texts(reader, &found).into_iter().map(move |text| note(reader, severity, text))
        })
        .collect::<Vec<_>>();
    (!notes.is_empty()).then(|| view! { <ul class="findings">{notes}</ul> }.into_any())
}

fn note(reader: Reader<'_>, severity: Severity, text: String) -> AnyView {
    view! {
        <li class=severity.name()>
            <b class=state(severity)>{reader.words.text(self::severity(severity))}</b>" "{text}
        </li>
    }
    .into_any()
}

/// The class that gives a severity its shape and colour.
pub fn state(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "state late",
        Severity::OpenPoint => "state soon",
        Severity::Warning => "state",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::OpenPoint => "severity-open-point",
        Severity::Warning => "severity-warning",
    }
}

/// What people call a fact, in the reader's language.
pub fn fact_label(reader: Reader<'_>, kind: FactKind, id: &str) -> String {
    let document = reader.document;
    let Ok(slug) = id.parse() else {
        return id.to_owned();
    };
    let facts = &document.facts;
    match kind {
        FactKind::Category => reader.category(&slug),
        FactKind::Purpose => reader.purpose(&slug),
        FactKind::Source => reader.source(&slug),
        FactKind::Processor => reader.processor(&slug),
        FactKind::Retention => facts
            .retention
            .iter()
            .find(|rule| rule.id == slug)
            .map_or_else(|| id.to_owned(), |rule| reader.categories(&rule.categories)),
        FactKind::Hold => facts.holds.iter().find(|hold| hold.id == slug).map_or_else(
            || id.to_owned(),
            |hold| reader.label(format_args!("hold.{id}.ground"), hold.ground.unproven()),
        ),
        FactKind::Right => facts
            .rights
            .iter()
            .find(|right| right.id == slug)
            .map_or_else(|| id.to_owned(), |promise| reader.words.text(named(promise.right))),
        _ => entries(document)
            .into_iter()
            .find(|entry| entry.kind == kind && entry.id == slug)
            .map(|entry| entry.label)
            .unwrap_or_default(),
    }
}

fn field_name(words: Words, field: &str) -> String {
    words
        .find(&format!("field-of-{field}"))
        .or_else(|| words.find(&format!("studio-field-of-{field}")))
        .unwrap_or_else(|| field.to_owned())
}

fn section_title(reader: Reader<'_>, id: &str) -> Option<String> {
    let sections = reader.document.sections_in(reader.words.language());
    sections.into_iter().find(|section| section.id.as_str() == id).map(|s| s.title.clone())
}

#[cfg(test)]
mod tests {
    use domain::identifiers::{Language, Slug};
    use domain::policy::size::Measure;

    use super::*;
    use crate::pages::studio::policy::tests::document;

    fn slug() -> Slug {
        "call".parse().expect("a name")
    }

    /// One of each; the match in `Problem::name` fails to compile without a name.
    fn problems() -> Vec<Problem> {
        use Problem::*;
        let (text, some) = (|| "call".to_owned(), || Some("calls".to_owned()));
        vec![
            PlaceholderUnknown { placeholder: text(), suggestion: some() },
            PlaceholderUnknown { placeholder: text(), suggestion: None },
            PlaceholderEmpty { placeholder: text() },
            ListInSentence { placeholder: text() },
            DuplicateName { name: slug() },
            UnknownReference { kind: FactKind::Category, name: slug(), suggestion: some() },
            UnknownReference { kind: FactKind::Processor, name: slug(), suggestion: None },
            UnknownReference { kind: FactKind::Purpose, name: slug(), suggestion: None },
            UnknownReference { kind: FactKind::Source, name: slug(), suggestion: None },
            TwoRules { category: slug(), rule: slug(), other: slug() },
            SlowerThanLaw { days: 60, limit: 31 },
            NoContact,
            TitleEmpty,
            SectionTooLong { bytes: 300_000, limit: 200_000 },
            TableTooLarge { limit: 100_000 },
            NestedTooDeep { limit: 16 },
            TooMuch { of: Measure::Sections, found: 300, limit: 200 },
            TooMuch { of: Measure::Facts, found: 3_000, limit: 1_000 },
            TooMuch { of: Measure::Lists, found: 300, limit: 100 },
            TooMuch { of: Measure::Values, found: 3_000, limit: 2_000 },
            TooMuch { of: Measure::Page, found: 30_000_000, limit: 4_000_000 },
            FieldTooLong { bytes: 6_000, limit: 5_000 },
            CircularRule { event: slug() },
            TranslatedSectionUnknown { section: slug() },
            TranslatedLabelUnknown { path: text(), suggestion: some() },
            TranslatedLabelUnknown { path: text(), suggestion: None },
            AssumedFieldUnknown { field: text() },
            NotHttps { url: text() },
            FieldAssumed,
            ProseAssumed { placeholder: text() },
            NoRetention,
            NoPeriod,
            NoCountry,
            NoLegalBasis,
            NoInterest,
            LongSentence { words: 50, start: text() },
            AllCaps { text: text() },
            SectionEmpty,
            SectionUntranslated { section: slug() },
            ListEmpty { placeholder: text() },
        ]
    }

    #[test]
    fn every_problem_has_a_text_in_both_languages() {
        let document = document();
        for language in Language::ALL {
            let reader = Reader { document: &document, words: Words::new(language) };
            for problem in problems() {
                let place =
                    Place::Fact { kind: FactKind::Retention, id: slug(), field: Some("period") };
                let finding = Finding { severity: problem.severity(), place, problem };
                let said = finding_text(reader, &finding);
                let broken = ["Unknown localization", "{ $", "{$", "finding-"];
                assert!(!broken.iter().any(|mark| said.contains(mark)), "{finding:?}: {said}");
                assert!(said.len() > 15, "{finding:?}: {said}");
            }
        }
    }

    #[test]
    fn every_field_of_every_fact_has_a_name() {
        let document = document();
        for language in Language::ALL {
            let words = Words::new(language);
            for entry in entries(&document) {
                assert!(words.find(&format!("kind-{}", entry.kind.name())).is_some());
                for (field, _) in entry.fields {
                    assert_ne!(field_name(words, field), field, "{}", entry.kind.name());
                }
            }
        }
    }

    #[test]
    fn every_place_has_a_name_and_leads_somewhere() {
        let document = document();
        let reader = Reader { document: &document, words: Words::new(Language::De) };
        let cases = [
            (Place::Document, "/studio/policy/contacts"),
            (Place::Section(slug()), "/studio/policy/sections/call"),
            (
                Place::Translation { language: Language::De, section: Some(slug()) },
                "/studio/policy/sections/call?language=de",
            ),
            (
                Place::Fact { kind: FactKind::Retention, id: slug(), field: None },
                "/studio/policy/retention/call",
            ),
            (
                Place::Fact { kind: FactKind::Purpose, id: slug(), field: None },
                "/studio/policy#fact-purpose-call",
            ),
        ];
        for (place, expected) in cases {
            assert_eq!(mend(&place), expected);
            assert!(look(&place).starts_with("/studio/policy"));
            assert!(!place_text(reader, &place).contains("Unknown"), "{place}");
        }
    }
}
