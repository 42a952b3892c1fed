//! Checks of the facts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Place, Problem, SUGGESTIONS, nearest, too_long};
use crate::identifiers::Slug;
use crate::policy::Document;
use crate::policy::facts::{Fact, Facts, LegalBasis, RightPromise, Safeguard};
use crate::policy::fields::{Entry, FactKind, FieldValue, entries};
use crate::policy::said::Noted;
use crate::requests::{Regime, Right};

pub(super) fn check(document: &Document, findings: &mut Vec<Finding>) {
    let entries = entries(document);
    entries_alone(&entries, findings);
    references(&document.facts, findings);
    controller(document, findings);
    data(&document.facts, findings);
    rules(&document.facts, findings);
    for right in &document.facts.rights {
        if let (Some(days), Some(limit)) = (&right.days, limit(right))
            && *days.unproven() > limit
        {
            let days = *days.unproven();
            let place = at(FactKind::Right, &right.id, Some("days"));
            findings.push(Finding::new(place, Problem::SlowerThanLaw { days, limit }));
        }
    }
}

fn at(kind: FactKind, id: &Slug, field: Option<&'static str>) -> Place {
    Place::Fact { kind, id: id.clone(), field }
}

/// What can be said of any fact: names and assumptions.
fn entries_alone(entries: &[Entry<'_>], findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for entry in entries {
        let place = |field| at(entry.kind, &entry.id, field);
        if !seen.insert((entry.kind, &entry.id)) {
            let problem = Problem::DuplicateName { name: entry.id.clone() };
            findings.push(Finding::new(place(None), problem));
        }
        for (field, value) in &entry.fields {
            let long = match value {
                FieldValue::Text(text) => too_long(text),
                FieldValue::Names(names) => names.iter().find_map(|name| too_long(name)),
                _ => None,
            };
            findings.extend(long.map(|problem| Finding::new(place(Some(field)), problem)));
        }
        for assumed in entry.assumed.into_iter().flatten() {
            let field = entry.fields.iter().find(|(name, _)| name == assumed);
            let finding = match (assumed.as_str(), field) {
                ("all", _) => Finding::new(place(None), Problem::FieldAssumed),
                (_, Some((field, _))) => Finding::new(place(Some(field)), Problem::FieldAssumed),
                (field, None) => {
                    let problem = Problem::AssumedFieldUnknown { field: field.to_owned() };
                    Finding::new(place(None), problem)
                }
            };
            findings.push(finding);
        }
    }
}

/// Names that lead to nothing.
fn references(facts: &Facts, findings: &mut Vec<Finding>) {
    use FactKind::*;
    let ids = |kind| match kind {
        Category => ids(&facts.categories),
        Purpose => ids(&facts.purposes),
        Source => ids(&facts.sources),
        _ => ids(&facts.processors),
    };
    let mut suggested = 0;
    let mut refer = |place: Place, kind: FactKind, names: &[Slug]| {
        let known = ids(kind);
        for name in names.iter().filter(|name| !known.iter().any(|k| k == name.as_str())) {
            suggested += 1;
            let suggestion =
                if suggested <= SUGGESTIONS { nearest(name.as_str(), &known) } else { None };
            let problem = Problem::UnknownReference { kind, name: name.clone(), suggestion };
            findings.push(Finding::new(place.clone(), problem));
        }
    };
    for f in &facts.categories {
        refer(at(Category, &f.id, Some("purposes")), Purpose, &f.purposes);
        refer(at(Category, &f.id, Some("sources")), Source, &f.sources);
    }
    for f in &facts.processors {
        refer(at(Processor, &f.id, Some("categories")), Category, &f.categories);
    }
    for f in &facts.cookies {
        refer(at(Cookie, &f.id, Some("processor")), Processor, f.processor.as_slice());
    }
    for f in &facts.retention {
        refer(at(Retention, &f.id, Some("categories")), Category, &f.categories);
    }
    for f in &facts.holds {
        refer(at(Hold, &f.id, Some("categories")), Category, &f.categories);
    }
}

fn ids<F: Fact>(facts: &[F]) -> Vec<String> {
    facts.iter().map(|fact| fact.id().to_string()).collect()
}

fn controller(document: &Document, findings: &mut Vec<Finding>) {
    let controller = &document.controller;
    if controller.contacts.is_empty() {
        findings.push(Finding::new(Place::Document, Problem::NoContact));
    }
    if let (Some(authority), Ok(id)) = (&controller.authority, "controller".parse()) {
        https(at(FactKind::Controller, &id, Some("authority")), &authority.url, findings);
    }
}

fn https(place: Place, url: &str, findings: &mut Vec<Finding>) {
    if !url.starts_with("https://") {
        findings.push(Finding::new(place, Problem::NotHttps { url: url.to_owned() }));
    }
}

/// What a complete answer under GDPR art. 13 to 15 needs of purposes, categories
/// and processors.
fn data(facts: &Facts, findings: &mut Vec<Finding>) {
    for purpose in &facts.purposes {
        let place = |field| at(FactKind::Purpose, &purpose.id, Some(field));
        match purpose.legal_basis.as_ref().map(Noted::unproven) {
            None => findings.push(Finding::new(place("legal-basis"), Problem::NoLegalBasis)),
            Some(LegalBasis::LegitimateInterests) if purpose.interest.is_none() => {
                findings.push(Finding::new(place("interest"), Problem::NoInterest));
            }
            Some(_) => {}
        }
    }
    for category in facts.categories.iter().filter(|category| category.linked) {
        if !facts.retention.iter().any(|rule| rule.categories.contains(&category.id)) {
            let place = at(FactKind::Category, &category.id, None);
            findings.push(Finding::new(place, Problem::NoRetention));
        }
    }
    for processor in &facts.processors {
        let place = |field| at(FactKind::Processor, &processor.id, Some(field));
        if processor.country.is_none() && processor.safeguard != Some(Safeguard::NoTransfer.into())
        {
            findings.push(Finding::new(place("country"), Problem::NoCountry));
        }
        if let Some(url) = &processor.policy_url {
            https(place("policy-url"), url, findings);
        }
    }
}

fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let mut governed: BTreeMap<&Slug, &Slug> = BTreeMap::new();
    for rule in &facts.retention {
        let place = |field| at(FactKind::Retention, &rule.id, Some(field));
        let categories: BTreeSet<_> = rule.categories.iter().collect();
        for category in categories {
            if let Some(other) = governed.insert(category, &rule.id) {
                let problem = Problem::TwoRules {
                    category: category.clone(),
                    rule: other.clone(),
                    other: rule.id.clone(),
                };
                findings.push(Finding::new(place("categories"), problem));
            }
        }
        if rule.cancelled_by.as_ref() == Some(&rule.starts) {
            let problem = Problem::CircularRule { event: rule.starts.clone() };
            findings.push(Finding::new(place("cancelled-by"), problem));
        }
        if rule.period.is_none() {
            findings.push(Finding::new(place("period"), Problem::NoPeriod));
        }
    }
    for hold in facts.holds.iter().filter(|hold| hold.period.is_none()) {
        let place = at(FactKind::Hold, &hold.id, Some("period"));
        findings.push(Finding::new(place, Problem::NoPeriod));
    }
}

/// The most days that the law leaves for an answer. A promise to everybody is
/// measured by the law that its right comes from.
fn limit(promise: &RightPromise) -> Option<u16> {
    use Right::*;
    match (promise.regime, promise.right) {
        // UK Data (Use and Access) Act 2025: acknowledged in 30 days.
        (Regime::UkGdpr, Complaint) => Some(30),
        (_, Complaint) => None,
        // CCPA regulations, 7026(f) and 7027(g): 15 working days; a promise is in
        // calendar days, and 15 of those are never too many.
        (_, OptOut | Limit) => Some(15),
        // CCPA 1798.130(a)(2)(A).
        (Regime::Ccpa, _) | (Regime::Promise, KnowCategories | KnowPieces | Delete | Correct) => {
            Some(45)
        }
        // GDPR art. 12(3): a month has 31 days at most; a shorter one is seen to
        // when the deadline of a request is computed.
        (Regime::Gdpr | Regime::UkGdpr | Regime::Promise, _) => Some(31),
    }
}
