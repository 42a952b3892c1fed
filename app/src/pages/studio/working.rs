//! What the studio works on: the draft, or a copy of the version in force that
//! becomes the draft when it is first saved.

use std::sync::Arc;

use std::fmt;
use std::str::FromStr;

use domain::identifiers::Slug;
use domain::policy::Document;
use domain::policy::check::{Finding, Severity, check};
use domain::policy::document::Controller;
use domain::policy::facts::Facts;
use engine::directory::TenantHead;
use engine::policies::{self, DraftError, Version};
use engine::storage::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::portal::Portal;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::visit::Visit;

/// Which state of which version a form was opened on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The draft's number, or that of the version in force. Without it a form
    /// that was opened before a publication would fit the next draft too.
    pub number: i64,
    /// How often the draft was saved; 0 if there is none.
    pub revision: i64,
    /// When it was last saved, in milliseconds; 0 if there is none. A draft that is
    /// begun anew after another was discarded has the same number, and may have been
    /// saved as often.
    pub saved: i64,
}

impl Stamp {
    /// On which a form was opened that was sent now.
    pub fn of(sent: &SentForm) -> Option<Stamp> {
        sent.one("revision").parse().ok()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.number, self.revision, self.saved)
    }
}

impl FromStr for Stamp {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Stamp, Self::Err> {
        let (number, rest) = text.split_once('.').unwrap_or((text, ""));
        let (revision, saved) = rest.split_once('.').unwrap_or((rest, ""));
        let saved = saved.parse()?;
        Ok(Stamp { number: number.parse()?, revision: revision.parse()?, saved })
    }
}

/// The working copy.
#[derive(Debug, Clone)]
pub struct Working {
    /// What it says.
    pub document: Document,
    /// Its state, for the forms.
    pub stamp: Stamp,
    /// The number that it has when it is published.
    pub number: i64,
    /// When it was last saved, on the tenant's clock.
    pub saved: Option<DateTime>,
    /// The same, as it is stored.
    pub saved_at: Option<Timestamp>,
    /// Today, where the tenant is.
    pub today: Date,
    /// The version in force.
    pub in_force: Option<Arc<Version>>,
    /// What the check finds in it.
    pub findings: Vec<Finding>,
}

impl Working {
    /// The draft, if there is one, else a copy of the version in force, else
    /// the beginning of a first version.
    pub fn new(
        draft: Option<Version>,
        in_force: Option<Arc<Version>>,
        tenant: &TenantHead,
        visit: &Visit,
    ) -> Working {
        let published = in_force.as_ref().map_or(0, |version| version.number);
        let saved_at = draft.as_ref().map(|draft| draft.saved_at);
        let saved = saved_at.map(|saved_at| {
            jiff::Timestamp::from(saved_at).to_zoned(visit.scope.zone.clone()).datetime()
        });
        let (document, stamp, number) = match draft {
            Some(draft) => {
                let (number, revision) = (draft.number, draft.revision);
                let stamp = Stamp { number, revision, saved: draft.saved_at.0 };
                (draft.document, stamp, draft.number)
            }
            None => {
                let document = in_force
                    .as_ref()
                    .map_or_else(|| first(tenant, visit), |version| version.document.clone());
                (document, Stamp { number: published, revision: 0, saved: 0 }, published + 1)
            }
        };
        let findings = check(&document);
        Working {
            document,
            stamp,
            number,
            saved,
            saved_at,
            today: visit.today(),
            in_force,
            findings,
        }
    }

    /// How many findings of a kind there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether there is a draft that says something of its own.
    pub fn waits(&self) -> bool {
        self.stamp.revision != 0 && self.is_changed()
    }

    /// Whether the version in force came after the draft was last saved: the draft
    /// knows nothing of it.
    pub fn is_behind(&self) -> bool {
        self.saved_at
            .zip(self.in_force.as_ref().and_then(|version| version.published_at))
            .is_some_and(|(saved, published)| saved < published)
    }

    /// Whether it says anything else than the version in force.
    pub fn is_changed(&self) -> bool {
        self.in_force.as_ref().is_none_or(|version| version.document != self.document)
    }
}

/// The working copy of the tenant whose studio this is.
pub async fn load(portal: &Portal, visit: &Visit) -> Result<Working, Trouble> {
    let draft = policies::draft(&portal.engine, &visit.scope).await?;
    let in_force = policies::in_force(&portal.engine, &visit.scope).await?;
    Ok(Working::new(draft, in_force, &visit.tenant, visit))
}

/// Whether a change was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It was, or there was nothing to save.
    Yes,
    /// Somebody else has saved since the form was opened; nothing was changed.
    Stale,
}

/// Saves a changed document, if nobody else has since the form was opened.
pub async fn save(
    portal: &Portal,
    visit: &Visit,
    working: &Working,
    sent: &SentForm,
    document: &Document,
) -> Result<Saved, Trouble> {
    if Stamp::of(sent) != Some(working.stamp) {
        return Ok(Saved::Stale);
    }
    // A form that was sent as it was opened begins no draft.
    if *document == working.document {
        return Ok(Saved::Yes);
    }
    let revision = working.stamp.revision;
    match policies::save_draft(&portal.engine, &visit.scope, revision, document).await {
        Ok(_) => Ok(Saved::Yes),
        Err(DraftError::Stale) => Ok(Saved::Stale),
        Err(DraftError::Failure(failure)) => Err(failure.into()),
    }
}

/// A name for something new, made of what people call it, that is not taken.
pub fn free_name(called: &str, fallback: &str, taken: &dyn Fn(&Slug) -> bool) -> Option<Slug> {
    let base = plain_name(called);
    let base = if base.is_empty() { fallback.to_owned() } else { base };
    // `new` is the address of the page that adds one.
    let numbered = (2..1000).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone())
        .chain(numbered)
        .filter(|name| name != "new")
        .filter_map(|name| name.parse().ok())
        .find(|name| !taken(name))
}

/// "Wofür wir zahlen" as "wofuer-wir-zahlen".
fn plain_name(called: &str) -> String {
    let mut plain = String::new();
    for character in called.to_lowercase().chars() {
        match character {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'a'..='z' | '0'..='9' => plain.push(character),
            _ if !plain.is_empty() && !plain.ends_with('-') => plain.push('-'),
            _ => {}
        }
    }
    // A name has at most 64 characters, and a number may follow.
    plain.truncate(56);
    plain.trim_end_matches('-').to_owned()
}

fn first(tenant: &TenantHead, visit: &Visit) -> Document {
    Document {
        title: visit.words().text("studio-first-title"),
        language: visit.scope.language,
        controller: Controller {
            name: tenant.name.clone(),
            legal_name: None,
            site: tenant.canonical_host.to_string(),
            address: Vec::new(),
            contacts: Vec::new(),
            data_protection_officer: None,
            representatives: Vec::new(),
            authority: None,
        },
        facts: Facts::default(),
        sections: Vec::new(),
        translations: Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_reads_back() {
        let stamp = Stamp { number: 3, revision: 12, saved: 99 };
        assert_eq!(stamp.to_string().parse(), Ok(stamp));
        for wrong in ["", "3", "3.12", "3.12.", "3.12.x"] {
            assert!(wrong.parse::<Stamp>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_plain_and_free() {
        let taken = |name: &Slug| matches!(name.as_str(), "cookies" | "cookies-2");
        let named = |called: &str| free_name(called, "section", &taken).expect("a name");
        assert_eq!(named("Cookies").as_str(), "cookies-3");
        assert_eq!(named("Wofür? – Größe!").as_str(), "wofuer-groesse");
        assert_eq!(named("日本").as_str(), "section");
        assert_eq!(named("New").as_str(), "new-2");
        assert!(named(&"a b".repeat(90)).as_str().len() <= 56);
    }
}
