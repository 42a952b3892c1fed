//! Which data, what for, and where it comes from.

use domain::policy::facts::{Category, Fact, LegalBasis};

use super::table::{Cell, FactRow, FactTable, Listed, name_with, stacked, words};
use crate::ui::reader::Reader;

/// The kinds of data.
pub fn categories(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let rows = reader
        .document
        .facts
        .categories
        .iter()
        .filter(|category| category.states("label"))
        .map(|category| category_row(reader, category))
        .collect();
    FactTable {
        caption: say("fact-categories"),
        columns: vec![
            say("column-data"),
            say("column-items"),
            say("column-purposes"),
            say("column-kept"),
        ],
        rows,
    }
    .listed()
}

fn category_row(reader: Reader<'_>, category: &Category) -> FactRow {
    let id = &category.id;
    let description = category
        .states("description")
        .then(|| reader.label(format_args!("category.{id}.description"), &category.description));
    let items: Vec<String> = category
        .items
        .iter()
        .enumerate()
        .filter(|_| category.states("items"))
        .map(|(index, item)| reader.label(format_args!("category.{id}.items.{index}"), item))
        .collect();
    let purposes: Vec<String> = category
        .purposes
        .iter()
        .filter(|_| category.states("purposes"))
        .map(|purpose| reader.purpose(purpose))
        .collect();
    let kept = if category.linked {
        reader.category_kept(category)
    } else {
        reader.words.text("not-linked")
    };
    FactRow {
        anchor: Some(format!("category-{id}")),
        head: name_with(reader.category(id), description),
        cells: vec![words(items.join(", ")), stacked(purposes), words(kept)],
    }
}

/// What data is used for, and why that is lawful.
pub fn purposes(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let rows: Vec<FactRow> = reader
        .document
        .facts
        .purposes
        .iter()
        .filter(|purpose| purpose.states("label"))
        .map(|purpose| {
            let basis = purpose.legal_basis().stated();
            let interest = purpose.interest().stated().map(|interest| {
                reader.label(format_args!("purpose.{}.interest", purpose.id), interest)
            });
            let used = reader
                .document
                .facts
                .categories
                .iter()
                .filter(|c| c.states("purposes") && c.purposes.contains(&purpose.id))
                .map(|c| reader.category(&c.id))
                .collect::<Vec<_>>()
                .join(", ");
            FactRow {
                anchor: Some(format!("purpose-{}", purpose.id)),
                head: name_with(capitalised(&reader.purpose(&purpose.id)), None),
                cells: vec![
                    words(used),
                    basis.and_then(|b| words(say(legal_basis(b)))),
                    interest.and_then(words),
                ],
            }
        })
        .collect();
    FactTable {
        caption: say("fact-purposes"),
        columns: vec![
            say("column-purpose"),
            say("column-data"),
            say("column-basis"),
            say("column-interest"),
        ],
        rows,
    }
    .listed()
}

/// Where data comes from.
pub fn sources(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let rows = reader
        .document
        .facts
        .sources
        .iter()
        .filter(|source| source.states("label"))
        .map(|source| {
            let gives = reader
                .document
                .facts
                .categories
                .iter()
                .filter(|c| c.states("sources") && c.sources.contains(&source.id))
                .map(|c| reader.category(&c.id))
                .collect::<Vec<_>>()
                .join(", ");
            FactRow {
                anchor: None,
                head: Cell::Words(capitalised(&reader.source(&source.id))),
                cells: vec![words(gives)],
            }
        })
        .collect();
    FactTable {
        caption: say("fact-sources"),
        columns: vec![say("column-source"), say("column-data")],
        rows,
    }
    .listed()
}

/// The message that names a legal basis.
pub(crate) fn legal_basis(basis: LegalBasis) -> &'static str {
    match basis {
        LegalBasis::Consent => "basis-consent",
        LegalBasis::Contract => "basis-contract",
        LegalBasis::LegalObligation => "basis-legal-obligation",
        LegalBasis::LegitimateInterests => "basis-legitimate-interests",
    }
}

/// The text with its first letter in upper case: labels are written to stand
/// inside a sentence.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return String::new() };
    let mut capitalised: String = first.to_uppercase().collect();
    capitalised.push_str(characters.as_str());
    capitalised
}
