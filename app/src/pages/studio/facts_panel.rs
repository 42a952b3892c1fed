//! The facts of the draft, beside its text.

use domain::policy::check::{Finding, Place};
use domain::policy::facts::Facts;
use domain::policy::fields::{Entry, FactKind, FieldValue, entries};
use domain::policy::said::Noted;
use domain::roles::Permission;
use leptos::prelude::*;

use super::findings::{anchor, fact_label, notes};
use super::working::Working;
use crate::paths;
use crate::ui::chrome::Chrome;
use crate::ui::policy_view::listed;
use crate::ui::reader::Reader;
use domain::policy::placeholders::FactList;

/// The lists, the ones that people change most first.
const LISTS: [(FactKind, FactList); 15] = [
    (FactKind::Controller, FactList::Controller),
    (FactKind::Contact, FactList::Contacts),
    (FactKind::Retention, FactList::Retention),
    (FactKind::Processor, FactList::Processors),
    (FactKind::Category, FactList::Categories),
    (FactKind::Purpose, FactList::Purposes),
    (FactKind::Source, FactList::Sources),
    (FactKind::Hold, FactList::Holds),
    (FactKind::Right, FactList::Rights),
    (FactKind::Cookie, FactList::Cookies),
    (FactKind::Commitment, FactList::Commitments),
    (FactKind::AutomatedDecision, FactList::AutomatedDecisions),
    (FactKind::Sale, FactList::Sale),
    (FactKind::Children, FactList::Children),
    (FactKind::Changes, FactList::Changes),
];

/// The panel.
pub fn facts_panel(chrome: &Chrome, working: &Working) -> AnyView {
    let entries = entries(&working.document);
    let lists = LISTS
        .into_iter()
        .filter_map(|(kind, list)| {
            let facts: Vec<&Entry<'_>> =
                entries.iter().filter(|entry| entry.kind == kind).collect();
            let may_add = chrome.may(Permission::EditPolicy) && kind == FactKind::Processor;
            let add = may_add.then(|| {
                let href = chrome.href(paths::STUDIO_PROCESSOR_NEW);
                view! { <p><a href=href>{chrome.text("studio-add-processor")}</a></p> }
            });
            (!facts.is_empty() || add.is_some()).then(|| {
                let facts =
                    facts.into_iter().map(|entry| fact(chrome, working, entry)).collect::<Vec<_>>();
                view! {
                    <section>
                        <h3>{chrome.text(listed(list))}</h3>
                        <ul class="entries">{facts}</ul>
                        {add}
                    </section>
                }
            })
        })
        .collect::<Vec<_>>();
    let about = if chrome.may(Permission::EditPolicy) {
        "studio-facts-about"
    } else {
        "studio-facts-about-reading"
    };
    view! {
        <aside class="panel" aria-labelledby="panel">
            <h2 id="panel">{chrome.text("studio-facts")}</h2>
            <p class="quiet">{chrome.text(about)}</p>
            {lists}
        </aside>
    }
    .into_any()
}

fn fact(chrome: &Chrome, working: &Working, entry: &Entry<'_>) -> AnyView {
    let reader = Reader { document: &working.document, words: chrome.words };
    let id = entry.id.as_str();
    let found: Vec<&Finding> = working
        .findings
        .iter()
        .filter(|finding| {
            matches!(&finding.place, Place::Fact { kind, id, .. } if *kind == entry.kind && *id == entry.id)
        })
        .collect();
    let label = match fact_label(reader, entry.kind, id) {
        label if label.is_empty() => chrome.text(&format!("kind-{}", entry.kind.name())),
        label => label,
    };
    let edit = match entry.kind {
        _ if !chrome.may(Permission::EditPolicy) => None,
        FactKind::Controller | FactKind::Contact => Some(paths::STUDIO_CONTACTS.to_owned()),
        FactKind::Retention => Some(paths::STUDIO_RETENTION.of(&entry.id)),
        FactKind::Processor => Some(paths::STUDIO_PROCESSOR.of(&entry.id)),
        _ => None,
    };
    let edit = edit.map(|path| {
        // Links that all read "Change" need to say of what.
        let of = label.clone();
        view! { <a class="edit" href=chrome.href(&path)>{chrome.text("studio-change")}<span class="unseen">" "{of}</span></a> }
    });
    let value = value(reader, entry);
    view! {
        <li id=anchor(entry.kind, id)>
            <p class="entry"><b>{label}</b>{edit}</p>
            {value.map(|value| view! { <p class="quiet">{value}</p> })}
            {notes(chrome, &working.document, &found)}
        </li>
    }
    .into_any()
}

/// What matters most about a fact, whether stated or assumed.
fn value(reader: Reader<'_>, entry: &Entry<'_>) -> Option<String> {
    let words = reader.words;
    let facts = &reader.document.facts;
    let text = |name: &str| match entry.fields.iter().find(|(field, _)| *field == name) {
        Some((_, FieldValue::Text(text))) if !text.is_empty() => Some(text.clone()),
        Some((_, FieldValue::Choice(choice))) => Some((*choice).to_owned()),
        Some((_, FieldValue::Period(period))) => Some(words.period(*period)),
        Some((_, FieldValue::Days(days))) => Some(words.days(*days)),
        _ => None,
    };
    match entry.kind {
        FactKind::Controller => text("legal-name").or_else(|| text("site")),
        FactKind::Contact => text("email"),
        FactKind::Retention => Some(kept(reader, facts, entry.id.as_str())),
        FactKind::Processor => {
            let parts: Vec<_> = [text("does"), text("country")].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" · "))
        }
        FactKind::Category => text("description"),
        FactKind::Purpose => {
            text("legal-basis").and_then(|basis| words.find(&format!("basis-{basis}")))
        }
        FactKind::Hold => text("period"),
        FactKind::Right => {
            let regime = text("regime").and_then(|regime| words.find(&format!("regime-{regime}")));
            let parts: Vec<_> = [regime, text("days")].into_iter().flatten().collect();
            Some(parts.join(" · "))
        }
        FactKind::Cookie => {
            text("purpose").and_then(|purpose| words.find(&format!("cookie-{purpose}")))
        }
        FactKind::AutomatedDecision => text("logic"),
        FactKind::Children => facts
            .children
            .as_ref()
            .map(|children| words.with("children-age", &[("age", children.minimum_age.into())])),
        FactKind::Changes => facts.changes.as_ref().map(|changes| {
            words.text(if changes.by_mail { "changes-by-mail" } else { "changes-posted" })
        }),
        FactKind::Sale => facts
            .sale
            .as_ref()
            .map(|sale| words.text(if sale.sold { "sale-sold" } else { "sale-not-sold" })),
        FactKind::Source | FactKind::Commitment => None,
    }
}

/// How long a rule keeps something, stated or not: the note beside it says which.
fn kept(reader: Reader<'_>, facts: &Facts, id: &str) -> String {
    let words = reader.words;
    let Some(rule) = facts.retention.iter().find(|rule| rule.id.as_str() == id) else {
        return String::new();
    };
    let period = rule.period.as_ref().map(Noted::unproven);
    let Some(period) = period else {
        let wording = reader.label(format_args!("retention.{id}.wording"), &rule.wording);
        return if wording.is_empty() { words.text("kept-as-needed") } else { wording };
    };
    format!("{} {}", words.period(*period), words.after(&rule.starts))
}
