//! Another address that somebody told of a person, until it counts.

use engine::records::Overview;

use crate::ui::reader::Reader;

/// What is said of it, if one waits.
pub fn next_address(reader: Reader<'_>, overview: &Overview) -> Option<String> {
    let words = reader.words;
    let (next, from) = overview.next_address.as_ref()?;
    let company = reader.document.controller.name.clone();
    let told = match &next.email {
        Some(email) => {
            let values = [("company", company.into()), ("address", email.to_string().into())];
            words.with("next-address", &values)
        }
        None => words.with("next-address-none", &[("company", company.into())]),
    };
    let when = match from {
        Some(day) => words.with("next-address-from", &[("date", words.date(*day).into())]),
        None => words.text("next-address-written"),
    };
    Some(format!("{told} {when}"))
}
