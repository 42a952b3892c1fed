//! How long something is kept.

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::{Language, Slug};
use domain::period::{Period, Unit};
use domain::policy::Document;
use domain::policy::check::names_a_time;
use domain::policy::facts::{Assumed, Fact, RetentionRule};
use domain::policy::said::Noted;
use domain::words::Words;
use leptos::prelude::*;

use super::bar::{form_page, stale};
use super::findings::anchor;
use super::working::{self, Saved, Working};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, hidden, send};
use crate::ui::reader::Reader;
use crate::visit::Visit;
use domain::policy::fields::FactKind;

/// The answer that names no period.
const AS_NEEDED: &str = "as-needed";

/// What the form asks, by the names of the fields in files.
const ASKED: [&str; 2] = ["period", "wording"];

/// Until when, in words, by language.
const WORDED: [&str; 3] = ["wording", "wording-en", "wording-de"];

/// What it does not ask.
const NOT_ASKED: [&str; 5] = ["categories", "starts", "cancelled-by", "action", "kept-by"];

/// `GET /studio/policy/retention/{id}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Slug>,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let form = filled(&working.document, rule(&working.document, &id)?);
    Ok(respond::html(page(&visit.chrome_in_all(), &working, &id, &form, false)?))
}

/// `POST /studio/policy/retention/{id}`.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Slug>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let working = working::load(&portal, &visit).await?;
    let chrome = visit.chrome_in_all();
    let form = checked(chrome.words, &sent);
    rule(&working.document, &id)?;
    let mut document = working.document.clone();
    if !form.is_right() || put(&mut document, &id, &sent).is_none() {
        return Ok(respond::unprocessable(page(&chrome, &working, &id, &form, false)?));
    }
    match working::save(&portal, &visit, &working, &sent, &document).await? {
        Saved::Yes => {
            let place = anchor(FactKind::Retention, id.as_str());
            Ok(respond::redirect(&chrome.href(&format!("{}#{place}", paths::STUDIO_POLICY))))
        }
        Saved::Stale => {
            let working = working::load(&portal, &visit).await?;
            Ok(respond::unprocessable(page(&chrome, &working, &id, &form, true)?))
        }
    }
}

fn rule<'a>(document: &'a Document, id: &Slug) -> Result<&'a RetentionRule, Trouble> {
    document.facts.retention.iter().find(|rule| rule.id == *id).ok_or(Trouble::NotFound)
}

fn filled(document: &Document, rule: &RetentionRule) -> FormState {
    let stated = rule.states("period") && rule.states("wording");
    let period = rule.period.as_ref().map(Noted::unproven);
    let mut form = FormState::filled([
        ("amount", period.map(|period| period.amount().to_string()).unwrap_or_default()),
        ("unit", period.map_or(AS_NEEDED, |period| unit_name(period.unit())).to_owned()),
        ("wording", if period.is_none() { rule.wording.clone() } else { String::new() }),
        ("stated", if stated { "yes" } else { "" }.to_owned()),
    ]);
    for (language, translation) in &document.translations {
        let label = translation.labels.get(&path(&rule.id)).filter(|_| period.is_none());
        let label = label.cloned().unwrap_or_default();
        form.values.insert(translated(*language).to_owned(), label);
    }
    form
}

fn checked(words: Words, sent: &SentForm) -> FormState {
    let mut form = sent.state();
    let unit = sent.one("unit");
    let known = [AS_NEEDED, "days", "months", "years"].contains(&unit);
    if !known {
        form = form.wrong("unit", words.text("retention-unit-missing"));
    } else if unit == AS_NEEDED && !sent.one("amount").is_empty() {
        // One of the two was meant, and the portal would keep to the other.
        form = form.wrong("amount", words.text("retention-amount-as-needed"));
    } else if unit != AS_NEEDED && period(sent).is_none() {
        form = form.wrong("amount", words.text("retention-amount-wrong"));
    }
    for field in WORDED.iter().filter(|_| unit == AS_NEEDED) {
        if names_a_time(sent.one(field)) {
            form = form.wrong(field, words.text("retention-wording-time"));
        }
    }
    form
}

/// What was typed, if it is a period.
fn period(sent: &SentForm) -> Option<Period> {
    format!("{} {}", sent.one("amount"), sent.one("unit")).parse().ok()
}

/// Puts what was typed into the document. Only what the admin confirms is the
/// company's statement; the rest stays an open point.
fn put(document: &mut Document, id: &Slug, sent: &SentForm) -> Option<()> {
    let period = match sent.one("unit") {
        AS_NEEDED => None,
        _ => Some(period(sent)?),
    };
    let language = document.language;
    let rule = document.facts.retention.iter_mut().find(|rule| rule.id == *id)?;
    rule.period = period.map(Into::into);
    // What follows a period comes from the event, in every language. It is stored all
    // the same, as nodes of an earlier version print it.
    let starts = rule.starts.clone();
    let worded = |language: Language, field: &str| match period {
        Some(_) => Words::new(language).after(&starts),
        None => sent.one(field).to_owned(),
    };
    rule.wording = worded(language, "wording");
    if sent.one("stated") == "yes" {
        confirm(&mut rule.assumed, &ASKED, &NOT_ASKED);
    } else if rule.period.is_some() {
        rule.assumed.insert("period".to_owned());
    }
    for (language, translation) in &mut document.translations {
        let wording = worded(*language, translated(*language));
        if wording.is_empty() {
            translation.labels.remove(&path(id));
        } else {
            translation.labels.insert(path(id), wording);
        }
    }
    Some(())
}

/// Takes the fields of a form out of what is assumed. A fact that was assumed as
/// a whole keeps what the form does not ask as assumed.
pub fn confirm(assumed: &mut Assumed, asked: &[&str], not_asked: &[&str]) {
    if assumed.remove("all") {
        assumed.extend(not_asked.iter().map(|field| (*field).to_owned()));
    }
    assumed.retain(|field| !asked.contains(&field.as_str()));
}

fn path(id: &Slug) -> String {
    format!("retention.{id}.wording")
}

fn translated(language: Language) -> &'static str {
    match language {
        Language::En => "wording-en",
        Language::De => "wording-de",
    }
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "days",
        Unit::Months => "months",
        Unit::Years => "years",
    }
}

fn page(
    chrome: &Chrome,
    working: &Working,
    id: &Slug,
    form: &FormState,
    is_stale: bool,
) -> Result<String, Trouble> {
    let document = &working.document;
    let rule = rule(document, id)?;
    let words = chrome.words;
    let reader = Reader { document, words };
    let title =
        words.with("retention-title", &[("what", reader.categories(&rule.categories).into())]);
    let units = ["days", "months", "years", AS_NEEDED].map(|unit| ChoiceOption {
        value: unit.to_owned(),
        label: words.text(match unit {
            "days" => "retention-days",
            "months" => "retention-months",
            "years" => "retention-years",
            _ => "retention-as-needed",
        }),
        note: None,
    });
    let starts = words
        .find(&format!("event-{}", rule.starts))
        .unwrap_or_else(|| rule.starts.to_string().replace('-', " "));
    let used = words.with(
        "retention-used",
        &[
            ("after", words.after(&rule.starts).into()),
            ("placeholder", format!("{{{{retention.{id}.period}}}}").into()),
            ("event", starts.into()),
        ],
    );
    Ok(form_page(chrome, working, (&title, form), || {
        let stated = Choice {
            name: "stated",
            legend: words.text("studio-stated-legend"),
            hint: Some(words.text("studio-stated-hint")),
            options: vec![ChoiceOption {
                value: "yes".to_owned(),
                label: words.text("studio-stated"),
                note: None,
            }],
            several: true,
        };
        let unit = Choice {
            name: "unit",
            legend: words.text("retention-unit"),
            hint: None,
            options: units.into(),
            several: false,
        };
        let translations = document
            .translations
            .keys()
            .map(|language| {
                let label =
                    words.with("retention-wording-in", &[("language", language.endonym().into())]);
                Field::new(translated(*language), Kind::Text, label).optional().view(words, form)
            })
            .collect::<Vec<_>>();
        view! {
            {form.summary(words)}
            {is_stale.then(|| stale(chrome))}
            <h1>{title.clone()}</h1>
            <p>{used}</p>
            <form method="post" action=chrome.href(&paths::STUDIO_RETENTION.of(id)) novalidate=true>
                {hidden("revision", working.stamp.to_string())}
                {Field::new("amount", Kind::Code, words.text("retention-amount"))
                    .hint(words.text("retention-amount-hint")).view(words, form)}
                {unit.view(words, form)}
                {Field::new("wording", Kind::Text, words.text("retention-wording"))
                    .hint(words.text("retention-wording-hint")).view(words, form)}
                {translations}
                {stated.view(words, form)}
                {send(words.text("studio-save"))}
            </form>
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::super::policy::tests::{chrome, document, working};
    use super::*;

    fn sent(amount: &str, unit: &str, stated: &str) -> SentForm {
        [
            ("revision", "2.3"),
            ("amount", amount),
            ("unit", unit),
            ("wording", "after the call"),
            ("stated", stated),
        ]
        .into_iter()
        .collect()
    }

    fn id() -> Slug {
        "call".parse().expect("a name")
    }

    #[test]
    fn a_confirmed_period_changes_the_document_and_is_no_assumption_any_more() {
        let mut changed = document();
        put(&mut changed, &id(), &sent("30", "days", "")).expect("put");
        assert_eq!(changed.facts.retention[0].period, Some(Period::days(30).into()));
        assert!(!changed.facts.retention[0].states("period"));

        put(&mut changed, &id(), &sent("14", "months", "yes")).expect("put");
        let rule = &changed.facts.retention[0];
        assert_eq!(rule.period().stated().map(|p| p.to_string()).as_deref(), Some("14 months"));
        assert!(rule.states("period") && rule.assumed.is_empty());

        put(&mut changed, &id(), &sent("", AS_NEEDED, "yes")).expect("put");
        assert_eq!(changed.facts.retention[0].period, None);
    }

    #[test]
    fn confirming_a_whole_assumed_rule_confirms_only_what_was_asked() {
        let mut changed = document();
        changed.facts.retention[0].assumed = ["all".to_owned()].into();
        put(&mut changed, &id(), &sent("30", "days", "yes")).expect("put");
        let rule = &changed.facts.retention[0];
        assert!(rule.states("period") && rule.states("wording") && !rule.states("starts"));
    }

    #[test]
    fn what_is_no_period_is_said_and_kept() {
        for language in Language::ALL {
            for (amount, unit) in
                [("0", "days"), ("x", "days"), ("999", "years"), ("1", ""), ("-1", "days")]
            {
                let form = checked(Words::new(language), &sent(amount, unit, ""));
                assert!(!form.is_right(), "{amount} {unit}");
                let html = page(&chrome(language), &working(), &id(), &form, true).expect("a page");
                assert!(html.contains(&format!("value=\"{amount}\"")), "{html}");
                assert!(!html.contains("Unknown localization"), "{html}");
            }
            assert!(checked(Words::new(language), &sent("", AS_NEEDED, "")).is_right());
        }
    }
}
