//! What a mail says, before it is text and HTML.

use domain::identifiers::Language;
use domain::words::Words;
use serde::{Deserialize, Serialize};

/// A mail as somebody writes it. Greeting and signature are the same in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// In which it is written: greeting, signature and page are in it as well. The
    /// outbox keeps it beside the letter.
    #[serde(skip)]
    pub language: Language,
    /// The subject line.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// A code to be typed.
    pub code: Option<String>,
    /// A link to be opened.
    pub link: Option<Link>,
    /// Why it was sent, and what to do if it was not expected.
    pub why: String,
}

/// A link in a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it does.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

impl Letter {
    /// The mail as plain text.
    pub fn text(&self, words: Words, company: &str, contact: Option<&str>) -> String {
        let mut parts = vec![words.text("mail-greeting")];
        parts.extend(self.paragraphs.iter().cloned());
        parts.extend(self.code.clone());
        parts.extend(self.link.as_ref().map(|link| format!("{}:\n{}", link.label, link.url)));
        parts.push(self.why.clone());
        parts.extend(
            contact.map(|contact| {
                words.with("mail-contact", &[("contact", contact.to_owned().into())])
            }),
        );
        parts.push(company.to_owned());
        parts.join("\n\n") + "\n"
    }
}
