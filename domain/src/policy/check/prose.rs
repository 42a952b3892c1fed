//! Checks of titles, sections and translations.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{Finding, Place, Problem, SUGGESTIONS, nearest, too_long};
use crate::identifiers::Slug;
use crate::policy::Document;
use crate::policy::document::Section;
use crate::policy::fields::{FactKind, FieldValue, entries};
use crate::policy::markdown::{
    Block, Inline, MAX_BODY, MAX_CELLS, MAX_DEPTH, blocks, cells, depth, parse,
};
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
    if document.sections.iter().all(|section| section.body.trim().is_empty()) {
        findings.push(Finding::new(Place::Document, Problem::PolicyEmpty));
    }
    for text in [&document.title].into_iter().chain(translated_titles(document)) {
        findings.extend(broken(document, text).map(|it| Finding::new(Place::Document, it)));
    }
    let mut seen = BTreeSet::new();
    let mut listed = BTreeSet::new();
    for part in &document.sections {
        let place = Place::Section(part.id.clone());
        if !seen.insert(&part.id) {
            let problem = Problem::DuplicateName { name: part.id.clone() };
            findings.push(Finding::new(place.clone(), problem));
        }
        listed.extend(section(document, part, &place, findings));
    }
    let missing = FactList::ALL.iter().filter(|list| {
        is_told_by_itself(**list) && !is_empty(document, **list) && !listed.contains(list.name())
    });
    findings.extend(missing.map(|list| Finding::new(Place::Document, list_missing(list.name()))));
    labels(document, findings);
    translations(document, findings);
}

fn translated_titles(document: &Document) -> impl Iterator<Item = &String> {
    document.translations.values().map(|translation| &translation.title)
}

/// Checks a section, and answers the lists that it shows.
fn section(
    document: &Document,
    section: &Section,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> BTreeSet<&'static str> {
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
    let texts = used.texts.iter().chain([&section.title]);
    problems.extend(texts.filter_map(|text| broken(document, text)));
    let listed = used.lists.iter().map(|list| list.name()).collect();
    problems.extend(
        assumed.into_inner().into_iter().map(|placeholder| Problem::ProseAssumed { placeholder }),
    );
    let empty = used.lists.into_iter().filter(|list| is_empty(document, *list));
    problems.extend(empty.map(|list| Problem::ListEmpty { placeholder: list.name().to_owned() }));
    style(&plain(&blocks, &|_| "x".to_owned(), &|_| String::new()), &mut problems);
    findings.extend(problems.into_iter().map(|problem| Finding::new(place.clone(), problem)));
    listed
}

/// The placeholders that a section uses, as far as the parser leaves them visible.
#[derive(Default)]
struct Used {
    unknown: BTreeSet<String>,
    lists: Vec<FactList>,
    texts: Vec<String>,
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
                Inline::Text(text) => self.texts.push(text.clone()),
                Inline::Code(_) | Inline::Break | Inline::Value { .. } => {}
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

/// What was meant as a placeholder and would be printed with its braces: half of the
/// braces, or one where two are needed.
fn broken(document: &Document, text: &str) -> Option<Problem> {
    let start = text.find("{{").or_else(|| text.find("}}")).or_else(|| {
        text.match_indices('{').map(|(at, _)| at).find(|at| {
            let inside = text.get(at + 1..).and_then(|rest| rest.split_once('}'));
            inside.is_some_and(|(name, _)| {
                let name = name.trim();
                FactList::named(name).is_some() || look_up(document, name).is_some()
            })
        })
    })?;
    let shown: String = text.get(start..).unwrap_or_default().chars().take(40).collect();
    Some(Problem::PlaceholderBroken { text: shown })
}

/// Whether a list has to stand in the text: the controller and the transfers are said
/// by contacts and recipients too.
fn is_told_by_itself(list: FactList) -> bool {
    !matches!(list, FactList::Controller | FactList::Transfers)
}

fn list_missing(name: &str) -> Problem {
    Problem::ListMissing { placeholder: name.to_owned() }
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
    let all: Vec<&str> = text.split_whitespace().collect();
    // A full stop inside a word ends no sentence: “example.com”, “10.5”.
    let ends = |word: &&str| word.ends_with(['.', '!', '?', ';', ':']);
    for sentence in all.split_inclusive(ends).filter(|words| words.len() > LONG_SENTENCE) {
        let start = sentence.iter().take(6).copied().collect::<Vec<_>>().join(" ");
        problems.push(Problem::LongSentence { words: sentence.len(), start });
    }
    let shouted = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    if let Some(run) = all.windows(ALL_CAPS).find(|run| run.iter().all(|word| shouted(word))) {
        problems.push(Problem::AllCaps { text: run.join(" ") });
    }
}

/// Labels are printed as they are: a placeholder in one would stay.
fn labels(document: &Document, findings: &mut Vec<Finding>) {
    for entry in entries(document) {
        for (field, value) in &entry.fields {
            let FieldValue::Text(text) = value else { continue };
            let place = Place::Fact { kind: entry.kind, id: entry.id.clone(), field: Some(*field) };
            findings.extend(broken(document, text).map(|it| Finding::new(place, it)));
        }
    }
    // A time in the words that stand where there is none would be a promise that
    // nothing carries out.
    for rule in document.facts.retention.iter().filter(|rule| rule.period.is_none()) {
        let labels = document.translations.values().map(|translation| &translation.labels);
        let path = format!("retention.{}.wording", rule.id);
        let worded = labels.filter_map(|labels| labels.get(&path)).chain([&rule.wording]);
        for wording in worded.filter(|wording| names_a_time(wording)) {
            let place = Place::Fact {
                kind: FactKind::Retention,
                id: rule.id.clone(),
                field: Some("wording"),
            };
            let problem = Problem::WordingPeriod { wording: wording.clone() };
            findings.push(Finding::new(place, problem));
        }
    }
}

/// Whether the words that say until when something is kept, where there is no period,
/// name one all the same.
pub fn names_a_time(wording: &str) -> bool {
    wording.chars().any(|character| character.is_ascii_digit())
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
            if let Some(own) = document.sections.iter().find(|own| own.id == part.id) {
                let here = place(Some(&part.id));
                let listed = section(document, part, &here, findings);
                let missing = lists_of(document, own).into_iter().filter(|it| !listed.contains(it));
                findings.extend(missing.map(|it| Finding::new(here.clone(), list_missing(it))));
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
        let untranslated = to_translate(document).into_iter().filter(|path| {
            translation.labels.get(path).is_none_or(|label| label.trim().is_empty())
        });
        findings.extend(
            untranslated.map(|path| Finding::new(place(None), Problem::LabelUntranslated { path })),
        );
    }
}

/// The lists that a section shows.
fn lists_of(document: &Document, section: &Section) -> BTreeSet<&'static str> {
    let mut used = Used::default();
    used.blocks(&blocks(document, &section.body));
    used.lists.iter().map(|list| list.name()).collect()
}

/// The paths of the labels that readers of another language would miss: words, and not
/// names, addresses or what nobody has filled in.
fn to_translate(document: &Document) -> Vec<String> {
    const WORDS: [&str; 9] = [
        "label",
        "description",
        "interest",
        "does",
        "country",
        "ground",
        "text",
        "logic",
        "on-report",
    ];
    let mut paths = Vec::new();
    for entry in entries(document) {
        for (field, value) in &entry.fields {
            match value {
                FieldValue::Text(text) if WORDS.contains(field) && !text.trim().is_empty() => {
                    paths.push(entry.path(field));
                }
                FieldValue::Names(items) if *field == "items" => {
                    paths.extend((0..items.len()).map(|n| format!("{}.{n}", entry.path(field))));
                }
                _ => {}
            }
        }
    }
    let unperiodic = document.facts.retention.iter();
    paths.extend(
        unperiodic
            .filter(|rule| rule.period.is_none() && !rule.wording.trim().is_empty())
            .map(|rule| format!("retention.{}.wording", rule.id)),
    );
    paths
}

/// The paths of all labels that can be translated: fields that are words, and the
/// items of a category, numbered from 0: `category.account.items.0`.
fn label_paths(document: &Document) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in entries(document) {
        for (field, value) in &entry.fields {
            let path = entry.path(field);
            match value {
                // The words after a period are not shown any more; who has translated
                // them has done nothing wrong.
                _ if *field == "wording" => paths.push(path),
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
