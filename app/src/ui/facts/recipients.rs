//! Who receives data, and in which countries.

use domain::policy::facts::{Fact, Processor, Safeguard};

use super::data::capitalised;
use super::table::{Cell, FactRow, FactTable, Listed, words};
use crate::ui::reader::Reader;

/// Who receives data.
pub fn processors(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let rows = reader
        .document
        .facts
        .processors
        .iter()
        .filter(|processor| processor.states("name"))
        .map(|processor| {
            let id = &processor.id;
            let does = processor.states("does").then(|| {
                capitalised(&reader.label(format_args!("processor.{id}.does"), &processor.does))
            });
            let receives =
                processor.states("categories").then(|| reader.categories(&processor.categories));
            let policy = processor
                .policy_url
                .clone()
                .filter(|_| processor.states("policy-url"))
                .map(|url| Cell::Link(say("processor-policy"), url));
            FactRow {
                anchor: Some(format!("processor-{id}")),
                head: Cell::Words(reader.processor(id)),
                cells: vec![
                    does.and_then(words),
                    receives.and_then(words),
                    country(reader, processor).and_then(words),
                    policy,
                ],
            }
        })
        .collect();
    FactTable {
        caption: say("fact-processors"),
        columns: vec![
            say("column-processor"),
            say("column-does"),
            say("column-receives"),
            say("column-country"),
            say("column-their-policy"),
        ],
        rows,
    }
    .listed()
}

/// Which countries data goes to, and what protects it there.
pub fn transfers(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let rows = reader
        .document
        .facts
        .processors
        .iter()
        .filter(|processor| country(reader, processor).is_some())
        .map(|processor| {
            let safeguard = processor.safeguard().stated();
            FactRow {
                anchor: None,
                head: Cell::Words(reader.processor(&processor.id)),
                cells: vec![
                    country(reader, processor).and_then(words),
                    safeguard.and_then(|safeguard| words(say(named(safeguard)))),
                ],
            }
        })
        .collect();
    FactTable {
        caption: say("fact-transfers"),
        columns: vec![say("column-processor"), say("column-country"), say("column-safeguard")],
        rows,
    }
    .listed()
}

fn country(reader: Reader<'_>, processor: &Processor) -> Option<String> {
    let own = processor.country().stated()?;
    Some(
        reader
            .document
            .label(format_args!("processor.{}.country", processor.id), own, reader.words.language())
            .to_owned(),
    )
}

/// The message that names what protects a transfer.
pub(crate) fn named(safeguard: Safeguard) -> &'static str {
    match safeguard {
        Safeguard::NoTransfer => "safeguard-no-transfer",
        Safeguard::Adequacy => "safeguard-adequacy",
        Safeguard::StandardClauses => "safeguard-standard-clauses",
        Safeguard::BindingRules => "safeguard-binding-rules",
        Safeguard::OtherMechanism => "safeguard-other-mechanism",
    }
}
