//! Facts that are sentences.

use domain::policy::facts::{Assumed, Fact};

use super::table::{Cell, FactRow, FactTable, Listed, words};
use crate::ui::reader::Reader;

/// Other promises.
pub fn commitments(reader: Reader<'_>) -> Option<Listed> {
    let promises: Vec<String> = reader
        .document
        .facts
        .commitments
        .iter()
        .filter(|commitment| commitment.states("text"))
        .map(|commitment| {
            reader.label(format_args!("commitment.{}.text", commitment.id), &commitment.text)
        })
        .collect();
    (!promises.is_empty()).then_some(Listed::Sentences(promises))
}

/// Decisions made by a machine alone.
pub fn automated_decisions(reader: Reader<'_>) -> Option<Listed> {
    let decisions = &reader.document.facts.automated_decisions;
    if decisions.is_empty() {
        return sentence(reader.words.text("no-automated-decisions"));
    }
    let rows = decisions
        .iter()
        .filter(|decision| decision.states("label"))
        .map(|decision| {
            let path = format!("automated-decision.{}", decision.id);
            let logic = decision
                .states("logic")
                .then(|| reader.label(format_args!("{path}.logic"), &decision.logic));
            FactRow {
                anchor: None,
                head: Cell::Words(reader.label(format_args!("{path}.label"), &decision.label)),
                cells: vec![logic.and_then(words)],
            }
        })
        .collect();
    FactTable {
        caption: reader.words.text("fact-automated-decisions"),
        columns: vec![reader.words.text("column-decision"), reader.words.text("column-logic")],
        rows,
    }
    .listed()
}

/// Whether data is sold or shared.
pub fn sale(reader: Reader<'_>) -> Option<Listed> {
    let sale = reader.document.facts.sale.as_ref()?;
    let say = |id| reader.words.text(id);
    let sold = states(&sale.assumed, "sold")
        .then(|| say(if sale.sold { "sale-sold" } else { "sale-not-sold" }));
    let shared = states(&sale.assumed, "shared")
        .then(|| say(if sale.shared { "sale-shared" } else { "sale-not-shared" }));
    sentence([sold, shared].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// For whom the service is not meant.
pub fn children(reader: Reader<'_>) -> Option<Listed> {
    let children = reader.document.facts.children.as_ref()?;
    let age = states(&children.assumed, "minimum-age")
        .then(|| reader.words.with("children-age", &[("age", children.minimum_age.into())]));
    let report = states(&children.assumed, "on-report")
        .then(|| reader.label("children.on-report", &children.on_report));
    sentence([age, report].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// How people learn of changes.
pub fn changes(reader: Reader<'_>) -> Option<Listed> {
    let changes = reader.document.facts.changes.as_ref()?;
    let mut said = vec![reader.words.text("changes-posted")];
    if changes.by_mail && states(&changes.assumed, "by-mail") {
        said.push(reader.words.text("changes-by-mail"));
    }
    sentence(said.join(" "))
}

fn states(assumed: &Assumed, field: &str) -> bool {
    !assumed.contains("all") && !assumed.contains(field)
}

fn sentence(text: String) -> Option<Listed> {
    (!text.is_empty()).then_some(Listed::Paragraph(text))
}
