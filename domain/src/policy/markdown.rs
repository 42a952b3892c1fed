//! Markdown with placeholders, as typed blocks that the app renders itself: there
//! is no raw HTML at any point, so none can be smuggled in.

use std::cell::Cell;

use comrak::nodes::{ListType, Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::Document;
use super::placeholders::{FactList, Value, resolve};

/// The longest body of a section, in bytes. Longer ones are cut here, and refused
/// by the check.
pub const MAX_BODY: usize = 200_000;

/// How many bytes the values of facts in a section come to; what goes beyond stays a
/// placeholder.
const MAX_VALUES: usize = 2_000_000;

/// How many cells a section's tables have, reckoned from its widest line; with more,
/// tables stay the text that was typed.
pub const MAX_CELLS: usize = 100_000;

/// How deep lists, quotes and emphasis may nest; what is deeper becomes text.
pub(super) const MAX_DEPTH: usize = 16;

/// A block of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading inside the section.
    Heading {
        /// As written, 1 to 6.
        level: u8,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The first number.
        start: usize,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table.
    Table {
        /// The cells of the head.
        header: Vec<Vec<Inline>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Text in which white space counts.
    Code(String),
    /// A line across.
    Rule,
    /// A list of facts, which stood alone in a paragraph.
    Facts(FactList),
    /// A placeholder alone in a paragraph that names nothing.
    Unknown(String),
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Struck out.
    Struck(Vec<Inline>),
    /// Literal text.
    Code(String),
    /// A link to an address that is safe to follow.
    Link {
        /// `https`, `http`, `mailto`, a path on this site, or an anchor.
        href: String,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A line break.
    Break,
    /// The value of a fact.
    Value {
        /// The placeholder that it stands for, as `retention.logs`.
        name: String,
        /// The value.
        value: Value,
    },
    /// A placeholder that names nothing.
    Unknown(String),
}

/// The blocks of a section's body.
pub fn blocks(document: &Document, body: &str) -> Vec<Block> {
    parse(body, &|name| resolve(document, name))
}

/// How a placeholder's name becomes a value.
type Resolve<'a> = &'a dyn Fn(&str) -> Option<Value>;

pub(super) fn parse(body: &str, resolve: Resolve<'_>) -> Vec<Block> {
    let body = body.get(..body.floor_char_boundary(MAX_BODY)).unwrap_or_default();
    let mut options = Options::default();
    options.extension.table = cells(body) <= MAX_CELLS;
    options.extension.strikethrough = true;
    let arena = Arena::new();
    // The values are copied: a short name may stand for a long text.
    let left = Cell::new(MAX_VALUES);
    let within = |name: &str| {
        let value = resolve(name)?;
        left.set(left.get().checked_sub(value.bytes() + name.len())?);
        Some(value)
    };
    children_as_blocks(parse_document(&arena, body, &options), &within, 0)
}

/// How many cells the tables of a text have at most: a row that is shorter than the
/// head is filled up by the parser, however wide the head is.
pub(super) fn cells(body: &str) -> usize {
    let (mut rows, mut widest) = (0, 0);
    for line in body.lines() {
        let cells = line.bytes().filter(|byte| *byte == b'|').count() + 1;
        widest = widest.max(cells);
        rows += 1;
    }
    if widest > 1 { rows * widest } else { 0 }
}

fn children_as_blocks(node: Node<'_>, resolve: Resolve<'_>, depth: usize) -> Vec<Block> {
    if depth >= MAX_DEPTH {
        return vec![Block::Paragraph(vec![Inline::Text(text_of(node))])];
    }
    node.children().filter_map(|child| block(child, resolve, depth + 1)).collect()
}

fn block(node: Node<'_>, resolve: Resolve<'_>, depth: usize) -> Option<Block> {
    let block = match &node.data().value {
        NodeValue::Heading(heading) => {
            Block::Heading { level: heading.level, inlines: inlines(node, resolve, depth) }
        }
        NodeValue::BlockQuote => Block::Quote(children_as_blocks(node, resolve, depth)),
        NodeValue::List(list) => Block::List {
            ordered: list.list_type == ListType::Ordered,
            start: list.start,
            items: node.children().map(|item| children_as_blocks(item, resolve, depth)).collect(),
        },
        NodeValue::Table(_) => {
            let row = |row: Node<'_>| row.children().map(|c| inlines(c, resolve, depth)).collect();
            let mut rows = node.children().map(row);
            Block::Table { header: rows.next()?, rows: rows.collect() }
        }
        NodeValue::CodeBlock(code) => Block::Code(code.literal.clone()),
        NodeValue::ThematicBreak => Block::Rule,
        // Shown as it was typed.
        NodeValue::HtmlBlock(html) => {
            Block::Paragraph(vec![Inline::Text(html.literal.trim_end().to_owned())])
        }
        _ => paragraph(inlines(node, resolve, depth)),
    };
    Some(block)
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    match inlines.as_slice() {
        [Inline::Unknown(name)] => match FactList::named(name) {
            Some(list) => Block::Facts(list),
            None => Block::Unknown(name.clone()),
        },
        _ => Block::Paragraph(inlines),
    }
}

fn inlines(node: Node<'_>, resolve: Resolve<'_>, depth: usize) -> Vec<Inline> {
    if depth >= MAX_DEPTH {
        return vec![Inline::Text(text_of(node))];
    }
    let mut found = Vec::new();
    // The parser may split a text anywhere; a placeholder is found only in the whole.
    let mut text = String::new();
    for child in node.children() {
        let nested = || inlines(child, resolve, depth + 1);
        let next = match &child.data().value {
            NodeValue::Text(words) => {
                text.push_str(words);
                continue;
            }
            NodeValue::SoftBreak => {
                text.push(' ');
                continue;
            }
            NodeValue::HtmlInline(html) => {
                text.push_str(html);
                continue;
            }
            NodeValue::Image(_) => {
                text.push_str(&text_of(child));
                continue;
            }
            NodeValue::LineBreak => vec![Inline::Break],
            NodeValue::Code(code) => vec![Inline::Code(code.literal.clone())],
            NodeValue::Emph => vec![Inline::Emphasis(nested())],
            NodeValue::Strong => vec![Inline::Strong(nested())],
            NodeValue::Strikethrough => vec![Inline::Struck(nested())],
            NodeValue::Link(link) => match href(&link.url, resolve) {
                Ok(href) => vec![Inline::Link { href, inlines: nested() }],
                Err(unknown) => nested().into_iter().chain(unknown).collect(),
            },
            _ => nested(),
        };
        found.extend(with_values(&std::mem::take(&mut text), resolve));
        found.extend(next);
    }
    found.extend(with_values(&text, resolve));
    found
}

/// How deep lists and quotes nest, after what is deeper has become text.
pub(super) fn depth(blocks: &[Block]) -> usize {
    let below = blocks.iter().map(|block| match block {
        Block::List { items, .. } => items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Block::Quote(inner) => depth(inner),
        _ => 0,
    });
    below.max().map_or(0, |below| below + 1)
}

/// The text of a node, however deep it nests: walked without recursion.
fn text_of(node: Node<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::HtmlInline(html) => text.push_str(html),
            NodeValue::HtmlBlock(html) => text.push_str(&html.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// A link's address if it is safe to follow; else the placeholder in it that
/// names nothing, if that is why.
fn href(url: &str, resolve: Resolve<'_>) -> Result<String, Option<Inline>> {
    let mut href = String::new();
    for part in with_values(url, resolve) {
        match part {
            Inline::Text(text) => href.push_str(&text),
            Inline::Value { value: Value::Email(email), .. } => href.push_str(email.as_str()),
            Inline::Value { value: Value::Site(site), .. } => href.push_str(&site),
            Inline::Unknown(name) => return Err(Some(Inline::Unknown(name))),
            _ => return Err(None),
        }
    }
    // Browsers drop control characters and read `\` as `/`: `/\evil.example`.
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    let start = href.get(..8).unwrap_or(&href).to_ascii_lowercase();
    let safe = ["https://", "http://", "mailto:", "#"].iter().any(|s| start.starts_with(s))
        || (start.starts_with('/') && !start.starts_with("//"));
    if safe && !href.contains(odd) { Ok(href) } else { Err(None) }
}

/// Text with its placeholders replaced.
fn with_values(text: &str, resolve: Resolve<'_>) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        literal.push_str(before);
        // No further than the next brace: one that is never closed is not looked for
        // through all of the text, again and again.
        let placeholder = after
            .find(['{', '}'])
            .and_then(|end| Some((after.get(..end)?, after.get(end..)?.strip_prefix("}}")?)))
            .filter(|(name, _)| (1..=200).contains(&name.trim().len()));
        let Some((name, after)) = placeholder else {
            literal.push_str("{{");
            rest = after;
            continue;
        };
        rest = after;
        let name = name.trim();
        if !literal.is_empty() {
            found.push(Inline::Text(std::mem::take(&mut literal)));
        }
        found.push(match resolve(name) {
            Some(value) => Inline::Value { name: name.to_owned(), value },
            None => Inline::Unknown(name.to_owned()),
        });
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        found.push(Inline::Text(literal));
    }
    found
}

#[cfg(test)]
mod tests;
