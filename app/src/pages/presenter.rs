//! The readable page of a download: one document that opens from a disk, without
//! scripts and without asking anyone for anything.

use domain::identifiers::{EmailAddress, Language, Slug};
use domain::words::Words;
use engine::Presenter;
use engine::mail::Letter;
use engine::records::{Holding, Opened, Overview};
use engine::stripe::Seen;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;

use super::answer::{preamble, rights};
use super::letter::letter_page;
use crate::ui::held::category_facts::category_facts;
use crate::ui::held::record::record_items;
use crate::ui::held::standing::Standing;
use crate::ui::held::stripe::seen_at_stripe;
use crate::ui::reader::Reader;

/// The one place where styles stand inside a page: a file from a disk has no
/// stylesheet beside it. It is a constant of ours, so nothing in it needs escaping.
const STYLES: &str = include_str!("presenter.css");

/// Writes the page piece by piece.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageOfExport;

impl Presenter for PageOfExport {
    fn head(&self, overview: &Overview, language: Language, made_on: Date) -> String {
        let reader = reader(overview, language);
        let words = reader.words;
        let company = ("company", reader.document.controller.name.clone().into());
        let title = words.with("export-page-title", &[company]);
        let head = fragment(|| view! { <title>{title.clone()}</title> });
        let body = fragment(|| {
            view! {
                <header>
                    <h1>{title.clone()}</h1>
                    {preamble(reader, overview, made_on)}
                    {rights(reader)}
                </header>
                {unlisted(reader, overview)}
            }
        });
        let lang = language.tag();
        format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\">{head}\
             <style>{STYLES}</style></head><body><main>{body}"
        )
    }

    fn open_category(&self, overview: &Overview, holding: &Holding, language: Language) -> String {
        let reader = reader(overview, language);
        let category =
            reader.document.facts.categories.iter().find(|c| c.id.as_str() == holding.category);
        let name = holding
            .category
            .parse::<Slug>()
            .map_or_else(|_| holding.category.clone(), |id| reader.category(&id));
        let amount = u64::try_from(holding.amount).unwrap_or_default();
        let opening = fragment(|| {
            let count = reader.words.with("account-count", &[("count", amount.into())]);
            view! {
                <h2>{name}</h2>
                <p class="quiet">{count}</p>
                {category.map(|category| category_facts(reader, category))}
            }
        });
        format!("<section>{opening}<ol class=\"records\">")
    }

    fn records(&self, records: &[Opened], language: Language) -> String {
        fragment(|| record_items(Words::new(language), None, records))
    }

    fn close_category(&self) -> String {
        "</ol></section>".to_owned()
    }

    fn at_stripe(&self, seen: &Seen, language: Language, zone: &TimeZone) -> String {
        fragment(|| seen_at_stripe(Words::new(language), seen, zone))
    }

    fn tail(&self, language: Language) -> String {
        let words = Words::new(language);
        let note = fragment(|| {
            view! {
                <footer><p>{words.text("held-stripe")}</p><p>{words.text("export-page-files")}</p></footer>
            }
        });
        format!("{note}</main></body></html>")
    }

    fn letter(
        &self,
        letter: &Letter,
        company: &str,
        contact: Option<&EmailAddress>,
        language: Language,
    ) -> String {
        letter_page(letter, company, contact, language)
    }
}

/// The categories in which nothing is listed, and why.
fn unlisted(reader: Reader<'_>, overview: &Overview) -> AnyView {
    reader
        .document
        .facts
        .categories
        .iter()
        .filter_map(|category| {
            let standing = Standing::of(category, overview.holding(&category.id));
            let said = standing.said(reader, overview.organisation.as_ref())?;
            Some(view! {
                <section>
                    <h2>{reader.category(&category.id)}</h2>
                    <p>{said}</p>
                    {category_facts(reader, category)}
                </section>
            })
        })
        .collect_view()
        .into_any()
}

fn reader(overview: &Overview, language: Language) -> Reader<'_> {
    Reader { document: &overview.version.document, words: Words::new(language) }
}

pub(super) fn fragment<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_any().to_html())
}

#[cfg(test)]
mod tests {
    use engine::storage::{Day, Timestamp};
    use jiff::civil::date;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::pages::account::{FirstRecords, account};
    use crate::pages::answer::answer;
    use crate::ui::chrome::Chrome;

    fn overview() -> Overview {
        let document = serde_json::from_value(json!({
            "title": "Policy", "language": "en",
            "controller": { "name": "A </style><b> & Co", "site": "acme.example", "contacts": [
                { "id": "privacy", "label": "Privacy", "email": "privacy@acme.example" }] },
            "facts": {
                "purposes": [{ "id": "run", "label": "to run your account", "legal-basis": "contract", "assumed": ["legal-basis"] }],
                "categories": [
                    { "id": "account", "label": "Account data", "description": "Who you are.", "purposes": ["run"] },
                    { "id": "usage", "label": "Statistics", "description": "Totals.", "linked": false },
                    { "id": "calls", "label": "Calls", "description": "Sound.", "role": "processor" }],
                "processors": [{ "id": "host", "name": "Host Inc.", "does": "hosting", "categories": ["account"],
                    "country": "United States", "safeguard": "standard-clauses", "assumed": ["country", "safeguard"] }],
                "retention": [{ "id": "account", "categories": ["account"], "period": "90 days", "starts": "record", "wording": "after the call" }]
            }
        }))
        .expect("a document");
        let day = Day::from(date(2026, 3, 1));
        Overview {
            subject: Uuid::nil(),
            profile: serde_json::from_value(json!({ "id": "u", "email": null, "name": "Ada" }))
                .expect("a profile"),
            version: std::sync::Arc::new(engine::policies::Version {
                number: 1,
                state: engine::policies::State::Published,
                document,
                parsed: Default::default(),
                content_hash: Vec::new(),
                revision: 1,
                saved_at: Timestamp(0),
                published_at: None,
            }),
            holdings: vec![
                Holding {
                    category: "account".into(),
                    amount: 1,
                    of_organisation: 0,
                    oldest: day,
                    newest: day,
                    more: false,
                },
                Holding {
                    category: "calls".into(),
                    amount: 2,
                    of_organisation: 2,
                    oldest: day,
                    newest: day,
                    more: false,
                },
            ],
            events: Vec::new(),
            organisation: Some(engine::records::Organisation {
                id: Uuid::nil(),
                name: "Pumps Inc.".into(),
                source_id: "org-1".to_owned(),
                administered: false,
            }),
        }
    }

    fn record() -> Opened {
        Opened {
            id: Uuid::nil(),
            kind: "profile".into(),
            source: "you".into(),
            source_id: "r".into(),
            on: date(2026, 3, 1),
            recorded_at: Timestamp(0),
            data: json!({ "name": "<script>Ada</script>", "password": "p4ss" }),
        }
    }

    fn whole() -> String {
        let (overview, page) = (overview(), PageOfExport);
        let language = Language::En;
        let holding = &overview.holdings[0];
        [
            page.head(&overview, language, date(2026, 4, 1)),
            page.open_category(&overview, holding, language),
            page.records(&[record()], language),
            page.close_category(),
            page.tail(language),
        ]
        .concat()
    }

    #[test]
    fn l1_the_export_page_has_no_password_and_runs_nothing() {
        let html = whole();
        assert!(!html.contains("p4ss") && !html.contains("<script"), "{html}");
        assert!(html.contains("&lt;script&gt;Ada"), "{html}");
        assert!(html.matches("</style>").count() == 1, "{html}");
        assert!(!STYLES.contains("url(") && !STYLES.contains('<'));
        assert_eq!(html.matches("<section>").count(), html.matches("</section>").count());
    }

    #[test]
    fn l5_and_e8_what_is_not_listed_is_said_with_its_reason() {
        let html = whole();
        assert!(html.contains("cannot be linked to a person"), "{html}");
        assert!(html.contains("on behalf of Pumps Inc."), "{html}");
    }

    #[test]
    fn l6_and_e21_purposes_bases_and_transfers_are_printed_everywhere() {
        let (overview, today) = (overview(), date(2026, 4, 1));
        let chrome = Chrome {
            words: Words::new(Language::En),
            tenant: None,
            path: "/account".into(),
            languages: Vec::new(),
            explicit_language: false,
            viewer: None,
            css_href: String::new(),
            script_href: None,
        };
        let first = [FirstRecords {
            category: "account".parse().expect("a name"),
            records: vec![record()],
            more: false,
        }];
        for html in [
            whole(),
            account(&chrome, &overview, &first, (today, false)),
            answer(&chrome, &overview, &first, today),
        ] {
            for said in [
                "To run your account",
                "Our contract with you",
                "United States",
                "Standard contractual clauses",
                "90 days after the call",
                "3 things about you, in 2 kinds",
            ] {
                assert!(html.contains(said), "{said}: {html}");
            }
        }
        let dashboard = account(&chrome, &overview, &first, (today, false));
        assert!(dashboard.contains("The time of one of them runs out this year."), "{dashboard}");
        assert!(dashboard.contains("Kept until 30 May 2026"), "{dashboard}");
        let late = account(&chrome, &overview, &first, (date(2026, 5, 30), false));
        assert!(late.contains("Its time was up on 30 May 2026"), "{late}");
        assert!(!late.contains("Kept until"), "{late}");
    }
}
