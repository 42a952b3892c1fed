//! The readable page of a download: one document that opens from a disk, without
//! scripts and without asking anyone for anything.

mod fragment;
mod letter;

use domain::identifiers::{EmailAddress, Language, Slug};
use domain::words::Words;
use engine::Presenter;
use engine::mail::Letter;
use engine::records::{Holding, Opened, Overview};
use engine::stripe::Seen;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;

use self::fragment::fragment;
use self::letter::letter_page;
use crate::pages::account::answer::{preamble, rights};
use crate::pages::account::dashboard::{beside_view, count, undeclared};
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
        let opening = fragment(|| {
            let undeclared = category.is_none().then(|| reader.words.text("account-undeclared"));
            view! {
                <h2>{name}</h2>
                <p class="quiet">{count(reader.words, holding.of_company())}</p>
                {beside_view(reader, holding)}
                {undeclared.map(|said| view! { <p class="quiet">{said}</p> })}
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
    let organisation = overview.organisation.as_ref();
    let declared = reader.document.facts.categories.iter().filter_map(|category| {
        let standing = Standing::of(Some(category), overview.holding(&category.id));
        let said = standing.said(reader, organisation)?;
        let facts = category_facts(reader, category);
        Some((reader.category(&category.id), said, Some(facts)))
    });
    let undeclared = undeclared(overview).filter_map(|holding| {
        let said = Standing::of(None, Some(holding)).said(reader, organisation)?;
        Some((holding.category.clone(), said, None))
    });
    declared
        .chain(undeclared)
        .map(|(name, said, facts)| view! { <section><h2>{name}</h2><p>{said}</p>{facts}</section> })
        .collect_view()
        .into_any()
}

fn reader(overview: &Overview, language: Language) -> Reader<'_> {
    Reader { document: &overview.version.document, words: Words::new(language) }
}

#[cfg(test)]
mod tests {
    use engine::records::Part;
    use engine::storage::{Day, Timestamp};
    use jiff::civil::date;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::pages::account::answer::answer;
    use crate::pages::account::dashboard::{FirstRecords, account};
    use crate::ui::chrome::Chrome;

    fn overview() -> Overview {
        let document = serde_json::from_value(json!({
            "title": "Policy", "language": "en",
            "controller": { "name": "A </style><b> & Co", "site": "acme.example", "contacts": [
                { "id": "privacy", "label": "Privacy", "email": "privacy@acme.example" }] },
            "facts": {
                "purposes": [{ "id": "run", "label": "to run your account", "legal-basis": "contract" }],
                "categories": [
                    { "id": "account", "label": "Account data", "description": "Who you are.", "purposes": ["run"] },
                    { "id": "usage", "label": "Statistics", "description": "Totals.", "linked": false },
                    { "id": "calls", "label": "Calls", "description": "Sound.", "role": "processor" }],
                "processors": [{ "id": "host", "name": "Host Inc.", "does": "hosting", "categories": ["account"],
                    "country": "United States", "safeguard": "standard-clauses" }],
                "retention": [{ "id": "account", "categories": ["account"], "period": "90 days", "starts": "record", "wording": "after the call" }]
            }
        }))
        .expect("a document");
        let day = Day::from(date(2026, 3, 1));
        Overview {
            subject: Uuid::nil(),
            profile: serde_json::from_value(json!({ "id": "u", "email": null, "name": "Ada" }))
                .expect("a profile"),
            next_address: Some((
                engine::subjects::NextAddress {
                    email: Some("new@example.org".parse().expect("an address")),
                    counts_at: None,
                },
                Some(date(2026, 3, 4)),
            )),
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
                    own: Part::of(1, day, day),
                    ..Holding::default()
                },
                Holding {
                    category: "calls".into(),
                    on_behalf: Part::of(2, day, day),
                    ..Holding::default()
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
    fn an_address_that_waits_is_on_every_page_and_can_be_taken_back_on_one() {
        for language in Language::ALL {
            let [download, dashboard, answer] = everywhere(language, &overview(), date(2026, 4, 1));
            for html in [&download, &dashboard, &answer] {
                assert!(html.contains("new@example.org"), "{html}");
                assert!(!html.contains("Unknown localization"), "{html}");
            }
            assert!(dashboard.contains("action=\"/account/address/keep\""), "{dashboard}");
            assert!(!download.contains("<form"), "{download}");
        }
    }

    fn chrome(language: Language) -> Chrome {
        Chrome {
            words: Words::new(language),
            tenant: None,
            path: "/account".into(),
            languages: Vec::new(),
            explicit_language: false,
            viewer: None,
            css_href: String::new(),
            script_href: None,
        }
    }

    fn first() -> [FirstRecords; 1] {
        [FirstRecords {
            category: "account".parse().expect("a name"),
            records: vec![record()],
            more: false,
        }]
    }

    /// Every page that tells a person what is done with their data.
    fn everywhere(language: Language, overview: &Overview, today: Date) -> [String; 3] {
        let (chrome, first, page) = (chrome(language), first(), PageOfExport);
        let download = [
            page.head(overview, language, today),
            page.open_category(overview, &overview.holdings[0], language),
        ];
        [
            download.concat(),
            account(&chrome, overview, &first, (today, false)),
            answer(&chrome, overview, &first, today),
        ]
    }

    fn with(change: impl Fn(&mut domain::policy::Document)) -> Overview {
        let mut overview = overview();
        let version = std::sync::Arc::make_mut(&mut overview.version);
        change(&mut version.document);
        overview
    }

    #[test]
    fn l6_and_e21_purposes_bases_and_transfers_are_printed_everywhere() {
        let (overview, today) = (overview(), date(2026, 4, 1));
        for html in everywhere(Language::En, &overview, today) {
            for said in [
                "To run your account",
                "Our contract with you",
                "United States",
                "Standard contractual clauses",
                "90 days after the date of each entry",
                "one thing about you, in one kind",
                "2 more",
            ] {
                assert!(html.contains(said), "{said}: {html}");
            }
        }
        let chrome = chrome(Language::En);
        let dashboard = account(&chrome, &overview, &first(), (today, false));
        assert!(dashboard.contains("Its time runs out this year."), "{dashboard}");
        assert!(dashboard.contains("Kept until 30 May 2026"), "{dashboard}");
        for late in [date(2026, 5, 30), date(2027, 2, 1)] {
            let late = account(&chrome, &overview, &first(), (late, false));
            assert!(late.contains("Its time was up on 30 May 2026"), "{late}");
            assert!(late.contains("Its time is up already."), "{late}");
            assert!(!late.contains("Kept until") && !late.contains("this year"), "{late}");
        }
        let early = account(&chrome, &overview, &first(), (date(2025, 12, 31), false));
        assert!(!early.contains("this year"), "{early}");
    }

    /// L6, L10, E17, E21: an assumption is said to be not stated yet, in both languages.
    #[test]
    fn l6_and_e17_what_is_assumed_is_never_told_to_a_customer() {
        let hold = json!({ "id": "tax", "categories": ["account"], "ground": "tax law", "period": "7 years" });
        let overview = with(|document| {
            let facts = &mut document.facts;
            facts.holds = vec![serde_json::from_value(hold.clone()).expect("a hold")];
            facts.holds[0].assumed.insert("period".to_owned());
            facts.retention[0].assumed.insert("period".to_owned());
            facts.purposes[0].assumed.insert("legal-basis".to_owned());
            facts.processors[0].assumed.extend(["country", "safeguard"].map(str::to_owned));
        });
        for language in Language::ALL {
            let words = Words::new(language);
            for html in everywhere(language, &overview, date(2034, 4, 1)) {
                let assumed = [
                    words.text("basis-contract"),
                    words.text("safeguard-standard-clauses"),
                    words.period("90 days".parse().expect("a period")),
                    words.period("7 years".parse().expect("a period")),
                    "United States".to_owned(),
                    "2033".to_owned(),
                ];
                for hidden in assumed {
                    assert!(!html.contains(&hidden), "{hidden}: {html}");
                }
                for said in [
                    "basis-not-stated",
                    "country-not-stated",
                    "safeguard-not-stated",
                    "kept-not-stated",
                ] {
                    let said = words.text(said);
                    assert!(html.to_lowercase().contains(&said.to_lowercase()), "{said}: {html}");
                }
                assert!(html.contains("tax law"), "what keeps it is stated: {html}");
                assert!(!html.contains("Unknown localization"), "{html}");
            }
        }
        let whole = with(|document| {
            document.facts.processors[0].assumed.insert("categories".to_owned());
        });
        for html in everywhere(Language::En, &whole, date(2026, 4, 1)) {
            assert!(html.contains("Not stated yet, whether also: Host Inc."), "{html}");
            assert!(!html.contains("United States"), "{html}");
        }
    }

    /// E17: what the law has let go of says so, and what happens next.
    #[test]
    fn e17_an_invoice_past_its_years_has_its_date_and_its_reason() {
        let hold = json!({ "id": "tax", "categories": ["account"], "ground": "tax law", "period": "7 years" });
        let overview = with(|document| {
            document.facts.holds = vec![serde_json::from_value(hold.clone()).expect("a hold")];
            document.facts.retention[0].period = None;
        });
        for (language, said) in [
            (Language::En, "tax law has not demanded it since 1 March 2033"),
            (Language::De, "seit dem 1. März 2033 nicht mehr vorgeschrieben (tax law)"),
        ] {
            let chrome = chrome(language);
            let html = account(&chrome, &overview, &first(), (date(2033, 3, 1), false));
            assert_eq!(html.matches(said).count(), 2, "of the kind and of the item: {html}");
            let before = account(&chrome, &overview, &first(), (date(2033, 2, 28), false));
            assert!(!before.contains(said), "{before}");
        }
    }

    /// Whatever is published later, what the company holds is shown, and counted once.
    #[test]
    fn what_a_category_is_published_as_hides_nothing() {
        let today = date(2026, 4, 1);
        let changes: [fn(&mut domain::policy::Document); 3] = [
            |document| {
                document.facts.categories[0].role = domain::policy::facts::Capacity::Processor
            },
            |document| document.facts.categories[0].linked = false,
            |document| {
                document.facts.categories.remove(0);
            },
        ];
        for change in changes {
            let overview = with(change);
            let [_, account, answer] = everywhere(Language::En, &overview, today);
            for html in [&account, &answer] {
                assert!(html.contains("one thing about you, in one kind"), "{html}");
                assert!(html.contains("&lt;script&gt;Ada"), "{html}");
            }
        }
    }

    /// What waits for a look and what is an organisation's is counted beside what is listed.
    #[test]
    fn own_shared_and_an_organisations_records_are_counted_apart_everywhere() {
        let mut overview = overview();
        let day = Day::from(date(2026, 3, 1));
        overview.holdings[0].shared = Part::of(2, day, day);
        overview.holdings[0].on_behalf = Part::of(4, day, day);
        for html in everywhere(Language::En, &overview, date(2026, 4, 1)) {
            assert!(html.contains("3 things about you, in one kind"), "{html}");
            assert!(html.contains("6 more"), "{html}");
            assert!(html.contains("2 items are about other people as well"), "{html}");
            assert!(html.contains("4 more items of this kind"), "{html}");
        }
    }
}
