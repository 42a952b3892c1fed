//! What is wrong with a document, or still open, before it is published.

mod facts;
mod problem;
mod prose;

use std::fmt;

use super::Document;
use super::fields::FactKind;
use super::size::{MAX_FIELD, too_much};
use crate::identifiers::{Language, Slug};
pub use problem::Problem;
pub use prose::names_a_time;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The document cannot be published.
    Error,
    /// Someone still has to find out or decide something.
    OpenPoint,
    /// It could read better.
    Warning,
}

impl Severity {
    /// The name under which it is looked up in texts.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::OpenPoint => "open-point",
            Severity::Warning => "warning",
        }
    }
}

/// Where in the document something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A fact, or one of its fields.
    Fact {
        /// Its kind.
        kind: FactKind,
        /// Its name.
        id: Slug,
        /// The field, by its name in files.
        field: Option<&'static str>,
    },
    /// A section.
    Section(Slug),
    /// A translation, or a section of it.
    Translation {
        /// The language.
        language: Language,
        /// The section.
        section: Option<Slug>,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Document => f.write_str("document"),
            Place::Fact { kind, id, field } => {
                f.write_str(kind.name())?;
                if !kind.is_single() {
                    write!(f, " “{id}”")?;
                }
                field.map_or(Ok(()), |field| write!(f, ", field “{field}”"))
            }
            Place::Section(id) => write!(f, "section “{id}”"),
            Place::Translation { language, section: None } => {
                write!(f, "translation “{language}”")
            }
            Place::Translation { language, section: Some(id) } => {
                write!(f, "translation “{language}”, section “{id}”")
            }
        }
    }
}

/// One thing that the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub problem: Problem,
}

impl Finding {
    fn new(place: Place, problem: Problem) -> Finding {
        Finding { severity: problem.severity(), place, problem }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// Everything that the check finds in a document: errors first, then open points
/// and warnings, each in the order of the document.
pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some((of, found)) = too_much(document) {
        // All else is looked at once there is less of it.
        let problem = Problem::TooMuch { of, found, limit: of.limit() };
        return vec![Finding::new(Place::Document, problem)];
    }
    facts::check(document, &mut findings);
    prose::check(document, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// Only so many names that lead to nothing get a suggestion: finding one compares with
/// every name.
const SUGGESTIONS: usize = 20;

/// What is wrong with a title or a field that is no such thing any more.
fn too_long(text: &str) -> Option<Problem> {
    let bytes = text.len();
    (bytes > MAX_FIELD).then_some(Problem::FieldTooLong { bytes, limit: MAX_FIELD })
}

/// The nearest of some names to one that does not exist.
fn nearest(name: &str, known: &[String]) -> Option<String> {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    similar::get_close_matches(name, &known, 1, 0.6).first().map(|name| (*name).to_owned())
}

#[cfg(test)]
mod tests;
