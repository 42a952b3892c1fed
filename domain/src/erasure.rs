//! What an erasure will do, line by line: the preview and the carrying out
//! read the same list.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::Slug;
use crate::policy::Facts;
use crate::policy::facts::{Category, ErasureMethod, Hold, named};

/// The name, in place of a policy's hold, of a claim that a person of the company has
/// recorded (GDPR art. 17(3)(e)).
pub const LEGAL_CLAIM: &str = "legal-claim";

/// How much of a category is held about a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The category.
    pub category: Slug,
    /// How many records, without those that are held on behalf of an organisation.
    pub count: u64,
    /// How many are held on behalf of an organisation.
    pub on_behalf: u64,
    /// Of how many of the first the category's hold has run: see [`hold_cutoff`].
    pub past_hold: u64,
    /// The date of the newest record.
    pub newest: Option<Date>,
}

/// What happens to some records (GDPR art. 17; L10, E17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Deleted, and their key destroyed.
    Erased,
    /// Counted per kind and month, then deleted like the others.
    Counted,
    /// Kept, because the law demands it (art. 17(3)).
    Retained {
        /// The hold, with its ground.
        hold: Slug,
        /// When the last of them may go; open if the hold states no period.
        until: Option<Date>,
    },
    /// Held on behalf of an organisation, to which the request is passed on.
    PassedOn,
    /// The category cannot be linked to a person.
    NotLinked,
    /// Nothing is held.
    Nothing,
}

/// One line of an erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The category.
    pub category: Slug,
    /// How many records.
    pub count: u64,
    /// What happens to them.
    pub outcome: Outcome,
}

/// What an erasure does with what is held, in the policy's order of categories.
///
/// What is held in a category that the policy does not declare comes last and is
/// erased: nothing could justify keeping it.
pub fn plan(facts: &Facts, held: &[Held]) -> Vec<Line> {
    let declared = facts.categories.iter().flat_map(|category| {
        let held = held.iter().find(|h| h.category == category.id);
        lines(facts, category, held)
    });
    let undeclared = held
        .iter()
        .filter(|h| named(&facts.categories, &h.category).is_none())
        .flat_map(|h| {
            let line = |count, outcome| Line { category: h.category.clone(), count, outcome };
            [line(h.count, Outcome::Erased), line(h.on_behalf, Outcome::PassedOn)]
        })
        .filter(|line| line.count > 0);
    declared.chain(undeclared).collect()
}

fn lines(facts: &Facts, category: &Category, held: Option<&Held>) -> Vec<Line> {
    let line = |count, outcome| Line { category: category.id.clone(), count, outcome };
    // What is held decides, not what an earlier or later version says of the category:
    // a record is the organisation's or the company's, whatever the category is now.
    let Some(held) = held.filter(|h| h.count + h.on_behalf > 0) else {
        let outcome = if category.linked { Outcome::Nothing } else { Outcome::NotLinked };
        return vec![line(0, outcome)];
    };
    let passed_on = line(held.on_behalf, Outcome::PassedOn);
    let gone = match category.erasure {
        ErasureMethod::Erase => Outcome::Erased,
        ErasureMethod::Count => Outcome::Counted,
    };
    let Some(hold) = hold_for(facts, &category.id) else {
        return [line(held.count, gone), passed_on]
            .into_iter()
            .filter(|line| line.count > 0)
            .collect();
    };
    let past = match hold.period {
        Some(_) => held.past_hold.min(held.count),
        None => 0,
    };
    let until = hold.period.zip(held.newest).map(|(period, newest)| period.after(newest));
    let retained = Outcome::Retained { hold: hold.id.clone(), until };
    [line(past, gone), line(held.count - past, retained), passed_on]
        .into_iter()
        .filter(|line| line.count > 0)
        .collect()
}

/// The hold that keeps a category, the longest if there are several; one without
/// a period is longer than any.
pub fn hold_for<'a>(facts: &'a Facts, category: &Slug) -> Option<&'a Hold> {
    facts.holds.iter().filter(|hold| hold.categories.contains(category)).min_by_key(|hold| {
        let length = hold.period.map(|period| period.approximate_days());
        (length.is_some(), Reverse(length))
    })
}

/// The last date of a record whose hold has run by `today`; none if it never runs.
pub fn hold_cutoff(hold: &Hold, today: Date) -> Option<Date> {
    hold.period.map(|period| period.cutoff(today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn facts() -> Facts {
        toml::from_str(
            r#"
            [[categories]]
            id = "account"
            label = "Account"
            description = ""
            [[categories]]
            id = "payment"
            label = "Payments"
            description = ""
            [[categories]]
            id = "course-progress"
            label = "Progress"
            description = ""
            erasure = "count"
            [[categories]]
            id = "usage"
            label = "Usage"
            description = ""
            linked = false
            [[categories]]
            id = "erp-data"
            label = "ERP data"
            description = ""
            role = "processor"
            [[categories]]
            id = "letters"
            label = "Letters"
            description = ""
            [[holds]]
            id = "fraud"
            categories = ["payment"]
            ground = "fraud prevention"
            period = "2 years"
            [[holds]]
            id = "tax"
            categories = ["payment"]
            ground = "tax law"
            period = "10 years"
            [[holds]]
            id = "claims"
            categories = ["letters"]
            ground = "legal claims"
            "#,
        )
        .expect("facts")
    }

    fn held(category: &str, count: u64, past_hold: u64) -> Held {
        let newest = Some(date(2022, 2, 28));
        Held { category: slug(category), count, on_behalf: 0, past_hold, newest }
    }

    #[test]
    fn every_category_has_its_line_in_the_order_of_the_policy() {
        let held = [
            Held { on_behalf: 1, ..held("undeclared", 4, 0) },
            held("letters", 2, 1),
            // Two that the company held itself, before the category was an organisation's.
            Held { on_behalf: 7, ..held("erp-data", 2, 0) },
            held("course-progress", 3, 0),
            held("payment", 5, 2),
        ];
        let lines: Vec<_> = plan(&facts(), &held)
            .into_iter()
            .map(|line| (line.category.to_string(), line.count, line.outcome))
            .collect();
        let retained = |hold: &str, until| Outcome::Retained { hold: slug(hold), until };
        let expected = [
            ("account", 0, Outcome::Nothing),
            ("payment", 2, Outcome::Erased),
            ("payment", 3, retained("tax", Some(date(2032, 2, 28)))),
            ("course-progress", 3, Outcome::Counted),
            ("usage", 0, Outcome::NotLinked),
            ("erp-data", 2, Outcome::Erased),
            ("erp-data", 7, Outcome::PassedOn),
            ("letters", 2, retained("claims", None)),
            ("undeclared", 4, Outcome::Erased),
            ("undeclared", 1, Outcome::PassedOn),
        ];
        assert_eq!(lines, expected.map(|(c, n, o)| (c.to_owned(), n, o)));
    }

    #[test]
    fn what_is_held_in_a_category_that_is_no_longer_linked_is_erased_all_the_same() {
        let lines = plan(&facts(), &[held("usage", 3, 0)]);
        let usage = lines.iter().find(|line| line.category == slug("usage")).expect("a line");
        assert_eq!((usage.count, &usage.outcome), (3, &Outcome::Erased));
    }

    #[test]
    fn the_longest_hold_counts_and_one_without_period_is_longest() {
        let mut facts = facts();
        let of = |facts: &Facts| hold_for(facts, &slug("payment")).map(|h| h.id.to_string());
        assert_eq!(of(&facts).as_deref(), Some("tax"));
        assert_eq!(hold_for(&facts, &slug("account")), None);
        facts.holds[0].period = None;
        assert_eq!(of(&facts).as_deref(), Some("fraud"));
        assert_eq!(hold_cutoff(&facts.holds[0], date(2026, 1, 1)), None);
        let cutoff = hold_cutoff(&facts.holds[1], date(2026, 1, 1));
        assert_eq!(cutoff, Some(date(2016, 1, 1)));
    }

    proptest! {
        #[test]
        fn no_record_is_lost_or_counted_twice(counts in proptest::collection::vec((0u64..50, 0u64..90), 6)) {
            let facts = facts();
            let held: Vec<_> = facts.categories.iter().zip(&counts)
                .filter(|(category, _)| category.linked)
                .map(|(category, (count, past))| {
                    Held { on_behalf: past / 3, ..held(category.id.as_str(), *count, *past) }
                })
                .collect();
            let planned: u64 = plan(&facts, &held).iter().map(|line| line.count).sum();
            prop_assert_eq!(planned, held.iter().map(|h| h.count + h.on_behalf).sum::<u64>());
        }
    }
}
