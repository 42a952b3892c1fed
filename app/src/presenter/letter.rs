//! A mail as HTML: no images, no scripts, nothing from elsewhere.
//!
//! Mail programs know neither stylesheets nor custom properties reliably, so the
//! little style there is stands in the elements.

use domain::identifiers::{EmailAddress, Language};
use domain::words::Words;
use engine::mail::Letter;
use leptos::prelude::*;

use super::fragment::fragment;

const BODY: &str =
    "margin:0;padding:24px 16px;font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff";
const COLUMN: &str = "max-width:34em;margin:0 auto";
const CODE: &str = "font:600 28px/1.4 ui-monospace,monospace;letter-spacing:.15em";
const BUTTON: &str = "display:inline-block;padding:10px 18px;background:#222;color:#fff;\
    text-decoration:none;border-radius:4px";
const QUIET: &str = "color:#555;font-size:14px";

/// The page.
pub fn letter_page(
    letter: &Letter,
    company: &str,
    contact: Option<&EmailAddress>,
    language: Language,
) -> String {
    let words = Words::new(language);
    let paragraphs =
        letter.paragraphs.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view();
    let code = letter.code.clone().map(|code| view! { <p style=CODE>{code}</p> });
    // Whoever distrusts a button can read where it leads.
    let link = letter.link.clone().map(|link| {
        view! {
            <p><a href=link.url.clone() style=BUTTON>{link.label}</a></p>
            <p style=QUIET>{link.url}</p>
        }
    });
    let contact = contact.map(|contact| {
        let said = words.with("mail-contact", &[("contact", contact.to_string().into())]);
        view! { <p style=QUIET>{said}</p> }
    });
    let (title, company) = (letter.subject.clone(), company.to_owned());
    let head = fragment(|| view! { <title>{title}</title> });
    let body = fragment(|| {
        view! {
            <div style=COLUMN>
                <p>{words.text("mail-greeting")}</p>
                {paragraphs}
                {code}
                {link}
                <p style=QUIET>{letter.why.clone()}</p>
                {contact}
                <p>{company}</p>
            </div>
        }
    });
    let lang = language.tag();
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">{head}</head>\
         <body style=\"{BODY}\">{body}</body></html>"
    )
}
