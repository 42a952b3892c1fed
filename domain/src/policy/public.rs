//! The document as data for everybody: what the tenant states, and nothing that is
//! only assumed.

use serde_json::Value;

use super::Document;
use super::fields::entries;
use crate::words::Words;

/// The document as JSON without what is assumed: a fact that is assumed as a whole is
/// not in it, nor is an assumed field in any language. Which fields are missing stands
/// in `assumed`.
pub fn public(document: &Document) -> Value {
    let mut shown = document.clone();
    for entry in entries(document) {
        let whole = entry.path("");
        for translation in shown.translations.values_mut() {
            translation.labels.retain(|path, _| {
                let assumed = entry.assumed.into_iter().flatten();
                !(entry.is_assumed() && path.starts_with(&whole))
                    && assumed.map(|field| entry.path(field)).all(|of_field| {
                        // The items of a list are labels of their own.
                        *path != of_field && !path.starts_with(&format!("{of_field}."))
                    })
            });
        }
    }
    for rule in shown.facts.retention.iter_mut().filter(|rule| rule.period.is_some()) {
        rule.wording = Words::new(document.language).after(&rule.starts);
        let path = format!("retention.{}.wording", rule.id);
        for (language, translation) in &mut shown.translations {
            translation.labels.insert(path.clone(), Words::new(*language).after(&rule.starts));
        }
    }
    // A document serialises whatever it holds: it has only text keys.
    let value = serde_json::to_value(&shown).unwrap_or_default();
    stated(value).unwrap_or_default()
}

fn stated(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => Some(items.into_iter().filter_map(stated).collect()),
        Value::Object(mut fields) => {
            if let Some(Value::Array(assumed)) = fields.get("assumed").cloned() {
                for field in assumed.iter().filter_map(Value::as_str) {
                    if field == "all" {
                        return None;
                    }
                    fields.remove(field);
                }
            }
            let fields = fields.into_iter().filter_map(|(name, it)| Some((name, stated(it)?)));
            Some(Value::Object(fields.collect()))
        }
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::Language;
    use crate::policy::document::Translation;
    use crate::policy::fixture::document;

    #[test]
    fn what_is_assumed_is_in_no_language_of_it() {
        let mut document = document();
        document.facts.processors[0].assumed.insert("country".to_owned());
        document.facts.holds[0].assumed.insert("all".to_owned());
        document.facts.categories[0].assumed.insert("items".to_owned());
        let labels = [
            ("processor.deepgram.country", "Vereinigte Staaten"),
            ("processor.deepgram.does", "Sprache zu Text"),
            ("hold.tax.ground", "Steuerrecht"),
            ("category.call-recording.items.0", "Ton"),
            ("category.call-recording.label", "Anrufe"),
        ];
        let labels = labels.map(|(path, label)| (path.to_owned(), label.to_owned())).into();
        let german = Translation { labels, ..Translation::default() };
        document.translations.insert(Language::De, german);

        let shown = public(&document).to_string();
        for hidden in ["United States", "Vereinigte", "tax", "Steuerrecht", "audio", "Ton\""] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
        for stated in
            ["Deepgram", "Sprache zu Text", "Anrufe", "90 days", "\"assumed\":[\"country\"]"]
        {
            assert!(shown.contains(stated), "{stated}: {shown}");
        }
    }
}
