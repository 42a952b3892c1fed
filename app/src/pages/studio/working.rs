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
}

impl Stamp {
    /// On which a form was opened that was sent now.
    pub fn of(sent: &SentForm) -> Option<Stamp> {
        sent.one("revision").parse().ok()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.revision)
    }
}

impl FromStr for Stamp {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Stamp, Self::Err> {
        let (number, revision) = text.split_once('.').unwrap_or((text, ""));
        Ok(Stamp { number: number.parse()?, revision: revision.parse()? })
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
        let saved = draft.as_ref().map(|draft| {
            jiff::Timestamp::from(draft.saved_at).to_zoned(visit.scope.zone.clone()).datetime()
        });
        let (document, stamp, number) = match draft {
            Some(draft) => {
                let stamp = Stamp { number: draft.number, revision: draft.revision };
                (draft.document, stamp, draft.number)
            }
            None => {
                let document = in_force
                    .as_ref()
                    .map_or_else(|| first(tenant, visit), |version| version.document.clone());
                (document, Stamp { number: published, revision: 0 }, published + 1)
            }
        };
        let findings = check(&document);
        Working { document, stamp, number, saved, today: visit.today(), in_force, findings }
    }

    /// How many findings of a kind there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
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
        let stamp = Stamp { number: 3, revision: 12 };
        assert_eq!(stamp.to_string().parse(), Ok(stamp));
        assert!("".parse::<Stamp>().is_err() && "3".parse::<Stamp>().is_err());
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
