//! All that a policy says about a category, for the person whose data it is
//! (GDPR art. 15(1) and (2); L6, E7). What the company has not stated yet is said to
//! be just that: an assumption is no answer.

use domain::policy::facts::{Category, Fact, Processor, Purpose, named};
use domain::policy::said::Said;
use leptos::prelude::*;

use super::kept::kept_in_words;
use crate::ui::facts::data::{capitalised, legal_basis};
use crate::ui::facts::recipients;
use crate::ui::reader::Reader;

/// The facts as a list of definitions.
pub fn category_facts(reader: Reader<'_>, category: &Category) -> AnyView {
    let say = |id| reader.words.text(id);
    let lang_of =
        |part: &str| reader.foreign_label(format_args!("category.{}.{part}", category.id));
    let from = category.sources.first();
    let from = from.and_then(|id| reader.foreign_label(format_args!("source.{id}.label")));
    let facts = &reader.document.facts;
    let not_stated = || say("not-stated");
    let description = if category.states("description") {
        reader.label(format_args!("category.{}.description", category.id), &category.description)
    } else {
        String::new()
    };
    let items: Vec<String> = category
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            reader.label(format_args!("category.{}.items.{index}", category.id), item)
        })
        .collect();
    let items = stated(category, "items", items.join(", ")).unwrap_or_else(not_stated);
    let purposes = if category.states("purposes") || category.purposes.is_empty() {
        category
            .purposes
            .iter()
            .filter_map(|id| named(&facts.purposes, id))
            .map(|purpose| purpose_view(reader, purpose))
            .collect()
    } else {
        vec![with_note(not_stated(), String::new(), None)]
    };
    let sources = category.sources.iter().map(|id| reader.source(id)).collect::<Vec<_>>();
    let sources = stated(category, "sources", sources.join(", ")).unwrap_or_else(not_stated);
    view! {
        <p class="description" lang=lang_of("description")>{description}</p>
        <dl class="fields">
            {words(say("held-items"), items, lang_of("items.0").filter(|_| category.states("items")))}
            {list(say("held-purposes"), purposes)}
            {words(say("held-sources"), sources, from.filter(|_| category.states("sources")))}
            {list(say("held-recipients"), recipients_of(reader, category))}
            {words(say("held-kept"), capitalised(&kept_in_words(reader, &category.id)), None)}
        </dl>
    }
    .into_any()
}

/// What stands in a field, if the company states it or there is nothing in it.
fn stated(category: &Category, field: &str, text: String) -> Option<String> {
    (text.is_empty() || category.states(field)).then_some(text)
}

/// "To run your account" with the legal basis under it.
fn purpose_view(reader: Reader<'_>, purpose: &Purpose) -> AnyView {
    if !purpose.states("label") {
        return with_note(reader.words.text("not-stated"), String::new(), None);
    }
    let basis = match purpose.legal_basis() {
        Said::Stated(basis) => Some(reader.words.text(legal_basis(basis))),
        Said::Assumed => Some(reader.words.text("basis-not-stated")),
        Said::Nothing => None,
    };
    let interest = purpose
        .interest()
        .stated()
        .map(|interest| reader.label(format_args!("purpose.{}.interest", purpose.id), interest));
    let under = [basis, interest].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let lang = reader.foreign_purpose(&purpose.id);
    with_note(capitalised(&reader.purpose(&purpose.id)), under, lang)
}

/// Who receives a category, and of whom the company has not stated it yet.
fn recipients_of(reader: Reader<'_>, category: &Category) -> Vec<AnyView> {
    let mut listed = Vec::new();
    let mut open = Vec::new();
    for processor in &reader.document.facts.processors {
        match processor.receives(&category.id) {
            Said::Stated(()) => listed.push(recipient_view(reader, processor)),
            Said::Assumed if processor.states("name") => open.push(reader.processor(&processor.id)),
            Said::Assumed | Said::Nothing => {}
        }
    }
    if !open.is_empty() {
        let who = ("who", open.join(", ").into());
        let said = reader.words.with("recipients-not-stated", &[who]);
        listed.push(with_note(said, String::new(), None));
    }
    listed
}

/// A recipient with what it does, where, and what protects the data there.
fn recipient_view(reader: Reader<'_>, processor: &Processor) -> AnyView {
    let label =
        |field: &str, own| reader.label(format_args!("processor.{}.{field}", processor.id), own);
    let does = processor.states("does").then(|| label("does", &processor.does));
    let country = match processor.country() {
        Said::Stated(country) => Some(label("country", country)),
        Said::Assumed => Some(reader.words.text("country-not-stated")),
        Said::Nothing => None,
    };
    let safeguard = match processor.safeguard() {
        Said::Stated(safeguard) => Some(reader.words.text(recipients::named(safeguard))),
        Said::Assumed => Some(reader.words.text("safeguard-not-stated")),
        Said::Nothing => None,
    };
    let under = [does, country, safeguard].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    with_note(reader.processor(&processor.id), under, None)
}

/// `lang`: of the text, where it is not the reader's.
fn with_note(text: String, note: String, lang: Option<&'static str>) -> AnyView {
    let note = (!note.is_empty()).then(|| view! { <small class="quiet">{note}</small> });
    let text = match lang {
        Some(lang) => view! { <span lang=lang>{text}</span> }.into_any(),
        None => text.into_any(),
    };
    view! { <li>{text}{note}</li> }.into_any()
}

fn words(name: String, text: String, lang: Option<&'static str>) -> Option<AnyView> {
    (!text.is_empty())
        .then(|| view! { <div><dt>{name}</dt><dd lang=lang>{text}</dd></div> }.into_any())
}

fn list(name: String, items: Vec<AnyView>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        view! { <div><dt>{name}</dt><dd><ul class="stacked">{items}</ul></dd></div> }.into_any()
    })
}
