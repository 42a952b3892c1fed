//! How a category stands towards a person.

use domain::policy::facts::{Capacity, Category};
use engine::records::{Holding, Organisation};

use crate::ui::reader::Reader;

/// Whether there is something to list, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Records are held.
    Held,
    /// None are.
    Nothing,
    /// It cannot be linked to anyone (L5).
    NotLinked,
    /// It is held for an organisation, which answers for it.
    OnBehalf,
}

impl Standing {
    /// How a category stands, given what is held in it.
    pub fn of(category: &Category, holding: Option<&Holding>) -> Standing {
        if !category.linked {
            Standing::NotLinked
        } else if category.role == Capacity::Processor {
            Standing::OnBehalf
        } else if holding.is_none_or(|holding| holding.amount == 0) {
            Standing::Nothing
        } else {
            Standing::Held
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
