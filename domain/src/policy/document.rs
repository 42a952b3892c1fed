//! The document of one policy version.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use crate::identifiers::{EmailAddress, Language, Slug};

/// Everything that one version of a policy says: who is responsible, the facts,
/// and the prose around them.
///
/// Facts are shared by all languages; prose and labels are translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// The title of the page.
    pub title: String,
    /// The language in which titles, sections and labels are written.
    pub language: Language,
    /// Who decides why and how personal data is processed.
    pub controller: Controller,
    /// The facts that the page shows and the portal executes.
    #[serde(default)]
    pub facts: Facts,
    /// The prose, in the order of the page.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Titles, sections and labels in other languages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<Language, Translation>,
}

/// The company that answers for the data (GDPR art. 4(7)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Controller {
    /// The name as customers know it.
    pub name: String,
    /// The name in the commercial register, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// The web site, as a host name.
    pub site: String,
    /// The postal address, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// How to reach the company, the first one for privacy.
    pub contacts: Vec<Contact>,
    /// The data protection officer (GDPR art. 37), if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_protection_officer: Option<Representative>,
    /// The representatives in the EU and the UK (GDPR art. 27).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<Representative>,
    /// The supervisory authority that complaints go to, if one is competent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
}

/// One way to reach the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contact {
    /// Its name in placeholders: `{{contact.privacy}}`.
    pub id: Slug,
    /// What it is for.
    pub label: String,
    /// The address.
    pub email: EmailAddress,
}

/// Someone who stands for the company towards people or authorities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Representative {
    /// Where they represent it: "EU", "UK", or empty for the officer.
    #[serde(default)]
    pub region: String,
    /// The name.
    pub name: String,
    /// The postal address, a line each.
    #[serde(default)]
    pub address: Vec<String>,
    /// The address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
}

impl fmt::Display for Representative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let email = self.email.as_ref().map(EmailAddress::as_str);
        let parts = [self.region.as_str(), &self.name]
            .into_iter()
            .chain(self.address.iter().map(String::as_str))
            .chain(email)
            .filter(|part| !part.is_empty());
        f.write_str(&parts.collect::<Vec<_>>().join(", "))
    }
}

/// A supervisory authority (GDPR art. 77).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Authority {
    /// The name.
    pub name: String,
    /// Its web site.
    pub url: String,
}

/// A part of the prose, in Markdown with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Section {
    /// Its anchor on the page, the same in every language.
    pub id: Slug,
    /// Its heading.
    pub title: String,
    /// Markdown. `{{retention}}` alone in a paragraph stands for a list of
    /// facts, `{{retention.call-recording.period}}` in a sentence for a value.
    pub body: String,
}

/// The words of the document in one more language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Translation {
    /// The title of the page.
    pub title: String,
    /// The sections that are translated; others show in the document's language.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Labels of facts by path: `category.account.label`, `purpose.run.label`.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

impl Document {
    /// The languages in which the page can be read, its own first.
    pub fn languages(&self) -> Vec<Language> {
        let mut languages = vec![self.language];
        languages.extend(self.translations.keys().filter(|l| **l != self.language));
        languages
    }

    /// The title in a language, else in the document's own.
    pub fn title_in(&self, language: Language) -> &str {
        self.translations
            .get(&language)
            .filter(|t| !t.title.is_empty())
            .map_or(&self.title, |t| &t.title)
    }

    /// The sections in a language; an untranslated one in the document's own.
    pub fn sections_in(&self, language: Language) -> Vec<&Section> {
        let translated = self.translations.get(&language);
        self.sections
            .iter()
            .map(|section| {
                translated
                    .and_then(|t| t.sections.iter().find(|s| s.id == section.id))
                    .unwrap_or(section)
            })
            .collect()
    }

    /// A fact's label in a language: the translation of `path`, else `own`.
    pub fn label<'a>(&'a self, path: impl Display, own: &'a str, language: Language) -> &'a str {
        self.translations
            .get(&language)
            .and_then(|t| t.labels.get(&path.to_string()))
            .map_or(own, String::as_str)
    }

    /// The address for privacy matters: the first contact.
    pub fn privacy_contact(&self) -> Option<&Contact> {
        self.controller.contacts.first()
    }
}
