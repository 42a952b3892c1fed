//! What an erasure will do, line by line: the preview and the carrying out
//! read the same list.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::Slug;
use crate::period::Period;
use crate::policy::Facts;
use crate::policy::facts::{Category, ErasureMethod, Hold, named};
use crate::policy::said::Said;

/// The name, in place of a policy's hold, of a claim that a person of the company has
/// recorded (GDPR art. 17(3)(e)).
pub const LEGAL_CLAIM: &str = "legal-claim";

/// How much of a category is held about a subject, and whose it is. What a record
/// *is* decides, never what the policy says of its category at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The category.
    pub category: Slug,
    /// What the company holds about this person and about nobody else who is still
    /// known.
    pub alone: Share,
    /// What the company holds about this person and others too.
    pub shared: Share,
    /// How many records are held on behalf of an organisation.
    pub on_behalf: u64,
    /// The date of the newest of the first two.
    pub newest: Option<Date>,
}

/// Some of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many records.
    pub count: u64,
    /// Of how many of them the category's hold has run: see [`hold_cutoff`].
    pub past_hold: u64,
}

/// What happens to some records (GDPR art. 17; L10, E17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Deleted, and their key destroyed.
    Erased,
    /// Counted per kind and month, then deleted like the others.
    Counted,
    /// The person is taken out of them; they stay with the others whom they are about.
    TakenOut,
    /// Kept, because the law demands it (art. 17(3)).
    Retained {
        /// The hold, with its ground.
        hold: Slug,
        /// When the last of them may go; open if the company states no period.
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
        let lines = held.map(|held| lines(facts, held, gone(category))).unwrap_or_default();
        if lines.is_empty() {
            let outcome = if category.linked { Outcome::Nothing } else { Outcome::NotLinked };
            return vec![Line { category: category.id.clone(), count: 0, outcome }];
        }
        lines
    });
    let undeclared = held
        .iter()
        .filter(|h| named(&facts.categories, &h.category).is_none())
        .flat_map(|held| lines(facts, held, Outcome::Erased));
    declared.chain(undeclared).collect()
}

fn gone(category: &Category) -> Outcome {
    match category.erasure {
        ErasureMethod::Erase => Outcome::Erased,
        ErasureMethod::Count => Outcome::Counted,
    }
}

fn lines(facts: &Facts, held: &Held, gone: Outcome) -> Vec<Line> {
    let hold = hold_for(facts, &held.category);
    // Without a hold all goes; under one whose end the company does not state, nothing.
    let goes = |share: Share| match hold.map(Hold::period) {
        None => share.count,
        Some(Said::Stated(_)) => share.past_hold.min(share.count),
        Some(Said::Assumed | Said::Nothing) => 0,
    };
    let (alone, shared) = (goes(held.alone), goes(held.shared));
    let kept = (held.alone.count - alone) + (held.shared.count - shared);
    let retained = hold.map(|hold| {
        let period = hold.period().stated().zip(held.newest);
        let until = period.map(|(period, newest)| period.after(newest));
        (kept, Outcome::Retained { hold: hold.id.clone(), until })
    });
    [(alone, gone), (shared, Outcome::TakenOut)]
        .into_iter()
        .chain(retained)
        .chain([(held.on_behalf, Outcome::PassedOn)])
        .filter(|(count, _)| *count > 0)
        .map(|(count, outcome)| Line { category: held.category.clone(), count, outcome })
        .collect()
}

/// The hold that keeps a category, the longest if there are several; one whose period
/// the company does not state is longer than any.
pub fn hold_for<'a>(facts: &'a Facts, category: &Slug) -> Option<&'a Hold> {
    facts.holds.iter().filter(|hold| hold.categories.contains(category)).min_by_key(|hold| {
        let length = hold.period().stated().map(Period::approximate_days);
        (length.is_some(), Reverse(length))
    })
}

/// The last date of a record whose hold has run by `today`; none if the company states
/// no end of it: an assumed period never deletes.
pub fn hold_cutoff(hold: &Hold, today: Date) -> Option<Date> {
    hold.period().stated().map(|period| period.cutoff(today))
}

/// The hold that keeps one record of this date still, with the day on which it may go, if
/// the company states one.
pub fn kept_by<'a>(
    facts: &'a Facts,
    category: &Slug,
    date: Date,
    today: Date,
) -> Option<(&'a Hold, Option<Date>)> {
    let hold = hold_for(facts, category)?;
    match hold_cutoff(hold, today) {
        Some(cutoff) if date <= cutoff => None,
        _ => Some((hold, hold.period().stated().map(|period| period.after(date)))),
    }
}

/// Until when something stays that an erasure kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// It goes on this date.
    Until(Date),
    /// Nobody has stated an end yet.
    Open,
    /// Nothing keeps it any more.
    NoLonger,
}

/// Until when something stays that an erasure kept, by what was `signed` then and by
/// the policy of today: whichever is earlier. A later policy never moves a date that
/// was signed; of an end that was left open, it may state one.
pub fn stays(signed: Option<Date>, facts: &Facts, category: &Slug, newest: Date) -> Stays {
    let Some(hold) = hold_for(facts, category) else { return Stays::NoLonger };
    let by_policy = hold.period().stated().map(|period| period.after(newest));
    match [signed, by_policy].into_iter().flatten().min() {
        Some(until) => Stays::Until(until),
        None => Stays::Open,
    }
}

impl Stays {
    /// Whether it has to go by `today`. Only a legal hold that somebody recorded for
    /// this person or category stands against it.
    pub fn has_run(self, legal_hold: bool, today: Date) -> bool {
        !legal_hold
            && match self {
                Stays::Until(until) => until <= today,
                Stays::Open => false,
                Stays::NoLonger => true,
            }
    }
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

    fn share(count: u64, past_hold: u64) -> Share {
        Share { count, past_hold }
    }

    fn held(category: &str, alone: Share, shared: Share, on_behalf: u64) -> Held {
        let newest = Some(date(2022, 2, 28));
        Held { category: slug(category), alone, shared, on_behalf, newest }
    }

    fn told(lines: Vec<Line>) -> Vec<(String, u64, Outcome)> {
        lines.into_iter().map(|l| (l.category.to_string(), l.count, l.outcome)).collect()
    }

    const NONE: Share = Share { count: 0, past_hold: 0 };

    /// L10, E17: what is about others too is never signed as erased.
    #[test]
    fn every_category_has_its_line_in_the_order_of_the_policy() {
        let held = [
            held("undeclared", share(4, 0), share(2, 0), 1),
            held("letters", share(2, 1), share(1, 1), 0),
            // Two that the company held itself, before the category was an organisation's.
            held("erp-data", share(2, 0), NONE, 7),
            held("course-progress", share(3, 0), share(1, 0), 0),
            held("payment", share(5, 2), share(3, 1), 0),
        ];
        let retained = |hold: &str, until| Outcome::Retained { hold: slug(hold), until };
        let expected = [
            ("account", 0, Outcome::Nothing),
            ("payment", 2, Outcome::Erased),
            ("payment", 1, Outcome::TakenOut),
            ("payment", 5, retained("tax", Some(date(2032, 2, 28)))),
            ("course-progress", 3, Outcome::Counted),
            ("course-progress", 1, Outcome::TakenOut),
            ("usage", 0, Outcome::NotLinked),
            ("erp-data", 2, Outcome::Erased),
            ("erp-data", 7, Outcome::PassedOn),
            ("letters", 3, retained("claims", None)),
            ("undeclared", 4, Outcome::Erased),
            ("undeclared", 2, Outcome::TakenOut),
            ("undeclared", 1, Outcome::PassedOn),
        ];
        assert_eq!(told(plan(&facts(), &held)), expected.map(|(c, n, o)| (c.to_owned(), n, o)));
    }

    /// What is published of a category later changes nothing about whose its records are.
    #[test]
    fn what_is_erased_does_not_depend_on_what_a_category_is_published_as() {
        let held = [held("account", share(2, 0), share(1, 0), 3)];
        let of = |facts: &Facts| {
            let lines = told(plan(facts, &held)).into_iter();
            lines.filter(|(category, ..)| category == "account").collect::<Vec<_>>()
        };
        let before = of(&facts());
        let mut changed = facts();
        changed.categories[0].role = crate::policy::facts::Capacity::Processor;
        assert_eq!(of(&changed), before);
        changed.categories[0].linked = false;
        assert_eq!(of(&changed), before);
        changed.categories.remove(0);
        assert_eq!(of(&changed), before);
    }

    #[test]
    fn what_is_held_in_a_category_that_is_no_longer_linked_is_erased_all_the_same() {
        let lines = plan(&facts(), &[held("usage", share(3, 0), NONE, 0)]);
        let usage = lines.iter().find(|line| line.category == slug("usage")).expect("a line");
        assert_eq!((usage.count, &usage.outcome), (3, &Outcome::Erased));
    }

    /// E17, L10: an assumed hold keeps, and no date is signed for it.
    #[test]
    fn e17_an_assumed_hold_retains_without_a_date() {
        for field in ["period", "all", "categories"] {
            let mut facts = facts();
            facts.holds[1].assumed.insert(field.to_owned());
            let lines = plan(&facts, &[held("payment", share(5, 2), share(3, 3), 0)]);
            let payment = lines.iter().find(|line| line.category == slug("payment"));
            let outcome = Outcome::Retained { hold: slug("tax"), until: None };
            assert_eq!(payment.map(|l| (l.count, &l.outcome)), Some((8, &outcome)), "{field}");
            assert_eq!(hold_cutoff(&facts.holds[1], date(2090, 1, 1)), None, "{field}");
        }
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
        facts.holds[0].period = Some(Period::days(1).into());
        facts.holds[0].assumed.insert("period".to_owned());
        assert_eq!(of(&facts).as_deref(), Some("fraud"), "nobody knows how long");
    }

    /// L10: a date on a receipt is never moved later by a later policy.
    #[test]
    fn l10_a_signed_date_is_moved_by_nothing_but_a_legal_hold() {
        let category = slug("payment");
        let newest = date(2020, 5, 1);
        let signed = Some(date(2030, 5, 1));
        let of = |signed, change: &dyn Fn(&mut Facts)| {
            let mut facts = facts();
            facts.holds.retain(|hold| hold.id == slug("tax"));
            change(&mut facts);
            stays(signed, &facts, &category, newest)
        };
        let years = |years: u16| format!("{years} years").parse::<Period>().expect("a period");
        let period = |years: Period| move |f: &mut Facts| f.holds[0].period = Some(years.into());
        assert_eq!(of(signed, &|_| {}), Stays::Until(date(2030, 5, 1)));
        assert_eq!(of(signed, &period(years(30))), Stays::Until(date(2030, 5, 1)));
        assert_eq!(of(signed, &period(years(5))), Stays::Until(date(2025, 5, 1)));
        assert_eq!(of(signed, &|f| f.holds[0].period = None), Stays::Until(date(2030, 5, 1)));
        let assumed = |f: &mut Facts| {
            f.holds[0].assumed.insert("all".to_owned());
        };
        assert_eq!(of(signed, &assumed), Stays::Until(date(2030, 5, 1)));
        assert_eq!(of(signed, &|f| f.holds.clear()), Stays::NoLonger);
        assert_eq!(of(None, &period(years(8))), Stays::Until(date(2028, 5, 1)));
        assert_eq!(of(None, &assumed), Stays::Open);

        let until = Stays::Until(date(2030, 5, 1));
        assert!(!until.has_run(false, date(2030, 4, 30)) && until.has_run(false, date(2030, 5, 1)));
        assert!(
            !until.has_run(true, date(2040, 1, 1))
                && !Stays::NoLonger.has_run(true, date(2040, 1, 1))
        );
        assert!(!Stays::Open.has_run(false, date(2990, 1, 1)));
    }

    proptest! {
        #[test]
        fn no_record_is_lost_or_counted_twice(
            counts in proptest::collection::vec((0u64..50, 0u64..90, 0u64..50, 0u64..90), 6),
        ) {
            let facts = facts();
            let held: Vec<_> = facts.categories.iter().zip(&counts)
                .map(|(category, (alone, past, shared, more))| {
                    let (alone, shared) = (share(*alone, *past), share(*shared, *more));
                    held(category.id.as_str(), alone, shared, past / 3)
                })
                .collect();
            let planned: u64 = plan(&facts, &held).iter().map(|line| line.count).sum();
            let all = held.iter().map(|h| h.alone.count + h.shared.count + h.on_behalf);
            prop_assert_eq!(planned, all.sum::<u64>());
        }
    }
}
