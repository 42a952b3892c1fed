//! What a list of facts consists of, as markup and as plain text.
//!
//! Tables have the same markup everywhere; phones show them as lists of
//! definitions by style alone.

use std::sync::Arc;

use leptos::prelude::*;

/// A list of facts that says something.
pub enum Listed {
    /// Rows of facts.
    Table(FactTable),
    /// Sentences, one below the other.
    Sentences(Vec<String>),
    /// A paragraph.
    Paragraph(String),
}

/// A table of facts.
pub struct FactTable {
    /// What it lists, for those who listen.
    pub caption: String,
    /// The heads of the columns, the first one for the rows' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<FactRow>,
}

/// One fact.
pub struct FactRow {
    /// Its anchor on the page.
    pub anchor: Option<String>,
    /// Its name.
    pub head: Cell,
    /// What the other columns say, if anything.
    pub cells: Vec<Option<Cell>>,
}

/// What one cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Words(String),
    /// Words with a quieter line under them.
    Noted(String, String),
    /// Several things, a line each.
    Stacked(Vec<String>),
    /// A literal name.
    Code(String),
    /// A link: its words and its address.
    Link(String, String),
}

impl Cell {
    fn view(self) -> AnyView {
        match self {
            Cell::Words(text) => view! { <span>{text}</span> }.into_any(),
            Cell::Noted(text, note) => {
                view! { <span>{text}<span class="under">{note}</span></span> }.into_any()
            }
            Cell::Stacked(texts) => {
                let items = texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
                view! { <ul class="stacked">{items}</ul> }.into_any()
            }
            Cell::Code(text) => view! { <code>{text}</code> }.into_any(),
            Cell::Link(text, href) => view! { <a href=href rel="noopener">{text}</a> }.into_any(),
        }
    }

    fn text(&self) -> String {
        match self {
            Cell::Words(text) | Cell::Code(text) => text.clone(),
            Cell::Noted(text, note) => format!("{text} ({note})"),
            Cell::Stacked(texts) => texts.join("; "),
            Cell::Link(text, href) => {
                let address = href.strip_prefix("mailto:").unwrap_or(href);
                if address == text { text.clone() } else { format!("{text} <{address}>") }
            }
        }
    }
}

/// A cell of words; none if there are none.
pub fn words(text: impl Into<String>) -> Option<Cell> {
    let text = text.into();
    (!text.is_empty()).then_some(Cell::Words(text))
}

/// A cell of several things; none if there are none.
pub fn stacked(texts: Vec<String>) -> Option<Cell> {
    (!texts.is_empty()).then_some(Cell::Stacked(texts))
}

/// A name, with a line under it if there is something to say.
pub fn name_with(name: String, under: Option<String>) -> Cell {
    match under.filter(|text| !text.is_empty()) {
        Some(under) => Cell::Noted(name, under),
        None => Cell::Words(name),
    }
}

impl Listed {
    /// As markup.
    pub fn view(self) -> AnyView {
        match self {
            Listed::Table(table) => table.view(),
            Listed::Sentences(sentences) => {
                let items =
                    sentences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
                view! { <ul>{items}</ul> }.into_any()
            }
            Listed::Paragraph(text) => view! { <p>{text}</p> }.into_any(),
        }
    }

    /// As plain text.
    pub fn text(&self) -> String {
        match self {
            Listed::Table(table) => table.text(),
            Listed::Sentences(sentences) => {
                sentences.iter().map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")
            }
            Listed::Paragraph(text) => text.clone(),
        }
    }
}

impl FactTable {
    /// The table as a list of facts; nothing without rows.
    pub fn listed(self) -> Option<Listed> {
        (!self.rows.is_empty()).then_some(Listed::Table(self))
    }

    fn text(&self) -> String {
        let row = |row: &FactRow| {
            let mut text = format!("- {}", row.head.text());
            for (column, cell) in self.columns.iter().skip(1).zip(&row.cells) {
                if let Some(cell) = cell {
                    text.push_str(&format!("\n  {column}: {}", cell.text()));
                }
            }
            text
        };
        self.rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    /// The markup. A column in which no row says anything is left out.
    fn view(self) -> AnyView {
        let mut columns = self.columns.into_iter();
        let head = columns.next().unwrap_or_default();
        let columns: Vec<Option<Arc<str>>> = columns
            .enumerate()
            .map(|(index, column)| {
                let said =
                    self.rows.iter().any(|row| row.cells.get(index).is_some_and(Option::is_some));
                said.then(|| column.into())
            })
            .collect();
        let heads = columns
            .iter()
            .flatten()
            .map(|column| view! { <th scope="col">{column.clone()}</th> })
            .collect_view();
        let rows = self
            .rows
            .into_iter()
            .map(|row| {
                let cells = row
                    .cells
                    .into_iter()
                    .zip(&columns)
                    .filter_map(|(cell, column)| {
                        let label = column.clone()?;
                        Some(view! { <td data-label=label>{cell.map(Cell::view)}</td> })
                    })
                    .collect_view();
                view! {
                    <tr id=row.anchor><th scope="row">{row.head.view()}</th>{cells}</tr>
                }
            })
            .collect_view();
        view! {
            <table class="facts">
                <caption class="unseen">{self.caption}</caption>
                <thead><tr><th scope="col">{head}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> FactTable {
        FactTable {
            caption: "C".into(),
            columns: vec!["Name".into(), "Empty".into(), "Said".into()],
            rows: vec![FactRow {
                anchor: None,
                head: Cell::Noted("a".into(), "<b>".into()),
                cells: vec![None, stacked(vec!["x".into(), "y".into()])],
            }],
        }
    }

    #[test]
    fn a_column_that_says_nothing_is_left_out() {
        let html = Owner::new().with(|| table().view().to_html());
        assert!(!html.contains("Empty"), "{html}");
        assert!(html.contains("data-label=\"Said\"") && html.contains("&lt;b&gt;"), "{html}");
        assert_eq!(table().text(), "- a (<b>)\n  Said: x; y");
    }
}
