//! The cookies of the company's sites, those that it needs first.

use domain::policy::facts::{Cookie, CookiePurpose, Fact};

use super::table::{Cell, FactRow, FactTable, Listed, name_with, words};
use crate::ui::reader::Reader;

/// The cookies, by purpose.
pub fn cookies(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let mut cookies: Vec<&Cookie> = reader.document.facts.cookies.iter().collect();
    cookies.sort_by_key(|cookie| cookie.purpose);
    let rows = cookies
        .into_iter()
        .filter(|cookie| cookie.states("purpose"))
        .map(|cookie| {
            let id = &cookie.id;
            let purpose = say(named(cookie.purpose));
            let description = cookie.states("description").then(|| {
                reader.label(format_args!("cookie.{id}.description"), &cookie.description)
            });
            let set_by = reader.set_by(cookie);
            let lifetime = match cookie.lifetime {
                _ if !cookie.states("lifetime") => None,
                Some(period) => Some(reader.words.period(period)),
                None => Some(say("cookie-until-closed")),
            };
            let name = reader.cookie(cookie);
            let head = if cookie.states("name") { Cell::Code(name) } else { Cell::Words(name) };
            FactRow {
                anchor: Some(format!("cookie-{id}")),
                head,
                cells: vec![
                    Some(name_with(purpose, description)),
                    words(set_by),
                    lifetime.and_then(words),
                ],
            }
        })
        .collect();
    FactTable {
        caption: say("fact-cookies"),
        columns: vec![
            say("column-cookie"),
            say("column-purpose"),
            say("column-set-by"),
            say("column-lifetime"),
        ],
        rows,
    }
    .listed()
}

fn named(purpose: CookiePurpose) -> &'static str {
    match purpose {
        CookiePurpose::Necessary => "cookie-necessary",
        CookiePurpose::Security => "cookie-security",
        CookiePurpose::Analytics => "cookie-analytics",
        CookiePurpose::Performance => "cookie-performance",
        CookiePurpose::Advertising => "cookie-advertising",
    }
}
