//! How large a document is, and how large it becomes on a page.
//!
//! A placeholder of ten letters can stand for a list of ten pages. What a document
//! comes to is reckoned before any of it is made, from above: no page is larger than
//! is said here (which a test of `app` holds the pages to).

use std::collections::HashMap;

use super::Document;
use super::document::Section;
use super::fields::{Entry, FactKind, FieldValue, entries};
use super::markdown::{Block, Inline, blocks};
use super::placeholders::{FactList, Value};
use crate::identifiers::Language;

/// The largest page, in bytes of HTML. The longest policies in use come to a tenth.
pub const MAX_PAGE: usize = 4_000_000;
/// How many sections a document may have.
pub const MAX_SECTIONS: usize = 200;
/// How many facts.
pub const MAX_FACTS: usize = 1_000;
/// How long a title or a field of a fact may be, in bytes.
pub const MAX_FIELD: usize = 5_000;
/// How often lists of facts may stand in the prose of one language.
pub const MAX_LISTS: usize = 100;
/// How often values of facts may stand in the prose of one language.
pub const MAX_VALUES: usize = 2_000;

/// What an element takes, with its attributes.
const ELEMENT: usize = 250;
/// A row of a table of facts.
const ROW: usize = 1_500;
/// What stands around the prose.
const AROUND: usize = 30_000;

/// Something of which a document has too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is what it says")]
pub enum Measure {
    Sections,
    Facts,
    Lists,
    Values,
    Page,
}

impl Measure {
    /// The name under which its text is looked up.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Sections => "sections",
            Measure::Facts => "facts",
            Measure::Lists => "lists",
            Measure::Values => "values",
            Measure::Page => "page",
        }
    }

    /// How much of it there may be.
    pub fn limit(self) -> usize {
        match self {
            Measure::Sections => MAX_SECTIONS,
            Measure::Facts => MAX_FACTS,
            Measure::Lists => MAX_LISTS,
            Measure::Values => MAX_VALUES,
            Measure::Page => MAX_PAGE,
        }
    }
}

/// What a document has too much of, with how much that is. Whatever is reckoned later
/// builds on what comes before, so that only the first is told.
pub fn too_much(document: &Document) -> Option<(Measure, usize)> {
    let over =
        |measure: Measure, found: usize| (found > measure.limit()).then_some((measure, found));
    let translated = document.translations.values().map(|it| it.sections.len()).max();
    let sections = document.sections.len().max(translated.unwrap_or_default());
    over(Measure::Sections, sections).or_else(|| over(Measure::Facts, facts(document))).or_else(
        || {
            let weights = Weights::of(document);
            document.languages().into_iter().find_map(|language| {
                let prose = Prose::of(&weights, document, language);
                over(Measure::Lists, prose.lists)
                    .or_else(|| over(Measure::Values, prose.values))
                    .or_else(|| over(Measure::Page, prose.bytes))
            })
        },
    )
}

/// How many facts a document has, before any is looked at.
fn facts(document: &Document) -> usize {
    let facts = &document.facts;
    document.controller.contacts.len()
        + document.controller.representatives.len()
        + facts.purposes.len()
        + facts.sources.len()
        + facts.categories.len()
        + facts.processors.len()
        + facts.cookies.len()
        + facts.retention.len()
        + facts.holds.len()
        + facts.rights.len()
        + facts.commitments.len()
        + facts.automated_decisions.len()
}

/// At most how many bytes parsed prose becomes.
pub fn prose_bytes(weights: &Weights, blocks: &[Block]) -> usize {
    let mut prose = Prose::default();
    prose.add(weights, blocks);
    prose.bytes
}

/// How much the facts of a document come to where they are listed.
pub struct Weights {
    kinds: HashMap<FactKind, usize>,
    facts: HashMap<String, usize>,
    labels: HashMap<String, usize>,
}

impl Weights {
    /// Of that document.
    pub fn of(document: &Document) -> Weights {
        let entries = entries(document);
        let own: Vec<usize> = entries.iter().map(|entry| own_text(document, entry)).collect();
        // By id alone: a name refers to one of them, to the longest at worst.
        let mut texts: HashMap<&str, usize> = HashMap::new();
        for (entry, text) in entries.iter().zip(&own) {
            let known = texts.entry(entry.id.as_str()).or_default();
            *known = (*known).max(*text);
        }
        // Each fact is listed with what it names, and with what names it.
        let mut weights: Vec<usize> = own.iter().map(|text| text + ROW).collect();
        let mut named_by: HashMap<&str, usize> = HashMap::new();
        for ((entry, own), weight) in entries.iter().zip(&own).zip(&mut weights) {
            for name in names(entry) {
                *weight += ELEMENT + texts.get(name).copied().unwrap_or_default();
                *named_by.entry(name).or_default() += ELEMENT + own;
            }
        }
        let mut found =
            Weights { kinds: HashMap::new(), facts: HashMap::new(), labels: HashMap::new() };
        for (entry, weight) in entries.iter().zip(weights) {
            let weight = weight + named_by.get(entry.id.as_str()).copied().unwrap_or_default();
            *found.kinds.entry(entry.kind).or_default() += weight;
            let fact = format!("{}.{}", entry.kind.name(), entry.id);
            *found.facts.entry(fact).or_default() += weight;
        }
        for translation in document.translations.values() {
            for (path, label) in &translation.labels {
                let known = found.labels.entry(path.clone()).or_default();
                *known = (*known).max(escaped(label));
            }
        }
        found
    }

    fn list(&self, list: FactList) -> usize {
        let kinds: &[FactKind] = match list {
            FactList::Controller => &[FactKind::Controller],
            FactList::Contacts => &[FactKind::Contact],
            FactList::Categories => &[FactKind::Category],
            FactList::Purposes => &[FactKind::Purpose],
            FactList::Sources => &[FactKind::Source],
            FactList::Processors | FactList::Transfers => &[FactKind::Processor],
            FactList::Cookies => &[FactKind::Cookie],
            FactList::Retention => &[FactKind::Retention],
            FactList::Holds => &[FactKind::Hold],
            FactList::Rights => &[FactKind::Right],
            FactList::Commitments => &[FactKind::Commitment],
            FactList::AutomatedDecisions => &[FactKind::AutomatedDecision],
            FactList::Sale => &[FactKind::Sale],
            FactList::Children => &[FactKind::Children],
            FactList::Changes => &[FactKind::Changes],
        };
        let weight = |kind| self.kinds.get(kind).copied().unwrap_or_default();
        2 * ROW + kinds.iter().map(weight).sum::<usize>()
    }

    /// A value, with the note beside it that tells of the fact behind it.
    fn value(&self, name: &str, value: &Value) -> usize {
        let fact = name.rsplit_once('.').map_or(name, |(fact, _)| fact);
        let noted = ["retention.", "hold.", "right."].iter().any(|kind| name.starts_with(kind));
        let note = if noted { self.facts.get(fact).copied().unwrap_or(ROW) } else { 0 };
        let said = match value {
            Value::Text { path, own } => {
                escaped(own).max(self.labels.get(path).copied().unwrap_or_default())
            }
            Value::Email(email) => 2 * escaped(email.as_str()),
            Value::Site(site) => 2 * escaped(site),
            Value::Period(_) | Value::Days(_) | Value::Number(_) | Value::NotStated => 100,
        };
        2 * ELEMENT + said + note
    }
}

/// The words of a fact in whichever language they are longest.
fn own_text(document: &Document, entry: &Entry<'_>) -> usize {
    let texts = entry.fields.iter().map(|(field, value)| match value {
        FieldValue::Text(own) => {
            let path = entry.path(field);
            let translated = document.translations.values().filter_map(|it| it.labels.get(&path));
            translated.map(|label| escaped(label)).max().unwrap_or_default().max(escaped(own))
        }
        FieldValue::Names(names) => names.iter().map(|name| ELEMENT + escaped(name)).sum(),
        _ => ELEMENT,
    });
    texts.sum()
}

fn names<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = &'e str> {
    entry
        .fields
        .iter()
        .flat_map(|(_, value)| match value {
            FieldValue::Names(names) => names.as_slice(),
            _ => &[],
        })
        .map(String::as_str)
}

#[derive(Default)]
struct Prose {
    lists: usize,
    values: usize,
    bytes: usize,
}

impl Prose {
    /// All of a page.
    fn of(weights: &Weights, document: &Document, language: Language) -> Prose {
        let around = AROUND + 5 * escaped(document.title_in(language));
        let mut prose = Prose { bytes: around, ..Prose::default() };
        for section in document.sections_in(language) {
            prose.add_section(weights, document, section);
        }
        prose
    }

    fn add_section(&mut self, weights: &Weights, document: &Document, section: &Section) {
        // It stands in the contents too.
        self.bytes += 4 * ELEMENT + 3 * escaped(&section.title);
        self.add(weights, &blocks(document, &section.body));
    }

    fn add(&mut self, weights: &Weights, blocks: &[Block]) {
        for block in blocks {
            self.bytes += ELEMENT;
            match block {
                Block::Heading { inlines, .. } | Block::Paragraph(inlines) => {
                    self.inlines(weights, inlines);
                }
                Block::List { items, .. } => {
                    for item in items {
                        self.bytes += ELEMENT;
                        self.add(weights, item);
                    }
                }
                Block::Quote(blocks) => self.add(weights, blocks),
                Block::Table { header, rows } => {
                    for cell in std::iter::once(header).chain(rows).flatten() {
                        self.bytes += ELEMENT;
                        self.inlines(weights, cell);
                    }
                }
                Block::Code(text) | Block::Unknown(text) => self.bytes += escaped(text),
                Block::Rule => {}
                Block::Facts(list) => {
                    self.lists += 1;
                    self.bytes += weights.list(*list);
                }
            }
        }
    }

    fn inlines(&mut self, weights: &Weights, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                // Letters alone, with what keeps them apart from the next.
                Inline::Text(text) => self.bytes += 20 + escaped(text),
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Struck(inner) => {
                    self.bytes += ELEMENT / 4;
                    self.inlines(weights, inner);
                }
                Inline::Link { href, inlines } => {
                    self.bytes += ELEMENT + escaped(href);
                    self.inlines(weights, inlines);
                }
                Inline::Code(text) | Inline::Unknown(text) => {
                    self.bytes += ELEMENT / 4 + escaped(text);
                }
                Inline::Break => self.bytes += ELEMENT / 4,
                Inline::Value { name, value } => {
                    self.values += 1;
                    self.bytes += weights.value(name, value);
                }
            }
        }
    }
}

/// How long a text is in HTML.
fn escaped(text: &str) -> usize {
    let byte = |byte| match byte {
        b'&' | b'<' | b'>' | b'"' | b'\'' => 6,
        _ => 1,
    };
    text.bytes().map(byte).sum()
}

/// At most how many bytes a document's page becomes in a language.
pub fn page_bytes(document: &Document, language: Language) -> usize {
    Prose::of(&Weights::of(document), document, language).bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::document::Translation;
    use crate::policy::fixture::document;

    /// What the document has too much of with these sections.
    fn with(bodies: &[&str]) -> Option<Measure> {
        let mut document = document();
        let section = document.sections.remove(0);
        document.sections = bodies
            .iter()
            .map(|body| Section { body: (*body).to_owned(), ..section.clone() })
            .collect();
        too_much(&document).map(|(measure, _)| measure)
    }

    #[test]
    fn what_a_short_text_becomes_is_bounded() {
        assert_eq!(too_much(&document()), None);
        let rights = "{{rights}}\n\n";
        assert_eq!(with(&[&rights.repeat(MAX_LISTS)]), None);
        assert_eq!(with(&[&rights.repeat(MAX_LISTS + 1)]), Some(Measure::Lists));
        assert_eq!(with(&[&rights.repeat(10_000)]), Some(Measure::Lists));
        assert_eq!(with(&vec![rights; MAX_LISTS + 1]), Some(Measure::Lists));
        let value = "{{right.access.days}} ";
        assert_eq!(with(&[&value.repeat(1_000)]), None);
        assert_eq!(with(&[&value.repeat(6_000)]), Some(Measure::Values));
        assert_eq!(with(&vec!["x"; MAX_SECTIONS + 1]), Some(Measure::Sections));
        for bomb in
            ["- x\n", "> x\n\n", "**a** ", "[a](/b) ", "`a` ", "&", "a  \n", "***\n\n", "# a\n"]
        {
            let body = bomb.repeat(200_000 / bomb.len());
            assert_eq!(with(&[body.as_str(); 10]), Some(Measure::Page), "{bomb:?}");
        }
    }

    #[test]
    fn lists_and_notes_are_as_long_as_what_they_name() {
        let mut document = document();
        document.facts.categories[0].label = "x".repeat(MAX_FIELD);
        let first = document.facts.retention[0].clone();
        document.facts.retention[0].categories = vec![first.categories[0].clone(); 400];
        document.sections[0].body =
            "{{retention.call-recording.period}}\n\n{{retention}}".to_owned();
        let found = too_much(&document);
        assert!(
            matches!(found, Some((Measure::Page, bytes)) if bytes > 400 * MAX_FIELD * 2),
            "{found:?}"
        );
        document.facts.retention = vec![first; MAX_FACTS];
        assert!(matches!(too_much(&document), Some((Measure::Facts, _))));
    }

    #[test]
    fn a_translation_counts_like_the_original() {
        let mut document = document();
        let bomb = Section { body: "{{rights}}\n\n".repeat(500), ..document.sections[0].clone() };
        let translation = Translation { sections: vec![bomb], ..Translation::default() };
        document.translations.insert(Language::De, translation);
        assert!(matches!(too_much(&document), Some((Measure::Lists, 510))));
    }
}
