//! How long data is kept, and what the law makes the company keep longer.

use domain::policy::facts::Fact;

use super::data::capitalised;
use super::table::{Cell, FactRow, FactTable, Listed, words};
use crate::ui::reader::Reader;

/// How long data is kept.
pub fn retention(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let facts = &reader.document.facts;
    let ruled = facts.retention.iter().filter_map(|rule| {
        let kept = reader.kept(rule)?;
        Some(FactRow {
            anchor: Some(format!("retention-{}", rule.id)),
            head: Cell::Words(reader.categories(&rule.categories)),
            cells: vec![words(capitalised(&kept))],
        })
    });
    // Every category that is linked to a person has its line.
    let rest = facts
        .categories
        .iter()
        .filter(|category| category.linked && category.states("label"))
        .filter(|category| {
            !facts
                .retention
                .iter()
                .any(|rule| rule.categories.contains(&category.id) && reader.kept(rule).is_some())
        })
        .map(|category| FactRow {
            anchor: None,
            head: Cell::Words(reader.category(&category.id)),
            cells: vec![words(capitalised(&say("kept-as-needed")))],
        });
    let rows = ruled.chain(rest).collect();
    FactTable {
        caption: say("fact-retention"),
        columns: vec![say("column-data"), say("column-kept")],
        rows,
    }
    .listed()
}

/// What the law makes the company keep.
pub fn holds(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let rows = reader
        .document
        .facts
        .holds
        .iter()
        .filter_map(|hold| Some((hold, hold.ground().stated()?)))
        .map(|(hold, ground)| {
            let period = hold.period().stated();
            let what = hold.states("categories").then(|| reader.categories(&hold.categories));
            FactRow {
                anchor: Some(format!("hold-{}", hold.id)),
                head: Cell::Words(capitalised(
                    &reader.label(format_args!("hold.{}.ground", hold.id), ground),
                )),
                cells: vec![
                    what.and_then(words),
                    period.and_then(|period| words(reader.words.period(period))),
                ],
            }
        })
        .collect();
    FactTable {
        caption: say("fact-holds"),
        columns: vec![say("column-ground"), say("column-data"), say("column-hold-period")],
        rows,
    }
    .listed()
}
