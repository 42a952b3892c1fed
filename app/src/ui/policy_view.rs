//! A policy's prose as markup, with its facts and with notes in the margin.

use domain::policy::document::Section;
use domain::policy::markdown::{Block, Inline, blocks};
use domain::policy::placeholders::{FactList, Value};
use domain::policy::plain::plain;
use domain::policy::size::{MAX_PAGE, Weights, prose_bytes};
use leptos::prelude::*;

use super::facts::fact_list;
use super::facts::rights::{answered, named};
use super::facts::table::Listed;
use super::reader::Reader;

/// The body of a section.
pub fn section_view(reader: Reader<'_>, section: &Section) -> AnyView {
    let blocks = blocks(reader.document, &section.body);
    if !fits(reader, &blocks) {
        return view! { <p class="notice">{reader.words.text("prose-too-large")}</p> }.into_any();
    }
    prose_view(reader, &blocks)
}

/// Whether prose becomes no more than a page can be: what is being written is not
/// checked yet.
fn fits(reader: Reader<'_>, blocks: &[Block]) -> bool {
    prose_bytes(&Weights::of(reader.document), blocks) <= MAX_PAGE
}

/// The same, already parsed, of a document that fits on a page.
pub fn prose_view(reader: Reader<'_>, blocks: &[Block]) -> AnyView {
    Prose { reader }.blocks(blocks)
}

/// The body of a section as plain text, with its facts.
pub fn section_text(reader: Reader<'_>, section: &Section) -> String {
    let blocks = blocks(reader.document, &section.body);
    if !fits(reader, &blocks) {
        return reader.words.text("prose-too-large");
    }
    let facts =
        |list: &FactList| fact_list(reader, *list).map(|list| list.text()).unwrap_or_default();
    plain(&blocks, &|value| reader.say(value), &facts)
}

/// The body of a section as plain text in which lists of facts are only named:
/// a comparison tells the changes of facts by themselves.
pub fn section_prose(reader: Reader<'_>, section: &Section) -> String {
    let facts = |list: &FactList| {
        let name = reader.words.text(listed(*list));
        reader.words.with("fact-list-named", &[("name", name.into())])
    };
    let blocks = blocks(reader.document, &section.body);
    if !fits(reader, &blocks) {
        return reader.words.text("prose-too-large");
    }
    plain(&blocks, &|value| reader.say(value), &facts)
}

/// The message that names a list of facts.
pub fn listed(list: FactList) -> &'static str {
    match list {
        FactList::Controller => "fact-controller",
        FactList::Contacts => "fact-contacts",
        FactList::Categories => "fact-categories",
        FactList::Purposes => "fact-purposes",
        FactList::Sources => "fact-sources",
        FactList::Processors => "fact-processors",
        FactList::Transfers => "fact-transfers",
        FactList::Cookies => "fact-cookies",
        FactList::Retention => "fact-retention",
        FactList::Holds => "fact-holds",
        FactList::Rights => "fact-rights",
        FactList::Commitments => "fact-commitments",
        FactList::AutomatedDecisions => "fact-automated-decisions",
        FactList::Sale => "fact-sale",
        FactList::Children => "fact-children",
        FactList::Changes => "fact-changes",
    }
}

#[derive(Clone, Copy)]
struct Prose<'a> {
    reader: Reader<'a>,
}

impl Prose<'_> {
    fn blocks(self, blocks: &[Block]) -> AnyView {
        blocks.iter().map(|block| self.block(block)).collect::<Vec<_>>().into_any()
    }

    fn block(self, block: &Block) -> AnyView {
        match block {
            // The section's own heading is an h2.
            Block::Heading { level: 1..=3, inlines } => {
                view! { <h3>{self.inlines(inlines)}</h3> }.into_any()
            }
            Block::Heading { inlines, .. } => view! { <h4>{self.inlines(inlines)}</h4> }.into_any(),
            Block::Paragraph(inlines) => {
                let (views, notes) = self.noted(inlines);
                // The notes come first so that they float beside the first line.
                view! { {notes}<p>{views}</p> }.into_any()
            }
            Block::List { ordered, start, items } => {
                let items = items.iter().map(|item| self.item(item)).collect::<Vec<_>>();
                if *ordered {
                    let start = (*start != 1).then(|| start.to_string());
                    view! { <ol start=start>{items}</ol> }.into_any()
                } else {
                    view! { <ul>{items}</ul> }.into_any()
                }
            }
            Block::Quote(blocks) => {
                view! { <blockquote>{self.blocks(blocks)}</blockquote> }.into_any()
            }
            Block::Table { header, rows } => self.table(header, rows),
            Block::Code(text) => {
                view! { <pre class="scroll"><code>{text.clone()}</code></pre> }.into_any()
            }
            Block::Rule => view! { <hr/> }.into_any(),
            Block::Facts(list) => {
                let facts = fact_list(self.reader, *list).map(Listed::view);
                match self.tongue() {
                    Some(lang) => view! { <div lang=lang>{facts}</div> }.into_any(),
                    None => facts.into_any(),
                }
            }
            Block::Unknown(name) => {
                view! { <p class="unknown">{format!("{{{{{name}}}}}")}</p> }.into_any()
            }
        }
    }

    /// A paragraph alone in an item needs no element of its own.
    fn item(self, blocks: &[Block]) -> AnyView {
        match blocks {
            [Block::Paragraph(inlines), rest @ ..] => {
                let first = self.inlines(inlines);
                view! { <li>{first}{self.blocks(rest)}</li> }.into_any()
            }
            other => view! { <li>{self.blocks(other)}</li> }.into_any(),
        }
    }

    fn table(self, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> AnyView {
        let head = header
            .iter()
            .map(|cell| view! { <th scope="col">{self.inlines(cell)}</th> })
            .collect::<Vec<_>>();
        let body = rows
            .iter()
            .map(|row| {
                let cells = row
                    .iter()
                    .map(|cell| view! { <td>{self.inlines(cell)}</td> })
                    .collect::<Vec<_>>();
                view! { <tr>{cells}</tr> }
            })
            .collect::<Vec<_>>();
        // Wider than a phone, it scrolls by itself; the keyboard reaches it.
        view! {
            <div class="scroll" tabindex="0">
                <table class="facts"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>
            </div>
        }
        .into_any()
    }

    /// The reader's language, for what is said in it within prose that may be in another.
    fn tongue(self) -> Option<&'static str> {
        let language = self.reader.words.language();
        (language != self.reader.document.language).then(|| language.tag())
    }

    fn inlines(self, inlines: &[Inline]) -> AnyView {
        self.noted(inlines).0
    }

    /// The inlines, and the notes about the values in them.
    fn noted(self, inlines: &[Inline]) -> (AnyView, Vec<AnyView>) {
        let mut notes = Vec::new();
        let views =
            inlines.iter().map(|inline| self.inline(inline, &mut notes)).collect::<Vec<_>>();
        (views.into_any(), notes)
    }

    fn inline(self, inline: &Inline, notes: &mut Vec<AnyView>) -> AnyView {
        let mut inner = |inlines: &[Inline]| {
            inlines.iter().map(|inline| self.inline(inline, notes)).collect::<Vec<_>>()
        };
        match inline {
            Inline::Text(text) => text.clone().into_any(),
            Inline::Strong(inlines) => view! { <strong>{inner(inlines)}</strong> }.into_any(),
            Inline::Emphasis(inlines) => view! { <em>{inner(inlines)}</em> }.into_any(),
            Inline::Struck(inlines) => view! { <s>{inner(inlines)}</s> }.into_any(),
            Inline::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
            Inline::Link { href, inlines } => {
                view! { <a href=href.clone() rel="noopener">{inner(inlines)}</a> }.into_any()
            }
            Inline::Break => view! { <br/> }.into_any(),
            Inline::Value { name, value } => {
                notes.extend(self.note(name));
                self.value(value)
            }
            Inline::Unknown(name) => {
                view! { <span class="unknown">{format!("{{{{{name}}}}}")}</span> }.into_any()
            }
        }
    }

    fn value(self, value: &Value) -> AnyView {
        let said = self.reader.say(value);
        match value {
            Value::Period(_) | Value::Days(_) | Value::Number(_) => {
                view! { <span class="value" lang=self.tongue()>{said}</span> }.into_any()
            }
            Value::Text { .. } => said.into_any(),
            Value::NotStated => {
                view! { <em class="quiet" lang=self.tongue()>{said}</em> }.into_any()
            }
            Value::Email(_) => {
                view! { <a href=format!("mailto:{said}")>{said.clone()}</a> }.into_any()
            }
            Value::Site(_) => {
                view! { <a href=format!("https://{said}") rel="noopener">{said.clone()}</a> }
                    .into_any()
            }
        }
    }

    /// The fact behind a number, to stand beside the sentence.
    fn note(self, name: &str) -> Option<AnyView> {
        let reader = self.reader;
        let facts = &reader.document.facts;
        let mut parts = name.split('.');
        let (kind, id) = (parts.next()?, parts.next()?);
        let (title, text) = match kind {
            "retention" => {
                let rule = facts.retention.iter().find(|rule| rule.id.as_str() == id)?;
                let kept = reader.kept(rule)?;
                (
                    reader.categories(&rule.categories),
                    reader.words.with("note-kept", &[("kept", kept.into())]),
                )
            }
            "hold" => {
                let hold = facts.holds.iter().find(|hold| hold.id.as_str() == id)?;
                let period = reader.words.period(hold.period().stated()?);
                let ground = hold.ground().stated()?;
                let ground = reader.label(format_args!("hold.{id}.ground"), ground);
                (ground, reader.words.with("note-held", &[("period", period.into())]))
            }
            "right" => {
                let right = facts.rights.iter().find(|right| right.id.as_str() == id)?;
                (reader.words.text(named(right.right)), answered(reader, right)?)
            }
            _ => return None,
        };
        let lang = self.tongue();
        Some(
            view! { <small class="margin" role="note" lang=lang><b>{title}</b>{text}</small> }
                .into_any(),
        )
    }
}
