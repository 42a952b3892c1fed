//! A policy document as someone reads it: with labels in their language and
//! without what the tenant has not stated.

use std::fmt::Display;

use domain::identifiers::Slug;
use domain::policy::Document;
use domain::policy::facts::{Category, Cookie, Fact, RetentionRule, named};
use domain::policy::placeholders::Value;
use domain::policy::said::Said;
use domain::words::Words;

/// A document and the words in which it is read.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The document.
    pub document: &'a Document,
    /// The words.
    pub words: Words,
}

impl<'a> Reader<'a> {
    /// The language of a section where it is not the reader's, for the `lang` of
    /// its element.
    pub fn foreign(self, section: &Slug) -> Option<&'static str> {
        let language = self.words.language();
        let translation = self.document.translations.get(&language);
        let translated = translation.is_some_and(|t| t.sections.iter().any(|s| s.id == *section));
        (!translated && self.document.language != language).then(|| self.document.language.tag())
    }

    /// A fact's label in the reader's language.
    pub fn label(self, path: impl Display, own: &'a str) -> String {
        self.document.label(path, own, self.words.language()).to_owned()
    }

    /// The language of a fact's label where it is not the reader's, for the `lang` of
    /// its element (WCAG 3.1.2).
    pub fn foreign_label(self, path: impl Display) -> Option<&'static str> {
        let language = self.words.language();
        let translation = self.document.translations.get(&language);
        let translated = translation.is_some_and(|t| t.labels.contains_key(&path.to_string()));
        (!translated && self.document.language != language).then(|| self.document.language.tag())
    }

    /// The language of a category's name, where it is not the reader's.
    pub fn foreign_category(self, id: &Slug) -> Option<&'static str> {
        self.foreign_label(format_args!("category.{id}.label"))
    }

    /// The language of a purpose, where it is not the reader's.
    pub fn foreign_purpose(self, id: &Slug) -> Option<&'static str> {
        self.foreign_label(format_args!("purpose.{id}.label"))
    }

    /// A category's name.
    pub fn category(self, id: &Slug) -> String {
        named(&self.document.facts.categories, id).map_or_else(
            || id.to_string(),
            |c| self.label(format_args!("category.{id}.label"), &c.label),
        )
    }

    /// A purpose, as "to run your account".
    pub fn purpose(self, id: &Slug) -> String {
        named(&self.document.facts.purposes, id).map_or_else(
            || id.to_string(),
            |p| self.label(format_args!("purpose.{id}.label"), &p.label),
        )
    }

    /// A source, as "you".
    pub fn source(self, id: &Slug) -> String {
        named(&self.document.facts.sources, id).map_or_else(
            || id.to_string(),
            |s| self.label(format_args!("source.{id}.label"), &s.label),
        )
    }

    /// A processor's name.
    pub fn processor(self, id: &Slug) -> String {
        named(&self.document.facts.processors, id).map_or_else(
            || id.to_string(),
            |p| self.label(format_args!("processor.{id}.name"), &p.name),
        )
    }

    /// A cookie's name; who sets it where the name is only assumed, since people
    /// would look for it.
    pub fn cookie(self, cookie: &Cookie) -> String {
        if cookie.states("name") { cookie.name.clone() } else { self.set_by(cookie) }
    }

    /// Who sets a cookie.
    pub fn set_by(self, cookie: &Cookie) -> String {
        cookie.processor.as_ref().map_or_else(
            || self.document.controller.name.clone(),
            |processor| self.processor(processor),
        )
    }

    /// The categories' names, as "Account data, payment data".
    pub fn categories(self, ids: &[Slug]) -> String {
        ids.iter().map(|id| self.category(id)).collect::<Vec<_>>().join(", ")
    }

    /// How long a rule keeps something: "90 days after the call"; only what the
    /// tenant states.
    pub fn kept(self, rule: &RetentionRule) -> Option<String> {
        match rule.period().map(|period| self.words.period(period)) {
            Said::Stated(period) => Some(format!("{period} {}", self.words.after(&rule.starts))),
            Said::Nothing => self.kept_without_period(rule),
            // A rule whose period is an assumption says nothing at all: "after
            // the call" alone would be half a promise.
            Said::Assumed => None,
        }
    }

    /// Until when, in the company's words, where there is no period to carry out.
    fn kept_without_period(self, rule: &RetentionRule) -> Option<String> {
        let path = format!("retention.{}.wording", rule.id);
        let wording = self.document.label(&path, &rule.wording, self.words.language());
        (rule.states("wording") && !wording.is_empty()).then(|| wording.to_owned())
    }

    /// How long a category is kept, by each of its rules.
    pub fn category_kept(self, category: &Category) -> String {
        let kept: Vec<String> = self
            .document
            .facts
            .retention
            .iter()
            .filter(|rule| rule.categories.contains(&category.id))
            .filter_map(|rule| self.kept(rule))
            .collect();
        if kept.is_empty() { self.words.text("kept-as-needed") } else { kept.join("; ") }
    }

    /// A value inside a sentence, in words.
    pub fn say(self, value: &Value) -> String {
        match value {
            Value::Period(period) => self.words.period(*period),
            Value::Days(days) => self.words.days(*days),
            Value::Number(number) => self.words.number(*number),
            Value::Text { path, own } => {
                self.document.label(path, own, self.words.language()).to_owned()
            }
            Value::Email(email) => email.to_string(),
            Value::Site(site) => site.clone(),
            Value::NotStated => self.words.text("not-stated"),
        }
    }
}
