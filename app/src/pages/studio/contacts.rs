//! Who is responsible, and how to reach them.

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::EmailAddress;
use domain::policy::Document;
use domain::policy::document::Contact;
use domain::words::Words;
use leptos::prelude::*;

use super::bar::{form_page, stale};
use super::working::{self, Saved, Working, free_name};
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Field, FormState, Kind, hidden, send};
use crate::visit::Visit;

/// The rows of the form, as fields for the label and the address.
const ROWS: [(&str, &str); 8] = [
    ("label-1", "email-1"),
    ("label-2", "email-2"),
    ("label-3", "email-3"),
    ("label-4", "email-4"),
    ("label-5", "email-5"),
    ("label-6", "email-6"),
    ("label-7", "email-7"),
    ("label-8", "email-8"),
];

/// How many empty rows there are for new contacts.
const SPARE: usize = 2;

/// `GET /studio/policy/contacts`.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let form = filled(&working.document);
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &form, false)))
}

/// `POST /studio/policy/contacts`.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let chrome = visit.chrome_in_all();
    let form = checked(chrome.words, &sent);
    if !form.is_right() {
        return Ok(respond::unprocessable(page(&chrome, &working, &form, false)));
    }
    let mut document = working.document.clone();
    put(&mut document, &sent);
    match working::save(&portal, &visit, &working, &sent, &document).await? {
        Saved::Yes => Ok(respond::redirect(&chrome.href(paths::STUDIO_POLICY))),
        Saved::Stale => {
            let working = working::load(&portal, &visit).await?;
            Ok(respond::unprocessable(page(&chrome, &working, &form, true)))
        }
    }
}

fn filled(document: &Document) -> FormState {
    let controller = &document.controller;
    let mut form = FormState::filled([
        ("name", controller.name.clone()),
        ("legal-name", controller.legal_name.clone().unwrap_or_default()),
        ("address", controller.address.join("\n")),
    ]);
    for ((label, email), contact) in ROWS.iter().zip(&controller.contacts) {
        form.values.insert((*label).to_owned(), contact.label.clone());
        form.values.insert((*email).to_owned(), contact.email.to_string());
    }
    form
}

fn checked(words: Words, sent: &SentForm) -> FormState {
    let mut form = sent.state();
    if sent.one("name").is_empty() {
        form = form.wrong("name", words.text("contacts-name-missing"));
    }
    for (label, email) in ROWS {
        let (said, address) = (sent.one(label), sent.one(email));
        if said.is_empty() && !address.is_empty() {
            form = form.wrong(label, words.text("contacts-label-missing"));
        }
        if !(said.is_empty() && address.is_empty()) && address.parse::<EmailAddress>().is_err() {
            form = form.wrong(email, words.text("contacts-email-wrong"));
        }
    }
    if ROWS.iter().all(|(_, email)| sent.one(email).is_empty()) {
        form = form.wrong("email-1", words.text("contacts-none"));
    }
    form
}

/// Puts what was typed into the document. A contact keeps its name in
/// placeholders as long as its row is filled in.
fn put(document: &mut Document, sent: &SentForm) {
    let controller = &mut document.controller;
    controller.name = sent.one("name").to_owned();
    controller.legal_name = Some(sent.one("legal-name").to_owned()).filter(|name| !name.is_empty());
    controller.address = sent
        .lines("address")
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let before = std::mem::take(&mut controller.contacts);
    let mut after: Vec<Contact> = Vec::new();
    for (row, (label, email)) in ROWS.iter().enumerate() {
        let Ok(email) = sent.one(email).parse() else {
            continue;
        };
        let label = sent.one(label).to_owned();
        let taken = |id: &domain::identifiers::Slug| {
            before.iter().chain(&after).any(|contact| contact.id == *id)
        };
        let id = match before.get(row) {
            Some(contact) => Some(contact.id.clone()),
            None => free_name(&label, "contact", &taken),
        };
        after.extend(id.map(|id| Contact { id, label, email }));
    }
    // What the form has no row for stays as it was.
    after.extend(before.into_iter().skip(ROWS.len()));
    controller.contacts = after;
}

fn page(chrome: &Chrome, working: &Working, form: &FormState, is_stale: bool) -> String {
    let words = chrome.words;
    let title = words.text("contacts-title");
    let filled = ROWS
        .iter()
        .filter(|(label, email)| !(form.value(label).is_empty() && form.value(email).is_empty()))
        .count();
    form_page(chrome, working, (&title, form), || {
        let rows = ROWS
            .into_iter()
            .enumerate()
            .take(filled.max(working.document.controller.contacts.len()) + SPARE)
            .map(|(row, (label, email))| {
                let legend = match row {
                    0 => words.text("contacts-first"),
                    _ => words.with("contacts-row", &[("number", (row + 1).to_string().into())]),
                };
                view! {
                    <fieldset class="pair">
                        <legend>{legend}</legend>
                        {Field::new(label, Kind::Text, words.text("contacts-label")).view(words, form)}
                        {Field::new(email, Kind::Email, words.text("contacts-email")).view(words, form)}
                    </fieldset>
                }
            })
            .collect::<Vec<_>>();
        view! {
            {form.summary(words)}
            {is_stale.then(|| stale(chrome))}
            <h1>{title.clone()}</h1>
            <form method="post" action=chrome.href(paths::STUDIO_CONTACTS) novalidate=true>
                {hidden("revision", working.stamp.to_string())}
                {Field::new("name", Kind::Text, words.text("contacts-name"))
                    .autocomplete("organization").view(words, form)}
                {Field::new("legal-name", Kind::Text, words.text("contacts-legal-name"))
                    .hint(words.text("contacts-legal-name-hint")).optional().view(words, form)}
                {Field::new("address", Kind::Lines, words.text("contacts-address")).optional().view(words, form)}
                <p>{words.text("contacts-about")}</p>
                {rows}
                {send(words.text("studio-save"))}
            </form>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::super::policy::tests::{chrome, document, working};
    use super::*;

    #[test]
    fn contacts_are_changed_added_and_removed() {
        let mut changed = document();
        let sent: SentForm = [
            ("name", "Acme"),
            ("address", " 1 Road \r\n\r\nTown"),
            ("label-1", "Data protection"),
            ("email-1", "dp@acme.example"),
            ("label-2", "Privacy"),
            ("email-2", "hello@acme.example"),
        ]
        .into_iter()
        .collect();
        put(&mut changed, &sent);
        let controller = &changed.controller;
        assert_eq!(controller.address, ["1 Road", "Town"]);
        let ids: Vec<_> = controller.contacts.iter().map(|contact| contact.id.as_str()).collect();
        assert_eq!(ids, ["privacy", "privacy-2"]);

        let fewer: SentForm = [("name", "Acme"), ("label-2", "P"), ("email-2", "p@acme.example")]
            .into_iter()
            .collect();
        put(&mut changed, &fewer);
        assert_eq!(changed.controller.contacts[0].id.as_str(), "privacy-2");
    }

    #[test]
    fn somebody_must_be_reachable() {
        let sent: SentForm =
            [("name", ""), ("label-2", "x"), ("email-2", "no")].into_iter().collect();
        for language in Language::ALL {
            let form = checked(Words::new(language), &sent);
            assert!(form.error("name").is_some() && form.error("email-2").is_some());
            let html = page(&chrome(language), &working(), &form, false);
            assert!(!html.contains("Unknown localization"), "{html}");
        }
        let nobody: SentForm = [("name", "Acme")].into_iter().collect();
        assert!(checked(Words::new(Language::En), &nobody).error("email-1").is_some());
    }
}
