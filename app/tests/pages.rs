//! The public pages of the demo's policies.

#![cfg(feature = "ssr")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

use app::endpoints::policy_text::policy_text;
use app::pages::public::policy::{PolicyPage, policy};
use app::ui::chrome::{Chrome, TenantLook};
use domain::identifiers::Language;
use domain::policy::Document;
use domain::policy::document::Section;
use domain::policy::parsed::Parsed;
use domain::policy::placeholders::{FactList, names};
use domain::policy::size::{MAX_PAGE, page_bytes};
use domain::words::Words;
use engine::tenants::TenantFile;
use jiff::civil::date;

fn chrome(language: Language) -> Chrome {
    Chrome {
        words: Words::new(language),
        tenant: Some(TenantLook {
            name: "Acme".into(),
            tagline: None,
            theme_href: None,
            suspended: false,
        }),
        path: "/policy".into(),
        languages: Language::ALL.to_vec(),
        explicit_language: false,
        viewer: None,
        css_href: "/assets/candor.css".into(),
        script_href: None,
    }
}

/// A rule that is stated, one that is assumed, and a section with every list.
fn document() -> Document {
    let mut document: Document = serde_json::from_value(serde_json::json!({
        "title": "Privacy policy", "language": "en",
        "controller": { "name": "Acme", "site": "acme.example", "contacts": [
            { "id": "privacy", "label": "Privacy", "email": "privacy@acme.example" }] },
        "facts": {
            "categories": [
                { "id": "call", "label": "Calls", "description": "What was said." },
                { "id": "bill", "label": "Bills", "description": "<b>Bold</b>" }],
            "retention": [
                { "id": "call", "categories": ["call"], "period": "90 days", "starts": "record", "wording": "after the call" },
                { "id": "bill", "categories": ["bill"], "period": "7 years", "starts": "record", "wording": "after the bill", "assumed": ["period"] }],
            "rights": [
                { "id": "a", "right": "access", "regime": "gdpr", "description": "Ask.", "days": 30 },
                { "id": "b", "right": "access", "regime": "uk-gdpr", "description": "Ask.", "days": 30 }]
        },
        "sections": [{ "id": "all", "title": "All", "body": "Kept {{retention.call.period}}." }]
    }))
    .expect("a document");
    for list in FactList::ALL {
        document.sections.push(Section {
            id: list.name().parse().expect("a name"),
            title: list.name().to_owned(),
            body: format!("{{{{{}}}}}", list.name()),
        });
    }
    document
}

fn page(document: &Document, language: Language) -> (String, String) {
    let parsed = Parsed::default();
    let page = PolicyPage {
        document,
        parsed: &parsed,
        number: 2,
        published: date(2026, 5, 19),
        previous: Some(1),
        current: true,
    };
    (policy(&chrome(language), &page), policy_text(Words::new(language), &page))
}

#[test]
fn a_policy_says_what_is_stated_and_nothing_that_is_assumed() {
    for language in Language::ALL {
        let document = document();
        let (html, text) = page(&document, language);
        let words = Words::new(language);
        let stated = words.period("90 days".parse().expect("a period"));
        let assumed = words.period("7 years".parse().expect("a period"));
        for said in [&html, &text] {
            assert!(said.contains(&stated), "{said}");
            assert!(!said.contains(&assumed) && !said.contains("after the bill"), "{said}");
            assert!(said.contains("GDPR, UK GDPR") || said.contains("DSGVO, DSGVO"), "{said}");
            assert!(!said.contains("Unknown localization"), "{said}");
        }
        assert!(html.contains("class=\"margin\""), "{html}");
        assert!(html.contains("&lt;b&gt;Bold") && !html.contains("<b>Bold"), "{html}");
        assert!(!html.contains("<script") && !html.contains(" style="), "{html}");
    }
}

#[test]
fn what_is_not_translated_says_in_which_language_it_is() {
    let document = document();
    assert!(page(&document, Language::De).0.contains("lang=\"en\""));
    assert!(!page(&document, Language::En).0.contains("<section id=\"all\" lang"));
}

/// What a page comes to is reckoned before it is made, and never too low.
#[test]
fn no_page_is_larger_than_it_was_reckoned_to_be() {
    let demo = |file: &str| TenantFile::parse(file).expect("a tenant").policy;
    let mut documents = vec![
        document(),
        demo(include_str!("../../demo/lumaire-2.toml")),
        demo(include_str!("../../demo/lumina-erp-2.toml")),
    ];
    // Every list many times, every value with its note, and each kind of Markdown.
    for of in 1..3 {
        let mut bomb = documents[of].clone();
        let lists = FactList::ALL.iter().map(|list| format!("{{{{{}}}}}\n\n", list.name()));
        let lists: String = lists.collect();
        let values = names(&bomb).iter().map(|name| format!("{{{{{name}}}}}")).collect::<String>();
        for body in [
            lists.repeat(6),
            values.repeat(5),
            "- x\n".repeat(2_000),
            "> x\n\n".repeat(2_000),
            "**a** *b* `c` [d](/e) ~~f~~ ".repeat(1_000),
            "a  \n".repeat(3_000),
            "***\n\n".repeat(2_000),
            "# a\n".repeat(2_000),
            "&<>\"'".repeat(10_000),
            format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(1_000)),
            "    code\n\ntext\n\n".repeat(1_000),
            "1. a\n   - b\n     - c\n".repeat(1_000),
        ] {
            bomb.sections[0].body = body;
            bomb.sections[0].title = "&<\"".repeat(300);
            documents.push(bomb.clone());
        }
    }
    for (number, document) in documents.iter().enumerate() {
        for language in Language::ALL {
            let (html, text) = page(document, language);
            let reckoned = page_bytes(document, language);
            assert!(html.len() <= reckoned, "{number} {language}: {} > {reckoned}", html.len());
            assert!(text.len() <= reckoned, "{number} {language}: {} > {reckoned}", text.len());
            assert!(number > 2 || reckoned < MAX_PAGE / 4, "{number} {language}: {reckoned}");
        }
    }
}
