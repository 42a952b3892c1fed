//! One recipient of data.

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Slug;
use domain::policy::Document;
use domain::policy::facts::{Processor, Safeguard};
use domain::policy::fields::FactKind;
use domain::policy::said::Noted;
use domain::words::Words;
use leptos::prelude::*;

use super::bar::{form_page, stale};
use super::findings::anchor;
use super::retention::confirm;
use super::working::{self, Saved, Working, free_name};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, hidden, send};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// What the form asks, by the names of the fields in files: all of them.
const ASKED: [&str; 6] = ["name", "does", "categories", "country", "safeguard", "policy-url"];

/// What can protect a transfer.
const SAFEGUARDS: [(Safeguard, &str); 5] = [
    (Safeguard::NoTransfer, "safeguard-no-transfer"),
    (Safeguard::Adequacy, "safeguard-adequacy"),
    (Safeguard::StandardClauses, "safeguard-standard-clauses"),
    (Safeguard::BindingRules, "safeguard-binding-rules"),
    (Safeguard::OtherMechanism, "safeguard-other-mechanism"),
];

/// `GET /studio/policy/processors/{id}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Slug>,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let form = filled(processor(&working.document, &id).ok_or(Trouble::NotFound)?);
    Ok(respond::html(page(&visit.chrome_in_all(), &working, Some(&id), &form, false)))
}

/// `POST /studio/policy/processors/{id}`.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Slug>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    processor(&working.document, &id).ok_or(Trouble::NotFound)?;
    answer(&portal, &visit, working, Some(id), &sent).await
}

/// `GET /studio/policy/processors/new`.
pub async fn show_new(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let page = page(&visit.chrome_in_all(), &working, None, &FormState::default(), false);
    Ok(respond::html(page))
}

/// `POST /studio/policy/processors/new`.
pub async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    answer(&portal, &visit, working, None, &sent).await
}

async fn answer(
    portal: &Portal,
    visit: &Visit,
    working: Working,
    id: Option<Slug>,
    sent: &SentForm,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    let form = checked(chrome.words, sent);
    if !form.is_right() {
        return Ok(respond::unprocessable(page(&chrome, &working, id.as_ref(), &form, false)));
    }
    let mut document = working.document.clone();
    let named = put(&mut document, id.as_ref(), sent).ok_or(Trouble::Unprocessable)?;
    match working::save(portal, visit, &working, sent, &document).await? {
        Saved::Yes => {
            let place = anchor(FactKind::Processor, named.as_str());
            Ok(respond::redirect(&chrome.href(&format!("{}#{place}", paths::STUDIO_POLICY))))
        }
        Saved::Stale => {
            let working = working::load(portal, visit).await?;
            Ok(respond::unprocessable(page(&chrome, &working, id.as_ref(), &form, true)))
        }
    }
}

fn processor<'a>(document: &'a Document, id: &Slug) -> Option<&'a Processor> {
    document.facts.processors.iter().find(|processor| processor.id == *id)
}

fn filled(processor: &Processor) -> FormState {
    let categories: Vec<&str> = processor.categories.iter().map(Slug::as_str).collect();
    let stated = if processor.assumed.is_empty() { "yes" } else { "" };
    let country = processor.country.as_ref().map(Noted::unproven);
    let safeguard = processor.safeguard.as_ref().map(Noted::unproven);
    FormState::filled([
        ("name", processor.name.clone()),
        ("does", processor.does.clone()),
        ("categories", categories.join(" ")),
        ("country", country.cloned().unwrap_or_default()),
        ("safeguard", safeguard.map_or("", |it| it.name()).to_owned()),
        ("policy-url", processor.policy_url.clone().unwrap_or_default()),
        ("stated", stated.to_owned()),
    ])
}

fn checked(words: Words, sent: &SentForm) -> FormState {
    let mut form = sent.state();
    if sent.one("name").is_empty() {
        form = form.wrong("name", words.text("processor-name-missing"));
    }
    if sent.one("does").is_empty() {
        form = form.wrong("does", words.text("processor-does-missing"));
    }
    let url = sent.one("policy-url");
    if !url.is_empty() && !url.starts_with("https://") {
        form = form.wrong("policy-url", words.text("processor-policy-url-wrong"));
    }
    form
}

/// Puts what was typed into the document; answers the recipient's name in it.
fn put(document: &mut Document, id: Option<&Slug>, sent: &SentForm) -> Option<Slug> {
    let name = sent.one("name").to_owned();
    let id = match id {
        Some(id) => id.clone(),
        None => {
            let taken = |id: &Slug| processor(document, id).is_some();
            free_name(&name, "recipient", &taken)?
        }
    };
    let before = processor(document, &id).cloned();
    let known = |id: &Slug| document.facts.categories.iter().any(|category| category.id == *id);
    let optional = |field| Some(sent.one(field).to_owned()).filter(|text| !text.is_empty());
    let safeguard = sent.one("safeguard");
    let mut after = Processor {
        id: id.clone(),
        name,
        does: sent.one("does").to_owned(),
        categories: sent.all("categories").filter_map(|id| id.parse().ok()).filter(known).collect(),
        country: optional("country").map(Into::into),
        safeguard: SAFEGUARDS
            .into_iter()
            .map(|(it, _)| it)
            .find(|it| it.name() == safeguard)
            .map(Into::into),
        policy_url: optional("policy-url"),
        assumed: before.as_ref().map(|before| before.assumed.clone()).unwrap_or_default(),
    };
    if sent.one("stated") == "yes" {
        confirm(&mut after.assumed, &ASKED, &[]);
    } else if after.assumed.is_empty() {
        // Nobody vouches for what is new or was taken back.
        after.assumed.insert("all".to_owned());
    }
    forget_translations(document, before.as_ref(), &after);
    let processors = &mut document.facts.processors;
    match processors.iter_mut().find(|processor| processor.id == id) {
        Some(processor) => *processor = after,
        None => processors.push(after),
    }
    Some(id)
}

/// A translation of words that are gone would say something else than the
/// document; people read the new words in its own language instead.
fn forget_translations(document: &mut Document, before: Option<&Processor>, after: &Processor) {
    let Some(before) = before else { return };
    let changed = [
        ("name", before.name != after.name),
        ("does", before.does != after.does),
        ("country", before.country != after.country),
    ];
    for translation in document.translations.values_mut() {
        for (field, _) in changed.iter().filter(|(_, changed)| *changed) {
            translation.labels.remove(&format!("processor.{}.{field}", after.id));
        }
    }
}

fn page(
    chrome: &Chrome,
    working: &Working,
    id: Option<&Slug>,
    form: &FormState,
    is_stale: bool,
) -> String {
    let words = chrome.words;
    let document = &working.document;
    let known = id.and_then(|id| processor(document, id));
    let title =
        known.map_or_else(|| words.text("processor-new"), |processor| processor.name.clone());
    let action = id.map_or_else(
        || paths::STUDIO_PROCESSOR_NEW.to_owned(),
        |id| paths::STUDIO_PROCESSOR.of(id),
    );
    form_page(chrome, working, (&title, form), || {
        let remove = id.map(|id| {
            let href = chrome.href(&paths::STUDIO_PROCESSOR_REMOVE.of(id));
            view! { <p><a href=href>{words.text("processor-remove")}</a></p> }
        });
        view! {
            {form.summary(words)}
            {is_stale.then(|| stale(chrome))}
            <h1>{title.clone()}</h1>
            <form method="post" action=chrome.href(&action) novalidate=true>
                {hidden("revision", working.stamp.to_string())}
                {Field::new("name", Kind::Text, words.text("processor-name"))
                    .hint(words.text("processor-name-hint")).view(words, form)}
                {Field::new("does", Kind::Text, words.text("processor-does"))
                    .hint(words.text("processor-does-hint")).view(words, form)}
                {categories(words, document).view(words, form)}
                {Field::new("country", Kind::Text, words.text("processor-country"))
                    .hint(words.text("processor-country-hint")).optional().view(words, form)}
                {safeguards(words).view(words, form)}
                {Field::new("policy-url", Kind::Text, words.text("processor-policy-url"))
                    .hint(words.text("processor-policy-url-hint")).optional().view(words, form)}
                {stated(words).view(words, form)}
                {send(words.text("studio-save"))}
            </form>
            {remove}
        }
    })
}

fn categories(words: Words, document: &Document) -> Choice {
    let reader = Reader { document, words };
    let options = document.facts.categories.iter().map(|category| ChoiceOption {
        value: category.id.to_string(),
        label: reader.category(&category.id),
        note: None,
    });
    Choice {
        name: "categories",
        legend: words.text("processor-categories"),
        hint: Some(words.text("processor-categories-hint")),
        options: options.collect(),
        several: true,
    }
}

fn safeguards(words: Words) -> Choice {
    let known = SAFEGUARDS.into_iter().map(|(safeguard, text)| ChoiceOption {
        value: safeguard.name().to_owned(),
        label: words.text(text),
        note: None,
    });
    let unknown = ChoiceOption {
        value: String::new(),
        label: words.text("studio-not-known"),
        note: Some(words.text("studio-not-known-about")),
    };
    Choice {
        name: "safeguard",
        legend: words.text("processor-safeguard"),
        hint: Some(words.text("processor-safeguard-hint")),
        options: known.chain([unknown]).collect(),
        several: false,
    }
}

fn stated(words: Words) -> Choice {
    Choice {
        name: "stated",
        legend: words.text("studio-stated-legend"),
        hint: Some(words.text("studio-stated-hint")),
        options: vec![ChoiceOption {
            value: "yes".to_owned(),
            label: words.text("studio-stated-all"),
            note: None,
        }],
        several: true,
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::facts::Fact;

    use super::super::policy::tests::{chrome, document, working};
    use super::*;

    fn sent(more: &[(&'static str, &'static str)]) -> SentForm {
        [
            ("revision", "2.3"),
            ("name", "Phone Ltd"),
            ("does", "telephony"),
            ("country", "Norway"),
            ("safeguard", "adequacy"),
        ]
        .into_iter()
        .chain(more.iter().copied())
        .collect()
    }

    #[test]
    fn a_recipient_is_changed_and_confirmed() {
        let mut changed = document();
        let id: Slug = "phone".parse().expect("a name");
        let all = [
            ("categories", "call"),
            ("categories", "bill"),
            ("categories", "made-up"),
            ("stated", "yes"),
        ];
        put(&mut changed, Some(&id), &sent(&all)).expect("put");
        let after = &changed.facts.processors[0];
        assert_eq!(after.categories.len(), 2);
        assert_eq!(after.safeguard().stated(), Some(Safeguard::Adequacy));
        assert!(after.assumed.is_empty());
    }

    #[test]
    fn what_nobody_confirms_stays_an_open_point() {
        let mut changed = document();
        let id: Slug = "phone".parse().expect("a name");
        put(&mut changed, Some(&id), &sent(&[])).expect("put");
        assert!(!changed.facts.processors[0].states("categories"));
        let new = put(&mut changed, None, &sent(&[])).expect("put");
        assert_eq!(new.as_str(), "phone-ltd");
        assert!(!changed.facts.processors[1].states("country"));
    }

    #[test]
    fn a_changed_word_loses_its_old_translation() {
        let mut changed = document();
        let id: Slug = "phone".parse().expect("a name");
        let labels = [("processor.phone.does", "Anrufe"), ("processor.phone.name", "Phone Ltd")];
        let german = changed.translations.entry(Language::De).or_default();
        german.labels = labels.map(|(path, label)| (path.to_owned(), label.to_owned())).into();
        put(&mut changed, Some(&id), &sent(&[])).expect("put");
        let labels = &changed.translations[&Language::De].labels;
        assert_eq!(labels.keys().collect::<Vec<_>>(), ["processor.phone.name"]);
    }

    #[test]
    fn a_form_that_is_wrong_comes_back_filled_in() {
        let sent: SentForm = [
            ("name", ""),
            ("does", ""),
            ("policy-url", "javascript:x"),
            ("country", "\"><script>"),
        ]
        .into_iter()
        .collect();
        for language in Language::ALL {
            let form = checked(Words::new(language), &sent);
            assert_eq!(form.errors.len(), 3);
            let html = page(&chrome(language), &working(), None, &form, true);
            assert!(!html.contains("<script") && !html.contains("Unknown localization"), "{html}");
            assert!(html.contains("javascript:x"), "{html}");
        }
    }
}
