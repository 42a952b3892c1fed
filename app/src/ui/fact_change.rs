//! A change of a fact as a sentence: "Call recordings: kept 90 days → 30 days."

use domain::identifiers::Slug;
use domain::policy::diff::{Change, FactChange, FactKind, FieldValue};
use domain::policy::facts::RightPromise;

use super::facts::rights::named;
use super::reader::Reader;

/// The change in words. `reader` reads the newer version.
pub fn sentence(reader: Reader<'_>, change: &FactChange) -> String {
    let words = reader.words;
    let kind = words.find(&format!("kind-{}", change.list.name())).unwrap_or_default();
    // A fact that there is only one of has no name but its kind's.
    let label = Some(label(reader, change))
        .filter(|label| !label.is_empty())
        .unwrap_or_else(|| kind.clone());
    match &change.change {
        Change::Added => {
            words.with("change-added", &[("kind", kind.into()), ("label", label.into())])
        }
        Change::Removed => {
            words.with("change-removed", &[("kind", kind.into()), ("label", label.into())])
        }
        Change::Changed { field, from, to } => {
            let id = match (change.list, *field) {
                (FactKind::Right, "days") if *from == FieldValue::Absent => "change-answered-new",
                _ if *from == FieldValue::Absent => "change-field-new",
                _ if *to == FieldValue::Absent => "change-field-gone",
                (FactKind::Retention | FactKind::Hold, "period") => "change-kept",
                (FactKind::Right, "days") => "change-answered",
                (FactKind::Commitment, "text") => "change-text",
                _ => "change-field",
            };
            let value = |value: &FieldValue| match value {
                FieldValue::Text(text)
                    if id != "change-text" && !matches!(*field, "starts" | "cancelled-by") =>
                {
                    words.with("value-quoted", &[("text", text.clone().into())])
                }
                other => self::value(reader, field, other),
            };
            let field_name =
                words.find(&format!("field-of-{field}")).unwrap_or_else(|| (*field).to_owned());
            words.with(
                id,
                &[
                    ("label", label.into()),
                    ("kind", kind.into()),
                    ("field", field_name.into()),
                    ("from", value(from).into()),
                    ("to", value(to).into()),
                ],
            )
        }
    }
}

/// What people call the fact, in their language.
fn label(reader: Reader<'_>, change: &FactChange) -> String {
    let id = &change.id;
    let facts = &reader.document.facts;
    match change.list {
        FactKind::Category => known(reader.category(id), id, change),
        FactKind::Purpose => known(reader.purpose(id), id, change),
        FactKind::Source => known(reader.source(id), id, change),
        FactKind::Processor => known(reader.processor(id), id, change),
        FactKind::Cookie => facts
            .cookies
            .iter()
            .find(|cookie| cookie.id == *id)
            .map_or_else(|| change.label.clone(), |cookie| reader.cookie(cookie)),
        FactKind::Hold => facts.holds.iter().find(|hold| hold.id == *id).map_or_else(
            || change.label.clone(),
            |hold| reader.label(&format!("hold.{id}.ground"), &hold.ground),
        ),
        FactKind::Commitment => {
            facts.commitments.iter().find(|promise| promise.id == *id).map_or_else(
                || change.label.clone(),
                |promise| reader.label(&format!("commitment.{id}.text"), &promise.text),
            )
        }
        FactKind::Retention => facts
            .retention
            .iter()
            .find(|rule| rule.id == *id)
            .map_or_else(|| change.label.clone(), |rule| reader.categories(&rule.categories)),
        FactKind::Right => facts
            .rights
            .iter()
            .find(|right: &&RightPromise| right.id == *id)
            .map_or_else(|| change.label.clone(), |right| reader.words.text(named(right.right))),
        _ => change.label.clone(),
    }
}

/// The label that was found, or what the older version called it.
fn known(found: String, id: &Slug, change: &FactChange) -> String {
    if found == id.as_str() { change.label.clone() } else { found }
}

fn value(reader: Reader<'_>, field: &str, value: &FieldValue) -> String {
    let words = reader.words;
    match value {
        FieldValue::Absent => words.text("value-absent"),
        FieldValue::Text(event) if matches!(field, "starts" | "cancelled-by") => {
            words.find(&format!("event-{event}")).unwrap_or_else(|| event.replace('-', " "))
        }
        FieldValue::Text(text) => text.clone(),
        FieldValue::Period(period) => words.period(*period),
        FieldValue::Days(days) => words.days(*days),
        FieldValue::Flag(true) => words.text("value-yes"),
        FieldValue::Flag(false) => words.text("value-no"),
        FieldValue::Choice(name) => {
            words.find(&format!("choice-{name}")).unwrap_or_else(|| (*name).to_owned())
        }
        FieldValue::Names(names) => {
            names.iter().map(|name| label_of(reader, field, name)).collect::<Vec<_>>().join(", ")
        }
    }
}

fn label_of(reader: Reader<'_>, field: &str, name: &str) -> String {
    let Ok(id) = name.parse::<Slug>() else {
        return name.to_owned();
    };
    match field {
        "categories" => reader.category(&id),
        "purposes" => reader.purpose(&id),
        "sources" => reader.source(&id),
        _ => name.to_owned(),
    }
}
