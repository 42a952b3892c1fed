use super::*;
use crate::policy::document::{Authority, Section, Translation};
use crate::policy::fixture::{document, slug};
use crate::policy::size::Measure;
use proptest::prelude::*;

/// What the check finds after a change of a document without findings.
fn after(change: impl FnOnce(&mut Document)) -> Vec<String> {
    let mut document = document();
    change(&mut document);
    check(&document).iter().map(|f| format!("{}: {f}", f.severity.name())).collect()
}

fn body(text: &str) -> Vec<String> {
    after(|d| d.sections[0].body = text.to_owned())
}

type Case = (fn(&mut Document), &'static str);

#[test]
fn a_complete_document_has_no_findings() {
    assert_eq!(after(|_| {}), Vec::<String>::new());
}

#[test]
fn facts() {
    let cases: [Case; 19] = [
        (|d| d.title = " ".into(), "error: document: the title is empty"),
        (
            |d| d.facts.cookies.push(d.facts.cookies[0].clone()),
            "error: cookie “session”: the name “session” is used twice",
        ),
        (
            |d| d.facts.categories[0].purposes = vec![slug("runn")],
            "error: category “call-recording”, field “purposes”: there is no purpose “runn”; did you mean “run”?",
        ),
        (
            |d| d.facts.categories[0].sources = vec![slug("zz")],
            "error: category “call-recording”, field “sources”: there is no source “zz”",
        ),
        (
            |d| d.facts.holds[0].categories = vec![slug("zz")],
            "error: hold “tax”, field “categories”: there is no category “zz”",
        ),
        (
            |d| d.facts.cookies[0].processor = Some(slug("zz")),
            "error: cookie “session”, field “processor”: there is no processor “zz”",
        ),
        (
            |d| {
                let mut other = d.facts.retention[0].clone();
                other.id = slug("other");
                d.facts.retention.push(other);
            },
            "error: retention “other”, field “categories”: “call-recording” is governed by two rules, “call-recording” and “other”: keep it in one",
        ),
        (
            |d| d.facts.retention[0].cancelled_by = Some(slug("record")),
            "error: retention “call-recording”, field “cancelled-by”: “record” both starts and cancels the rule, so it would never run",
        ),
        (
            |d| d.facts.rights[0].days = Some(32.into()),
            "error: right “access”, field “days”: 32 days is slower than the law allows: 31 days at most",
        ),
        (
            |d| {
                d.controller.contacts.clear();
                d.sections[1].body = d.sections[1].body.replace("{{contacts}}", "");
            },
            "error: document: there is no contact: people must be able to write to you",
        ),
        (
            |d| {
                d.facts.cookies[0].assumed.insert("colour".into());
            },
            "error: cookie “session”: “colour” is marked as assumed, but there is no such field",
        ),
        (
            |d| d.facts.processors[0].policy_url = Some("http://a.example".into()),
            "error: processor “deepgram”, field “policy-url”: “http://a.example” has to begin with https://",
        ),
        (
            |d| d.controller.authority = Some(Authority { name: "A".into(), url: "a".into() }),
            "error: controller, field “authority”: “a” has to begin with https://",
        ),
        (
            |d| {
                d.facts.cookies[0].assumed.insert("purpose".into());
            },
            "open-point: cookie “session”, field “purpose”: this is assumed: confirm or correct it",
        ),
        (
            |d| {
                d.facts.children.as_mut().expect("one").assumed.insert("all".into());
            },
            "open-point: children: this is assumed: confirm or correct it",
        ),
        (
            |d| d.facts.processors[0].country = None,
            "open-point: processor “deepgram”, field “country”: the country is not stated",
        ),
        (
            |d| d.facts.holds[0].period = None,
            "open-point: hold “tax”, field “period”: no period is stated",
        ),
        (
            |d| d.facts.purposes[0].legal_basis = None,
            "open-point: purpose “run”, field “legal-basis”: no legal basis is stated (GDPR art. 6)",
        ),
        (
            |d| {
                d.facts.purposes[0].legal_basis =
                    Some(crate::policy::facts::LegalBasis::LegitimateInterests.into())
            },
            "open-point: purpose “run”, field “interest”: the legitimate interest is not named (GDPR art. 13(1)(d))",
        ),
    ];
    for (change, expected) in cases {
        assert_eq!(after(change), [expected]);
    }
}

#[test]
fn a_category_without_a_rule_and_a_rule_without_a_period_are_open() {
    let found = after(|d| {
        d.facts.retention[0].categories.clear();
        d.facts.retention[0].period = None;
        d.sections[0].body = "Text.".into();
    });
    assert_eq!(
        found,
        [
            "open-point: category “call-recording”: no rule says how long this is kept",
            "open-point: retention “call-recording”, field “period”: no period is stated",
        ]
    );
}

/// The limits of the law, at the last day that it allows.
#[test]
fn promises_slower_than_the_law() {
    use crate::requests::{Regime, Right};
    let cases = [
        (Regime::Gdpr, Right::Access, Some(31)),
        (Regime::UkGdpr, Right::Erasure, Some(31)),
        (Regime::Promise, Right::Erasure, Some(31)),
        (Regime::Ccpa, Right::Delete, Some(45)),
        (Regime::Promise, Right::KnowPieces, Some(45)),
        (Regime::Ccpa, Right::OptOut, Some(15)),
        (Regime::Ccpa, Right::Limit, Some(15)),
        (Regime::UkGdpr, Right::Complaint, Some(30)),
        (Regime::Gdpr, Right::Complaint, None),
    ];
    for (regime, right, limit) in cases {
        let errors = |days: u16| {
            after(|d| {
                let promise = &mut d.facts.rights[0];
                (promise.regime, promise.right) = (regime, right);
                promise.days = Some(days.into());
            })
            .len()
        };
        let last = limit.unwrap_or(u16::MAX);
        assert_eq!(errors(last), 0, "{regime:?} {right:?}");
        if limit.is_some() {
            assert_eq!(errors(last + 1), 1, "{regime:?} {right:?}");
        }
    }
}

#[test]
fn prose() {
    let long = format!("{}end.", "word ".repeat(50));
    let cases = [
        (
            "Kept {{retention.call-recordings.period}}.",
            "error: section “retention”: “{{retention.call-recordings.period}}” names nothing; did you mean “retention.call-recording.period”?",
        ),
        (
            "{{retentoin}}",
            "error: section “retention”: “{{retentoin}}” names nothing; did you mean “retention”?",
        ),
        (
            "See **{{retention}}**.",
            "error: section “retention”: “{{retention}}” is a list of facts: put it alone in a paragraph",
        ),
        (
            "| a |\n|-|\n| {{cookie.session.lifetime}} |",
            "error: section “retention”: “{{cookie.session.lifetime}}” has no value yet: fill in the fact, or reword",
        ),
        ("", "warning: section “retention”: the section has no text"),
        ("- {{sale}}", "warning: section “retention”: “{{sale}}” stands for a list that is empty"),
        (
            &long,
            "warning: section “retention”: a sentence of 51 words is hard to read: “word word word word word word…”",
        ),
        (
            "WE ARE NOT LIABLE for anything.",
            "warning: section “retention”: capitals are hard to read: “WE ARE NOT LIABLE”",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(body(text), [expected]);
    }
    assert_eq!(
        body("Codes like `{{nothing}}` and {braces} are fine. GDPR, CCPA: so are these."),
        Vec::<String>::new()
    );
    assert!(body(&"a. ".repeat(80_000))[0].contains("too long"));
}

#[test]
fn prose_that_prints_an_assumption_is_an_open_point() {
    let found = after(|d| {
        d.facts.retention[0].assumed.insert("period".into());
    });
    assert_eq!(
        found,
        [
            "open-point: retention “call-recording”, field “period”: this is assumed: confirm or correct it",
            "open-point: section “retention”: the text prints “{{retention.call-recording.period}}”, which is only assumed",
        ]
    );
}

#[test]
fn translations() {
    let found = after(|d| {
        let mut german = Translation::default();
        let section =
            |id, body: &str| Section { id: slug(id), title: "T".into(), body: body.into() };
        german.sections = vec![section("retention", "{{zz}}"), section("other", "Text.")];
        for path in
            ["category.call-recording.label", "category.call-recording.items.0", "hold.tax.grund"]
        {
            german.labels.insert(path.into(), "x".into());
        }
        d.translations.insert(Language::De, german);
        d.sections.push(section("more", "Text."));
    });
    assert_eq!(
        found,
        [
            "error: translation “de”, section “retention”: “{{zz}}” names nothing",
            "error: translation “de”, section “other”: it translates a section “other” that the document does not have",
            "error: translation “de”: there is no label “hold.tax.grund” to translate; did you mean “hold.tax.ground”?",
            "warning: translation “de”, section “retention”: “{{retention}}” stands nowhere in the text, so the page does not show it",
            "warning: translation “de”: the section “lists” is not translated yet",
            "warning: translation “de”: the section “more” is not translated yet",
            "warning: translation “de”: the label “contact.privacy.label” is not translated yet",
            "warning: translation “de”: the label “purpose.run.label” is not translated yet",
            "warning: translation “de”: the label “source.you.label” is not translated yet",
            "warning: translation “de”: the label “category.call-recording.description” is not translated yet",
            "warning: translation “de”: the label “processor.deepgram.does” is not translated yet",
            "warning: translation “de”: the label “processor.deepgram.country” is not translated yet",
            "warning: translation “de”: the label “cookie.session.description” is not translated yet",
            "warning: translation “de”: the label “hold.tax.ground” is not translated yet",
            "warning: translation “de”: the label “right.access.description” is not translated yet",
            "warning: translation “de”: the label “children.on-report” is not translated yet",
        ]
    );
}

#[test]
fn a_policy_without_text_is_an_error() {
    for empty in [
        |d: &mut Document| d.sections.clear(),
        |d: &mut Document| {
            d.sections.iter_mut().for_each(|section| section.body = " \n".into());
        },
    ] {
        let found = after(empty);
        assert!(found.contains(&"error: document: the policy has no text".to_owned()), "{found:?}");
    }
}

#[test]
fn what_would_be_printed_with_its_braces_is_an_error() {
    for text in [
        "Kept {{retention.call-recording.period.",
        "Kept retention.call-recording.period}}.",
        "Kept {retention.call-recording.period}.",
        "Kept { retention.call-recording.period }.",
        "{retention}",
        "Kept {{}}.",
        "Kept {{ {retention} }}.",
        "| a |\n|-|\n| {{retention |",
    ] {
        let found = body(text);
        assert!(
            found.iter().any(|it| it.contains("looks like a placeholder")),
            "{text}: {found:?}"
        );
    }
    let cases: [fn(&mut Document); 4] = [
        |d| d.title = "Policy {{controller.name}}".into(),
        |d| d.sections[0].title = "How long {{retention}}".into(),
        |d| d.facts.categories[0].label = "Calls of {{controller.name}}".into(),
        |d| d.facts.holds[0].ground = "tax law {{".to_owned().into(),
    ];
    for change in cases {
        let found = after(change);
        assert!(found.iter().any(|it| it.contains("looks like a placeholder")), "{found:?}");
    }
}

#[test]
fn a_list_that_stands_nowhere_is_found() {
    for name in ["retention", "rights", "cookies", "processors"] {
        let found = after(|d| {
            for section in &mut d.sections {
                section.body = section.body.replace(&format!("{{{{{name}}}}}"), "");
            }
        });
        assert_eq!(
            found,
            [format!(
                "warning: document: “{{{{{name}}}}}” stands nowhere in the text, so the page does not show it"
            )]
        );
    }
}

#[test]
fn a_time_in_words_where_none_is_carried_out_is_an_error() {
    let found = after(|d| {
        d.facts.retention[0].period = None;
        d.facts.retention[0].wording = "90 days after the call".into();
        d.sections[0].body = "Text.".into();
    });
    assert_eq!(
        found.first().map(String::as_str),
        Some(
            "error: retention “call-recording”, field “wording”: “90 days after the call” names a time that is not carried out: state it as the period"
        )
    );
}

#[test]
fn every_argument_is_in_the_message() {
    let mut document = document();
    document.sections[0].body = "{{zz}} {{retention}} {{cookie.session.lifetime}}".into();
    document.facts.rights[0].days = Some(99.into());
    document.facts.holds[0].categories = vec![slug("zz")];
    for finding in check(&document) {
        let message = finding.to_string();
        for (name, value) in finding.problem.args() {
            assert!(message.contains(&value), "{name} in {message}");
        }
    }
}

/// Both versions of both demo policies can be published, and read well.
#[test]
fn the_demo_policies_have_open_points_only() {
    let files = [
        include_str!("../../../../demo/lumaire-1.toml"),
        include_str!("../../../../demo/lumaire-2.toml"),
        include_str!("../../../../demo/lumina-erp-1.toml"),
        include_str!("../../../../demo/lumina-erp-2.toml"),
    ];
    for file in files {
        let mut file: toml::Table = file.parse().expect("TOML");
        let policy = file.remove("policy").expect("a policy");
        let document: Document = policy.try_into().expect("a document");
        let found = check(&document);
        let other: Vec<_> = found.iter().filter(|f| f.severity != Severity::OpenPoint).collect();
        assert!(other.is_empty(), "{}: {other:#?}", document.controller.name);
    }
}

proptest! {
    #[test]
    fn no_prose_panics(text in "(\\PC|\n|\\{\\{[a-z.]{0,9}\\}\\}|[#>*|`.]){0,80}") {
        let _ = body(&text);
    }
}

#[test]
fn what_becomes_too_large_is_an_error_whatever_it_is_made_of() {
    let with = |change: &dyn Fn(&mut Document)| {
        let mut document = document();
        change(&mut document);
        let mut names: Vec<_> = check(&document)
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.problem.name())
            .collect();
        names.dedup();
        names
    };
    let body = |body: String| with(&|document| document.sections[0].body.clone_from(&body));
    assert_eq!(body("{{rights}}\n\n".repeat(10_000)), ["too-much"]);
    assert_eq!(body(format!("{} deep", "> ".repeat(40))), ["nested-too-deep"]);
    let (head, rule) = ("|a".repeat(5_000), "|-".repeat(5_000));
    assert_eq!(body(format!("{head}|\n{rule}|\n{}", "|b\n".repeat(5_000))), ["table-too-large"]);
    let long = "x".repeat(6_000);
    assert_eq!(with(&|it| it.title.clone_from(&long)), ["field-too-long"]);
    assert_eq!(with(&|it| it.sections[0].title.clone_from(&long)), ["field-too-long"]);
    assert_eq!(with(&|it| it.facts.categories[0].label.clone_from(&long)), ["field-too-long"]);
    assert_eq!(with(&|it| it.facts.categories[0].items[0].clone_from(&long)), ["field-too-long"]);
    let many = |it: &mut Document| it.sections = vec![it.sections[0].clone(); 300];
    assert_eq!(with(&many), ["too-much"]);
}

/// Every problem, with how much it matters and the name of its text. One that is added
/// later has to be put in here, since nothing else says what it weighs.
#[test]
fn every_problem_has_its_weight_and_its_name() {
    use Problem::*;
    let (text, name) = (|| "x1".to_owned(), || slug("s2"));
    let all = [
        (
            PlaceholderUnknown { placeholder: text(), suggestion: Some("y3".into()) },
            "error: placeholder-unknown",
        ),
        (PlaceholderEmpty { placeholder: text() }, "error: placeholder-empty"),
        (ListInSentence { placeholder: text() }, "error: list-in-sentence"),
        (DuplicateName { name: name() }, "error: duplicate-name"),
        (
            UnknownReference { kind: FactKind::Hold, name: name(), suggestion: Some("y3".into()) },
            "error: unknown-reference",
        ),
        (TwoRules { category: name(), rule: slug("r4"), other: slug("o5") }, "error: two-rules"),
        (SlowerThanLaw { days: 77, limit: 66 }, "error: slower-than-law"),
        (NoContact, "error: no-contact"),
        (TitleEmpty, "error: title-empty"),
        (SectionTooLong { bytes: 77, limit: 66 }, "error: section-too-long"),
        (TableTooLarge { limit: 66 }, "error: table-too-large"),
        (NestedTooDeep { limit: 66 }, "error: nested-too-deep"),
        (FieldTooLong { bytes: 77, limit: 66 }, "error: field-too-long"),
        (CircularRule { event: name() }, "error: circular-rule"),
        (TranslatedSectionUnknown { section: name() }, "error: translated-section-unknown"),
        (
            TranslatedLabelUnknown { path: text(), suggestion: Some("y3".into()) },
            "error: translated-label-unknown",
        ),
        (AssumedFieldUnknown { field: text() }, "error: assumed-field-unknown"),
        (NotHttps { url: text() }, "error: not-https"),
        (FieldAssumed, "open-point: field-assumed"),
        (ProseAssumed { placeholder: text() }, "open-point: prose-assumed"),
        (NoRetention, "open-point: no-retention"),
        (NoPeriod, "open-point: no-period"),
        (NoCountry, "open-point: no-country"),
        (NoLegalBasis, "open-point: no-legal-basis"),
        (NoInterest, "open-point: no-interest"),
        (LongSentence { words: 77, start: text() }, "warning: long-sentence"),
        (AllCaps { text: text() }, "warning: all-caps"),
        (SectionEmpty, "warning: section-empty"),
        (SectionUntranslated { section: name() }, "warning: section-untranslated"),
        (ListEmpty { placeholder: text() }, "warning: list-empty"),
    ];
    let mut sentences = std::collections::BTreeSet::new();
    for (problem, expected) in all {
        assert_eq!(format!("{}: {}", problem.severity().name(), problem.name()), expected);
        // Each says something of its own, and says all that it knows.
        let said = problem.to_string();
        for (argument, value) in problem.args() {
            assert!(said.contains(&value), "{argument} in {said}");
        }
        assert!(!said.is_empty() && sentences.insert(said), "{problem:?}");
        let known = format!("{problem:?}");
        for value in ["x1", "s2", "y3", "r4", "o5", "77", "66"] {
            let told = problem.args().iter().any(|(_, told)| told == value);
            assert_eq!(told, known.contains(value), "{value} of {known}");
        }
    }
    for of in [Measure::Sections, Measure::Facts, Measure::Lists, Measure::Values, Measure::Page] {
        let problem = TooMuch { of, found: 77, limit: 66 };
        assert_eq!((problem.severity(), problem.name()), (Severity::Error, "too-much"));
        assert!(sentences.insert(problem.to_string()), "{problem}");
    }
}

#[test]
fn a_finding_says_where_it_is() {
    let fact = |kind, field| Place::Fact { kind, id: slug("s2"), field };
    let german = |section| Place::Translation { language: Language::De, section };
    for (place, said) in [
        (Place::Document, "document"),
        (fact(FactKind::Hold, None), "hold “s2”"),
        (fact(FactKind::Hold, Some("period")), "hold “s2”, field “period”"),
        (fact(FactKind::Controller, None), "controller"),
        (fact(FactKind::Controller, Some("authority")), "controller, field “authority”"),
        (Place::Section(slug("s2")), "section “s2”"),
        (german(None), "translation “de”"),
        (german(Some(slug("s2"))), "translation “de”, section “s2”"),
    ] {
        assert_eq!(place.to_string(), said);
    }
}

#[test]
fn the_last_that_is_taken_and_the_first_that_is_not() {
    // Words of a sentence, with what ends it or not.
    let words = |n: usize, end: &str| body(&format!("{}{end}", vec!["word"; n].join(" ")));
    for end in ["", ".", "!", "?", ";", ":"] {
        assert!(words(45, end).is_empty(), "{end}");
        assert_eq!(words(46, end).len(), 1, "{end}");
    }
    let two = |first: usize, end: &str, second: usize| {
        body(&format!("{}{end} {}.", vec!["word"; first].join(" "), vec!["word"; second].join(" ")))
    };
    assert!(two(30, ".", 30).is_empty(), "two sentences");
    assert_eq!(two(30, ",", 30).len(), 1, "one");
    // A full stop inside a word ends nothing.
    assert_eq!(
        body(&format!(
            "{} example.com {}.",
            vec!["word"; 30].join(" "),
            vec!["word"; 30].join(" ")
        ))
        .len(),
        1
    );
    // Words in capitals, one after the other; one letter, and a number, is none.
    assert!(body("THIS IS LOUD, is it not.").is_empty());
    assert_eq!(body("SO THIS IS LOUD, is it not.").len(), 1);
    assert!(body("SO A B LOUD THING is it not.").is_empty());
    // Bytes.
    let titled = |n: usize| after(|it| it.sections[0].title = "x".repeat(n));
    assert!(titled(crate::policy::size::MAX_FIELD).is_empty());
    assert_eq!(titled(crate::policy::size::MAX_FIELD + 1).len(), 1);
    let deep = |n: usize| body(&format!("{} deep", "> ".repeat(n)));
    let most = crate::policy::markdown::MAX_DEPTH;
    let first = (1..most + 3).find(|n| !deep(*n).is_empty());
    assert!(first.is_some_and(|n| (most..=most + 1).contains(&n)), "{first:?} of {most}");
}

#[test]
fn suggestions_are_made_for_the_first_twenty() {
    let suggested =
        |found: &[String]| found.iter().filter(|it| it.contains("did you mean")).count();
    let many = |n: usize| {
        let names = (0..n).map(|i| format!("{{{{retention.call-recordin{i}.period}}}}\n\n"));
        body(&names.collect::<String>())
    };
    assert_eq!((many(20).len(), suggested(&many(20))), (20, 20));
    assert_eq!((many(22).len(), suggested(&many(22))), (22, 20));
    let referred = |n: usize| {
        after(|it| {
            it.facts.holds[0].categories =
                (0..n).map(|i| slug(&format!("call-recordin{i}"))).collect()
        })
    };
    assert_eq!((referred(20).len(), suggested(&referred(20))), (20, 20));
    assert_eq!((referred(22).len(), suggested(&referred(22))), (22, 20));
    let translated = |n: usize| {
        after(|it| {
            let labels = (0..n).map(|i| (format!("hold.tax.groun{i}"), "x".to_owned())).collect();
            let sections = it.sections.clone();
            it.translations
                .insert(Language::De, Translation { labels, sections, ..Translation::default() });
        })
    };
    // Not the label that has no translation.
    let of_none =
        |it: &&String| it.contains("tax.groun") && it.contains(|c: char| c.is_ascii_digit());
    let unknown = |found: &[String]| found.iter().filter(of_none).count();
    assert_eq!((unknown(&translated(20)), suggested(&translated(20))), (20, 20));
    assert_eq!((unknown(&translated(22)), suggested(&translated(22))), (22, 20));
}

#[test]
fn placeholders_are_found_wherever_text_can_stand() {
    for text in [
        "# {{zz}}",
        "{{zz}}",
        "- {{zz}}",
        "- a\n  - *{{zz}}*",
        "> {{zz}}",
        "**{{zz}}**",
        "*{{zz}}*",
        "~~{{zz}}~~",
        "[{{zz}}](https://a.example)",
        "| {{zz}} |\n|-|\n| b |",
        "| a |\n|-|\n| {{zz}} |",
    ] {
        assert_eq!(body(text), ["error: section “retention”: “{{zz}}” names nothing"], "{text}");
    }
}
