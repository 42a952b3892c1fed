//! How a category stands towards a person.

use domain::policy::facts::{Capacity, Category};
use engine::records::{Holding, Organisation};

use crate::ui::reader::Reader;

/// Whether there is something to list, and if not, why. What is held decides, and what
/// the policy says of the category only where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The company itself holds records.
    Held,
    /// None are held.
    Nothing,
    /// It cannot be linked to anyone (L5).
    NotLinked,
    /// It is held for an organisation, which answers for it.
    OnBehalf,
}

impl Standing {
    /// How a category stands, given what is held in it.
    pub fn of(category: Option<&Category>, holding: Option<&Holding>) -> Standing {
        let amount = |of: fn(&Holding) -> u64| holding.map_or(0, of);
        if amount(|held| held.of_company().amount) > 0 {
            Standing::Held
        } else if amount(|held| held.on_behalf.amount) > 0 {
            Standing::OnBehalf
        } else if category.is_some_and(|category| !category.linked) {
            Standing::NotLinked
        } else if category.is_some_and(|category| category.role == Capacity::Processor) {
            Standing::OnBehalf
        } else {
            Standing::Nothing
        }
    }

    /// Why nothing is listed, in a sentence; nothing where something is.
    pub fn said(self, reader: Reader<'_>, organisation: Option<&Organisation>) -> Option<String> {
        let company = || ("company", reader.document.controller.name.clone().into());
        match (self, organisation) {
            (Standing::Held, _) => None,
            (Standing::Nothing, _) => Some(reader.words.text("held-nothing")),
            (Standing::NotLinked, _) => Some(reader.words.text("held-not-linked")),
            (Standing::OnBehalf, Some(organisation)) => Some(reader.words.with(
                "held-on-behalf-of",
                &[company(), ("organisation", organisation.name.clone().into())],
            )),
            (Standing::OnBehalf, None) => Some(reader.words.with("held-on-behalf", &[company()])),
        }
    }
}

/// What is held in a category beside what is listed: records that wait for a person's
/// look, because they are about others too (GDPR art. 15(4)), and records that are held
/// on behalf of an organisation. In a sentence each.
pub fn beside(reader: Reader<'_>, holding: &Holding) -> Vec<String> {
    let words = reader.words;
    let mut said = Vec::new();
    if holding.shared.amount > 0 {
        said.push(words.with("held-shared", &[("count", holding.shared.amount.into())]));
    }
    if holding.on_behalf.amount > 0 && holding.of_company().amount > 0 {
        let count = ("count", holding.on_behalf.amount.into());
        let message = match holding.on_behalf.more {
            true => "held-also-on-behalf-more",
            false => "held-also-on-behalf",
        };
        said.push(words.with(message, &[count]));
    }
    said
}

#[cfg(test)]
mod tests {
    use engine::records::Part;
    use engine::storage::Day;

    use super::*;

    /// What is published of a category later changes nothing about whose its records are.
    #[test]
    fn what_is_held_decides_and_not_what_the_category_is_published_as() {
        let category = |role: &str, linked: bool| -> Category {
            serde_json::from_value(serde_json::json!({
                "id": "calls", "label": "Calls", "description": "", "role": role, "linked": linked
            }))
            .expect("a category")
        };
        let some = Part::of(2, Day(1), Day(2));
        let own = Holding { own: some, ..Holding::default() };
        let shared = Holding { shared: some, ..Holding::default() };
        let theirs = Holding { on_behalf: some, ..Holding::default() };
        let both = Holding { own: some, on_behalf: some, ..Holding::default() };
        for category in
            [None, Some(category("processor", true)), Some(category("controller", false))]
        {
            for held in [&own, &shared, &both] {
                assert_eq!(Standing::of(category.as_ref(), Some(held)), Standing::Held);
            }
            assert_eq!(Standing::of(category.as_ref(), Some(&theirs)), Standing::OnBehalf);
        }
        let of = |role, linked| Standing::of(Some(&category(role, linked)), None);
        assert_eq!(of("controller", true), Standing::Nothing);
        assert_eq!(of("controller", false), Standing::NotLinked);
        assert_eq!(of("processor", true), Standing::OnBehalf);
    }
}
