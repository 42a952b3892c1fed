//! Changes of facts as sentences: "Call recordings: kept 90 days → 30 days."

use domain::identifiers::Slug;
use domain::policy::diff::{Change, FactChange, FactKind, FieldValue};
use domain::policy::facts::RightPromise;
use domain::policy::placeholders::FactList;
use leptos::prelude::*;

use super::facts::rights::named;
use super::policy_view::listed;
use super::reader::Reader;

/// Which changes come first, and under which name: what happens to people's
/// data before what the company says about itself.
const ORDER: [(FactKind, FactList); 15] = [
    (FactKind::Retention, FactList::Retention),
    (FactKind::Hold, FactList::Holds),
    (FactKind::Category, FactList::Categories),
    (FactKind::Purpose, FactList::Purposes),
    (FactKind::Processor, FactList::Processors),
    (FactKind::Source, FactList::Sources),
    (FactKind::Right, FactList::Rights),
    (FactKind::Commitment, FactList::Commitments),
    (FactKind::Sale, FactList::Sale),
    (FactKind::AutomatedDecision, FactList::AutomatedDecisions),
    (FactKind::Cookie, FactList::Cookies),
    (FactKind::Children, FactList::Children),
    (FactKind::Changes, FactList::Changes),
    (FactKind::Controller, FactList::Controller),
    (FactKind::Contact, FactList::Contacts),
];

/// All changes, by what they are about.
pub fn changes(reader: Reader<'_>, changes: &[FactChange]) -> AnyView {
    let groups = ORDER
        .into_iter()
        .filter_map(|(kind, list)| {
            let changes: Vec<_> = changes.iter().filter(|change| change.list == kind).collect();
            (!changes.is_empty()).then(|| {
                let title = reader.words.text(listed(list));
                let facts = changes
                    .chunk_by(|one, next| one.id == next.id)
                    .map(|changes| fact(reader, changes))
                    .collect::<Vec<_>>();
                view! { <h3>{title}</h3><ul>{facts}</ul> }
            })
        })
        .collect::<Vec<_>>();
    view! { <div class="changes">{groups}</div> }.into_any()
}

/// What changed of one fact: its name stands there once.
fn fact(reader: Reader<'_>, changes: &[&FactChange]) -> AnyView {
    match changes {
        [] => ().into_any(),
        [change] => view! { <li>{sentence(reader, change)}</li> }.into_any(),
        [first, ..] => {
            let sentences = changes
                .iter()
                .map(|change| view! { <li>{said(reader, change)}</li> })
                .collect::<Vec<_>>();
            view! { <li>{called(reader, first)}<ul>{sentences}</ul></li> }.into_any()
        }
    }
}

/// The change in words. `reader` reads the newer version.
pub fn sentence(reader: Reader<'_>, change: &FactChange) -> String {
    let (label, said) = (called(reader, change), said(reader, change));
    match change.change {
        Change::Added | Change::Removed => said,
        Change::Changed { .. } => {
            let values = [("label", label.into()), ("change", said.into())];
            reader.words.with("change-of", &values)
        }
    }
}

/// The fact's name; a fact that there is only one of has none but its kind's, and a
/// promise is told by its own words.
fn called(reader: Reader<'_>, change: &FactChange) -> String {
    let text = matches!(change.change, Change::Changed { field: "text", .. });
    Some(label(reader, change))
        .filter(|label| !(label.is_empty() || text && change.list == FactKind::Commitment))
        .or_else(|| reader.words.find(&format!("kind-{}", change.list.name())))
        .unwrap_or_default()
}

/// The same without the fact's name, where something about it changed.
fn said(reader: Reader<'_>, change: &FactChange) -> String {
    let words = reader.words;
    let label = called(reader, change);
    match &change.change {
        Change::Added => words.with("change-added", &[("label", label.into())]),
        Change::Removed => words.with("change-removed", &[("label", label.into())]),
        Change::Changed { field, from, to } => {
            let (new, gone) = (*from == FieldValue::Absent, *to == FieldValue::Absent);
            let id = match (change.list, *field) {
                (FactKind::Right, "days") if new => "change-answered-new",
                (FactKind::Right, "days") if gone => "change-answered-gone",
                (FactKind::Retention | FactKind::Hold, "period") if new => "change-kept-new",
                (FactKind::Retention | FactKind::Hold, "period") if gone => "change-kept-gone",
                _ if new => "change-field-new",
                _ if gone => "change-field-gone",
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
            |hold| reader.label(format_args!("hold.{id}.ground"), hold.ground.unproven()),
        ),
        FactKind::Commitment => {
            facts.commitments.iter().find(|promise| promise.id == *id).map_or_else(
                || change.label.clone(),
                |promise| reader.label(format_args!("commitment.{id}.text"), &promise.text),
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

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::diff::fact_changes;
    use domain::words::Words;

    use super::*;
    use crate::pages::studio::policy::tests::document;

    #[test]
    fn every_kind_of_change_is_told_and_data_before_addresses() {
        let new = document();
        let mut old = document();
        old.facts = Default::default();
        old.controller.contacts.clear();
        let found = fact_changes(&old, &new);
        for change in &found {
            assert_eq!(ORDER.iter().filter(|(kind, _)| *kind == change.list).count(), 1);
        }
        for language in Language::ALL {
            let reader = Reader { document: &new, words: Words::new(language) };
            let html = Owner::new().with(|| changes(reader, &found).to_html());
            // Each change once, and a name above those of the same fact.
            let several = found
                .chunk_by(|one, next| (one.list, &one.id) == (next.list, &next.id))
                .filter(|changes| changes.len() > 1)
                .count();
            assert_eq!(html.matches("<li>").count(), found.len() + several, "{html}");
            assert!(!html.contains("Unknown localization"), "{html}");
            let at = |list| html.find(&reader.words.text(listed(list))).expect("its heading");
            assert!(at(FactList::Categories) < at(FactList::Contacts));
        }
    }

    #[test]
    fn the_name_of_a_fact_is_told_once_however_much_of_it_changed() {
        let new = document();
        let mut old = new.clone();
        for category in &mut old.facts.categories {
            category.purposes.clear();
            category.sources.clear();
            category.items = vec!["before".into()];
        }
        let found = fact_changes(&old, &new);
        let reader = Reader { document: &new, words: Words::new(Language::En) };
        let html = Owner::new().with(|| changes(reader, &found).to_html());
        for category in &new.facts.categories {
            let of_it = found.iter().filter(|change| change.id == category.id).count();
            let told = html.matches(&format!("<li>{}", category.label)).count();
            assert!(of_it == 0 || told == 1, "{}: {told} of {of_it}: {html}", category.label);
        }
    }
}
