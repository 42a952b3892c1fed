//! What placeholders stand for: alone in a paragraph, as `{{retention}}`, a list of
//! facts; inside a sentence, as `{{retention.call-recording.period}}`, one value.

use super::Document;
use super::facts::Fact;
use super::said::Noted;
use crate::identifiers::EmailAddress;
use crate::period::Period;

macro_rules! fact_lists {
    ($($list:ident => $name:literal, $doc:literal;)+) => {
        /// A list of facts that a placeholder stands for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FactList {
            $(#[doc = $doc] $list,)+
        }

        impl FactList {
            /// Every list.
            pub const ALL: &[FactList] = &[$(FactList::$list),+];

            /// Its name in placeholders.
            pub fn name(self) -> &'static str {
                match self {
                    $(FactList::$list => $name,)+
                }
            }
        }
    };
}
fact_lists! {
    Controller => "controller", "Who is responsible, with representatives and authority.";
    Contacts => "contacts", "How to reach the company.";
    Categories => "categories", "The kinds of data.";
    Purposes => "purposes", "What data is used for.";
    Sources => "sources", "Where data comes from.";
    Processors => "processors", "Who receives data.";
    Transfers => "transfers", "Which countries data goes to, and what protects it.";
    Cookies => "cookies", "The cookies, by purpose.";
    Retention => "retention", "How long data is kept.";
    Holds => "holds", "What the law makes the company keep.";
    Rights => "rights", "What people may ask for.";
    Commitments => "commitments", "Other promises.";
    AutomatedDecisions => "automated-decisions", "Decisions made by a machine alone.";
    Sale => "sale", "Whether data is sold or shared.";
    Children => "children", "For whom the service is not meant.";
    Changes => "changes", "How people learn of changes.";
}

impl FactList {
    /// The list of that name.
    pub fn named(name: &str) -> Option<FactList> {
        FactList::ALL.iter().copied().find(|list| list.name() == name)
    }
}

/// What a placeholder inside a sentence stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A length of time.
    Period(Period),
    /// Calendar days.
    Days(u16),
    /// A number.
    Number(u64),
    /// A label that may be translated: see [`Document::label`].
    Text {
        /// Where its translation is listed.
        path: String,
        /// The label in the document's own language.
        own: String,
    },
    /// An address for mail.
    Email(EmailAddress),
    /// A web site, as a host name.
    Site(String),
    /// What the tenant has not stated yet: it is assumed, and so not printed.
    NotStated,
}

impl Value {
    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let text = match self {
            Value::Text { path, own } => path.len() + own.len(),
            Value::Email(email) => email.as_str().len(),
            Value::Site(site) => site.len(),
            Value::Period(_) | Value::Days(_) | Value::Number(_) | Value::NotStated => 0,
        };
        text + size_of::<Value>()
    }
}

/// The value that a placeholder names; none if it names nothing, or a field that
/// is not filled in. Of an assumed one, that it is not stated yet.
pub fn resolve(document: &Document, name: &str) -> Option<Value> {
    let found = look_up(document, name)?;
    found.value.map(|value| if found.stated { value } else { Value::NotStated })
}

/// What a placeholder's name leads to.
pub(super) struct Found {
    /// None where the field is not filled in; whether stated or only assumed.
    pub value: Option<Value>,
    /// Whether the tenant itself states it.
    pub stated: bool,
}

pub(super) fn look_up(document: &Document, name: &str) -> Option<Found> {
    let facts = &document.facts;
    let controller = &document.controller;
    let period = |noted: &Option<Noted<Period>>| {
        noted.as_ref().map(|period| Value::Period(*period.unproven()))
    };
    let text = |own: &String| Some(Value::Text { path: name.to_owned(), own: own.clone() });
    let parts: Vec<&str> = name.split('.').collect();
    let found = match parts.as_slice() {
        ["retention", id, "period"] => of(&facts.retention, id, "period", |f| period(&f.period))?,
        ["hold", id, "period"] => of(&facts.holds, id, "period", |f| period(&f.period))?,
        ["hold", id, "ground"] => of(&facts.holds, id, "ground", |f| text(f.ground.unproven()))?,
        ["right", id, "days"] => of(&facts.rights, id, "days", |f| {
            f.days.as_ref().map(|days| Value::Days(*days.unproven()))
        })?,
        ["processor", id, "name"] => of(&facts.processors, id, "name", |f| text(&f.name))?,
        ["processor", id, "does"] => of(&facts.processors, id, "does", |f| text(&f.does))?,
        ["category", id, "label"] => of(&facts.categories, id, "label", |f| text(&f.label))?,
        ["cookie", id, "name"] => of(&facts.cookies, id, "name", |f| text(&f.name))?,
        ["cookie", id, "lifetime"] => {
            of(&facts.cookies, id, "lifetime", |f| f.lifetime.map(Value::Period))?
        }
        ["controller", "name"] => stated(text(&controller.name)),
        ["controller", "legal-name"] => stated(controller.legal_name.as_ref().and_then(text)),
        ["controller", "site"] => stated(Some(Value::Site(controller.site.clone()))),
        ["contact", id] => {
            let contact = controller.contacts.iter().find(|c| c.id.as_str() == *id)?;
            stated(Some(Value::Email(contact.email.clone())))
        }
        ["children", "minimum-age"] => {
            let children = facts.children.as_ref()?;
            let assumed = |name| children.assumed.contains(name);
            Found {
                value: Some(Value::Number(children.minimum_age.into())),
                stated: !assumed("all") && !assumed("minimum-age"),
            }
        }
        _ => return None,
    };
    Some(found)
}

fn of<F: Fact>(
    facts: &[F],
    id: &str,
    field: &str,
    value: impl Fn(&F) -> Option<Value>,
) -> Option<Found> {
    let fact = facts.iter().find(|fact| fact.id().as_str() == id)?;
    Some(Found { value: value(fact), stated: fact.states(field) })
}

fn stated(value: Option<Value>) -> Found {
    Found { value, stated: true }
}

/// Every placeholder that a document has a value for, to suggest one.
pub fn names(document: &Document) -> Vec<String> {
    let facts = &document.facts;
    let mut names = Vec::new();
    let mut add = |kind: &str, ids: Vec<&str>, fields: &[&str]| {
        for id in ids {
            names.extend(fields.iter().map(|field| format!("{kind}.{id}.{field}")));
        }
    };
    add("retention", ids(&facts.retention), &["period"]);
    add("hold", ids(&facts.holds), &["period", "ground"]);
    add("right", ids(&facts.rights), &["days"]);
    add("processor", ids(&facts.processors), &["name", "does"]);
    add("category", ids(&facts.categories), &["label"]);
    add("cookie", ids(&facts.cookies), &["name", "lifetime"]);
    names.extend(document.controller.contacts.iter().map(|c| format!("contact.{}", c.id)));
    names.extend(
        ["controller.name", "controller.legal-name", "controller.site", "children.minimum-age"]
            .map(str::to_owned),
    );
    names.retain(|name| resolve(document, name).is_some());
    names
}

fn ids<F: Fact>(facts: &[F]) -> Vec<&str> {
    facts.iter().map(|fact| fact.id().as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::document;
    use proptest::prelude::*;

    #[test]
    fn placeholders_resolve() {
        let document = document();
        let text = |path: &str, own: &str| {
            Some(Value::Text { path: path.to_owned(), own: own.to_owned() })
        };
        let cases = [
            ("retention.call-recording.period", Some(Value::Period(Period::days(90)))),
            ("right.access.days", Some(Value::Days(30))),
            ("hold.tax.ground", text("hold.tax.ground", "tax law")),
            ("controller.name", text("controller.name", "Acme")),
            ("controller.site", Some(Value::Site("acme.example".to_owned()))),
            ("children.minimum-age", Some(Value::Number(18))),
            ("cookie.session.lifetime", None),
            ("controller.legal-name", None),
            ("retention.nothing.period", None),
            ("retention.call-recording", None),
            ("retention", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(resolve(&document, name), expected, "{name}");
        }
        let email = resolve(&document, "contact.privacy");
        assert!(matches!(email, Some(Value::Email(e)) if e.as_str() == "privacy@acme.example"));
    }

    #[test]
    fn l10_and_e17_an_assumed_value_is_never_printed() {
        for (name, field, of) in [
            ("retention.call-recording.period", "period", "retention"),
            ("hold.tax.period", "period", "hold"),
            ("hold.tax.ground", "ground", "hold"),
            ("right.access.days", "days", "right"),
            ("processor.deepgram.name", "all", "processor"),
        ] {
            let mut document = document();
            assert_ne!(resolve(&document, name), Some(Value::NotStated), "{name}");
            let facts = &mut document.facts;
            let assumed = match of {
                "retention" => &mut facts.retention[0].assumed,
                "hold" => &mut facts.holds[0].assumed,
                "right" => &mut facts.rights[0].assumed,
                _ => &mut facts.processors[0].assumed,
            };
            assumed.insert(field.to_owned());
            assert_eq!(resolve(&document, name), Some(Value::NotStated), "{name}");
            let found = look_up(&document, name).expect("found");
            assert!(!found.stated && found.value.is_some(), "the check still sees it: {name}");
        }
    }

    proptest! {
        #[test]
        fn only_listed_names_resolve(name in "(retention|hold|contact|right)(\\.(tax|access|privacy|call-recording|period|days)){0,3}") {
            let document = document();
            prop_assert_eq!(resolve(&document, &name).is_some(), names(&document).contains(&name));
        }
    }
}
