//! The prose of a document that does not change any more, parsed once.

use std::sync::OnceLock;

use super::Document;
use super::markdown::{Block, blocks};
use super::size::too_much;
use crate::identifiers::Language;

/// What the bodies of a document's sections consist of, in the languages in which
/// somebody has read them so far. It belongs to one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    en: OnceLock<Vec<Vec<Block>>>,
    de: OnceLock<Vec<Vec<Block>>>,
    fits: OnceLock<bool>,
}

impl Parsed {
    /// Whether the document may be shown: what was published before there were bounds
    /// may be larger than a page can be.
    pub fn fits(&self, document: &Document) -> bool {
        *self.fits.get_or_init(|| too_much(document).is_none())
    }

    /// The blocks of each of [`Document::sections_in`].
    pub fn of(&self, document: &Document, language: Language) -> &[Vec<Block>] {
        let parsed = match language {
            Language::En => &self.en,
            Language::De => &self.de,
        };
        parsed.get_or_init(|| {
            let sections = document.sections_in(language);
            sections.iter().map(|section| blocks(document, &section.body)).collect()
        })
    }
}
