//! The only place that writes a `<textarea>`.
//!
//! Leptos 0.8 writes the children of a textarea unescaped; a text that closes
//! the element would become markup.

use leptos::prelude::*;

/// What a text area says to the browser besides its text.
#[derive(Debug, Clone, Default)]
pub struct TextareaAttributes {
    /// Its id, which its label points to.
    pub id: String,
    /// The name under which it is sent.
    pub name: String,
    /// Its height in lines.
    pub rows: Option<u16>,
    /// The ids of the texts that describe it.
    pub described_by: Option<String>,
    /// Whether what was typed is not accepted.
    pub invalid: bool,
    /// How many characters it takes.
    pub max_length: Option<u32>,
}

/// A text area with its text, whatever the text is.
pub fn textarea(attributes: TextareaAttributes, text: &str) -> AnyView {
    view! {
        <textarea
            id=attributes.id
            name=attributes.name
            rows=attributes.rows
            maxlength=attributes.max_length
            aria-describedby=attributes.described_by
            aria-invalid=attributes.invalid.then_some("true")
            inner_html=escaped(text)
        ></textarea>
    }
    .into_any()
}

fn escaped(text: &str) -> String {
    // The parser swallows one newline after the tag, so there is always one.
    let mut escaped = String::from("\n");
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_closes_the_element_stays_text() {
        let html = Owner::new().with(|| {
            textarea(
                TextareaAttributes { id: "m".into(), name: "m".into(), ..Default::default() },
                "\n</textarea><script>alert(1)</script>&lt;",
            )
            .to_html()
        });
        assert!(
            html.contains(
                ">\n\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;</textarea>"
            ),
            "{html}"
        );
    }

    /// Nobody else may write one, or the escaping is lost.
    #[test]
    fn it_is_the_only_one() {
        fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    walk(&path, found);
                } else if std::fs::read_to_string(&path).expect("a text").contains("<textarea") {
                    found.push(path.display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
