//! What people may ask for, and how fast they are answered.

use domain::policy::facts::{CountsFrom, Fact, RightPromise};
use domain::requests::{Regime, Right};

use super::table::{Cell, FactRow, FactTable, Listed, words};
use crate::ui::reader::Reader;

/// What people may ask for.
pub fn rights(reader: Reader<'_>) -> Option<Listed> {
    let say = |id| reader.words.text(id);
    let mut rows: Vec<Promised> = Vec::new();
    for right in reader.document.facts.rights.iter().filter(|right| right.states("right")) {
        let promised = Promised::of(reader, right);
        // The same promise under two laws is one line that names both.
        match rows.iter_mut().find(|row| row.says_the_same(&promised)) {
            Some(row) => row.regimes.extend(promised.regimes),
            None => rows.push(promised),
        }
    }
    let rows = rows
        .into_iter()
        .map(|row| FactRow {
            anchor: Some(format!("right-{}", row.right.id)),
            head: Cell::Words(row.name),
            cells: vec![
                row.description.and_then(words),
                answered(reader, row.right).and_then(words),
                words(row.regimes.join(", ")),
            ],
        })
        .collect();
    FactTable {
        caption: say("fact-rights"),
        columns: vec![
            say("column-right"),
            say("column-means"),
            say("column-answer"),
            say("column-regime"),
        ],
        rows,
    }
    .listed()
}

/// A line of the list.
struct Promised<'a> {
    right: &'a RightPromise,
    name: String,
    description: Option<String>,
    regimes: Vec<String>,
}

impl<'a> Promised<'a> {
    fn of(reader: Reader<'a>, right: &'a RightPromise) -> Promised<'a> {
        let path = format_args!("right.{}.description", right.id);
        Promised {
            right,
            name: reader.words.text(named(right.right)),
            description: right
                .states("description")
                .then(|| reader.label(path, &right.description)),
            regimes: right
                .states("regime")
                .then(|| reader.words.text(regime(right.regime)))
                .into_iter()
                .collect(),
        }
    }

    fn says_the_same(&self, other: &Promised) -> bool {
        // By name: the same right is another one under another law.
        (&self.name, &self.description, stated_days(self.right))
            == (&other.name, &other.description, stated_days(other.right))
    }
}

/// How many days are promised, and from when, if the tenant states it.
fn stated_days(right: &RightPromise) -> Option<(u16, CountsFrom)> {
    let days = right.days().stated()?;
    Some((days, right.counts_from))
}

/// "within 30 days of your request"; nothing if no number is promised.
pub fn answered(reader: Reader<'_>, right: &RightPromise) -> Option<String> {
    let (days, from) = stated_days(right)?;
    let days = ("days", reader.words.days(days).into());
    Some(match from {
        CountsFrom::Receipt => reader.words.with("answered-from-receipt", &[days]),
        CountsFrom::Verification => reader.words.with("answered-from-verification", &[days]),
    })
}

/// The message that names a right.
pub fn named(right: Right) -> &'static str {
    match right {
        Right::Access => "right-access",
        Right::Portability => "right-portability",
        Right::Correction => "right-correction",
        Right::Erasure => "right-erasure",
        Right::Restriction => "right-restriction",
        Right::Objection => "right-objection",
        Right::KnowCategories => "right-know-categories",
        Right::KnowPieces => "right-know-pieces",
        Right::Delete => "right-delete",
        Right::Correct => "right-correct",
        Right::OptOut => "right-opt-out",
        Right::Limit => "right-limit",
        Right::Complaint => "right-complaint",
    }
}

/// The message that names a regime.
pub fn regime(regime: Regime) -> &'static str {
    match regime {
        Regime::Gdpr => "regime-gdpr",
        Regime::UkGdpr => "regime-uk-gdpr",
        Regime::Ccpa => "regime-ccpa",
        Regime::Promise => "regime-promise",
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use domain::policy::Document;
    use domain::words::Words;
    use engine::tenants::TenantFile;

    use super::*;

    #[test]
    fn the_same_promise_under_two_laws_is_one_line() {
        let file = TenantFile::parse(include_str!("../../../../demo/lumaire-2.toml"));
        let mut document: Document = file.expect("the file").policy;
        let rights = &mut document.facts.rights;
        rights.retain(|promise| promise.right == Right::Erasure);
        let mut under_another_law = rights.first().expect("a right to erasure").clone();
        under_another_law.id = "ccpa-delete".parse().expect("a name");
        under_another_law.right = Right::Delete;
        under_another_law.regime = Regime::Ccpa;
        rights.push(under_another_law);
        let lines = |document: &Document| {
            let reader = Reader { document, words: Words::new(Language::En) };
            super::rights(reader).expect("rights").text()
        };
        let one = lines(&document);
        assert_eq!(one.matches("Have data deleted").count(), 1, "{one}");
        assert!(one.contains("GDPR, CCPA"), "{one}");
        for promise in document.facts.rights.iter_mut().skip(1) {
            promise.days = Some(45.into());
        }
        let two = lines(&document);
        assert_eq!(two.matches("Have data deleted").count(), 2, "{two}");
    }
}
