//! Who answers for the data, and how to reach them.

use domain::policy::document::Representative;

use super::table::{Cell, FactRow, FactTable, Listed, stacked};
use crate::ui::reader::Reader;

/// Who is responsible, with representatives and authority.
pub fn controller(reader: Reader<'_>) -> Option<Listed> {
    let controller = &reader.document.controller;
    let say = |id| reader.words.text(id);
    let name = controller.legal_name.as_ref().unwrap_or(&controller.name);
    let address = controller.address.iter().filter(|line| *line != name);
    let mut rows = vec![row(Cell::Words(name.clone()), lines(address))];
    if let Some(officer) = &controller.data_protection_officer {
        rows.push(representative(officer, say("fact-officer")));
    }
    for one in &controller.representatives {
        let role =
            reader.words.with("fact-representative", &[("region", one.region.clone().into())]);
        rows.push(representative(one, role));
    }
    if let Some(authority) = &controller.authority {
        let (name, url) = (authority.name.clone(), authority.url.clone());
        let head = Cell::Noted(name, say("fact-authority"));
        rows.push(row(head, Some(Cell::Link(url.clone(), url))));
    }
    FactTable {
        caption: say("fact-controller"),
        columns: vec![say("column-who"), say("column-address")],
        rows,
    }
    .listed()
}

/// How to reach the company.
pub fn contacts(reader: Reader<'_>) -> Option<Listed> {
    let rows = reader
        .document
        .controller
        .contacts
        .iter()
        .map(|contact| {
            let email = contact.email.to_string();
            FactRow {
                anchor: None,
                head: Cell::Words(
                    reader.label(format_args!("contact.{}.label", contact.id), &contact.label),
                ),
                cells: vec![Some(Cell::Link(email.clone(), format!("mailto:{email}")))],
            }
        })
        .collect();
    FactTable {
        caption: reader.words.text("fact-contacts"),
        columns: vec![reader.words.text("column-for"), reader.words.text("column-address")],
        rows,
    }
    .listed()
}

fn row(head: Cell, value: Option<Cell>) -> FactRow {
    FactRow { anchor: None, head, cells: vec![value] }
}

fn representative(one: &Representative, role: String) -> FactRow {
    let email = one.email.as_ref().map(ToString::to_string);
    row(Cell::Noted(one.name.clone(), role), lines(one.address.iter().chain(&email)))
}

fn lines<'a>(lines: impl Iterator<Item = &'a String>) -> Option<Cell> {
    stacked(lines.cloned().collect())
}
