//! All that a policy says about a category, for the person whose data it is
//! (GDPR art. 15(1) and (2); L6, E7). Assumed facts are in it too: the person
//! asks what is done, not what was promised.

use domain::policy::facts::{Category, Processor, Purpose, named};
use leptos::prelude::*;

use super::kept::kept_in_words;
use crate::ui::facts::data::{capitalised, legal_basis};
use crate::ui::facts::recipients;
use crate::ui::reader::Reader;

/// The facts as a list of definitions.
pub fn category_facts(reader: Reader<'_>, category: &Category) -> AnyView {
    let say = |id| reader.words.text(id);
    let facts = &reader.document.facts;
    let description =
        reader.label(format_args!("category.{}.description", category.id), &category.description);
    let items: Vec<String> = category
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            reader.label(format_args!("category.{}.items.{index}", category.id), item)
        })
        .collect();
    let purposes = category
        .purposes
        .iter()
        .filter_map(|id| named(&facts.purposes, id))
        .map(|purpose| purpose_view(reader, purpose))
        .collect();
    let sources = category.sources.iter().map(|id| reader.source(id)).collect::<Vec<_>>();
    let recipients = facts
        .processors
        .iter()
        .filter(|processor| processor.categories.contains(&category.id))
        .map(|processor| recipient_view(reader, processor))
        .collect();
    view! {
        <p class="description">{description}</p>
        <dl class="fields">
            {words(say("held-items"), items.join(", "))}
            {list(say("held-purposes"), purposes)}
            {words(say("held-sources"), sources.join(", "))}
            {list(say("held-recipients"), recipients)}
            {words(say("held-kept"), capitalised(&kept_in_words(reader, &category.id)))}
        </dl>
    }
    .into_any()
}

/// "To run your account" with the legal basis under it.
fn purpose_view(reader: Reader<'_>, purpose: &Purpose) -> AnyView {
    let basis = purpose.legal_basis.map(|basis| reader.words.text(legal_basis(basis)));
    let interest = purpose
        .interest
        .as_ref()
        .map(|interest| reader.label(format_args!("purpose.{}.interest", purpose.id), interest));
    let under = [basis, interest].into_iter().flatten().collect::<Vec<_>>().join(": ");
    with_note(capitalised(&reader.purpose(&purpose.id)), under)
}

/// A recipient with what it does, where, and what protects the data there.
fn recipient_view(reader: Reader<'_>, processor: &Processor) -> AnyView {
    let label =
        |field: &str, own| reader.label(format_args!("processor.{}.{field}", processor.id), own);
    let does = Some(label("does", &processor.does));
    let country = processor.country.as_ref().map(|country| label("country", country));
    let safeguard =
        processor.safeguard.map(|safeguard| reader.words.text(recipients::named(safeguard)));
    let under = [does, country, safeguard].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    with_note(reader.processor(&processor.id), under)
}

fn with_note(text: String, note: String) -> AnyView {
    let note = (!note.is_empty()).then(|| view! { <small class="quiet">{note}</small> });
    view! { <li>{text}{note}</li> }.into_any()
}

fn words(name: String, text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{text}</dd></div> }.into_any())
}

fn list(name: String, items: Vec<AnyView>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        view! { <div><dt>{name}</dt><dd><ul class="stacked">{items}</ul></dd></div> }.into_any()
    })
}
