//! The prose as plain text: for the text page, mails and the comparison of versions.

use super::markdown::{Block, Inline};
use super::placeholders::{FactList, Value};

/// Blocks as text, paragraphs separated by blank lines, list items by lines that
/// begin with `- ` or a number.
///
/// `say` writes a value and `facts` a list of facts, in the reader's language.
pub fn plain(
    blocks: &[Block],
    say: &dyn Fn(&Value) -> String,
    facts: &dyn Fn(&FactList) -> String,
) -> String {
    let paragraphs = blocks.iter().map(|block| match block {
        Block::Heading { inlines, .. } | Block::Paragraph(inlines) => words(inlines, say),
        Block::Quote(blocks) => plain(blocks, say, facts),
        Block::Code(text) => text.trim_end().to_owned(),
        Block::Rule => String::new(),
        Block::Facts(list) => facts(list),
        Block::Unknown(name) => format!("{{{{{name}}}}}"),
        Block::Table { header, rows } => std::iter::once(header)
            .chain(rows)
            .map(|row| row.iter().map(|cell| words(cell, say)).collect::<Vec<_>>().join(" | "))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::List { ordered, start, items } => items
            .iter()
            .zip(*start..)
            .map(|(item, number)| {
                let marker = if *ordered { format!("{number}. ") } else { "- ".to_owned() };
                let indent = format!("\n{}", " ".repeat(marker.len()));
                // A blank line inside an item would look like the end of the list.
                let text = plain(item, say, facts).replace("\n\n", "\n").replace('\n', &indent);
                marker + &text
            })
            .collect::<Vec<_>>()
            .join("\n"),
    });
    paragraphs.filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Inlines as text, without their emphasis; a link as its words.
pub fn words(inlines: &[Inline], say: &dyn Fn(&Value) -> String) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(inlines)
            | Inline::Emphasis(inlines)
            | Inline::Struck(inlines)
            | Inline::Link { inlines, .. } => words(inlines, say),
            Inline::Break => "\n".to_owned(),
            Inline::Value { value, .. } => say(value),
            Inline::Unknown(name) => format!("{{{{{name}}}}}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::document;
    use crate::policy::markdown::blocks;
    use proptest::prelude::*;

    fn text(body: &str) -> String {
        let say = |value: &Value| match value {
            Value::Period(period) => period.to_string(),
            other => format!("{other:?}"),
        };
        plain(&blocks(&document(), body), &say, &|list| format!("[{}]", list.name()))
    }

    #[test]
    fn prose_reads_without_its_markup() {
        let cases = [
            ("# A\n\nb *c* **d** ~~e~~ `f`", "A\n\nb c d e f"),
            (
                "kept {{retention.call-recording.period}}.\n\n{{retention}}",
                "kept 90 days.\n\n[retention]",
            ),
            ("- a\n- b\n  - c\n", "- a\n- b\n  - c"),
            ("3. a\n4. b", "3. a\n4. b"),
            ("> a\n> b", "a b"),
            ("|a|b|\n|-|-|\n|c|d|", "a | b\nc | d"),
            ("[here](https://a.example) {{nope}}", "here {{nope}}"),
            ("a\n\n---\n\nb", "a\n\nb"),
        ];
        for (body, expected) in cases {
            assert_eq!(text(body), expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn no_paragraph_is_empty(body in "[a-z#>*|\\-\n `{}.]{0,200}") {
            let text = text(&body);
            prop_assert!(text.is_empty() || text.trim_matches('\n') == text);
        }
    }
}
