//! Checks of titles, sections and translations.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{Finding, Place, Problem, SUGGESTIONS, nearest, too_long};
use crate::identifiers::Slug;
use crate::policy::Document;
use crate::policy::document::Section;
use crate::policy::fields::{FieldValue, entries};
use crate::policy::markdown::{Block, Inline, MAX_BODY, MAX_CELLS, MAX_DEPTH, cells, depth, parse};
use crate::policy::placeholders::{FactList, look_up, names};
use crate::policy::plain::plain;

/// Sentences with more words than this are pointed out.
const LONG_SENTENCE: usize = 45;

/// So many words in capitals, one after the other, are pointed out.
const ALL_CAPS: usize = 4;

pub(super) fn check(document: &Document, findings: &mut Vec<Finding>) {
    if document.title.trim().is_empty() {
        findings.push(Finding::new(Place::Document, Problem::TitleEmpty));
    }
    let long = too_long(&document.title);
    findings.extend(long.map(|problem| Finding::new(Place::Document, problem)));
    let mut seen = BTreeSet::new();
    for part in &document.sections {
        let place = Place::Section(part.id.clone());
        if !seen.insert(&part.id) {
            let problem = Problem::DuplicateName { name: part.id.clone() };
            findings.push(Finding::new(place.clone(), problem));
        }
        section(document, part, &place, findings);
    }
    translations(document, findings);
}

fn section(document: &Document, section: &Section, place: &Place, findings: &mut Vec<Finding>) {
    let mut problems = Vec::new();
    if section.title.trim().is_empty() {
        problems.push(Problem::TitleEmpty);
    }
    problems.extend(too_long(&section.title));
    if section.body.trim().is_empty() {
        problems.push(Problem::SectionEmpty);
    }
    if section.body.len() > MAX_BODY {
        problems.push(Problem::SectionTooLong { bytes: section.body.len(), limit: MAX_BODY });
    }
    if cells(&section.body) > MAX_CELLS {
        problems.push(Problem::TableTooLarge { limit: MAX_CELLS });
    }
    let assumed = RefCell::new(BTreeSet::new());
    let blocks = parse(&section.body, &|name| {
        let found = look_up(document, name)?;
        if !found.stated && found.value.is_some() {
            assumed.borrow_mut().insert(name.to_owned());
        }
        found.value
    });
    let mut used = Used::default();
    used.blocks(&blocks);
    if depth(&blocks) > MAX_DEPTH {
        problems.push(Problem::NestedTooDeep { limit: MAX_DEPTH });
    }
    unknown(document, &used.unknown, &mut problems);
    problems.extend(
        assumed.into_inner().into_iter().map(|placeholder| Problem::ProseAssumed { placeholder }),
    );
    let empty = used.lists.into_iter().filter(|list| is_empty(document, *list));
    problems.extend(empty.map(|list| Problem::ListEmpty { placeholder: list.name().to_owned() }));
    style(&plain(&blocks, &|_| "x".to_owned(), &|_| String::new()), &mut problems);
    findings.extend(problems.into_iter().map(|problem| Finding::new(place.clone(), problem)));
}

/// The placeholders that a section uses, as far as the parser leaves them visible.
#[derive(Default)]
struct Used {
    unknown: BTreeSet<String>,
    lists: Vec<FactList>,
}

impl Used {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { inlines, .. } | Block::Paragraph(inlines) => self.inlines(inlines),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Table { header, rows } => std::iter::once(header)
                    .chain(rows)
                    .flatten()
                    .for_each(|cell| self.inlines(cell)),
                Block::Facts(list) => self.lists.push(*list),
                Block::Unknown(name) => {
                    self.unknown.insert(name.clone());
                }
                Block::Code(_) | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Strong(inlines)
                | Inline::Emphasis(inlines)
                | Inline::Struck(inlines)
                | Inline::Link { inlines, .. } => self.inlines(inlines),
                Inline::Unknown(name) => {
                    self.unknown.insert(name.clone());
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::Value { .. } => {}
            }
        }
    }
}

fn unknown(document: &Document, unknown: &BTreeSet<String>, problems: &mut Vec<Problem>) {
    if unknown.is_empty() {
        return;
    }
    let mut known = names(document);
    known.extend(FactList::ALL.iter().map(|list| list.name().to_owned()));
    problems.extend(unknown.iter().enumerate().map(|(n, name)| {
        let placeholder = name.clone();
        if FactList::named(name).is_some() {
            Problem::ListInSentence { placeholder }
        } else if look_up(document, name).is_some() {
            Problem::PlaceholderEmpty { placeholder }
        } else {
            let suggestion = if n < SUGGESTIONS { nearest(name, &known) } else { None };
            Problem::PlaceholderUnknown { placeholder, suggestion }
        }
    }));
}

fn is_empty(document: &Document, list: FactList) -> bool {
    let facts = &document.facts;
    match list {
        FactList::Controller => false,
        FactList::Contacts => document.controller.contacts.is_empty(),
        FactList::Categories => facts.categories.is_empty(),
        FactList::Purposes => facts.purposes.is_empty(),
        FactList::Sources => facts.sources.is_empty(),
        FactList::Processors | FactList::Transfers => facts.processors.is_empty(),
        FactList::Cookies => facts.cookies.is_empty(),
        FactList::Retention => facts.retention.is_empty(),
        FactList::Holds => facts.holds.is_empty(),
        FactList::Rights => facts.rights.is_empty(),
        FactList::Commitments => facts.commitments.is_empty(),
        FactList::AutomatedDecisions => facts.automated_decisions.is_empty(),
        FactList::Sale => facts.sale.is_none(),
        FactList::Children => facts.children.is_none(),
        FactList::Changes => facts.changes.is_none(),
    }
}

fn style(text: &str, problems: &mut Vec<Problem>) {
    let sentences = text.lines().flat_map(|line| line.split_inclusive(['.', '!', '?', ';', ':']));
    let mut words = Vec::new();
    for part in sentences {
        words.extend(part.split_whitespace());
        // A full stop inside a word ends no sentence: “example.com”, “10.5”.
        let ends = part.ends_with(['.', '!', '?', ';', ':']);
        if ends && words.len() <= LONG_SENTENCE {
            words.clear();
        }
        if words.len() > LONG_SENTENCE {
            let start = words.iter().take(6).copied().collect::<Vec<_>>().join(" ");
            problems.push(Problem::LongSentence { words: words.len(), start });
            words.clear();
        }
    }
    let all: Vec<&str> = text.split_whitespace().collect();
    let shouted = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    if let Some(run) = all.windows(ALL_CAPS).find(|run| run.iter().all(|word| shouted(word))) {
        problems.push(Problem::AllCaps { text: run.join(" ") });
    }
}

fn translations(document: &Document, findings: &mut Vec<Finding>) {
    if document.translations.is_empty() {
        return;
    }
    let paths = label_paths(document);
    for (language, translation) in &document.translations {
        let place = |section: Option<&Slug>| Place::Translation {
            language: *language,
            section: section.cloned(),
        };
        for part in &translation.sections {
            if document.sections.iter().any(|own| own.id == part.id) {
                section(document, part, &place(Some(&part.id)), findings);
            } else {
                let problem = Problem::TranslatedSectionUnknown { section: part.id.clone() };
                findings.push(Finding::new(place(Some(&part.id)), problem));
            }
        }
        let long = translation.labels.values().filter_map(|label| too_long(label)).next();
        findings.extend(long.map(|problem| Finding::new(place(None), problem)));
        let unknown = translation.labels.keys().filter(|path| !paths.contains(path));
        for (n, path) in unknown.enumerate() {
            let suggestion = if n < SUGGESTIONS { nearest(path, &paths) } else { None };
            let problem = Problem::TranslatedLabelUnknown { path: path.clone(), suggestion };
            findings.push(Finding::new(place(None), problem));
        }
        let missing = document
            .sections
            .iter()
            .filter(|own| !translation.sections.iter().any(|part| part.id == own.id));
        findings.extend(missing.map(|own| {
            Finding::new(place(None), Problem::SectionUntranslated { section: own.id.clone() })
        }));
    }
}

/// The paths of all labels that can be translated: fields that are words, and the
/// items of a category, numbered from 0: `category.account.items.0`.
fn label_paths(document: &Document) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in entries(document) {
        for (field, value) in &entry.fields {
            let path = entry.path(field);
            match value {
                FieldValue::Text(_) => paths.push(path),
                FieldValue::Names(items) if *field == "items" => {
                    paths.extend((0..items.len()).map(|n| format!("{path}.{n}")));
                }
                _ => {}
            }
        }
    }
    paths
}
