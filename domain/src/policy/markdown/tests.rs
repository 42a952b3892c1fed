use super::*;
use crate::period::Period;
use crate::policy::fixture::document;
use proptest::prelude::*;

fn of(body: &str) -> Vec<Block> {
    blocks(&document(), body)
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn sole(body: &str) -> Inline {
    match of(body).as_slice() {
        [Block::Paragraph(inlines)] if inlines.len() == 1 => inlines[0].clone(),
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn placeholders_become_facts_and_values() {
    assert_eq!(of("{{retention}}"), [Block::Facts(FactList::Retention)]);
    assert_eq!(of("{{nothing}}"), [Block::Unknown("nothing".to_owned())]);
    assert_eq!(
        of("Kept {{ retention.call-recording.period }}, {{retention}}."),
        [Block::Paragraph(vec![
            text("Kept "),
            Inline::Value {
                name: "retention.call-recording.period".to_owned(),
                value: Value::Period(Period::days(90)),
            },
            text(", "),
            Inline::Unknown("retention".to_owned()),
            text("."),
        ])]
    );
    for literal in ["a {{ b", "{{}}", "{{ {x} }}", "}}{{"] {
        assert_eq!(sole(literal), text(literal));
    }
    assert_eq!(sole("`{{retention}}`"), Inline::Code("{{retention}}".to_owned()));
    for list in FactList::ALL {
        assert_eq!(FactList::named(list.name()), Some(*list));
    }
}

#[test]
fn only_safe_addresses_are_links() {
    let cases = [
        ("https://a.example/b", true),
        ("HTTP://a.example", true),
        ("mailto:a@b.example", true),
        ("mailto:{{contact.privacy}}", true),
        ("https://{{controller.site}}/x", true),
        ("/cookies", true),
        ("#rights", true),
        ("//evil.example", false),
        ("/\\\\evil.example", false),
        ("/&#9;/evil.example", false),
        ("javascript:alert(1)", false),
        ("JaVaScRiPt&colon;alert(1)", false),
        ("data:text/html,x", false),
        ("relative", false),
        ("", false),
    ];
    for (url, safe) in cases {
        let found = sole(&format!("[x](<{url}>)"));
        assert_eq!(matches!(found, Inline::Link { .. }), safe, "{url}: {found:?}");
    }
    let mail = sole("[x](mailto:{{contact.privacy}})");
    assert!(matches!(mail, Inline::Link { href, .. } if href == "mailto:privacy@acme.example"));
    assert_eq!(
        of("[x](mailto:{{contact.nobody}})"),
        [Block::Paragraph(vec![text("x"), Inline::Unknown("contact.nobody".to_owned())])]
    );
}

#[test]
fn html_is_text() {
    assert_eq!(sole("<script>alert(1)</script>"), text("<script>alert(1)</script>"));
    assert_eq!(sole("a <b onclick=x>c"), text("a <b onclick=x>c"));
    assert_eq!(sole("![a *cat*](https://a.example/cat.png)"), text("a cat"));
    assert_eq!(sole("https://a.example"), text("https://a.example"));
}

#[test]
fn structure() {
    assert!(matches!(of("## A").as_slice(), [Block::Heading { level: 2, .. }]));
    assert!(matches!(
        of("3. a\n4. b").as_slice(),
        [Block::List { ordered: true, start: 3, items }] if items.len() == 2
    ));
    assert!(matches!(
        of("|a|b|\n|-|-|\n|c|{{controller.site}}|").as_slice(),
        [Block::Table { header, rows }] if header.len() == 2 && rows.len() == 1
    ));
    assert_eq!(of("```\n<b>\n```"), [Block::Code("<b>\n".to_owned())]);
    assert_eq!(of("---"), [Block::Rule]);
    assert_eq!(sole("~~a~~"), Inline::Struck(vec![text("a")]));
}

/// Hostile nesting must not exhaust the stack, nor take long.
#[test]
fn deep_nesting_becomes_text() {
    let deep = |part: &str, count: usize| part.repeat(count) + "x";
    let bodies = [
        deep(">", 50_000),
        deep("- ", 50_000),
        deep("*", 50_000),
        "*a **b ".repeat(10_000) + &"c** d*".repeat(10_000),
        deep("[", 50_000) + &"](/a)".repeat(10_000),
        deep("![", 30_000) + &"](/a)".repeat(10_000),
        deep("{{", 50_000),
        "é".repeat(MAX_BODY),
    ];
    for body in bodies {
        assert!(depth(&of(&body)) <= MAX_DEPTH + 1);
    }
}

fn depth(blocks: &[Block]) -> usize {
    let below = blocks.iter().map(|block| match block {
        Block::Quote(blocks) => depth(blocks),
        Block::List { items, .. } => items.iter().map(|i| depth(i)).max().unwrap_or(0),
        _ => 0,
    });
    1 + below.max().unwrap_or(0)
}

proptest! {
    #[test]
    fn no_input_panics(body in "(\\PC|\n|[#>*|`{}<\\[\\]()-]){0,200}") {
        let _ = of(&body);
    }
}

/// Prose of any kind: it becomes blocks, and the blocks become text, whatever
/// somebody types into the studio.
#[test]
fn no_prose_is_too_strange() {
    let document = document();
    bolero::check!().with_type::<String>().for_each(|body| {
        let blocks = blocks(&document, body);
        let text = crate::policy::plain::plain(&blocks, &|_| String::new(), &|_| String::new());
        assert!(text.len() <= body.len() * 8 + 64, "{body:?} became {text:?}");
    });
}
