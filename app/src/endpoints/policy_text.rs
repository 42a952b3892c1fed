//! The policy as plain text, for those who keep or compare it themselves.

use crate::pages::public::published::Published;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::visit::Visit;
use axum::extract::State;
use axum::response::Response;
use domain::words::Words;

use crate::pages::public::policy::PolicyPage;
use crate::ui::policy_view::section_text;
use crate::ui::reader::Reader;

/// `GET /policy.txt`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let published = Published::in_force(&portal, &visit).await?;
    let text = policy_text(visit.words(), &PolicyPage::from(&published));
    Ok(respond::with_type("text/plain; charset=utf-8", text))
}

/// The text, in the reader's language.
pub fn policy_text(words: Words, policy: &PolicyPage<'_>) -> String {
    let reader = Reader { document: policy.document, words };
    let title = policy.document.title_in(words.language());
    let version = words.with("policy-version", &[("number", policy.number.to_string().into())]);
    let updated = words.with("policy-updated", &[("date", words.date(policy.published).into())]);
    let mut text = format!("{}\n{title}\n{version}. {updated}.\n", policy.document.controller.name);
    for section in policy.document.sections_in(words.language()) {
        let line = "-".repeat(section.title.chars().count());
        text.push_str(&format!(
            "\n\n{}\n{line}\n\n{}\n",
            section.title,
            section_text(reader, section)
        ));
    }
    text
}
