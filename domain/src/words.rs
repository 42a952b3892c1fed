//! What the portal says: Fluent messages, dates and numbers in a reader's
//! language.
//!
//! The texts are in `locales/`, one file per topic, and are compiled in.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use icu::calendar::Date as CalendarDate;
use icu::datetime::DateTimeFormatter;
use icu::datetime::fieldsets::YMD;
use icu::decimal::DecimalFormatter;
use icu::locale::locale;
use jiff::civil::Date;
use unic_langid::{LanguageIdentifier, langid};

use crate::identifiers::{Language, Slug};
use crate::period::{Period, Unit};

/// An argument of a message: `n.into()` for a number or a string.
pub use fluent_bundle::FluentValue as Value;

/// The files of a language, one per topic.
macro_rules! files {
    ($language:literal) => {
        files!($language,
            "account" "api" "common" "confirm" "contact" "corrections" "deeds" "delete" "desk" "export"
            "factors" "findings" "mail" "pages" "policy" "providers" "receipt" "requests"
            "sign-in" "stripe" "studio" "webhooks")
    };
    ($language:literal, $($topic:literal)*) => {
        [$(include_str!(concat!("../../locales/", $language, "/", $topic, ".ftl"))),*]
    };
}

static EN: LazyLock<Texts> = LazyLock::new(|| texts(langid!("en"), &files!("en")));
static DE: LazyLock<Texts> = LazyLock::new(|| texts(langid!("de"), &files!("de")));

type Texts = FluentBundle<FluentResource>;

fn texts(language: LanguageIdentifier, files: &[&str]) -> Texts {
    let german = language.language.as_str() == "de";
    let mut texts = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate directions around every argument would be copied along
    // with addresses and codes; both languages are written from left to right.
    texts.set_use_isolating(false);
    texts.set_formatter(Some(if german { grouped_de } else { grouped_en }));
    for file in files {
        // What does not parse is not there, which the tests would see.
        let file = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(good, _)| good);
        texts.add_resource_overriding(file);
    }
    texts
}

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The words of that language.
    pub fn new(language: Language) -> Words {
        Words { language }
    }

    /// The language.
    pub fn language(self) -> Language {
        self.language
    }

    /// The message of that name.
    pub fn text(self, id: &str) -> String {
        self.look_up(id, None).unwrap_or_else(|| id.to_owned())
    }

    /// The message of that name, with values for what varies in it.
    ///
    /// Numbers are grouped as the language does it ("1,204"); a year goes in as
    /// a string.
    pub fn with(self, id: &str, values: &[(&'static str, Value<'static>)]) -> String {
        let values = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.look_up(id, Some(&values)).unwrap_or_else(|| id.to_owned())
    }

    /// The message of that name, if there is one. For names made of data, such
    /// as `right-access`.
    pub fn find(self, id: &str) -> Option<String> {
        self.look_up(id, None)
    }

    /// "19 May 2026".
    pub fn date(self, date: Date) -> String {
        LONG.with(|formatters| self.formatted(formatters, date))
    }

    /// "19 May 2026" with the month shortened where the language does so.
    pub fn date_short(self, date: Date) -> String {
        MEDIUM.with(|formatters| self.formatted(formatters, date))
    }

    /// "1,204".
    pub fn number(self, number: u64) -> String {
        grouped(self.language, number)
    }

    /// "90 days".
    pub fn period(self, period: Period) -> String {
        let id = match period.unit() {
            Unit::Days => "period-days",
            Unit::Months => "period-months",
            Unit::Years => "period-years",
        };
        self.with(id, &[("count", period.amount().into())])
    }

    /// "30 days".
    pub fn days(self, days: u16) -> String {
        self.with("period-days", &[("count", days.into())])
    }

    /// The message in this language or else in English.
    fn look_up(self, id: &str, values: Option<&FluentArgs>) -> Option<String> {
        [self.texts(), &EN].into_iter().find_map(|texts| said(texts, id, values))
    }

    /// "after the account is cancelled": what follows a period, from the event that
    /// begins it, so that the words cannot say anything else than is done.
    pub fn after(self, event: &Slug) -> String {
        self.find(&format!("after-{event}")).unwrap_or_else(|| {
            self.with("after-own-event", &[("event", event.as_str().replace('-', " ").into())])
        })
    }

    fn texts(self) -> &'static Texts {
        match self.language {
            Language::En => &EN,
            Language::De => &DE,
        }
    }

    fn formatted(self, formatters: &Formatters, date: Date) -> String {
        let formatter = match self.language {
            Language::En => &formatters.en,
            Language::De => &formatters.de,
        };
        let (year, month, day) = (i32::from(date.year()), date.month(), date.day());
        let (Some(formatter), Ok(day)) =
            (formatter, CalendarDate::try_new_iso(year, month.unsigned_abs(), day.unsigned_abs()))
        else {
            // Every date of jiff is one of icu, and the data is compiled in; if
            // either ever changes, an ISO date is still a date.
            return date.to_string();
        };
        formatter.format(&day).to_string()
    }
}

/// A message, if it is there and all that varies in it is known.
fn said(texts: &Texts, id: &str, values: Option<&FluentArgs>) -> Option<String> {
    let pattern = texts.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let said = texts.format_pattern(pattern, values, &mut errors);
    errors.is_empty().then(|| said.into_owned())
}

struct Formatters {
    en: Option<DateTimeFormatter<YMD>>,
    de: Option<DateTimeFormatter<YMD>>,
}

impl Formatters {
    fn new(fields: YMD) -> Formatters {
        Formatters {
            // The day comes first for most readers of the demo's policies.
            en: DateTimeFormatter::try_new(locale!("en-GB").into(), fields).ok(),
            de: DateTimeFormatter::try_new(locale!("de").into(), fields).ok(),
        }
    }
}

thread_local! {
    // Making one reads its patterns; they cannot be shared between threads.
    static LONG: Formatters = Formatters::new(YMD::long());
    static MEDIUM: Formatters = Formatters::new(YMD::medium());
    static DECIMALS: [Option<DecimalFormatter>; 2] = [
        DecimalFormatter::try_new(locale!("en").into(), Default::default()).ok(),
        DecimalFormatter::try_new(locale!("de").into(), Default::default()).ok(),
    ];
}

fn grouped(language: Language, number: u64) -> String {
    DECIMALS.with(|[en, de]| {
        let formatter = match language {
            Language::En => en,
            Language::De => de,
        };
        formatter
            .as_ref()
            .map_or_else(|| number.to_string(), |f| f.format(&number.into()).to_string())
    })
}

fn grouped_en<M>(value: &Value, _: &M) -> Option<String> {
    whole(value).map(|number| grouped(Language::En, number))
}

fn grouped_de<M>(value: &Value, _: &M) -> Option<String> {
    whole(value).map(|number| grouped(Language::De, number))
}

/// The number, if it is a whole one that a double holds exactly.
fn whole(value: &Value) -> Option<u64> {
    let Value::Number(number) = value else {
        return None;
    };
    let exact = number.value.fract() == 0.0 && (0.0..9e15).contains(&number.value);
    exact.then_some(number.value as u64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use jiff::civil::date;

    use super::*;

    const BOTH: [Words; 2] = [Words { language: Language::En }, Words { language: Language::De }];

    /// The names of all messages of a language, and of the variables in them.
    fn messages(language: Language) -> (BTreeSet<String>, BTreeSet<String>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales").join(language.tag());
        let (mut ids, mut variables) = (BTreeSet::new(), BTreeSet::new());
        for file in std::fs::read_dir(folder).expect("the texts") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("its text");
            for line in text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())) {
                let (id, _) = line.split_once('=').expect("a message");
                assert!(ids.insert(id.trim().to_owned()), "{id} is there twice");
            }
            for use_ in text.split('$').skip(1) {
                let end = use_.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
                variables.insert(use_[..end.unwrap_or(use_.len())].to_owned());
            }
        }
        (ids, variables)
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let ((en, variables), (de, same)) = (messages(Language::En), messages(Language::De));
        assert_eq!(variables, same, "variables");
        assert_eq!(en.difference(&de).collect::<Vec<_>>(), [""; 0], "only in English");
        assert_eq!(de.difference(&en).collect::<Vec<_>>(), [""; 0], "only in German");
        // A message whose value cannot be written, or that does not parse, is
        // not found.
        let values = variables.into_iter().map(|name| (name, Value::from(2))).collect();
        for words in BOTH {
            for id in &en {
                assert!(said(words.texts(), id, Some(&values)).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn dates_numbers_and_periods() {
        let day = date(2026, 5, 19);
        let ten: Period = "10 years".parse().expect("a period");
        let one: Period = "1 month".parse().expect("a period");
        let cases = [
            ["19 May 2026", "1,204", "90 days", "10 years", "1 month", "1 day"],
            ["19. Mai 2026", "1.204", "90 Tage", "10 Jahre", "1 Monat", "1 Tag"],
        ];
        for (words, expected) in BOTH.into_iter().zip(cases) {
            let said = [
                words.date(day),
                words.number(1204),
                words.period(Period::days(90)),
                words.period(ten),
                words.period(one),
                words.days(1),
            ];
            assert_eq!(said, expected);
        }
        assert_eq!(Words::new(Language::De).days(1204), "1.204 Tage");
    }
}
